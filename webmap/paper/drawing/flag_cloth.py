"""One flag as SVG: its cloth with marks, its places and the lines to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape

from webmap.marks import INK, PAPER, mark_for
from webmap.paper.drawing.flag_crowding import USUAL, FlagSize, Places
from webmap.paper.drawing.flag_placing import PlacedFlag
from webmap.paper.drawing.flag_shapes import FlagShape, shape_of
from webmap.paper.drawing.type_width import text_width_mm

DOT_MM = 0.75
_DOUBLE_MM = 0.3
"""More on every side where a second border runs inside."""
_NUMBERS_A_LINE = 3
_DIGITS = "0123456789"
_BLACK = "#000000"  # the ink of the screen is a very dark blue


@dataclass(frozen=True)
class Cloth:
    """A flag before it has a position.

    Parameters
    ----------
    lines : tuple of str
        Its marks.
    shape : FlagShape
    color : str
    is_approximate : bool
        Whether its place is known roughly only.
    size : FlagSize
    times : float
        How many times the size of an A3.
    """

    lines: tuple[str, ...]
    shape: FlagShape
    color: str
    is_approximate: bool
    size: FlagSize
    times: float

    @cached_property
    def side(self) -> float:
        """What the outline takes on each side of the text."""
        return (self.shape.side_mm + self._inner) * self.times

    @cached_property
    def width(self) -> float:
        """Millimetres; rounded up, so that there are few different widths."""
        text = max(text_width_mm(line, self.size.type * self.times) for line in self.lines)
        whole = text + 2 * self.side
        return round(whole + -whole % (self.size.step * self.times), 2)

    @cached_property
    def height(self) -> float:
        """Millimetres."""
        lines = (len(self.lines) - 1) * self.size.line + USUAL.line * self.size.type / USUAL.type
        return round((lines + 2 * (self.size.pad + self._inner)) * self.times, 2)

    @property
    def _inner(self) -> float:
        return _DOUBLE_MM if self.shape.border == "double" else 0.0

    def picture(self, x: float, y: float, *, grey: bool) -> str:
        """The cloth around a middle."""
        mark = mark_for(self.lines[0], self.color, hollow=self.is_approximate)
        is_white = grey or self.is_approximate
        fill, ink = (PAPER, _dark(grey)) if is_white else (mark.color, mark.ink)
        border = _dark(grey) if grey else mark.color
        times, width, height = self.times, self.width, self.height
        path = self.shape.path(width, height, self.side)
        dashes = (
            f' stroke-dasharray="{1.2 * times:.2f} {0.7 * times:.2f}"'
            if self.shape.border == "dashed"
            else ""
        )
        parts = [
            f'<path d="{path}" fill="{PAPER}" stroke="{PAPER}" stroke-width="{1.3 * times:.2f}"/>',
            f'<path d="{path}" fill="{fill}" stroke="{border}"'
            f' stroke-width="{0.5 * times:.2f}"{dashes}/>',
        ]
        if self._inner:
            inner = self.shape.path(width - 1.3 * times, height - 1.3 * times, self.side)
            parts.append(
                f'<path d="{inner}" fill="none" stroke="{ink}" stroke-width="{0.3 * times:.2f}"/>'
            )
        line, size = self.size.line * times, self.size.type * times
        first = -(len(self.lines) - 1) * line / 2 + size * 0.36
        parts += [
            f'<text x="0" y="{first + n * line:.2f}" text-anchor="middle"'
            f' font-size="{size:.2f}" fill="{ink}">{escape(text)}</text>'
            for n, text in enumerate(self.lines)
        ]
        return f'<g transform="translate({x:.2f} {y:.2f})" fill="none">{"".join(parts)}</g>'

    def places_picture(self, places: Places, at: PlacedFlag | None, *, grey: bool) -> str:
        """The places themselves, and the lines from a flag that stands elsewhere."""
        dark, times = _dark(grey), self.times
        parts = []
        if at is not None and (at.has_line or len(places) > 1):
            path = "".join(f"M{x:.2f} {y:.2f}L{at.x:.2f} {at.y:.2f}" for x, y in places)
            parts += [
                f'<path d="{path}" stroke="{ink}" stroke-width="{width * times:.2f}"/>'
                for ink, width in ((PAPER, 1.1), (dark, 0.4))
            ]
        fill, edge = (PAPER, dark) if self.is_approximate else (dark, PAPER)
        parts += [
            f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{DOT_MM * times:.2f}" fill="{fill}"'
            f' stroke="{edge}" stroke-width="{0.3 * times:.2f}"/>'
            for x, y in places
        ]
        return "".join(parts)


def sample_flag(
    text: str, order: int, color: str, *, grey: bool = False
) -> tuple[str, float, float]:
    """One flag for a legend, as a whole SVG, with its width and height in millimetres."""
    cloth = Cloth((text,), shape_of(order), color, False, USUAL, 1.0)
    width, height = cloth.width + 1, cloth.height + 1
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}mm" height="{height:.2f}mm"'
        f' viewBox="0 0 {width:.2f} {height:.2f}" font-family="BIZ UDPGothic" font-weight="700">'
        f"{cloth.picture(width / 2, height / 2, grey=grey)}</svg>"
    )
    return svg, width, height


def lines_of(marks: Sequence[str]) -> tuple[str, ...]:
    """通12・15・18 on a line, another letter on another: every number can be read."""
    by_symbol: dict[str, list[str]] = {}
    for mark in marks:
        symbol = mark.rstrip(_DIGITS)
        by_symbol.setdefault(symbol, []).append(mark[len(symbol) :])
    lines = []
    for symbol, numbers in by_symbol.items():
        count = -(-len(numbers) // _NUMBERS_A_LINE)
        most = -(-len(numbers) // count)
        lines += [
            ("" if start else symbol) + "・".join(numbers[start : start + most])
            for start in range(0, len(numbers), most)
        ]
    return tuple(lines)


def _dark(grey: bool) -> str:
    return _BLACK if grey else INK
