"""A small sheet of our own: what every sheet shares, without anything of any sheet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from webmap.paper.about_sheet import AboutSheet

PROBE = """
#import "sheet.typ": *
#show: sheet
#let f = data.frame
#set page(width: f.page.width * 1mm, height: f.page.height * 1mm, margin: 0mm)
#at(f.title, text(data.sizes.title * 1pt, weight: "bold", heading(data.title)))
#at(f.map, picture("map", alt: data.alt, width: f.map.width * 1mm, height: f.map.height * 1mm))
#at(f.list, columns(f.columns, gutter: f.gutter * 1mm, for line in data.lines {
  block(breakable: false, text(data.sizes.body * 1pt, line))
}))
"""

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="245mm" height="235mm" viewBox="0 0 245 235">'
    '<rect width="245" height="235" fill="#ddd"/></svg>'
)

ABOUT = AboutSheet("面瀬地区 お宝マップ", "みなと市", date(2026, 3, 31))

Setting = Callable[..., bytes]
