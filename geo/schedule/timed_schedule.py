"""A record's text and what is known besides -> the schedule that tells its real days."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from geo.model.timing import Timing
from geo.schedule.changed_schedule import ChangedSchedule
from geo.schedule.followed_visits import follows_somebody
from geo.schedule.route_hours import with_route_hours
from geo.schedule.text_reading import parse


class Told(NamedTuple):
    """What a record says of its days: its text, what is known besides, and whom it follows."""

    text: str
    timing: Timing
    stop: Told | None = None


@lru_cache(maxsize=4096)
def timed(told: Told) -> ChangedSchedule:
    """The schedule of a record.

    Parameters
    ----------
    told : Told
        What it follows is followed only where the text says so (「移動販売日に合わせ」).
    """
    timing = told.timing
    schedule = with_route_hours(parse(told.text), timing.arrive_min, timing.leave_min)
    stop = timed(told.stop) if told.stop and any(map(follows_somebody, schedule.rules)) else None
    return ChangedSchedule(schedule, timing.changes, stop)
