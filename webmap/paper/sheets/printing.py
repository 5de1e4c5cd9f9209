"""A sheet of an area, from the question to what is ready to be set: one place for web and command."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from geo.errors import WordsError
from geo.model.audience import Audience, Medium
from webmap.paper.paper_choice import PaperChoice, Sheet
from webmap.paper.setting.about_sheet import LONGEST_COPY
from webmap.paper.sheets.on_both_media import on_both

if TYPE_CHECKING:
    from geo.model.map_answer import MapAnswer
    from webmap.paper.setting.prepared_sheet import PreparedSheet
    from webmap.paper.sheets.tiled_sheet import TiledSheet


@dataclass(frozen=True, slots=True)
class PrintedArea:
    """A sheet, and the answer it was drawn from."""

    answer: MapAnswer
    sheet: PreparedSheet | TiledSheet

    def unwritable(self) -> set[str]:
        """Characters of the sheet that no font has: they are printed as 〓."""
        return self.sheet.unwritable()


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What a sheet is to be like: the choice, the number of the copy, a day of the week."""

    choice: PaperChoice
    copy: int | None = None
    week: date | None = None


def print_area(
    conn: Any,
    *,
    audience: Audience,
    level: str,
    code: str,
    today: date,
    choice: PaperChoice,
    copy: int | None = None,
    week: date | None = None,
    screen: MapAnswer | None = None,
) -> PrintedArea:
    """Draw a sheet of an area.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        From ``TownDatabase.connect(audience, Medium.PRINT)``.
    audience : Audience
        Must be the one of the connection.
    level, code : str
        The area.
    today : date
        Of the views.
    choice : PaperChoice
    copy : int, optional
        The number of the copy, of what is not for everybody.
    week : date, optional
        A day of the week that a week sheet is made for; without one, the week of ``today``.
    screen : MapAnswer, optional
        The same area on a screen, where the sheet is given out over the web: then it holds only
        what may be shown there as well.

    Raises
    ------
    NotFoundError
        For an unknown level or area.
    WordsError
        For a sheet that is not of an area.
    """
    make = SHEETS.get(choice.sheet)
    if make is None:
        raise _not_of_an_area(choice)
    answer = printable_area(
        conn, audience=audience, level=level, code=code, today=today, screen=screen
    )
    return PrintedArea(answer, make(conn, answer, PrintOrder(choice, copy, week)))


def printable_area(
    conn: Any,
    *,
    audience: Audience,
    level: str,
    code: str,
    today: date,
    screen: MapAnswer | None = None,
) -> MapAnswer:
    """What may be on paper of an area; parameters and errors as of :func:`print_area`."""
    from geo.questions import treasure_map

    answer = treasure_map(
        conn, audience=audience, medium=Medium.PRINT, level=level, code=code, today=today
    )
    return answer if screen is None else on_both(answer, screen)


def _district(conn: Any, answer: MapAnswer, order: PrintOrder) -> PreparedSheet:
    from webmap.paper.sheet_frame import district_frame
    from webmap.paper.sheets.district_printing import DistrictPrinting

    frame = district_frame(order.choice, stamped=answer.audience is not Audience.PUBLIC)
    return DistrictPrinting.of(conn, answer, order.choice, order.copy).draw(frame)


def _poster(conn: Any, answer: MapAnswer, order: PrintOrder) -> PreparedSheet | TiledSheet:
    from webmap.paper.sheets.district_printing import DistrictPrinting
    from webmap.paper.sheets.poster_sheet import poster_sheet
    from webmap.paper.sheets.tiled_sheet import TiledSheet

    area = DistrictPrinting.of(conn, answer, order.choice, order.copy)
    stamped = answer.audience is not Audience.PUBLIC
    poster = poster_sheet(area, order.choice, stamped=stamped)
    tile = order.choice.tile
    return poster if tile is None else TiledSheet.of(poster, order.choice, tile)


def _week(_: Any, answer: MapAnswer, order: PrintOrder) -> PreparedSheet:
    from webmap.paper.sheets.week_sheet import week_sheet

    return week_sheet(answer, order.choice, week=order.week, copy=order.copy)


def _list(_: Any, answer: MapAnswer, order: PrintOrder) -> PreparedSheet:
    from webmap.paper.sheets.list_sheet import list_sheet

    return list_sheet(answer, order.choice, copy=order.copy)


SheetMaker = Callable[[Any, "MapAnswer", PrintOrder], "PreparedSheet | TiledSheet"]

SHEETS: Mapping[Sheet, SheetMaker] = {
    Sheet.DISTRICT: _district,
    Sheet.POSTER: _poster,
    Sheet.WEEK: _week,
    Sheet.LIST: _list,
}
"""What can be made of an area, in the order in which it is offered: a new sheet has its line here."""


def copy_number(given: str) -> int | None:
    """The number of a copy as somebody wrote it; None where nothing is written.

    Raises
    ------
    WordsError
    """
    text = given.strip()
    if not text:
        return None
    if text.isdecimal() and len(text) < 6 and 1 <= int(text) <= LONGEST_COPY:
        return int(text)
    raise WordsError(
        "no such number of a copy",
        message_ja=f"控えの番号「{text[:20]}」は使えません。",
        hint_ja=f"1 から {LONGEST_COPY} までの数字で書いてください。",
    )


def _not_of_an_area(choice: PaperChoice) -> WordsError:
    return WordsError(
        f"no sheet of an area: {choice.sheet.value}",
        message_ja="この印刷物は、地区の印刷物ではありません。",
        hint_ja=f"種類は {'、'.join(sheet.value for sheet in SHEETS)} からえらんでください。",
    )
