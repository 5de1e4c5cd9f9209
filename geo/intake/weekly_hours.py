"""Weekday columns -> one schedule text as a clerk would write it: 「月〜金 8:30〜17:15」."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from geo.folding import fold
from geo.intake.values import clock, is_missing, plain

WEEKDAYS = "月火水木金土日"
CLOSED_HEADERS = frozenset(
    fold(header)
    for header in ("定休日", "休館日", "休業日", "休診日", "休所日", "休み", "お休み", "おやすみ")
)
"""Columns that say when it is *closed*: 「土・日」 in one of them is no opening day."""
_ONLY_DAYS = re.compile(r"[月火水木金土日祝曜・,、〜~\-/]+")


def day_words(days: Sequence[int]) -> str:
    """Weekdays (0 = Monday) as words: three or more in a row are written 月〜水."""
    words: list[str] = []
    for run in _runs(days):
        if len(run) >= 3:
            words.append(f"{WEEKDAYS[run[0]]}〜{WEEKDAYS[run[-1]]}")
        else:
            words.extend(WEEKDAYS[day] for day in run)
    return "・".join(words)


def _runs(days: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs


def hours_text(hours: Mapping[str, tuple[str, str]]) -> str | None:
    """One text from a pair of cells per weekday; days of equal hours are said together.

    A sign for nothing (``-``) is a closed day. None when no day is open.
    """
    by_hours: dict[str, list[int]] = {}
    for index, day in enumerate(WEEKDAYS):
        start, end = hours.get(day, ("", ""))
        span = span_text(start, end)
        if span:
            by_hours.setdefault(span, []).append(index)
    if not by_hours:
        return None
    groups = sorted(by_hours.items(), key=lambda item: item[1][0])
    return "、".join(f"{day_words(days)} {span}" for span, days in groups)


def span_text(start: str, end: str) -> str:
    """``8:30〜17:15``; only a start or only an end is said as such."""
    first = "" if is_missing(start) else clock(start)
    last = "" if is_missing(end) else clock(end)
    if not first and not last:
        return ""
    return f"{first}〜{last}"


def schedule_text(weekdays: str, start: str, end: str, note: str) -> str | None:
    """The national layout's four columns as one text, or None when all are empty."""
    days = "" if is_missing(weekdays) else _readable_days(weekdays)
    parts = [days, span_text(start, end), "" if is_missing(note) else note]
    return " ".join(part for part in parts if part) or None


def under_its_header(header: str, text: str) -> str:
    """A cell as part of a schedule: a column of closing days keeps its header (定休日:土・日)."""
    return f"{header}:{text}" if text and fold(header) in CLOSED_HEADERS else text


def _readable_days(text: str) -> str:
    short = plain(text)
    if not _ONLY_DAYS.fullmatch(short) or re.search(r"[〜~\-]", short):
        return text
    letters = short.replace("曜日", "").replace("曜", "")
    days = sorted({WEEKDAYS.index(c) for c in letters if c in WEEKDAYS})
    return day_words(days) + ("・祝" if "祝" in letters else "")
