"""How large the type of a sheet is."""

from __future__ import annotations

from dataclasses import dataclass

from webmap.paper.paper_choice import PaperChoice


@dataclass(frozen=True, slots=True)
class TypeSizes:
    """Sizes in points.

    Parameters
    ----------
    title : float
        Of the sheet.
    name : float
        Mark and name of a treasure, bold.
    body : float
        Day and time, venue, for whom, fee.
    note : float
        Legend and remarks.
    credit : float
        Where the data come from: nothing on a sheet is smaller.
    """

    title: float
    name: float
    body: float
    note: float
    credit: float


_USUAL = TypeSizes(title=28, name=14, body=12, note=10.5, credit=9)
_LARGE = TypeSizes(title=28, name=18, body=16, note=14, credit=10.5)


def type_sizes(choice: PaperChoice, times: float = 1.0, title_times: float = 1.0) -> TypeSizes:
    """The sizes of a choice; those of a poster so many times as large."""
    sizes = _LARGE if choice.large else _USUAL
    return TypeSizes(
        round(sizes.title * title_times, 2),
        *(round(size * times, 2) for size in (sizes.name, sizes.body, sizes.note, sizes.credit)),
    )
