"""The days of a page's treasures as the browser's script reads them (``static/app/days.js``).

Days are counted from the Monday the period begins with, so that a file opened weeks later can tell
its own today. Treasures point to facets, and facets to times of day: many share them.
"""

from __future__ import annotations

from typing import Any

from geo.model.day_change import DayChange
from geo.model.held_days import DayBook, DayFacet, HeldDay

Time = tuple[int | None, str, bool]
"""Start in minutes after midnight, the word for it, and whether it is certain."""


def days_as_json(book: DayBook | None) -> dict[str, Any] | None:
    """``{first, today, last, times, facets}``; None where no days were asked for.

    ``times`` are ``[start, word, certain]``; a facet's ``days`` and ``later`` are
    ``[offset in days from first, index of its time]``. Where some were changed, its ``changes`` are
    ``[kind, day, new day, start, end, reason]``, days as offsets.
    """
    if book is None:
        return None
    first = book.period.first
    monday = first.toordinal()
    times: dict[Time, int] = {}
    facets = [_facet(facet, monday, times) for facet in book.facets]
    return {
        "first": first.isoformat(),
        "today": (book.period.today - first).days,
        "last": (book.period.last - first).days,
        "resting": book.resting,
        "unsaid": book.unsaid,
        "times": [list(time) for time in times],
        "facets": facets,
    }


def _facet(facet: DayFacet, monday: int, times: dict[Time, int]) -> dict[str, Any]:
    def told(held: HeldDay) -> list[int]:
        time = (held.start_min, held.word, held.certain)
        return [held.day.toordinal() - monday, times.setdefault(time, len(times))]

    said: dict[str, Any] = {
        "days": [told(held) for held in facet.days],
        "every": list(facet.every),
        "later": told(facet.later) if facet.later else None,
    }
    if facet.changes:
        said["changes"] = [_change(change, monday) for change in facet.changes]
    return said


def _change(change: DayChange, monday: int) -> list[Any]:
    to = None if change.to is None else change.to.toordinal() - monday
    day = change.day.toordinal() - monday
    return [change.kind.value, day, to, change.start_min, change.end_min, change.reason]
