"""The district map: a map true to scale and the list of everything on it, to be handed out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from webmap.ground_data import credits_of
from webmap.paper.drawing.legend import LegendLine, legend
from webmap.paper.drawing.map_picture import LARGE_LETTERS, MapPicture, map_picture
from webmap.paper.drawing.qr_picture import qr_picture
from webmap.paper.drawing.scale_bar import scale_bar
from webmap.paper.paper_choice import PaperChoice
from webmap.paper.setting.about_sheet import about_sheet
from webmap.paper.setting.prepared_sheet import PreparedSheet
from webmap.paper.sheet_frame import DistrictFrame
from webmap.paper.sheets.area_address import area_address
from webmap.paper.sheets.entry_lines import (
    LEFT_OUT,
    EntryPart,
    crowded_out_heading,
    entry_parts,
)
from webmap.paper.sheets.name_ruby import RubyPart, ruby_parts
from webmap.paper.sheets.sheet_credits import sheet_credits
from webmap.paper.type_sizes import TypeSizes, type_sizes

if TYPE_CHECKING:
    from geo.model.map_answer import MapAnswer
    from geo.questions.paper_ground import PaperGround
    from webmap.paper.drawing.map_window import MapWindow

TEMPLATE = "district.typ"
NORTH = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="6mm" height="9mm" viewBox="0 0 6 9">'
    '<path d="M3 0.3L5.4 8.4L3 6.8L0.6 8.4Z" fill="#fff" stroke="#000" stroke-width="0.35"/>'
    '<path d="M3 0.3L3 6.8L0.6 8.4Z" fill="#000"/></svg>'
)


@dataclass(frozen=True, slots=True)
class DistrictData:
    """What the template reads."""

    frame: DistrictFrame
    sizes: TypeSizes
    title: str
    title_parts: tuple[RubyPart, ...]
    as_of: str
    map_alt: str
    parts: tuple[EntryPart, ...]
    opening: str
    bar_alt: str
    bar_label: str
    bar_mm: float
    scale: str
    legend: tuple[LegendLine, ...]
    address: str
    contact: str
    approximate: str
    blank_title: str
    notes: tuple[str, ...]
    credits: tuple[str, ...]


def district_sheet(
    answer: MapAnswer,
    ground: PaperGround,
    window: MapWindow | None,
    frame: DistrictFrame,
    choice: PaperChoice,
    *,
    shapes: Mapping[str, int],
    walk_speed_m_per_min: int,
    copy: int | None = None,
) -> PreparedSheet:
    """Draw a district map.

    Parameters
    ----------
    answer : MapAnswer
        Of the medium print: its consents are those of paper.
    ground : PaperGround
        Of the window's bounds and scale.
    window : MapWindow or None
        None where nothing has a place: then there is a list alone.
    frame : DistrictFrame
    choice : PaperChoice
    shapes : Mapping of str to int
        By layer: its place in the town's order of layers.
    walk_speed_m_per_min : int
        For the scale bar.
    copy : int, optional
        The number of the copy, of what is not for everybody.
    """
    pictures: dict[str, str] = {"north": NORTH}
    drawn: MapPicture | None = None
    if window is not None:
        drawn = map_picture(
            answer,
            ground,
            window,
            shapes=shapes,
            grey=choice.grey,
            times=frame.map_scale,
            letters=LARGE_LETTERS if choice.large else 1.0,
        )
        pictures["map"] = drawn.svg
    lines, samples = legend(answer, shapes, grey=choice.grey)
    pictures |= samples
    address = area_address(answer)
    if address:
        pictures["qr"] = qr_picture(address)
    flags = drawn.flags if drawn is not None else None
    parts = entry_parts(
        answer,
        flags.numbers if flags is not None else (),
        crowded_out=flags.left_out if flags is not None else (),
        readings=choice.readings,
        short=choice.short,
    )
    if window is None:  # no map: nothing has to be told from what is on it
        parts = tuple(replace(part, heading="") for part in parts)
    bar = scale_bar(window.scale, walk_speed_m_per_min) if window is not None else None
    if bar is not None:
        pictures["bar"] = bar.picture(3.0 * frame.type_scale)
    word = answer.town.word
    kana = answer.area.kana if choice.readings else None
    title = f"{answer.area.name} {word}マップ"
    data = DistrictData(
        frame=frame,
        sizes=type_sizes(choice, frame.type_scale, frame.title_scale),
        title=title,
        title_parts=(*ruby_parts(answer.area.name, kana), RubyPart(f" {word}マップ")),
        as_of="" if answer.as_of is None else f"{answer.as_of.year}年{answer.as_of.month}月現在",
        map_alt=drawn.alt if drawn is not None else "",
        parts=parts,
        opening=_opening(answer, len(flags.left_out) if flags is not None else 0),
        bar_alt=bar.alt if bar is not None else "",
        bar_label=bar.label if bar is not None else "",
        bar_mm=bar.length_mm if bar is not None else 0.0,
        scale="" if window is None else f"縮尺 1:{window.scale:,}",
        legend=lines,
        address=address,
        contact=answer.area.contact or answer.town.contact or "",
        blank_title="ほかにもあります（書きこんでください）",
        approximate="だいたいの場所" if any(flag.approximate for flag in answer.flags) else "",
        notes=(
            *(("地図の番号と、一覧の番号は同じです。",) if flags and flags.numbers else ()),
            *(("日時は変わることがあります。",) if answer.entries else ()),
            *((LEFT_OUT,) if answer.entries and choice.short else ()),
        ),
        credits=sheet_credits(credits_of(answer, drawn=bool(ground.layer))),
    )
    return PreparedSheet(TEMPLATE, data, pictures, about_sheet(answer, title, copy=copy))


def _opening(answer: MapAnswer, crowded_out: int) -> str:
    """What is said before the list: that there is none, or that the map has not all of its numbers."""
    word = answer.town.word
    if not answer.entries:
        return f"この地区の{word}は、まだ見つかっていません。ご存じでしたら教えてください。"
    if crowded_out:
        return (
            f"{word}が多いので、{crowded_out:,}件は、地図に番号がなく点だけです。"
            f"一覧の「{crowded_out_heading(word)}」にあります。"
        )
    return ""
