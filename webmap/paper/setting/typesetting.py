"""Setting a sheet: a template of ours, data and pictures in; an accessible PDF out.

What a record says reaches Typst as JSON and as pictures only, never as source. Nothing is asked
for outside, no font of the computer is used, and the same sheet is the same bytes.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import msgspec

from geo.errors import AssetError
from webmap.assets import vendor_file
from webmap.paper.setting.about_sheet import AboutSheet
from webmap.paper.setting.accessible_pages import accessible
from webmap.paper.setting.font_characters import FAMILIES, FONTS, unwritable, writable

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).resolve().parent
STANDARD = "ua-1"


def typeset(template: str, data: Any, pictures: Mapping[str, str], about: AboutSheet) -> bytes:
    """A PDF/UA-1.

    Parameters
    ----------
    template : str
        Name of a ``.typ`` file in this folder. It begins with ``#import "sheet.typ": *`` and
        ``#show: sheet``, reads ``data`` and draws ``picture("name", alt: "…", width: …)``.
    data : dataclass or mapping
        Values that JSON knows, dataclasses, enums and dates. Characters no font has become 〓.
    pictures : mapping
        Name to SVG text.
    about : AboutSheet

    Raises
    ------
    geo.errors.AssetError
        When the fonts have not been fetched.
    """
    return _compiled(template, data, pictures, about, format="pdf", pdf_standards=STANDARD)[0]


def untagged(template: str, data: Any, pictures: Mapping[str, str], about: AboutSheet) -> bytes:
    """The same PDF without tags, to be placed in another one."""
    return _compiled(template, data, pictures, about, format="pdf", pdf_tags=False)[0]


def typeset_around(template: str, data: Any, placed: bytes, about: AboutSheet) -> bytes:
    """A PDF/UA-1 with another PDF in it, which the template reads from ``sys.inputs.placed``."""
    return accessible(_compiled(template, data, {}, about, more=_placing(placed), format="pdf")[0])


def page_images(
    template: str,
    data: Any,
    pictures: Mapping[str, str],
    about: AboutSheet,
    *,
    dots_per_inch: float = 60,
    placed: bytes = b"",
) -> list[bytes]:
    """The same pages as PNG, for a screen."""
    return _compiled(
        template, data, pictures, about, more=_placing(placed), format="png", ppi=dots_per_inch
    )


def page_count(template: str, data: Any, pictures: Mapping[str, str], about: AboutSheet) -> int:
    """How many pages it takes; a template may leave out what changes nothing about that."""
    pages = _compiled(template, data, pictures, about, more={"counted": "1"}, format="png", ppi=1)
    return len(pages)


def missing_characters(data: Any, pictures: Mapping[str, str]) -> set[str]:
    """What is printed as 〓 because no font has it. The last page says so, and so does a command."""
    return unwritable([*_texts(msgspec.to_builtins(data)), *pictures.values()])


def _compiled(
    template: str,
    data: Any,
    pictures: Mapping[str, str],
    about: AboutSheet,
    *,
    more: Mapping[str, str] = MappingProxyType({}),
    **how: Any,
) -> list[bytes]:
    import typst

    inputs = {
        "data": _json(data),
        "about": _json(about),
        "missing": str(len(missing_characters(data, pictures))),
        **{f"picture-{name}": writable(svg) for name, svg in pictures.items()},
        **more,
    }
    compiler = typst.Compiler(
        str(TEMPLATES / template), root=str(TEMPLATES), font_paths=_fonts(), sys_inputs=inputs
    )
    moment = datetime(about.day.year, about.day.month, about.day.day, tzinfo=UTC)
    made, doubts = compiler.compile_with_warnings(timestamp=moment, **how)
    for doubt in doubts:  # about a template, never about a record; a test stops at it
        warnings.warn(f"{template}: {doubt.message}", RuntimeWarning, stacklevel=3)
    if made is None:
        raise RuntimeError(f"{template}: nothing was set")
    return [made] if isinstance(made, bytes) else list(made)


def _placing(placed: bytes) -> dict[str, str]:
    """Inputs are text: the bytes go as numbers."""
    return {"placed": json.dumps(list(placed))} if placed else {}


def _json(value: Any) -> str:
    return json.dumps(_writable(msgspec.to_builtins(value)), ensure_ascii=False)


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, dict):
        return {key: _writable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(part) for part in value]
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


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
