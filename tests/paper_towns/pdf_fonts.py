"""What the codes of an embedded font mean, and how wide they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf.generic import ArrayObject, DictionaryObject

_ESCAPED = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True)
class Font:
    """What the codes of a font mean, and how far they go on."""

    is_bold: bool
    said: dict[int, str]
    widths: dict[int, float]
    usual: float


def font_of(font: DictionaryObject) -> Font:
    below = font["/DescendantFonts"][0].get_object()
    assert font["/Encoding"] == "/Identity-H"
    return Font(
        "Bold" in str(font["/BaseFont"]),
        _said(font["/ToUnicode"].get_object().get_data()),
        dict(_widths(below.get("/W", ArrayObject()).get_object())),
        float(below.get("/DW", 1000)),
    )


def _said(table: bytes) -> dict[int, str]:
    def words(given: bytes) -> str:
        return bytes.fromhex(given.decode()).decode("utf-16-be")

    found: dict[int, str] = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, word in re.findall(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", part):
            found[int(code, 16)] = words(word)
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, word in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", part):
            start = words(word)
            for n in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + n] = start[:-1] + chr(ord(start[-1]) + n)
    return found


def _widths(given: ArrayObject) -> Iterator[tuple[int, float]]:
    parts = [part.get_object() for part in given]
    while parts:
        first, second = int(parts.pop(0)), parts.pop(0)
        if isinstance(second, ArrayObject):
            yield from ((first + n, float(width)) for n, width in enumerate(second))
        else:
            width = float(parts.pop(0))
            yield from ((code, width) for code in range(first, int(second) + 1))


def codes_of(token: bytes) -> bytes:
    if token.startswith(b"<"):
        return bytes.fromhex(token[1:-1].decode())

    def letter(found: re.Match[bytes]) -> bytes:
        what = found.group(1)
        return bytes([int(what, 8)]) if what[:1].isdigit() else _LETTERS.get(what, what)

    return _ESCAPED.sub(letter, token[1:-1])
