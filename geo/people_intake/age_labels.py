"""A column's label -> whom it counts. Labels are read, never positions: tables differ by year."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum


class Sex(Enum):
    """Whom of the two a column counts."""

    BOTH = "both"
    MEN = "men"
    WOMEN = "women"


@dataclass(frozen=True, slots=True)
class Counted:
    """People of an age: ``low`` to ``high`` years inclusive; ``high`` None: and older."""

    sex: Sex
    low: int = 0
    high: int | None = None


_RANGE = re.compile(r"(\d{1,3})(?:歳)?[~〜‐‑‒–—―ー−-](\d{1,3})\(?歳\)?")
_FROM = re.compile(r"(\d{1,3})\(?歳\)?以上")
_UNDER = re.compile(r"(\d{1,3})\(?歳\)?未満")
_ONE_YEAR = re.compile(r"(\d{1,3})\(?歳\)?(?!\w)")
_ENGLISH_AGES = re.compile(r"(wo)?man(\d{1,2})")
_ENGLISH = {
    "totalpopulation": Sex.BOTH,
    "population": Sex.BOTH,
    "jinko": Sex.BOTH,
    "male": Sex.MEN,
    "woman": Sex.WOMEN,
}
_LAST_ENGLISH_AGES = 18
_FILL = re.compile(
    r"総数|総人口|人口|合計|総計|男女|男性|女性|男|女|計|数|年齢|不詳|(?:を)?含む|うち|再掲|の|人|[、・,()「」『』_:-]"
)
_HEAD = re.compile(r"総数|人口|人数|計|男|女")
_FILL_OF_AGES = re.compile(r"高齢者|老年|年少|生産年齢|前期|後期")


def counted(label: str) -> Counted | None:
    """Whom a column counts; None where it does not count people by age and sex alone.

    >>> counted("総数６５歳以上")
    Counted(sex=<Sex.BOTH: 'both'>, low=65, high=None)
    >>> counted("６５歳以上世帯員のいる一般世帯数") is None
    True
    """
    text = "".join(unicodedata.normalize("NFKC", label).split())
    english = _english(text.casefold())
    if english is not None:
        return english
    low, high, rest = _ages(text)
    if rest is None or ("不詳" in rest and "含む" not in rest):
        return None
    if low is not None:
        rest = _FILL_OF_AGES.sub("", rest)
    elif not _HEAD.search(rest):
        return None
    if _FILL.sub("", rest):
        return None
    men, women = "男" in rest, "女" in rest
    sex = Sex.BOTH if men == women else Sex.MEN if men else Sex.WOMEN
    return Counted(sex, low or 0, high)


def _ages(text: str) -> tuple[int | None, int | None, str | None]:
    """From, to, and what the label says besides; no text where it tells two ages."""
    for pattern in (_RANGE, _FROM, _UNDER, _ONE_YEAR):
        found = pattern.search(text)
        if found is None:
            continue
        rest = text[: found.start()] + text[found.end() :]
        if any(letter.isdigit() for letter in rest):
            return None, None, None
        first = int(found[1])
        if pattern is _RANGE:
            return first, int(found[2]), rest
        if pattern is _FROM:
            return first, None, rest
        return (0, first - 1, rest) if pattern is _UNDER else (first, first, rest)
    return None, None, text


def _english(text: str) -> Counted | None:
    """The headers of the national layout in English: man1 (0-4) to woman18 (85 and over)."""
    if text in _ENGLISH:
        return Counted(_ENGLISH[text])
    found = _ENGLISH_AGES.fullmatch(text)
    if found is None or not 1 <= int(found[2]) <= _LAST_ENGLISH_AGES:
        return None
    band = int(found[2])
    low = 5 * (band - 1)
    return Counted(
        Sex.WOMEN if found[1] else Sex.MEN, low, None if band == _LAST_ENGLISH_AGES else low + 4
    )
