"""The national holidays of Japan, substitute holidays and 国民の休日 included (jpholiday)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_A_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def holidays_of(year: int) -> dict[date, str]:
    """The holidays of a calendar year and their names; a year is worked out once."""
    import jpholiday  # 20 ms, and only when a date is asked for

    return {_plain(day): name for day, name in jpholiday.year_holidays(year)}


def _plain(day: date) -> date:
    return date(day.year, day.month, day.day)


def holiday_name(day: date) -> str:
    """「海の日」, or an empty text on other days."""
    return holidays_of(day.year).get(day, "")


def is_holiday(day: date) -> bool:
    """Whether the day is a national holiday."""
    return day in holidays_of(day.year)


def is_workday(day: date) -> bool:
    """Monday to Friday and no national holiday (平日)."""
    return day.weekday() < 5 and not is_holiday(day)


def next_day(day: date, *, workday: bool) -> date:
    """The first day after it that is no holiday; with ``workday`` also no Saturday or Sunday."""
    found = day + _A_DAY
    while is_holiday(found) or (workday and found.weekday() >= 5):
        found += _A_DAY
    return found


def day_before(day: date, *, workday: bool) -> date:
    """The last day before it that is no holiday; with ``workday`` also no Saturday or Sunday."""
    found = day - _A_DAY
    while is_holiday(found) or (workday and found.weekday() >= 5):
        found -= _A_DAY
    return found


def next_week(day: date) -> date:
    """The same weekday of the next week in which it is no holiday."""
    found = day + 7 * _A_DAY
    while is_holiday(found):
        found += 7 * _A_DAY
    return found
