"""A schedule as calendars keep it: RFC 5545 rules, with the days added and taken away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from geo.schedule.expanding import occurrences
from geo.schedule.schedule_parts import LAST, MIDNIGHT_MIN, Days, Hours, Rule

if TYPE_CHECKING:
    from geo.schedule.occurrence import Occurrence
    from geo.schedule.timetable import Timetable

_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_A_DAY = timedelta(days=1)
_Clock = tuple[time | None, time | None, str]


@dataclass(frozen=True, slots=True)
class CalendarSeries:
    """Days of one rule with one span of hours, in Asia/Tokyo.

    Parameters
    ----------
    first : date
        The first day (DTSTART).
    rrule : str
        The value of RRULE, with UNTIL; empty where the days are only listed.
    start, end : time or None
        Clock times; None where the text does not say.
    word : str
        「午前」 where only that is said.
    added, taken : tuple of date
        RDATE and EXDATE: days moved to, holidays, days closed.
    """

    first: date
    rrule: str
    start: time | None
    end: time | None
    word: str
    added: tuple[date, ...]
    taken: tuple[date, ...]

    def days(self) -> tuple[date, ...]:
        """Every day of the series, expanded by the rules of RFC 5545."""
        found = set(_expanded(self.rrule, self.first)) | set(self.added)
        return tuple(sorted(found - set(self.taken)))


def series_of(schedule: Timetable, first: date, last: date) -> tuple[CalendarSeries, ...]:
    """The series that together hold every occurrence from ``first`` to ``last``, each once.

    Every rule ends with the period (UNTIL): holidays after it are in no exception yet.
    """
    left = dict.fromkeys(occurrences(schedule, first, last))
    found: list[CalendarSeries] = []
    for rule in schedule.rules:
        if not rule.dated or rule.days is None:
            continue
        for hours in rule.hours or (Hours(),):
            mine = [one for one in left if _clock_of(one) == _clock(hours)]
            for text in _rrules(rule, last):
                series = _series(text, mine, _begin(rule.days, first), first, _clock(hours))
                if series is None:
                    continue
                held = set(series.days())
                for one in [one for one in mine if one.day in held]:
                    del left[one]
                    mine.remove(one)
                found.append(series)
    return (*found, *listed_series(left))


def _series(
    rrule: str, mine: list[Occurrence], begin: date, first: date, clock: _Clock
) -> CalendarSeries | None:
    ruled = [day for day in _expanded(rrule, begin) if day >= first]
    wanted = {one.day for one in mine}
    if not ruled or not wanted.intersection(ruled):
        return None
    taken = tuple(day for day in ruled if day not in wanted)
    return CalendarSeries(ruled[0], rrule, *clock, (), taken)


def listed_series(left: Iterable[Occurrence]) -> tuple[CalendarSeries, ...]:
    """What no rule holds: moved days, holidays, hours cut short; one series per span of hours."""
    days: dict[_Clock, list[date]] = {}
    for one in left:
        days.setdefault(_clock_of(one), []).append(one.day)
    return tuple(
        CalendarSeries(min(listed), "", *clock, tuple(sorted(listed)), ())
        for clock, listed in days.items()
    )


def _clock_of(one: Occurrence) -> _Clock:
    return (one.start, one.end, one.word)


def _clock(hours: Hours) -> _Clock:
    start, end = (
        None if minutes is None else time(*divmod(minutes % MIDNIGHT_MIN, 60))
        for minutes in (hours.start_min, hours.end_min)
    )
    return (start, end, hours.word)


def _rrules(rule: Rule, last: date) -> list[str]:
    if rule.days is None:
        return []
    days, until = rule.days, f"UNTIL={last:%Y%m%d}"
    months = "".join(f";BYMONTH={_joined(rule.season.months)}" for _ in rule.season.months[:1])
    texts: list[str] = []
    if days.weekdays and not days.weeks:
        names = _joined(_NAMES[day] for day in days.weekdays)
        every = f";INTERVAL={days.every_weeks}" if days.every_weeks > 1 else ""
        texts.append(f"FREQ=WEEKLY{every};WKST=MO;BYDAY={names}{months};{until}")
    elif days.weeks and days.weekdays:
        nth = _joined(f"{week}{_NAMES[day]}" for week in days.weeks for day in days.weekdays)
        texts.append(f"FREQ=MONTHLY;BYDAY={nth}{months};{until}")
    elif days.weeks:
        numbers = _joined(day for week in days.weeks for day in _week_days(week))
        texts.append(f"FREQ=MONTHLY;BYMONTHDAY={numbers}{months};{until}")
    if days.month_days:
        texts.append(f"FREQ=MONTHLY;BYMONTHDAY={_joined(days.month_days)}{months};{until}")
    for month, day in days.year_days:
        texts.append(f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day};{until}")
    return texts


def _begin(days: Days, first: date) -> date:
    """A day of a week it is held in, on which the counting of weeks may begin."""
    if days.base is None:
        return first
    monday = first - first.weekday() * _A_DAY
    base_monday = days.base - days.base.weekday() * _A_DAY
    behind = (base_monday - monday).days // 7 % days.every_weeks
    return monday + 7 * behind * _A_DAY


def _week_days(week: int) -> range:
    return range(-7, 0) if week == LAST else range(7 * week - 6, min(7 * week, 31) + 1)


def _joined(values: Iterable[object]) -> str:
    return ",".join(map(str, values))


def _expanded(rrule: str, first: date) -> list[date]:
    if not rrule:
        return []
    from dateutil.rrule import rrulestr

    begin = datetime.combine(first, time.min)
    return [moment.date() for moment in rrulestr(rrule, dtstart=begin)]
