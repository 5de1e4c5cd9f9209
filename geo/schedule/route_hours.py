"""Arrival and stay of a vehicle -> the hours of a timetable whose text names none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.schedule.schedule_parts import Hours, Rule

if TYPE_CHECKING:
    from geo.schedule.schedule_model import Schedule


def with_route_hours(schedule: Schedule, arrive_min: int | None, leave_min: int | None) -> Schedule:
    """The timetable with the route's hours where its text has none.

    The text goes first: it is what everybody reads. A rule without a clock time begins with the
    arrival and ends when the vehicle leaves; one that begins with the arrival and has no end gets
    that end.

    Parameters
    ----------
    schedule : Schedule
    arrive_min, leave_min : int or None
        Minutes after midnight.
    """
    if arrive_min is None:
        return schedule
    hours = Hours(arrive_min, leave_min)
    rules = tuple(_filled(rule, hours) for rule in schedule.rules)
    return schedule if rules == schedule.rules else replace(schedule, rules=rules)


def told_otherwise(schedule: Schedule, arrive_min: int, leave_min: int | None) -> bool:
    """Whether the text names hours, and on some day other ones than the route."""
    named = [
        hours for rule in schedule.rules if rule.dated for hours in rule.hours if _has_clock(hours)
    ]
    return bool(named) and not any(
        hours.start_min == arrive_min and (leave_min is None or hours.end_min in (None, leave_min))
        for hours in named
    )


def _filled(rule: Rule, route: Hours) -> Rule:
    if not rule.dated:
        return rule
    if not any(map(_has_clock, rule.hours)):
        return replace(rule, hours=(route,))
    if len(rule.hours) == 1:
        only = rule.hours[0]
        if only.end_min is None and only.start_min == route.start_min and route.end_min:
            return replace(rule, hours=(replace(only, end_min=route.end_min),))
    return rule


def _has_clock(hours: Hours) -> bool:
    return hours.start_min is not None or hours.end_min is not None
