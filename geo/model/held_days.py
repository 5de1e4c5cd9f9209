"""On which days the treasures of a page are held: the answer behind 「今日」「火曜」「次は」.

Many treasures share a timetable, so what is known of one timetable (a facet) is told once and the
treasures point to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import msgspec

from geo.model.answers import Entry
from geo.model.day_change import DayChange
from geo.model.vehicle_round import VehicleRound

WEEKS_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Period:
    """The days that are spoken of when a weekday is: from a Monday to a Sunday.

    Parameters
    ----------
    today : date
        The day the answer is made for; in the first week.
    first, last : date
        The Monday of that week, and the Sunday eight weeks after it; both included.
    """

    today: date
    first: date
    last: date

    @classmethod
    def around(cls, today: date) -> Period:
        """The week of that day and the eight after it."""
        first = today - timedelta(days=today.weekday())
        return cls(today, first, first + timedelta(days=7 * WEEKS_AHEAD + 6))

    @property
    def weeks(self) -> int:
        """How often every weekday comes in it."""
        return WEEKS_AHEAD + 1


class Session(msgspec.Struct, frozen=True, gc=False):
    """Some hours of a day; minutes after midnight as for :class:`HeldDay`."""

    start_min: int | None = None
    end_min: int | None = None
    word: str = ""


class HeldDay(msgspec.Struct, frozen=True, gc=False):
    """A day on which something is held.

    Parameters
    ----------
    day : date
        In Asia/Tokyo.
    start_min : int or None
        Minutes after midnight when it first begins on that day; None where the text does not say.
    word : str
        「午前」「夕方」 where only the part of the day is said.
    certain : bool
        False where something that was not understood, or not dated, may change it.
    end_min : int or None
        Minutes after midnight when that first time ends; None where the text does not say.
    more : tuple of Session
        Further times on that day, in order.
    """

    day: date
    start_min: int | None = None
    word: str = ""
    certain: bool = True
    end_min: int | None = None
    more: tuple[Session, ...] = ()

    @property
    def sessions(self) -> tuple[Session, ...]:
        """Every time of the day, in order."""
        return (Session(self.start_min, self.end_min, self.word), *self.more)


class Season(msgspec.Struct, frozen=True, gc=False):
    """The only part of the year in which it is held.

    ``months`` are 1-12 in the order of the season (11, 12, 1, 2, 3), empty where it is not made of
    whole months; ``text`` says it in Japanese.
    """

    months: tuple[int, ...]
    text: str


class DayFacet(msgspec.Struct, frozen=True, gc=False):
    """What is known of one timetable within the period.

    Parameters
    ----------
    days : tuple of HeldDay
        In the period, in order, one a day. Empty where the text fixes no day.
    every : tuple of int
        Weekdays (0 = 月) it is held on in every week of the period. A week that a holiday or a
        closing takes away leaves it 「毎週」.
    some : tuple of int
        Weekdays it is held on in some of the weeks only (第1・3, 隔週, moved from a holiday).
    later : HeldDay or None
        The first day after the period, where there is none in it from today on.
    season : Season or None
        Where every rule is for a part of the year only.
    changes : tuple of DayChange
        The days within the period that are off, moved or added, in order.
    """

    days: tuple[HeldDay, ...] = ()
    every: tuple[int, ...] = ()
    some: tuple[int, ...] = ()
    later: HeldDay | None = None
    season: Season | None = None
    changes: tuple[DayChange, ...] = ()

    @property
    def dated(self) -> bool:
        """Whether any day is known."""
        return bool(self.days) or self.later is not None

    def between(self, first: date, last: date) -> Iterator[HeldDay]:
        """The days from ``first`` to ``last``, both included."""
        return (held for held in self.days if first <= held.day <= last)

    def next_from(self, today: date) -> HeldDay | None:
        """The next day, today included."""
        return next((held for held in self.days if held.day >= today), self.later)

    def news_from(self, today: date) -> Iterator[DayChange]:
        """The changes that are not over yet."""
        return (change for change in self.changes if change.last_day >= today)


@dataclass(frozen=True, slots=True)
class DayBook:
    """The days of the treasures of a page.

    ``facet_of`` leads from a treasure's number to the index of its facet. Missing are those that
    are おやすみ中 or 終了, and those of which nobody wrote when they are held: ``resting`` and
    ``unsaid`` count them. ``round_of`` leads from a stop's number to the index of the round of its
    vehicle. ``followed`` are the treasures, also of other areas, whose days some of the page follow.
    """

    period: Period
    facets: tuple[DayFacet, ...] = ()
    facet_of: Mapping[int, int] = field(default_factory=dict)
    resting: int = 0
    unsaid: int = 0
    rounds: tuple[VehicleRound, ...] = ()
    round_of: Mapping[int, int] = field(default_factory=dict)
    followed: Mapping[int, Entry] = field(default_factory=dict)

    def of(self, number: int) -> DayFacet | None:
        """What is known of a treasure; None where no day may be told."""
        index = self.facet_of.get(number)
        return None if index is None else self.facets[index]

    @property
    def dated(self) -> bool:
        """Whether there is any day to ask for."""
        return any(facet.days for facet in self.facets)

    @property
    def undated(self) -> int:
        """Treasures that are held, on days that nobody has written down."""
        without = {i for i, facet in enumerate(self.facets) if not facet.dated}
        return self.unsaid + sum(index in without for index in self.facet_of.values())
