"""The page's own font, cut down to the characters a page needs, as style rules with data inside."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from webmap.assets import vendor_file

FAMILY = "BIZ UDPGothic"
FACES = (("font_regular_ttf", 400), ("font_bold_ttf", 700))
_RANGES = (
    (0x20, 0x7F),  # ASCII
    (0xA0, 0x100),  # Latin-1
    (0x3000, 0x3100),  # Japanese punctuation, hiragana, katakana
    (0xFF01, 0xFF5F),  # full-width letters and digits
    (0x2460, 0x2474),  # circled numbers
)
SEARCHED = "市町村区都道府県校学会館場公民集所東西南北中大小上下本田山川"
"""What people type into the search box most; any other kanji falls back to the computer's font."""


@dataclass(frozen=True, slots=True)
class FontRules:
    """Style rules, and what the font does not have.

    Parameters
    ----------
    css : str
        ``@font-face`` rules with the font inside.
    missing : str
        Characters of the page that this font lacks, sorted; the computer's own font shows them.
    """

    css: str
    missing: str


def typed_characters() -> frozenset[str]:
    """Characters that may appear although the page does not hold them: what a reader types."""
    return frozenset(SEARCHED).union(chr(c) for low, high in _RANGES for c in range(low, high))


def font_rules(characters: Iterable[str]) -> FontRules:
    """Both weights of the font, with these characters and those people type.

    The same characters give the same bytes.

    Raises
    ------
    geo.errors.AssetError
        When the fonts have not been fetched.
    """
    wanted = frozenset(c for c in characters if c.isprintable())
    known = _known(FACES[0][0])
    rules = []
    for name, weight in FACES:
        data = base64.b64encode(_cut(name, frozenset(wanted | typed_characters()))).decode("ascii")
        rules.append(
            f"@font-face{{font-family:'{FAMILY}';font-style:normal;font-weight:{weight};"
            f"font-display:block;src:url(data:font/woff2;base64,{data}) format('woff2')}}"
        )
    return FontRules("\n".join(rules), "".join(sorted(c for c in wanted if ord(c) not in known)))


@lru_cache(maxsize=2)
def _known(name: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(vendor_file(name), lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=8)
def _cut(name: str, characters: frozenset[str]) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options()
    options.flavor = "woff2"
    options.hinting = False
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.drop_tables += ["meta"]  # words about the font; the cutter does not know it
    options.layout_features = ["ccmp", "kern", "locl", "mark", "mkmk"]
    with TTFont(vendor_file(name), lazy=True, recalcTimestamp=False) as font:
        cutter = Subsetter(options)
        cutter.populate(unicodes=sorted(map(ord, characters)))
        cutter.subset(font)
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out)
    return out.getvalue()
