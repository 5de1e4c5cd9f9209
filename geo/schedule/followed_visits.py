"""「移動販売日に合わせ月1回」: of the visits of something else, those on which this is held, too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geo.schedule.closed_days import closed_by
from geo.schedule.day_finding import in_season, is_day_of
from geo.schedule.expanding import clock_of
from geo.schedule.holiday_calendar import is_holiday
from geo.schedule.schedule_parts import Count, Hours, IfHoliday, Rule
from geo.schedule.visit import Visit

if TYPE_CHECKING:
    from geo.schedule.occurrence import Occurrence
    from geo.schedule.timetable import Timetable

MARGIN = timedelta(days=62)
"""Around the days that are asked for: whole months, and what was moved out of one."""
_PERIODS: dict[str, Callable[[date], Hashable]] = {
    "月": lambda day: (day.year, day.month),
    "週": lambda day: day - day.weekday() * timedelta(days=1),
}


def follows_somebody(rule: Rule) -> bool:
    """Whether the rule's days are known once those of somebody else are."""
    if not rule.attached_to or rule.word or rule.season.undated:
        return False
    if rule.days is not None:
        return rule.count is None and not rule.days.undated
    return rule.count is None or _times(rule.count) is not None


def followed(timetable: Timetable, visits: Iterable[Visit]) -> Iterator[Visit]:
    """The visits on which a timetable is held.

    Which visit is the first of a month is settled by the days that were *planned*: a visit that is
    moved takes what follows it along, one that is off takes it away.

    Parameters
    ----------
    timetable : Timetable
        Its rules that are attached.
    visits : iterable of Visit
        Of what it follows, by planned days, whole months of them.
    """
    planned = sorted((one for one in visits if one.planned), key=_planned_day)
    for rule in timetable.rules:
        if follows_somebody(rule):
            for visit in _chosen(rule.count, _kept(timetable, rule, planned)):
                yield from _hours_of(rule, visit)


def _planned_day(visit: Visit) -> date:
    assert visit.planned is not None
    return visit.planned.day


def _kept(timetable: Timetable, rule: Rule, planned: Iterable[Visit]) -> Iterator[Visit]:
    """One visit a day, without those on which this timetable is closed itself."""
    seen: set[date] = set()
    for visit in planned:
        day = _planned_day(visit)
        meant = in_season(rule.season, day) and (rule.days is None or is_day_of(rule.days, day))
        closed = closed_by(timetable.closings, day).whole is not None or (
            timetable.if_holiday is IfHoliday.CLOSED and is_holiday(day)
        )
        if day not in seen and meant and not closed:
            seen.add(day)
            yield visit


def _chosen(count: Count | None, visits: Iterable[Visit]) -> Iterator[Visit]:
    if count is None:
        yield from visits
        return
    times, period = _times(count), _PERIODS[count.unit]
    taken: Counter[Hashable] = Counter()
    for visit in visits:
        key = period(_planned_day(visit))
        taken[key] += 1
        if times is not None and taken[key] <= times:
            yield visit


def _times(count: Count) -> int | None:
    """How many of the first visits of each week or month; None where nobody can say which."""
    is_plain = count.low == count.high and count.every == 1 and not count.word
    return count.low if is_plain and count.unit in _PERIODS else None


def _hours_of(rule: Rule, visit: Visit) -> Iterator[Visit]:
    """The visit at the hours of the rule, or at its own where the rule names none."""
    if not rule.hours:
        yield visit
    for hours in rule.hours:
        yield Visit(_at(visit.planned, hours), _at(visit.held, hours), visit.change)


def _at(one: Occurrence | None, hours: Hours) -> Occurrence | None:
    if one is None:
        return None
    start, end = clock_of(hours.start_min), clock_of(hours.end_min)
    return replace(one, start=start, end=end, word=hours.word)
