"""The doorstep sheet: what somebody can walk to from here, on which day, in large type.

Where "here" is stands in no address and no log, and on the paper only as the middle of its map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.model.doorstep_answer import DoorstepAnswer, Measure
from geo.model.map_answer import MapAnswer
from webmap.ground_data import credits_of
from webmap.paper.drawing.flag_room import Kept
from webmap.paper.drawing.legend import LegendLine, legend
from webmap.paper.drawing.map_picture import LARGE_LETTERS, map_picture
from webmap.paper.drawing.map_window import MapWindow, best_window
from webmap.paper.drawing.scale_bar import scale_bar
from webmap.paper.paper_choice import PaperChoice
from webmap.paper.setting.about_sheet import about_sheet
from webmap.paper.setting.prepared_sheet import PreparedSheet
from webmap.paper.sheet_frame import Box
from webmap.paper.sheets.doorstep_lines import (
    EVERY_DAY,
    DoorDay,
    DoorRing,
    door_days,
    door_rings,
    within,
)
from webmap.paper.sheets.entry_lines import LEFT_OUT
from webmap.paper.sheets.list_sheet import METHOD, lines_by_mark
from webmap.paper.sheets.sheet_credits import sheet_credits
from webmap.paper.type_sizes import TypeSizes, type_sizes

if TYPE_CHECKING:
    from geo.questions.paper_ground import PaperGround

TEMPLATE = "doorstep.typ"
HERE_MM = (13.0, 9.0)
"""Kept free in the middle of the map for the word ここ."""

_MARGIN_MM, _GUTTER_MM = 9.0, 8.0
_MAP_HIGH = 0.34
_LEAST_M = 400.0
_RIM_MM = 3.0
_STRAIGHT_JA = {
    Measure.NO_STREETS: "この町には道のデータがないので、まっすぐに測った距離です。",
    Measure.FAR_FROM_STREETS: "この場所の近くに道のデータがないので、まっすぐに測った距離です。",
}
_LONGER = "歩く道のりは、これより長くなります。"


@dataclass(frozen=True, slots=True)
class DoorCircle:
    """How far one limit reaches straight: its radius on the map in millimetres."""

    radius: float
    label: str


@dataclass(frozen=True, slots=True)
class DoorstepData:
    """What the template reads.

    ``empty_day`` is what a day of its own without any says; ``circles`` are where it was measured straight.
    """

    page: tuple[int, int]
    columns: int
    sizes: TypeSizes
    title: str
    running: str
    beside: tuple[str, ...]
    caution: str
    map_mm: tuple[float, float]
    map_alt: str
    circles: tuple[DoorCircle, ...]
    bar_alt: str
    bar_label: str
    bar_mm: float
    legend: tuple[LegendLine, ...]
    days: tuple[DoorDay, ...]
    empty_day: str
    rings: tuple[DoorRing, ...]
    nothing: str
    blank_title: str
    contact: str
    notes: tuple[str, ...]
    credits: tuple[str, ...]


def doorstep_window(answer: DoorstepAnswer, metric_crs: str, choice: PaperChoice) -> MapWindow:
    """The window with the doorstep in its middle that shows everything found.

    Parameters
    ----------
    answer : DoorstepAnswer
    metric_crs : str
        The town's own system.
    choice : PaperChoice
    """
    width, height = choice.page_mm
    columns = _columns(choice)
    wide = (width - 2 * _MARGIN_MM - (columns - 1) * _GUTTER_MM) / columns
    box = Box(_MARGIN_MM, 0.0, wide, round(max(width, height) * _MAP_HIGH))
    door = (answer.lon, answer.lat)
    flags = [(flag.lon, flag.lat) for flag in answer.shown.flags]
    across = [(2 * door[0] - lon, 2 * door[1] - lat) for lon, lat in flags]
    window = best_window([door, *flags, *across], metric_crs, box, choice.scale, least_m=_LEAST_M)
    assert window is not None
    return window


def doorstep_sheet(
    answer: DoorstepAnswer,
    ground: PaperGround,
    window: MapWindow,
    choice: PaperChoice,
    *,
    shapes: Mapping[str, int],
    name: str = "",
    copy: int | None = None,
) -> PreparedSheet:
    """Draw a doorstep sheet; its type is always the large one.

    Parameters
    ----------
    answer : DoorstepAnswer
        Of the medium print.
    ground : PaperGround
        Of the window's bounds and scale.
    window : MapWindow
        From :func:`doorstep_window`.
    choice : PaperChoice
        A4 or A3, either way.
    shapes : Mapping of str to int
        By layer: its place in the town's order of layers.
    name : str
        Of the landmark, as whoever asks calls it; kept nowhere.
    copy : int, optional
        The number of the copy, of what is not for everybody.
    """
    shown = answer.shown
    if name.strip():
        shown = replace(shown, area=replace(shown.area, name=name.strip()))
    middle = Kept(
        window.box.width / 2 - HERE_MM[0] / 2,
        window.box.height / 2 - HERE_MM[1] / 2,
        *HERE_MM,
    )
    drawn = map_picture(
        *(shown, ground, window),
        shapes=shapes,
        grey=choice.grey,
        letters=LARGE_LETTERS,
        kept=[middle],
    )
    samples, pictures = legend(shown, shapes, grey=choice.grey)
    bar = scale_bar(window.scale, answer.speed_m_per_min)
    title = f"{shown.area.name}から 歩いて行ける{shown.town.word}"
    lines = lines_by_mark(shown, choice)
    days = tuple(door_days(answer))
    is_straight = answer.measure is not Measure.STREETS
    data = DoorstepData(
        page=choice.page_mm,
        columns=_columns(choice),
        sizes=type_sizes(replace(choice, large=True)),
        title=title,
        running=title,
        beside=_beside(shown),
        caution=f"{_STRAIGHT_JA[answer.measure]}{_LONGER}" if is_straight else "",
        map_mm=(window.box.width, window.box.height),
        map_alt=f"{drawn.alt}まん中が{shown.area.name}です。",
        circles=_circles(answer, window) if is_straight else (),
        bar_alt=bar.straight_alt if is_straight else bar.alt,
        bar_label=bar.reach if is_straight else bar.label,
        bar_mm=bar.length_mm,
        legend=samples,
        days=days,
        empty_day="毎日のものだけです" if days[0].title == EVERY_DAY else "まだ見つかっていません",
        rings=tuple(door_rings(answer, lines)),
        nothing="" if answer.near else _nothing(answer),
        blank_title="ほかにもあります（書きこんでください）",
        contact=shown.town.contact or "",
        notes=(*_notes(answer), *((LEFT_OUT,) if choice.short and answer.near else ())),
        credits=sheet_credits(credits_of(shown, drawn=bool(ground.layer))),
    )
    about = about_sheet(shown, title, copy=copy)
    return PreparedSheet(
        TEMPLATE, data, {"map": drawn.svg, "bar": bar.picture(), **pictures}, about
    )


def _columns(choice: PaperChoice) -> int:
    return 2 if choice.landscape else 1


def _beside(shown: MapAnswer) -> tuple[str, ...]:
    today = shown.today
    return (shown.town.name, f"{today.year}年{today.month}月{today.day}日に作りました")


def _circles(answer: DoorstepAnswer, window: MapWindow) -> tuple[DoorCircle, ...]:
    """How far each limit reaches straight, as far as the map shows it."""
    reach = [limit * answer.speed_m_per_min for limit in answer.limits_min]
    return tuple(
        DoorCircle(round(metres * 1000 / window.scale, 2), f"直線{metres}m")
        for metres in reach
        if metres * 1000 / window.scale <= window.box.height / 2 - _RIM_MM
    )


def _nothing(answer: DoorstepAnswer) -> str:
    word, limit = answer.shown.town.word, answer.limits_min[-1]
    return (
        f"{within(answer, limit)}の{word}は、まだ見つかっていません。ご存じでしたら教えてください。"
    )


def _notes(answer: DoorstepAnswer) -> Iterable[str]:
    """How it was measured, and what is not among it."""
    if answer.measure is Measure.STREETS:
        yield f"時間は、1分に{answer.speed_m_per_min}m歩くとして、道のりから計算した目安です。"
        if any(place.is_straight for place in answer.near):
            yield f"「直線で」とあるものは、そばに道のデータがありません。{_LONGER}"
    if answer.unplaced:
        yield f"場所のくわしくわからないもの（町ぜんたいで{answer.unplaced}件）は、入っていません。"
    yield "おやすみ中のものは、入っていません。"
    yield METHOD
