"""The filters by day: ``?weekday=火&when=week``. They mean dates, not words of a timetable.

The same rules stand in ``static/app/days.js``; shared vectors in the tests hold both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from geo.model.held_days import DayBook, DayFacet, HeldDay, Period

WEEKDAYS = "月火水木金土日"


class When(StrEnum):
    """Days around today; the value is what the URL says."""

    TODAY = "today"
    WEEK = "week"
    NEXT_WEEK = "next-week"

    def days(self, period: Period) -> tuple[date, date]:
        """First and last day; a week is from Monday to Sunday."""
        if self is When.TODAY:
            return period.today, period.today
        monday = period.first + timedelta(days=7 if self is When.NEXT_WEEK else 0)
        return monday, monday + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class DayFilter:
    """Which days a reader asks for; an empty one means any, and treasures without days as well.

    Parameters
    ----------
    weekdays : frozenset of int
        0 = 月 … 6 = 日.
    when : When, optional
        Without it: from today to the end of the period.
    """

    weekdays: frozenset[int] = frozenset()
    when: When | None = None

    @classmethod
    def of_words(cls, weekdays: Iterable[str], when: Iterable[str]) -> DayFilter:
        """Read the words of the URL; unknown ones are kept out, of several ``when`` the first."""
        known = [When(word) for word in when if word in set(When)]
        return cls(
            frozenset(WEEKDAYS.index(w) for w in weekdays if len(w) == 1 and w in WEEKDAYS),
            known[0] if known else None,
        )

    @property
    def active(self) -> bool:
        """Whether any day is asked for."""
        return bool(self.weekdays) or self.when is not None

    def days(self, period: Period) -> tuple[date, date]:
        """The first and the last day that count."""
        return (period.today, period.last) if self.when is None else self.when.days(period)

    def held(self, facet: DayFacet, period: Period) -> Iterator[HeldDay]:
        """The days that are asked for and on which it is held."""
        for held in facet.between(*self.days(period)):
            if not self.weekdays or held.day.weekday() in self.weekdays:
                yield held

    def accepts(self, facet: DayFacet, period: Period) -> bool:
        """Whether it is held on one of the days."""
        return any(True for _ in self.held(facet, period))

    def numbers(self, book: DayBook) -> frozenset[int]:
        """The treasures that are held on one of the days."""
        held = {i for i, facet in enumerate(book.facets) if self.accepts(facet, book.period)}
        return frozenset(number for number, index in book.facet_of.items() if index in held)

    def pairs(self) -> list[tuple[str, str]]:
        """What goes into the URL, weekdays from Monday on."""
        pairs = [("weekday", WEEKDAYS[weekday]) for weekday in sorted(self.weekdays)]
        return pairs if self.when is None else [*pairs, ("when", self.when.value)]


ANY_DAY = DayFilter()
