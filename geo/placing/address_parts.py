"""An address taken apart: the town, its 丁目, its numbers. A building after them is left out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from geo.address_words import DASHES, KANJI_NUMBER, POSTAL, kanji_number
from geo.folding import fold

SMALL_AZA = "\x1f"
"""Stands in a head where 字 or 小字 stood."""

_LONGEST = 200
_PAREN = re.compile(r"[(\[{「『【〔<〈《][^)\]}」』】〕>〉》]*[)\]}」』】〕>〉》]?")
_ASIDE = re.compile(r"[、。,，;:|]")
_AROUND_DASH = re.compile(r"\s*-\s*(?=\d)")
_AFTER_DIGIT = re.compile(r"(?<=\d)\s+(?!丁目|番|号|の|ノ)")
# 三番町, 一番丁, 二番館 and 五番街 are names; 三番 counts houses.
_COUNTED = re.compile(rf"[{KANJI_NUMBER}]+(?=丁目|番地|番(?![町丁館街])|号|条)")
_COUNTED_AFTER = re.compile(rf"(?:^|(?<=[-ノ番地]))[{KANJI_NUMBER}]+(?=[-ノ号番|]|$)")
# Digits of 北3条, 東2線 and 第3地割 belong to the name of the town.
_HOUSE = re.compile(r"\d+(?!\d|条|線|地割)")
_NUMBER = re.compile(
    r"(\d+)(?!\d)(?!階|f(?![a-z])|号室|号棟|号館|棟|室)"
    r"(丁目|番地ノ?|番(?![町丁館街])ノ?|号|ノ(?=\d)|-(?=\d))?"
)
_LETTERED = re.compile(r"(.+?)([甲乙丙丁戊イロハニホ])-?$")
_AZA = re.compile(r"小字|(?<!文)字")
_SPELLINGS = str.maketrans({"ガ": "ケ", "ッ": "ツ", "之": "ノ"})


@dataclass(frozen=True, slots=True)
class AddressParts:
    """The parts of one address, folded so that spellings of the same address meet.

    Parameters
    ----------
    head : str
        Everything before the first number, municipality and all; :data:`SMALL_AZA` where 字 stood.
    chome : int or None
        The number before 丁目 where 丁目 is written.
    numbers : tuple of str
        番地, 番, 号 and branches, without the 丁目; as digits.
    banchi : bool
        True where 番地 (or 番) is written after the first number: it is no 丁目.
    large_aza : bool
        True where 大字 is written: 宮本 and 大字宮本 may be two places.
    """

    head: str
    chome: int | None = None
    numbers: tuple[str, ...] = ()
    banchi: bool = False
    large_aza: bool = False


@lru_cache(maxsize=4096)
def address_parts(text: str) -> AddressParts:
    """Take an address apart. Never fails; what is no address has a head nobody knows.

    >>> address_parts("本町２丁目16-32 山田ビル2階")
    AddressParts(head='本町', chome=2, numbers=('16', '32'), banchi=False, large_aza=False)
    >>> address_parts("大字宮本字港町40番地の1").numbers
    ('40', '1')
    """
    plain = _plain(text[:_LONGEST])
    house = _HOUSE.search(plain)
    if house is None:
        return AddressParts(town_text(plain.split("|")[0]), large_aza="大字" in plain)
    head, tail = plain[: house.start()], plain[house.start() :]
    chome, numbers, banchi = _numbers(tail)
    return AddressParts(town_text(head.rstrip("-")), chome, numbers, banchi, "大字" in head)


def lettered(parts: AddressParts) -> AddressParts | None:
    """The address read with a letter before its number (宮本イ123), where it may be read so.

    >>> lettered(address_parts("宮本甲12-3")).numbers
    ('甲12', '3')
    """
    found = _LETTERED.fullmatch(parts.head) if parts.numbers and parts.chome is None else None
    if found is None:
        return None
    numbers = (found.group(2) + parts.numbers[0], *parts.numbers[1:])
    return replace(parts, head=found.group(1), numbers=numbers)


def town_text(folded: str) -> str:
    """The text of a town, whichever way its 大字, 字, ヶ, ッ and の are written."""
    return _AZA.sub(SMALL_AZA, folded.replace("大字", "")).translate(_SPELLINGS).lstrip(SMALL_AZA)


def _plain(text: str) -> str:
    """Folded, without a postal code and asides, numbers in digits; ``|`` after a lone number."""
    plain = unicodedata.normalize("NFKC", text).translate(DASHES).strip()
    plain = _ASIDE.split(_PAREN.sub("", POSTAL.sub("", plain)), maxsplit=1)[0].strip()
    plain = fold(_AFTER_DIGIT.sub("|", _AROUND_DASH.sub("-", plain)))
    plain = _COUNTED.sub(_in_digits, plain)
    start = max(plain.find("丁目"), -1)
    if start >= 0:
        start += 2
        plain = plain[:start] + _COUNTED_AFTER.sub(_in_digits, plain[start:])
    return plain.replace("丁目|", "丁目")


def _in_digits(found: re.Match[str]) -> str:
    return str(kanji_number(found.group()))


def _numbers(tail: str) -> tuple[int | None, tuple[str, ...], bool]:
    chome: int | None = None
    numbers: list[str] = []
    banchi = False
    at = 0
    while (found := _NUMBER.match(tail, at)) is not None:
        unit = (found.group(2) or "").rstrip("ノ") if found.group(2) != "ノ" else "ノ"
        number = str(int(found.group(1)))
        if unit == "丁目" and (numbers or chome is not None):
            break
        if unit == "丁目":
            chome = int(number)
        else:
            banchi = banchi or (not numbers and unit in ("番地", "番"))
            numbers.append(number)
        at = found.end()
        if unit in ("", "号"):
            break
    return chome, tuple(numbers), banchi
