"""What a sheet says of itself: its title, its day, and for whom it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.model.answers import TownAnswer
from geo.model.audience import Audience
from geo.model.map_answer import MapAnswer

LONGEST_COPY = 9999


@dataclass(frozen=True, slots=True)
class AboutSheet:
    """What the PDF knows of itself, and every page shows.

    Parameters
    ----------
    title : str
        Read aloud first, and the name of the window.
    author : str
        The town.
    day : date
        Of the data. The PDF is dated so, whenever it is made.
    stamp : str
        On every page above だれでも: 「内部用」, for whom, and the number of the copy.
    """

    title: str
    author: str
    day: date
    stamp: str = ""


def about_sheet(
    answer: MapAnswer | TownAnswer, title: str, *, copy: int | None = None
) -> AboutSheet:
    """What a sheet of this answer says of itself; what is not for everybody says so.

    ``copy`` is the number of the copy; without one there is a blank to write it by hand.
    """
    internal = answer.audience is not Audience.PUBLIC
    return AboutSheet(
        title=f"【内部用】{title}" if internal else title,
        author=answer.town.name,
        day=answer.as_of or answer.today,
        stamp=stamp(answer.audience, copy),
    )


def stamp(audience: Audience, copy: int | None = None) -> str:
    """The words on every page of what is not for everybody, else nothing.

    Raises
    ------
    ValueError
        For a copy that has no sensible number.
    """
    if copy is not None and not 1 <= copy <= LONGEST_COPY:
        raise ValueError(f"copy must be 1..{LONGEST_COPY}")
    if audience is Audience.PUBLIC:
        return ""
    number = "＿＿＿" if copy is None else str(copy)
    return f"内部用　{audience.label_ja}　No. {number}"
