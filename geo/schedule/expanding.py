"""A schedule -> the days it is held on, with their hours. Pure: no clock, Asia/Tokyo throughout."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo.schedule.closed_days import Shut, closed_by, cut_hours
from geo.schedule.day_finding import days_of, in_season
from geo.schedule.holiday_calendar import (
    day_before,
    holiday_name,
    is_holiday,
    next_day,
    next_week,
)
from geo.schedule.occurrence import Cancelled, Occurrence
from geo.schedule.remark_phrases import makes_unsure
from geo.schedule.schedule_parts import MIDNIGHT_MIN, Hours, IfHoliday, Rule
from geo.schedule.unsure_parts import may_change_days
from geo.schedule.writing import closing_text

if TYPE_CHECKING:
    from geo.schedule.timetable import Timetable

_MOVES = frozenset(
    {
        IfHoliday.NEXT_DAY,
        IfHoliday.NEXT_WORKDAY,
        IfHoliday.NEXT_WEEK,
        IfHoliday.DAY_BEFORE,
        IfHoliday.WORKDAY_BEFORE,
    }
)
_MARGIN = timedelta(days=35)
"""How far a day may be moved; longer than any run of holidays on one weekday."""
NO_HOURS = (Hours(),)


class _Held(NamedTuple):
    day: date
    hours: tuple[Hours, ...]
    moved_from: date | None
    closed: str


@lru_cache(maxsize=4096)
def occurrences(schedule: Timetable, first: date, last: date) -> tuple[Occurrence, ...]:
    """See :meth:`geo.schedule.Schedule.dates`; the same question is answered once."""
    unread = any(map(may_change_days, schedule.not_understood))
    doubtful = unread or any(map(makes_unsure, schedule.notes))
    found: dict[tuple[date, Hours], Occurrence] = {}
    for held in _held_days(schedule, first, last):
        if held.closed:
            continue
        shut = closed_by(schedule.closings, held.day)
        for hours in cut_hours(held.hours, shut.hours):
            one = _occurrence(held, hours, certain=not (doubtful or shut.perhaps))
            before = found.get((held.day, hours))
            if before is None or _moved_less(one, before):
                found[held.day, hours] = one
    return tuple(sorted(found.values(), key=_order))


@lru_cache(maxsize=1024)
def cancelled_days(schedule: Timetable, first: date, last: date) -> tuple[Cancelled, ...]:
    """See :meth:`geo.schedule.Schedule.cancelled`."""
    held = list(_held_days(schedule, first, last))
    open_days = {one.day for one in held if not one.closed}
    away = {one.day: one.closed for one in held if one.closed and one.day not in open_days}
    return tuple(Cancelled(day, away[day]) for day in sorted(away))


def _moved_less(one: Occurrence, before: Occurrence) -> bool:
    """Held once: as the day's own rather than as a moved one, then as the first one moved."""
    if one.moved_from is None or before.moved_from is None:
        return before.moved_from is not None
    return one.moved_from < before.moved_from


def _held_days(schedule: Timetable, first: date, last: date) -> Iterator[_Held]:
    moving = schedule.if_holiday in _MOVES
    margin = _MARGIN if moving else timedelta()
    for rule in schedule.rules:
        if not rule.dated:
            continue
        hours = rule.hours or NO_HOURS
        for day in _days_of_rule(rule, first - margin, last + margin):
            for one in _after_closings(schedule, rule, day, hours):
                if first <= one.day <= last:
                    yield one


def _days_of_rule(rule: Rule, first: date, last: date) -> Iterator[date]:
    assert rule.days is not None
    for day in days_of(rule.days, first, last):
        if in_season(rule.season, day):
            yield day


def _after_closings(
    schedule: Timetable, rule: Rule, day: date, hours: tuple[Hours, ...]
) -> Iterator[_Held]:
    shut = closed_by(schedule.closings, day)
    if shut.whole is not None:
        yield _Held(day, hours, None, closing_text(shut.whole))
        return
    policy = schedule.if_holiday
    # 土日祝: the rule names the holidays itself.
    if policy in {IfHoliday.UNSAID, IfHoliday.OPEN} or not is_holiday(day) or _names_holidays(rule):
        yield _Held(day, hours, None, "")
        return
    yield _Held(day, hours, None, f"{holiday_name(day)}のため休み")
    if policy is IfHoliday.CLOSED:
        return
    moved = _moved(day, policy)
    again: Shut = closed_by(schedule.closings, moved)
    yield _Held(moved, hours, day, closing_text(again.whole) if again.whole else "")


def _names_holidays(rule: Rule) -> bool:
    return rule.days is not None and rule.days.holidays


def _moved(day: date, policy: IfHoliday) -> date:
    if policy is IfHoliday.NEXT_WEEK:
        return next_week(day)
    if policy in {IfHoliday.NEXT_DAY, IfHoliday.NEXT_WORKDAY}:
        return next_day(day, workday=policy is IfHoliday.NEXT_WORKDAY)
    return day_before(day, workday=policy is IfHoliday.WORKDAY_BEFORE)


def _occurrence(held: _Held, hours: Hours, *, certain: bool) -> Occurrence:
    return Occurrence(
        held.day,
        clock_of(hours.start_min),
        clock_of(hours.end_min),
        hours.word,
        held.moved_from,
        holiday_name(held.day),
        certain,
    )


def clock_of(minutes: int | None) -> time | None:
    """Minutes after midnight as a clock time; 24:00 is 0:00."""
    if minutes is None:
        return None
    return time(*divmod(minutes % MIDNIGHT_MIN, 60))


def _order(one: Occurrence) -> tuple[date, int, int, str, date]:
    return (
        one.day,
        -1 if one.start is None else one.start.hour * 60 + one.start.minute,
        MIDNIGHT_MIN if not one.end else one.end.hour * 60 + one.end.minute,
        one.word,
        one.moved_from or one.day,
    )
