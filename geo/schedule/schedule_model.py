"""A schedule: rules, what closes them, what happens on holidays, and what was not understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.schedule.calendar_series import CalendarSeries, series_of
from geo.schedule.expanding import cancelled_days, occurrences
from geo.schedule.frequency import Frequency, frequency_of, occasions_a_month
from geo.schedule.occurrence import Cancelled, Occurrence
from geo.schedule.timetable import Timetable
from geo.schedule.unsure_parts import may_change_days, unsure_parts
from geo.schedule.writing import written


@dataclass(frozen=True, slots=True)
class Schedule(Timetable):
    """A timetable that answers: on which days, how often, in which words."""

    def text(self) -> str:
        """The one normal form in Japanese; reading it gives an equal schedule."""
        return written(self)

    def dates(self, first: date, last: date) -> tuple[Occurrence, ...]:
        """Every occurrence from ``first`` to ``last`` (both included), in the order of time.

        Each carries its day, start and end (None where the text does not say), ``moved_from``
        (the holiday it was moved away from), ``holiday`` (the name of the national holiday it
        falls on) and ``certain``. The rules are applied in this order:

        1. the days of each rule, within its season (平日 and 土日祝 look at holidays here);
        2. closings by season and by day; closing days that move with a holiday are moved first;
        3. national holidays: closed, or moved. A move is repeated while it meets a holiday again
           (5/4 → 5/5 → 5/6 → 5/7); a moved day that meets a closing is not held at all,
           one that meets a day held anyway is held once;
        4. closed hours are cut out of the hours.

        A rule that does not say its days (月2回, 隔週 without a base day, 夏休み期間) gives none.
        ``certain`` is False where a part that was not understood may change the days, and, around
        お盆 or 年末年始 whose dates nobody wrote, for the days that may fall into them.
        """
        return occurrences(self, first, last)

    def cancelled(self, first: date, last: date) -> tuple[Cancelled, ...]:
        """The days a rule holds but a closing or a holiday takes away, and why, in Japanese."""
        return cancelled_days(self, first, last)

    def calendar(self, first: date, last: date) -> tuple[CalendarSeries, ...]:
        """The same occurrences as RFC 5545 rules with the days added and taken away."""
        return series_of(self, first, last)

    def weekdays(self) -> frozenset[int]:
        """Weekdays the text fixes (0 = 月 … 6 = 日), on every or only on some of them.

        Empty where none is fixed (毎月10日, 月1回, 不定期); 毎日 fixes all seven.
        """
        return frozenset(day for rule in self.rules if rule.days for day in rule.days.weekdays)

    def every_week(self) -> frozenset[int]:
        """The weekdays of :meth:`weekdays` it is held on in every week of the year."""
        return frozenset(
            day
            for rule in self.rules
            if rule.dated and rule.days and not rule.days.weeks and rule.days.every_weeks == 1
            if rule.season.months == () and rule.season.span is None
            for day in rule.days.weekdays
        )

    @property
    def frequency(self) -> Frequency:
        """The class of the ministry's survey of 通いの場."""
        return frequency_of(self)

    @property
    def occasions_a_month(self) -> float | None:
        """Occasions a month, the mean over the months of a year; None where nobody says.

        Closings and holidays are not taken off: a group that rests in August meets monthly.
        """
        return occasions_a_month(self)

    @property
    def unsure(self) -> tuple[str, ...]:
        """Parts understood as words that leave the days open: お盆 without dates, 不定休."""
        return unsure_parts(self)

    @property
    def certain(self) -> bool:
        """Whether the text leaves no doubt about the days it gives."""
        return not self.unsure and not any(map(may_change_days, self.not_understood))
