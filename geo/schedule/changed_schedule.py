"""A schedule with its changed days, and with the days of what it follows: when it is *really* held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.model.day_change import DayChange, DayChangeKind
from geo.schedule.expanding import clock_of
from geo.schedule.followed_visits import MARGIN, followed, follows_somebody
from geo.schedule.holiday_calendar import holiday_name
from geo.schedule.occurrence import Cancelled, Occurrence
from geo.schedule.schedule_model import Schedule
from geo.schedule.visit import Visit

if TYPE_CHECKING:
    from geo.schedule.schedule_parts import Rule

OFF_JA = "休み"


@dataclass(frozen=True, slots=True)
class ChangedSchedule:
    """A schedule that knows more than its text.

    Parameters
    ----------
    schedule : Schedule
        What the text says (with the route's hours where it names none).
    changes : tuple of DayChange
        What the clerk has changed; a change names the day on which it is held, after it has
        followed whatever it follows.
    stop : ChangedSchedule or None
        What it follows. Without it, 「移動販売日に合わせ」 has no days.
    """

    schedule: Schedule
    changes: tuple[DayChange, ...] = ()
    stop: ChangedSchedule | None = None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """What its text says."""
        return self.schedule.rules

    @property
    def certain(self) -> bool:
        """Whether the texts leave no doubt about the days they give."""
        return self.schedule.certain and (self.stop is None or self.stop.certain)

    def dates(self, first: date, last: date) -> tuple[Occurrence, ...]:
        """When it is really held, from ``first`` to ``last``; see :meth:`Schedule.dates`."""
        held = (visit.held for visit in self.visits(first, last))
        return tuple(one for one in held if one is not None and first <= one.day <= last)

    def cancelled(self, first: date, last: date) -> tuple[Cancelled, ...]:
        """The days that were planned and are not, and why, in Japanese."""
        why = {one.day: one.reason for one in self.schedule.cancelled(first, last)}
        if self.stop is not None and any(
            follows_somebody(rule) and rule.count is None for rule in self.rules
        ):
            why |= {one.day: one.reason for one in self.stop.cancelled(first, last)}
        visits = self.visits(first, last)
        for visit in visits:
            if visit.change is not None and visit.planned is not None:
                why[visit.planned.day] = visit.change.reason or OFF_JA
        held = {visit.held.day for visit in visits if visit.held is not None}
        return tuple(
            Cancelled(day, why[day])
            for day in sorted(why)
            if first <= day <= last and day not in held
        )

    def visits(self, first: date, last: date) -> tuple[Visit, ...]:
        """Every occasion planned or held from ``first`` to ``last``, in the order of its days.

        One that comes to lie on a day at the hours of another one is held once.
        """
        return _visits(self, first, last)


@lru_cache(maxsize=2048)
def _visits(schedule: ChangedSchedule, first: date, last: date) -> tuple[Visit, ...]:
    came_from = [
        change.day
        for change in schedule.changes
        if change.to is not None and not first <= change.day <= last
    ]
    found = _before_changes(schedule, first, last)
    for day in dict.fromkeys(came_from):
        found += [one for one in _before_changes(schedule, day, day) if one not in found]
    found = list(_changed(found, schedule.changes))
    inside = (one for one in found if _lies_in(one, first, last))
    return tuple(_held_once(sorted(inside, key=_order)))


def _before_changes(schedule: ChangedSchedule, first: date, last: date) -> list[Visit]:
    """By the text, and by what it follows."""
    own = [Visit(one, one) for one in schedule.schedule.dates(first, last)]
    if schedule.stop is None or not any(map(follows_somebody, schedule.rules)):
        return own
    beside = followed(schedule.schedule, schedule.stop.visits(first - MARGIN, last + MARGIN))
    certain = schedule.schedule.certain
    own += [_as_certain(one, certain) for one in beside if _lies_in(one, first, last)]
    return own


def _as_certain(visit: Visit, certain: bool) -> Visit:
    if certain:
        return visit
    planned, held = (
        None if one is None else replace(one, certain=False) for one in (visit.planned, visit.held)
    )
    return Visit(planned, held, visit.change)


def _changed(visits: Iterable[Visit], changes: tuple[DayChange, ...]) -> Iterator[Visit]:
    """The visits after all changes, each of which names a day before any of them.

    New hours make one occasion of several on that day.
    """
    by_day = {change.day: change for change in changes if change.kind is not DayChangeKind.ADDED}
    with_new_hours: set[date] = set()
    for visit in visits:
        change = by_day.get(visit.held.day) if visit.held is not None else None
        if visit.held is None or change is None:
            yield visit
        elif change.kind is DayChangeKind.OFF or change.day in with_new_hours:
            yield Visit(visit.planned, None, change)
        else:
            if change.start_min is not None:
                with_new_hours.add(change.day)
            yield Visit(visit.planned, _moved(visit.held, change), change)
    for change in changes:
        if change.kind is DayChangeKind.ADDED:
            one = Occurrence(change.day, holiday=holiday_name(change.day))
            yield Visit(None, _with_hours(one, change), change)


def _moved(held: Occurrence, change: DayChange) -> Occurrence:
    day = change.to or change.day
    came = held.moved_from or held.day
    one = replace(
        held, day=day, moved_from=None if day == came else came, holiday=holiday_name(day)
    )
    return _with_hours(one, change)


def _with_hours(one: Occurrence, change: DayChange) -> Occurrence:
    if change.start_min is None:
        return one
    return replace(one, start=clock_of(change.start_min), end=clock_of(change.end_min), word="")


def _lies_in(visit: Visit, first: date, last: date) -> bool:
    return any(one is not None and first <= one.day <= last for one in (visit.planned, visit.held))


def _held_once(visits: list[Visit]) -> Iterator[Visit]:
    """Without a second occasion on the same day at the same time; the unchanged one stays."""
    own = {_place(v.held) for v in visits if v.held is not None and v.change is None}
    seen: set[object] = set()
    for visit in visits:
        if visit.held is None:
            yield visit
            continue
        place = _place(visit.held)
        is_second = place in seen or (visit.change is not None and place in own)
        if not is_second:
            seen.add(place)
            yield visit
        elif visit.change is not None and visit.planned is not None:
            yield Visit(visit.planned, None, visit.change)


def _place(one: Occurrence) -> tuple[object, ...]:
    return (one.day, one.start, one.end, one.word)


def _order(visit: Visit) -> tuple[date, int, str]:
    one = visit.held or visit.planned
    assert one is not None
    begins = -1 if one.start is None else one.start.hour * 60 + one.start.minute
    return one.day, begins, one.word
