"""On which days a schedule is held, found the slow way: every day is asked by itself.

Shares nothing with the room but the nouns: its own calendar of holidays, written down from the
days the Cabinet Office published, its own counting of weeks, its own order of closings and moves.
"""

from __future__ import annotations

import calendar
from datetime import date, time, timedelta
from typing import NamedTuple

from geo.schedule import Schedule
from geo.schedule.schedule_parts import Closing, Days, Hours, IfHoliday, Season

PUBLISHED = """
2025 1/1 1/13 2/11 2/23 2/24 3/20 4/29 5/3 5/4 5/5 5/6 7/21 8/11 9/15 9/23 10/13 11/3 11/23 11/24
2026 1/1 1/12 2/11 2/23 3/20 4/29 5/3 5/4 5/5 5/6 7/20 8/11 9/21 9/22 9/23 10/12 11/3 11/23
2027 1/1 1/11 2/11 2/23 3/21 3/22 4/29 5/3 5/4 5/5 7/19 8/11 9/20 9/23 10/11 11/3 11/23
"""
HOLIDAYS = {
    date(int(line.split()[0]), *map(int, day.split("/")))
    for line in PUBLISHED.split("\n")
    if line
    for day in line.split()[1:]
}


class Found(NamedTuple):
    day: date
    start: time | None
    end: time | None
    word: str
    moved_from: date | None


def slow_dates(schedule: Schedule, first: date, last: date) -> set[Found]:
    """What ``schedule.dates(first, last)`` must hold, but for ``certain`` and the names."""
    found: set[Found] = set()
    asked = first - timedelta(days=60)
    while asked <= last + timedelta(days=60):
        for rule in schedule.rules:
            if rule.count or rule.word or rule.attached_to or rule.days is None:
                continue
            if not _in(rule.season, asked) or not _on(rule.days, asked):
                continue
            day = _where_held(schedule, rule.days, asked)
            if day is None or not first <= day <= last:
                continue
            moved = asked if day != asked else None
            for span in rule.hours or (Hours(),):
                for left in _open_hours(span, schedule.closings, day):
                    found.add(Found(day, *left, moved))
        asked += timedelta(days=1)
    # Moved onto a day that is held anyway, at the same hours: held once, and not moved.
    plain = {one[:4] for one in found if one.moved_from is None}
    late_first = sorted((one for one in found if one.moved_from), key=str, reverse=True)
    moved = {one[:4]: one for one in late_first}
    kept = {one for key, one in moved.items() if key not in plain}
    return kept | {one for one in found if one.moved_from is None}


def _on(days: Days, day: date) -> bool:
    in_month = calendar.monthrange(day.year, day.month)[1]
    if day in days.single or (day.month, day.day) in days.year_days:
        return True
    if day.day in days.month_days or (-1 in days.month_days and day.day == in_month):
        return True
    if days.holidays and day in HOLIDAYS:
        return True
    if not days.weekdays and not days.weeks:
        return False
    if days.weekdays and day.weekday() not in days.weekdays:
        return False
    if days.workdays and day in HOLIDAYS:
        return False
    if days.every_weeks > 1:
        if days.base is None:
            return False
        # Day 1 of all days is a Monday.
        weeks = (day.toordinal() - 1) // 7 - (days.base.toordinal() - 1) // 7
        if weeks % days.every_weeks:
            return False
    if not days.weeks:
        return True
    same = [
        one for one in range(1, in_month + 1) if (one - day.day) % 7 == 0
    ]  # the days of this weekday
    return same.index(day.day) + 1 in days.weeks or (-1 in days.weeks and day.day == same[-1])


def _in(season: Season, day: date) -> bool:
    if season.name and not season.months and not season.span and not season.first:
        return False
    if season.first and day < season.first:
        return False
    if season.last and season.last < day:
        return False
    if season.months and day.month not in season.months:
        return False
    if season.span:
        begin, end = (month * 100 + number for month, number in season.span)
        today = day.month * 100 + day.day
        return begin <= today <= end if begin <= end else not end < today < begin
    return True


def _closed_all_day(closings: tuple[Closing, ...], day: date) -> bool:
    return any(_closes(closing, day) for closing in closings if closing.hours is None)


def _closes(closing: Closing, day: date) -> bool:
    if not _in(closing.season, day):
        return False
    if closing.days is None:
        return True
    if closing.if_holiday is IfHoliday.UNSAID:
        return _on(closing.days, day)
    if _on(closing.days, day) and day not in HOLIDAYS:
        return True
    for one in HOLIDAYS:
        if (
            abs((one - day).days) < 40
            and _on(closing.days, one)
            and _moved(one, closing.if_holiday) == day
        ):
            return True
    return False


def _where_held(schedule: Schedule, days: Days, asked: date) -> date | None:
    if _closed_all_day(schedule.closings, asked):
        return None
    does = schedule.if_holiday
    if asked not in HOLIDAYS or days.holidays or does in {IfHoliday.UNSAID, IfHoliday.OPEN}:
        return asked
    moved = _moved(asked, does)
    return None if moved is None or _closed_all_day(schedule.closings, moved) else moved


def _moved(day: date, does: IfHoliday) -> date | None:
    step = {
        IfHoliday.NEXT_DAY: 1, IfHoliday.NEXT_WORKDAY: 1, IfHoliday.NEXT_WEEK: 7,
        IfHoliday.DAY_BEFORE: -1, IfHoliday.WORKDAY_BEFORE: -1,
    }.get(does)  # fmt: skip
    if step is None:
        return None
    only_workdays = does in {IfHoliday.NEXT_WORKDAY, IfHoliday.WORKDAY_BEFORE}
    while True:
        day += timedelta(days=step)
        if day not in HOLIDAYS and not (only_workdays and day.weekday() in (5, 6)):
            return day


def _open_hours(
    span: Hours, closings: tuple[Closing, ...], day: date
) -> list[tuple[time | None, time | None, str]]:
    closed = [c.hours for c in closings if c.hours is not None and _closes_hours(c, day)]
    words = [hours.word for hours in closed if hours.word]
    if {"午前", "午後"} <= set(words):
        return []
    minutes = [(hours.start_min, hours.end_min) for hours in closed if not hours.word]
    if span.word:
        half = {"午前": "午前", "朝": "午前", "午後": "午後", "夕方": "午後", "夜": "午後"}
        return [] if half.get(span.word) in words else [(None, None, span.word)]
    if span.start_min is None and span.end_min is None:
        return [(None, None, {"午後": "午前", "午前": "午後"}[words[0]] if words else "")]
    pieces = [(span.start_min, span.end_min)]
    for word in words:
        if word == "午後" and span.start_min is None and (span.end_min or 0) > 780:
            return [(None, None, "午前")]
        if word == "午前" and span.end_min is None and (span.start_min or 0) < 720:
            return [(None, None, "午後")]
        pieces = [left for piece in pieces for left in _half(piece, word)]
    for begin, end in minutes:
        pieces = [left for piece in pieces for left in _cut(piece, begin or 0, end or 0)]
    return [(_time(start), _time(end), "") for start, end in pieces]


_Piece = tuple[int | None, int | None]


def _half(piece: _Piece, word: str) -> list[_Piece]:
    start, end = piece
    if word == "午後":
        if end is not None and end <= 780:
            return [piece]
        return [(start, None)] if start is not None and start < 720 else []
    if start is not None and start >= 720:
        return [piece]
    return [(None, end)] if end is None or end > 780 else []


def _cut(piece: _Piece, begin: int, end: int) -> list[_Piece]:
    start, stop = piece
    if start is None:
        return [piece]
    if stop is None:
        return [] if begin <= start < end else [piece]
    open_minutes = [m for m in range(start, stop) if not begin <= m < end]
    runs: list[list[int]] = []
    for minute in open_minutes:
        if runs and runs[-1][1] == minute:
            runs[-1][1] = minute + 1
        else:
            runs.append([minute, minute + 1])
    return [(a, b) for a, b in runs]


def _closes_hours(closing: Closing, day: date) -> bool:
    return _in(closing.season, day) and (closing.days is None or _on(closing.days, day))


def _time(minutes: int | None) -> time | None:
    return None if minutes is None else time(minutes // 60 % 24, minutes % 60)
