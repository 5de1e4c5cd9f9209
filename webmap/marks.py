"""The mark of a treasure as it is drawn: a small flag with symbol and number, and its ink."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from markupsafe import Markup

INK = "#14212e"
PAPER = "#ffffff"
FALLBACK_COLOR = "#5b6470"
FONT_SIZE = 17.0
_PAD = 7.0  # left and right of the text, in the flag's own units
_NOTCH = 6.0
_DIGITS = "0123456789"


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A flag to draw: ``text`` on a cloth of ``color`` in ``ink``; hollow where approximate.

    ``width`` and the two paths are in the units of the flag's own drawing (a CSS pixel at normal
    size); ``static/app/flags.js`` draws the same shape on the map.
    """

    text: str
    color: str
    ink: str
    hollow: bool
    width: float

    @property
    def text_x(self) -> float:
        """Where the text begins."""
        return 3 + _PAD

    @property
    def cloth(self) -> str:
        """The cloth as an SVG path: a flag with a swallow tail, hanging from the pole at x = 3."""
        right = self.width - 1
        return f"M3 2H{right:g}L{right - _NOTCH:g} 14L{right:g} 26H3Z"

    @property
    def head(self) -> Markup:
        """The drawing as SVG up to its text; after the text comes ``</text></svg>``."""
        return _head(self.color, self.ink, self.hollow, self.width)


def mark_for(text: str, color: str, *, hollow: bool = False) -> Mark:
    """A mark in a layer's colour; the ink is black or white, whichever reads better."""
    cloth, ink = _cloth_and_ink(color)
    symbol = text.rstrip(_DIGITS)
    width = _width(symbol, len(text) - len(symbol))
    return Mark(text, cloth, INK if hollow else ink, hollow, width)


def text_width(text: str) -> float:
    """The width of a mark's text at its font size: full-width characters 1 em, others 0.6 em."""
    wide = sum(map(_is_wide, text))
    return FONT_SIZE * (wide + 0.6 * (len(text) - wide))


# Thousands of marks share a layer's colour, a handful of widths and a few characters.


@lru_cache(maxsize=1024)
def _head(color: str, ink: str, hollow: bool, width: float) -> Markup:
    from markupsafe import Markup as _Markup

    shape = Mark("", color, ink, hollow, width)
    return _Markup(
        '<svg class="mark" width="{width}" height="34" viewBox="0 0 {width} 34"'
        ' aria-hidden="true">'
        '<path class="mark-cloth{hollow}" d="{cloth}" fill="{fill}" stroke="{color}"/>'
        '<path class="mark-pole" d="M3 1.5V32.5"/><text x="{text_x:g}" y="20" fill="{ink}">'
    ).format(
        width=width,
        hollow=" mark-hollow" if hollow else "",
        cloth=shape.cloth,
        fill=PAPER if hollow else color,
        color=color,
        text_x=shape.text_x,
        ink=ink,
    )


@lru_cache(maxsize=256)
def _cloth_and_ink(color: str) -> tuple[str, str]:
    cloth = color if _is_color(color) else FALLBACK_COLOR
    return cloth, ink_on(cloth)


@lru_cache(maxsize=1024)
def _width(symbol: str, digits: int) -> float:
    return round(3 + _PAD + text_width(symbol + digits * "0") + _PAD + _NOTCH + 1, 1)


@lru_cache(maxsize=4096)
def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WFA"


def ink_on(color: str) -> str:
    """White or near-black on a colour, whichever has the better contrast (WCAG 2)."""
    black = (_luminance(color) + 0.05) / (_luminance(INK) + 0.05)
    return PAPER if white_contrast(color) >= black else INK


def white_contrast(color: str) -> float:
    """The contrast of white on a colour (WCAG 2)."""
    return 1.05 / (_luminance(color) + 0.05)


def _is_color(color: str) -> bool:
    digits = color.removeprefix("#")
    return len(color) == 7 and all(char in "0123456789abcdefABCDEF" for char in digits)


def _luminance(color: str) -> float:
    def channel(start: int) -> float:
        value = int(color[start : start + 2], 16) / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
