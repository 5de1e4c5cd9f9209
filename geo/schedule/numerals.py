"""Numbers, days and months as people write them, inside a longer text."""

from __future__ import annotations

import re
from datetime import date

NUMBER = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
_DIGITS = {letter: value for value, letter in enumerate("一二三四五六七八九", 1)}

FULL_DAY = (
    rf"(?:(?:(?:令和|R\.?)(?P<era{{0}}>元|\d{{{{1,2}}}})(?:年|[./])|(?P<year{{0}}>\d{{{{4}}}})(?:年|[/.〜]))"
    rf"(?P<month{{0}}>{NUMBER.replace('{', '{{').replace('}', '}}')})(?:月|[/.〜])"
    rf"(?P<day{{0}}>{NUMBER.replace('{', '{{').replace('}', '}}')})日?(?:\([月火水木金土日]\))?)"
)
"""A day with its year; ``.format(n)`` numbers the groups."""


def number(text: str) -> int:
    """``12`` and ``十二`` -> 12."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, ones = text.split("十", 1)
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    value = 0
    for letter in text:
        value = value * 10 + _DIGITS[letter]
    return value


def full_day(found: re.Match[str], group: str) -> date | None:
    """The day of ``FULL_DAY.format(group)`` in a match, or None when the calendar has none."""
    era, year = found[f"era{group}"], found[f"year{group}"]
    counted = int(year) if year else 2018 + (1 if era == "元" else int(era))
    try:
        return date(counted, number(found[f"month{group}"]), number(found[f"day{group}"]))
    except (ValueError, KeyError):
        return None


def month_day(month: str, day: str) -> tuple[int, int] | None:
    """(month, day) when a leap year has it."""
    try:
        found = date(2024, number(month), number(day))
    except (ValueError, KeyError):
        return None
    return (found.month, found.day)


def months_between(first: int, last: int) -> tuple[int, ...]:
    """November to March -> (1, 2, 3, 11, 12)."""
    count = (last - first) % 12 + 1
    return tuple(sorted((first - 1 + step) % 12 + 1 for step in range(count)))
