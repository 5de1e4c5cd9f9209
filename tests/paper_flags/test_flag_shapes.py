"""Marks keep clear of the sides of their flag, however many lines they have."""

from __future__ import annotations

import re

import pytest
import shapely
from fontTools.ttLib import TTFont

from webmap.assets import vendor_file
from webmap.paper.drawing.flag_shapes import shape_of
from webmap.paper.drawing.type_width import text_width_mm

LINE_MM, TYPE_MM, PAD_MM = 3.9, 3.4, 0.9
CLEAR_MM = 0.2


def _outline(path: str) -> shapely.Polygon:
    """An outline of straight lines."""
    return shapely.Polygon(
        [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)(?=[LZ])", path)]
    )


@pytest.mark.parametrize("order", [0, 1, 3, 4, 5, 6])
@pytest.mark.parametrize("lines", [1, 2, 3, 5])
@pytest.mark.parametrize("text_mm", [5.0, 9.0, 24.0])
def test_the_text_stands_inside(order: int, lines: int, text_mm: float) -> None:
    shape = shape_of(order)
    width, height = text_mm + 2 * shape.side_mm, lines * LINE_MM + 2 * PAD_MM
    outline = _outline(shape.path(width, height, shape.side_mm))
    assert outline.bounds == pytest.approx(
        (-width / 2, -height / 2, width / 2, height / 2), abs=0.01
    )
    high = ((lines - 1) * LINE_MM + TYPE_MM * 0.85) / 2
    assert outline.contains(
        shapely.box(-text_mm / 2 - CLEAR_MM, -high, text_mm / 2 + CLEAR_MM, high)
    )


def test_texts_are_no_wider_than_what_is_kept_for_them() -> None:
    """Told from the font itself: its digits are wider than those of most."""
    font = TTFont(vendor_file("font_bold_ttf"))
    widths, glyphs = font["hmtx"], font.getBestCmap()
    per_em = font["head"].unitsPerEm
    for text in ("通12・15・18", "助347", "東コミュニティセンター", "高谷山（190m）", "A-1", "4"):
        real = 10 * sum(widths[glyphs[ord(char)]][0] for char in text) / per_em
        assert real - 0.2 <= text_width_mm(text, 10) <= 1.15 * real + 1
