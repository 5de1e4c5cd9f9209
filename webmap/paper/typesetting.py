"""Setting a sheet: a template of ours, data and pictures in; an accessible PDF out.

What a record says reaches Typst as JSON and as pictures only, never as source. Nothing is asked
for outside, no font of the computer is used, and the same sheet is the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import AssetError
from webmap.assets import vendor_file

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).resolve().parent
FONTS = ("font_regular_ttf", "font_bold_ttf", "more_kanji_ttf", "more_kanji_bold_ttf", "emoji_ttf")
FAMILIES = ("BIZ UDPGothic", "Noto Sans JP", "Noto Emoji")
"""In the order they are asked; ``sheet.typ`` says the same, and a test holds both together."""
STANDARD = "ua-1"

GETA = "〓"
"""What Japanese printers set for a character they do not have."""

_SHAPELESS = frozenset(
    [0x200D, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]
)  # joiner and variation selectors: they change a character beside them, or nothing


@dataclass(frozen=True, slots=True)
class AboutSheet:
    """What a PDF says of itself.

    Parameters
    ----------
    title : str
        Shown as the window's title and read aloud first.
    author : str
        The town.
    day : date
        Of the data. The PDF is dated so, whenever it is made.
    """

    title: str
    author: str
    day: date


def typeset(
    template: str, data: Mapping[str, Any], pictures: Mapping[str, str], about: AboutSheet
) -> bytes:
    """A PDF/UA-1.

    Parameters
    ----------
    template : str
        Name of a ``.typ`` file in this folder. It begins with ``#import "sheet.typ": *`` and
        ``#show: sheet``, reads ``data`` and draws ``picture("name", alt: "…", width: …)``.
    data : mapping
        Values JSON knows. Characters no font has become 〓 (see :func:`unwritable`).
    pictures : mapping
        Name to SVG text.
    about : AboutSheet

    Raises
    ------
    geo.errors.AssetError
        When the fonts have not been fetched.
    """
    return _compiled(template, data, pictures, about, format="pdf", pdf_standards=STANDARD)[0]


def page_images(
    template: str,
    data: Mapping[str, Any],
    pictures: Mapping[str, str],
    about: AboutSheet,
    *,
    dots_per_inch: float = 60,
) -> list[bytes]:
    """The same pages as PNG, for a screen."""
    return _compiled(template, data, pictures, about, format="png", ppi=dots_per_inch)


def unwritable(texts: Iterable[str]) -> set[str]:
    """The characters that no font has, and that are therefore printed as 〓."""
    return {c for c in set().union(*texts) if not _is_written(c)}


def _compiled(
    template: str,
    data: Mapping[str, Any],
    pictures: Mapping[str, str],
    about: AboutSheet,
    **how: Any,
) -> list[bytes]:
    import typst

    said = {
        "title": about.title,
        "author": about.author,
        "year": about.day.year,
        "month": about.day.month,
        "day": about.day.day,
    }
    inputs = {
        "data": json.dumps(_writable(data), ensure_ascii=False),
        "about": json.dumps(_writable(said), ensure_ascii=False),
        **{f"picture-{name}": _text(svg) for name, svg in pictures.items()},
    }
    compiler = typst.Compiler(
        str(TEMPLATES / template), root=str(TEMPLATES), font_paths=_fonts(), sys_inputs=inputs
    )
    moment = datetime(about.day.year, about.day.month, about.day.day, tzinfo=UTC)
    made = compiler.compile(timestamp=moment, **how)
    if made is None:
        raise RuntimeError(f"{template}: nothing was set")
    return [made] if isinstance(made, bytes) else list(made)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    import typst

    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=sorted({str(vendor_file(name).parent) for name in FONTS}),
    )
    missing = set(FAMILIES).difference(fonts.families())
    if missing:  # a sheet without them would come out empty
        raise AssetError(
            f"fonts are missing: {sorted(missing)}",
            message_ja="印刷に使う文字の部品がありません。",
            hint_ja="make assets を実行してください。",
        )
    return fonts


@lru_cache(maxsize=1)
def _drawn() -> frozenset[int]:
    """Every code point that one of the fonts draws."""
    from fontTools.ttLib import TTFont

    known: set[int] = set()
    for name in FONTS:
        with TTFont(vendor_file(name), lazy=True) as font:
            known |= set(font.getBestCmap())
    return frozenset(known)


def _is_written(char: str) -> bool:
    code = ord(char)
    return char.isspace() or code in _drawn() or code in _SHAPELESS


def _text(text: str) -> str:
    """A text in which every character can be set."""
    strange = unwritable([text])
    return text.translate({ord(c): GETA for c in strange}) if strange else text


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return {key: _writable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(part) for part in value]
    return value
