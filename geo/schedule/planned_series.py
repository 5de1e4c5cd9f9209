"""A changed schedule as calendars keep it: series as they were planned, and what is not as planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from geo.schedule.calendar_series import CalendarSeries, listed_series

if TYPE_CHECKING:
    from geo.schedule.changed_schedule import ChangedSchedule
    from geo.schedule.occurrence import Occurrence
    from geo.schedule.visit import Visit


class PlannedSeries(NamedTuple):
    """A series without the days that are off (EXDATE), and its occasions that are held otherwise."""

    series: CalendarSeries
    moved: tuple[Visit, ...]


def planned_series(
    schedule: ChangedSchedule, first: date, last: date
) -> tuple[tuple[PlannedSeries, ...], tuple[Visit, ...]]:
    """Everything from ``first`` to ``last``.

    Returns
    -------
    tuple of PlannedSeries
        In the order of the timetable: what a change is about does not change the series' place.
    tuple of Visit
        What belongs to no series: one more day, or one moved in from outside these days.
    """
    visits = schedule.visits(first, last)
    by_text = schedule.schedule.calendar(first, last)
    of_text = set(schedule.schedule.dates(first, last))
    besides = (
        visit.planned
        for visit in visits
        if visit.planned is not None
        and visit.planned not in of_text
        and first <= visit.planned.day <= last
    )
    every = (*by_text, *listed_series(dict.fromkeys(besides)))
    held = {(index, day) for index, series in enumerate(every) for day in series.days()}
    moved: dict[int, list[Visit]] = {}
    off: dict[int, set[date]] = {}
    apart: list[Visit] = []
    for visit in visits:
        if visit.change is None:
            continue
        index = _series_of(every, held, visit.planned)
        if index is None:
            apart += [visit] if visit.held is not None else []
        elif visit.held is None:
            off.setdefault(index, set()).add(_day_of(visit.planned))
        else:
            moved.setdefault(index, []).append(visit)
    return tuple(
        PlannedSeries(_without(series, off.get(index, set())), tuple(moved.get(index, ())))
        for index, series in enumerate(every)
    ), tuple(apart)


def _series_of(
    every: tuple[CalendarSeries, ...], held: set[tuple[int, date]], one: Occurrence | None
) -> int | None:
    """Which series holds an occasion as it was planned."""
    if one is None:
        return None
    for index, series in enumerate(every):
        hours = (series.start, series.end, series.word)
        if (index, one.day) in held and hours == (one.start, one.end, one.word):
            return index
    return None


def _without(series: CalendarSeries, off: set[date]) -> CalendarSeries:
    return replace(series, taken=tuple(sorted({*series.taken, *off}))) if off else series


def _day_of(one: Occurrence | None) -> date:
    assert one is not None
    return one.day
