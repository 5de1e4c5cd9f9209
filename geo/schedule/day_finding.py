"""The days a pattern means, walked by what it says: weeks, months or single days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from geo.schedule.holiday_calendar import holidays_of, is_holiday
from geo.schedule.schedule_parts import LAST, Days, MonthDay, Season

_A_DAY = timedelta(days=1)


def in_season(season: Season, day: date) -> bool:
    """Whether the day lies in it; a season nobody dated holds no day."""
    if season.undated:
        return False
    if (season.first and day < season.first) or (season.last and day > season.last):
        return False
    if season.months and day.month not in season.months:
        return False
    return season.span is None or _in_span(season.span, (day.month, day.day))


def _in_span(span: tuple[MonthDay, MonthDay], day: MonthDay) -> bool:
    first, last = span
    if first <= last:
        return first <= day <= last
    return day >= first or day <= last


def days_of(days: Days, first: date, last: date) -> Iterator[date]:
    """Every day of the pattern from ``first`` to ``last``, both included, in order."""
    yield from sorted(set(_found(days, first, last)))


def is_day_of(days: Days, day: date) -> bool:
    """Whether the pattern means that day."""
    return day in set(_found(days, day, day))


def _found(days: Days, first: date, last: date) -> Iterator[date]:
    for day in _on_weekdays(days, first, last):
        if not (days.workdays and is_holiday(day)):
            yield day
    if days.holidays:
        for year in range(first.year, last.year + 1):
            yield from (day for day in holidays_of(year) if first <= day <= last)
    yield from (day for day in days.single if first <= day <= last)
    if days.month_days or days.year_days:
        yield from _in_months(days, first, last)


def _on_weekdays(days: Days, first: date, last: date) -> Iterator[date]:
    weekdays = days.weekdays or (range(7) if days.weeks else ())
    if days.undated:
        return
    for weekday in weekdays:
        day = first + (weekday - first.weekday()) % 7 * _A_DAY
        while day <= last:
            if _in_weeks(days.weeks, day) and _in_interval(days, day):
                yield day
            day += 7 * _A_DAY


def _in_weeks(weeks: tuple[int, ...], day: date) -> bool:
    if not weeks or (day.day - 1) // 7 + 1 in weeks:
        return True
    return LAST in weeks and (day + 7 * _A_DAY).month != day.month


def _in_interval(days: Days, day: date) -> bool:
    if days.base is None:
        return True
    monday = day - day.weekday() * _A_DAY
    base_monday = days.base - days.base.weekday() * _A_DAY
    return (monday - base_monday).days // 7 % days.every_weeks == 0


def _in_months(days: Days, first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        month_ends = (day + _A_DAY).month != day.month
        if (
            day.day in days.month_days
            or (LAST in days.month_days and month_ends)
            or (day.month, day.day) in days.year_days
        ):
            yield day
        day += _A_DAY
