"""The text of one cell made fit to keep: blanks, invisible characters, length."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONG_TEXT = 2_000
TEXT_LIMIT = 20_000

_NONCHARACTERS = "".join(
    chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)
)
_POISON = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_NONCHARACTERS}]")
"""NUL, control characters, lone surrogates, noncharacters. RTL marks and emoji are fine."""


@dataclass(frozen=True, slots=True)
class CellText:
    """A cell's text. ``cleaned``: invisible characters were taken out; ``broken``: it holds �."""

    text: str
    cleaned: bool = False
    broken: bool = False


def clean_text(raw: str) -> CellText:
    """Strip blanks (also full-width), unify line breaks, take out what no screen shows."""
    unified = raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
    kept, taken = _POISON.subn("", unified)
    return CellText(kept.strip(), cleaned=taken > 0, broken="\ufffd" in kept)
