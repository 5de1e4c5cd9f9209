"""Readings above the kanji of a name, from the reading of the whole name.

The kana written in the name hold the reading in place: 港町おとこの台所 with
ミナトマチオトコノダイドコロ is 港町（みなとまち）おとこの 台所（だいどころ）. Where more than one way would
fit, or none, nothing is guessed: what is not certain carries its reading undivided.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

Ruby = tuple[tuple[str, str | None], ...]
"""Pieces of a name, each with its reading in hiragana or none."""

_TO_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_LONG = re.compile(r"(?<=[ぁ-ゖァ-ヺー])[-‐‑‒–—―−~〜]")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー゛゜ゝゞヽヾ\u3099\u309a\uff66-\uff9f]")
_HAN = re.compile(r"[々〆〇㐀-䶿一-鿿豈-\ufaff\U00020000-\U0003ffff]")
_BETWEEN_HAN = "ヵヶケ"  # 茅ヶ崎 and 霞ケ関: written as kana, read as が
_NEVER_FIRST = frozenset("ぁぃぅぇぉっゃゅょゎんー")


class _Kind(Enum):
    """What a piece of a name is, as far as its reading goes."""

    KANA = auto()  # says its own reading
    READ = auto()  # needs one
    SIGN = auto()  # has none: blanks, brackets, dots


@dataclass(slots=True)
class _Part:
    """Pieces of one kind; ``said`` is the reading they say themselves, None where one is needed."""

    base: str
    said: str | None


def ruby(name: str, kana: str | None) -> Ruby:
    """A name in pieces with their readings.

    Parameters
    ----------
    name : str
        As written.
    kana : str or None
        How it is read: hiragana or katakana, of either width.

    Returns
    -------
    tuple of (str, str or None)
        The pieces joined are the name. Without kana, or where the name needs none, one piece.

    >>> ruby("港町おとこの台所", "ミナトマチオトコノダイドコロ")
    (('港町', 'みなとまち'), ('おとこの', None), ('台所', 'だいどころ'))
    """
    words = _words_of(kana or "")
    if not words or not name:
        return ((name, None),) if name else ()
    heard = "".join(words)
    pieces = _pieces(name, heard)
    if not any(kind is _Kind.READ for kind, _ in pieces):
        return ((name, None),)
    by_word = _word_by_word(pieces, words) if len(words) > 1 else None
    return by_word or _aligned(_parts(pieces), heard) or ((name, heard),)


def _words_of(kana: str) -> list[str]:
    """The reading in hiragana, a word each; none when it is no reading."""
    text = _spoken(kana)
    if any(map(_HAN.match, text)):
        return []
    words = "".join(c if _KANA.match(c) or c.isalnum() else " " for c in text).split()
    return words if any(_KANA.match(c) for word in words for c in word) else []


def _spoken(text: str) -> str:
    """Text as it is compared: full width, hiragana, small letters."""
    wide = unicodedata.normalize("NFKC", text).translate(_TO_HIRAGANA).lower()
    return _LONG.sub("ー", wide)


def _pieces(name: str, heard: str) -> list[tuple[_Kind, str]]:
    """Runs of one kind. Digits and letters say themselves where the reading has them as well."""
    plain_digits = any(c.isdigit() for c in heard)
    plain_letters = any(c.isascii() and c.isalpha() for c in heard)
    pieces: list[tuple[_Kind, str]] = []
    for i, char in enumerate(name):
        kind = _kind_of(char, plain_digits, plain_letters)
        if char in _BETWEEN_HAN and 0 < i < len(name) - 1:
            around = _HAN.match(name[i - 1]) and _HAN.match(name[i + 1])
            kind = _Kind.READ if around else _Kind.KANA
        if pieces and pieces[-1][0] is kind:
            pieces[-1] = (kind, pieces[-1][1] + char)
        else:
            pieces.append((kind, char))
    return pieces


def _kind_of(char: str, plain_digits: bool, plain_letters: bool) -> _Kind:
    if _KANA.match(char):
        return _Kind.KANA
    wide = unicodedata.normalize("NFKC", char)
    if wide.isdigit():
        return _Kind.KANA if plain_digits else _Kind.READ
    if wide.isascii() and wide.isalpha():
        return _Kind.KANA if plain_letters else _Kind.READ
    return _Kind.READ if any(c.isalnum() for c in wide) else _Kind.SIGN


def _word_by_word(pieces: list[tuple[_Kind, str]], words: list[str]) -> Ruby | None:
    """Each word with its own reading, where name and reading are parted alike."""
    groups: list[list[tuple[_Kind, str]]] = [[]]
    for kind, text in pieces:
        if kind is _Kind.SIGN:
            groups += [[(kind, text)], []]
        else:
            groups[-1].append((kind, text))
    spoken = [group for group in groups if group and group[0][0] is not _Kind.SIGN]
    if len(spoken) != len(words):
        return None
    readings = iter(words)
    found: list[tuple[str, str | None]] = []
    for group in filter(None, groups):
        base = "".join(text for _, text in group)
        if group[0][0] is _Kind.SIGN:
            found.append((base, None))
            continue
        heard = next(readings)
        parts = _parts(group)
        if _starts(parts, heard) is None:
            return None  # they are not parted alike after all
        found += _aligned(parts, heard) or ((base, heard),)
    return _joined(found)


def _parts(pieces: list[tuple[_Kind, str]]) -> list[_Part]:
    """Said and unsaid parts by turns; signs go with what is said, or lie between what is not."""
    parts: list[_Part] = []
    signs = ""
    for kind, text in pieces:
        if kind is _Kind.SIGN:
            signs += text
            continue
        said = _spoken(text) if kind is _Kind.KANA else None
        if parts and (parts[-1].said is None) == (said is None):
            parts[-1].base += signs + text
            if said is not None:
                parts[-1].said = (parts[-1].said or "") + said
        else:
            if said is None:
                _append_signs(parts, signs)
                signs = ""
            parts.append(_Part(signs + text, said))
        signs = ""
    _append_signs(parts, signs)
    return parts


def _append_signs(parts: list[_Part], signs: str) -> None:
    if not signs:
        return
    if parts and parts[-1].said is not None:
        parts[-1].base += signs
    else:
        parts.append(_Part(signs, ""))


def _aligned(parts: Sequence[_Part], heard: str) -> Ruby | None:
    """What is the same in every way in which the parts fit; None where there is no way.

    A part that can be said in one place only holds the reading there; what lies between two of
    them, and could be divided in several ways, carries its reading undivided.
    """
    starts, latest = _starts(parts, heard), _starts(parts, heard, last=True)
    if starts is None or latest is None:
        return None
    found: list[tuple[str, str | None]] = []
    begin, base = 0, ""
    for part, start, last in zip(parts, starts, latest, strict=True):
        if part.said is None or start != last:
            base += part.base
            continue
        if base:
            found.append((base, heard[begin:start]))
        found.append((part.base, None))
        begin, base = start + len(part.said), ""
    if base:
        found.append((base, heard[begin:]))
    return _joined(found)


def _starts(parts: Sequence[_Part], heard: str, *, last: bool = False) -> list[int] | None:
    """Where each said part begins in the reading: the earliest way that fits, or the latest.

    Both are the same where only one fits. Each unsaid part takes one sound or more. A part is
    looked for from where the one before it was found, so that no sound is heard many times.
    """
    starts = [0] * len(parts)
    low, high = 0, len(heard)
    for i in reversed(range(len(parts))) if last else range(len(parts)):
        said = parts[i].said
        if said is None:
            continue
        first = max(low, 1) if i else 0
        final = high - len(said) if i == len(parts) - 1 else min(high, len(heard) - 1) - len(said)
        if i == 0:
            final = 0
        elif i == len(parts) - 1:
            first = max(first, final)
        at = _find(heard, said, first, final, ends=i == len(parts) - 1, last=last)
        if at is None:
            return None
        starts[i] = at
        low, high = (low, at - 1) if last else (at + len(said) + 1, high)
    if not any(part.said is None for part in parts):
        return None if "".join(part.said or "" for part in parts) != heard else starts
    return starts if len(heard) > 0 else None


def _find(heard: str, said: str, first: int, final: int, *, ends: bool, last: bool) -> int | None:
    """The first (or last) place from ``first`` to ``final`` at which a part can be said."""
    at = final if last else first
    while first <= at <= final:
        at = (
            heard.rfind(said, first, at + len(said))
            if last
            else heard.find(said, at, final + len(said))
        )
        if at < 0:
            return None
        if ends or heard[at + len(said)] not in _NEVER_FIRST:
            return at
        at += -1 if last else 1
    return None


def _joined(pieces: list[tuple[str, str | None]]) -> Ruby:
    """Neighbours without a reading as one piece."""
    joined: list[tuple[str, str | None]] = []
    for base, reading in pieces:
        if joined and reading is None and joined[-1][1] is None:
            joined[-1] = (joined[-1][0] + base, None)
        else:
            joined.append((base, reading))
    return tuple(joined)
