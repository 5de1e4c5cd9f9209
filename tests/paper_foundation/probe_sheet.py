"""A small sheet of our own: what every sheet shares, without anything of any sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PIL import Image

from webmap.paper.paper_choice import PaperChoice
from webmap.paper.setting.about_sheet import AboutSheet
from webmap.paper.sheet_frame import DistrictFrame, district_frame
from webmap.paper.sheets.poster_frame import poster_frame, usual_step
from webmap.paper.type_sizes import type_sizes

PROBE = """
#import "sheet.typ": *
#show: sheet
#let f = data.frame
#let lines = data.lines.filter(line => line != "NEXT")
#set page(width: f.page.width * 1mm, height: f.page.height * 1mm, margin: 0mm)
#at(f.title, text(data.sizes.title * 1pt, weight: "bold", heading(data.title)))
#at(f.map, picture("map", alt: data.alt, width: f.map.width * 1mm, height: f.map.height * 1mm))
#at(f.list, columns(f.columns, gutter: f.gutter * 1mm, for line in lines {
  block(breakable: false, text(data.sizes.body * 1pt, line))
}))
#if data.lines.contains("NEXT") [#pagebreak() #data.title]
"""

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="245mm" height="235mm" viewBox="0 0 245 235">'
    '<rect width="245" height="235" fill="#ddd"/></svg>'
)

ABOUT = AboutSheet("面瀬地区 お宝マップ", "みなと市", date(2026, 3, 31))

Setting = Callable[..., bytes]
Showing = Callable[..., Image.Image]


def frame_of(choice: PaperChoice, *, stamped: bool = False) -> DistrictFrame:
    """Of any paper; of a poster with the largest type."""
    if choice.paper.is_poster:
        return poster_frame(choice, usual_step(choice, beside=choice.landscape), stamped=stamped)
    return district_frame(choice, stamped=stamped)


def probe_data(
    lines: tuple[str, ...],
    choice: PaperChoice,
    about: AboutSheet,
    alt: str | None,
    title: str = "面瀬地区 お宝マップ",
) -> dict[str, object]:
    """What ``PROBE`` reads."""
    frame = frame_of(choice, stamped=bool(about.stamp))
    return {
        "title": title,
        "alt": alt,
        "lines": lines,
        "frame": frame,
        "sizes": type_sizes(choice, frame.type_scale, frame.title_scale),
    }
