"""How wide a text is on paper, before it is set."""

from __future__ import annotations

import unicodedata

_HALF = frozenset("・（）()「」、。,.-:/ ")
_HALF_EM, _LATIN_EM = 0.5, 0.78
"""Of BIZ UDPGothic: digits are 0.76 of the type's height; no letter but M, m and W is wider."""


def text_width_mm(text: str, size_mm: float) -> float:
    """The width of a text: a little more than it takes, so that nothing is written over it."""
    return size_mm * sum(map(_width_em, text))


def _width_em(char: str) -> float:
    if char in _HALF:
        return _HALF_EM
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else _LATIN_EM
