"""Furigana: which part of a reading stands above which kanji of a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヵ"))}
_KANA = re.compile(r"[ぁ-ゖーゝゞ]")
_SIGNS = re.compile(r"[^0-9a-zぁ-ゖー]")


@dataclass(frozen=True, slots=True)
class RubyPart:
    """A part of a name, and what stands above it; nothing where it can be read as it is."""

    base: str
    ruby: str = ""


def ruby_parts(name: str, kana: str | None) -> tuple[RubyPart, ...]:
    """The parts of a name, which together are the name.

    The kana of the name itself are found again in its reading, so that only what lies between
    them goes above kanji. Where that is possible in two ways or in none, the whole reading stands
    above the whole name: a wrong reading above a word would be worse than a plain one.
    """
    reading = _folded(kana or "")
    if not reading or _folded(name) == reading:
        return (RubyPart(name),)
    for needs_none in (_is_written_alike, _reads_itself):
        parts = [(is_said, "".join(chars)) for is_said, chars in groupby(name, needs_none)]
        wanted = [_folded(text) if is_said else None for is_said, text in parts]
        above = _only_split(wanted, reading)
        if above is not None:
            return tuple(
                RubyPart(text, "" if is_said else said)
                for (is_said, text), said in zip(parts, above, strict=True)
            )
    return (RubyPart(name, reading),)


def _only_split(wanted: Sequence[str | None], reading: str) -> list[str] | None:
    """What of a reading each part takes: its own text, or (None) anything but nothing.

    None where there is no way, or more than one. Ways are counted, not tried: a name of a hundred
    parts takes no longer than its length times that of its reading.
    """
    ends = range(len(reading) + 1)
    ways = [[int(at == 0) for at in ends]]  # to have read so far after so many parts; 2 for more
    for text in wanted:
        before = ways[-1]
        if text is None:
            so_far = [0, *accumulate(before)]
            ways.append([min(so_far[at], 2) for at in ends])
            continue
        size = len(text)
        ways.append(
            [
                before[at - size] if at >= size and reading[at - size : at] == text else 0
                for at in ends
            ]
        )
    if ways[-1][-1] != 1:
        return None
    found, end = [], len(reading)
    for text, before in zip(reversed(wanted), reversed(ways[:-1]), strict=True):
        start = end - len(text) if text is not None else before.index(1)
        found.append(reading[start:end])
        end = start
    return found[::-1]


def _is_written_alike(char: str) -> bool:
    """Digits and Latin letters, too, where the reading has them: 体操2, たいそう2."""
    return _reads_itself(char) or _hiragana(char).isascii()


def _reads_itself(char: str) -> bool:
    """Whether a character needs no reading: kana, and what is not read at all."""
    folded = _hiragana(char)
    return bool(_KANA.match(folded)) or not any(part.isalnum() for part in folded)


def _folded(text: str) -> str:
    """As hiragana, without blanks and signs."""
    return _SIGNS.sub("", _hiragana(text).lower())


def _hiragana(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_KATAKANA)
