"""Which characters the fonts of paper have, and what is printed for one that no font has."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from webmap.assets import vendor_file

FAMILIES = ("BIZ UDPGothic", "Noto Sans JP", "Noto Emoji")
"""In the order they are asked; ``sheet.typ`` says the same, and a test holds both together."""

FONTS = ("font_regular_ttf", "font_bold_ttf", "more_kanji_ttf", "more_kanji_bold_ttf", "emoji_ttf")
"""The files of the families. Bold ones have the characters of the regular ones (tested)."""

GETA = "〓"
"""What Japanese printers set for a character they do not have."""

_SHAPELESS = frozenset(
    {0x09, 0x0A, 0x200B, 0x200D, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
)
"""Tab, new line, break here if need be, join, take this variant: a meaning without a shape."""

_BEYOND_ASCII = re.compile(r"[^\n -~]+")

_GROUPS = 12  # format of the cmap subtable that knows every plane


def unwritable(texts: Iterable[str]) -> set[str]:
    """The characters that no font has, and that are therefore printed as 〓."""
    unusual = set().union(*map(_unusual, texts))
    return {c for c in unusual if not _is_written(c) and _instead_of(c) == GETA}


def writable(text: str) -> str:
    """A text in which every character can be set: 〓 for what no font has.

    Control and format characters, which nobody can see, go; so do marks that turn the direction
    of what follows. A blank of unknown width is a blank.
    """
    strange = [c for c in _unusual(text) if not _is_written(c)]
    if not strange:
        return text
    return text.translate({ord(c): _instead_of(c) for c in strange})


def _unusual(text: str) -> set[str]:
    """The characters beyond plain ASCII: few, also in a picture of millions of digits."""
    return set("".join(_BEYOND_ASCII.findall(text)))


def _is_written(char: str) -> bool:
    return ord(char) in _SHAPELESS or (ord(char) in _drawn() and not _is_dropped(char))


def _is_dropped(char: str) -> bool:
    """Fonts have a glyph for some of them; a picture with one is no XML."""
    return unicodedata.category(char) in {"Cc", "Cf"}


def _instead_of(char: str) -> str:
    if _is_dropped(char):
        return ""
    return " " if char.isspace() else GETA


@lru_cache(maxsize=1)
def _drawn() -> frozenset[int]:
    return frozenset().union(*(font_characters(vendor_file(name)) for name in FONTS))


def font_characters(file: Path) -> frozenset[int]:
    """The code points a TrueType font has a glyph for.

    Read here because fontTools takes a second for it, and a sheet is made in a tenth of one.

    Raises
    ------
    ValueError
        For a font without the table of every plane (format 12).
    """
    font = file.read_bytes()
    tables = struct.unpack_from(">H", font, 4)[0]
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * i) for i in range(tables))
    start = next((offset for tag, _, offset, _ in entries if tag == b"cmap"), None)
    if start is None:
        raise ValueError(f"{file.name}: no cmap")
    subtables = struct.unpack_from(">H", font, start + 2)[0]
    for i in range(subtables):
        at = start + struct.unpack_from(">HHI", font, start + 4 + 8 * i)[2]
        if struct.unpack_from(">H", font, at)[0] == _GROUPS:
            groups = struct.unpack_from(">I", font, at + 12)[0]
            runs = struct.iter_unpack(">III", font[at + 16 : at + 16 + 12 * groups])
            return frozenset(c for low, high, _ in runs for c in range(low, high + 1))
    raise ValueError(f"{file.name}: no cmap of format {_GROUPS}")
