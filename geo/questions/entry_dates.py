"""On which days entries are held: their timetables, read, expanded, and told apart by weekday."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace as replace_struct

from geo.model.answers import Entry
from geo.model.audience import Status
from geo.model.day_change import DayChange
from geo.model.held_days import DayBook, DayFacet, HeldDay, Period, Season, Session
from geo.model.timing import Timing

if TYPE_CHECKING:
    from geo.schedule import Cancelled, ChangedSchedule, Occurrence, Told
    from geo.schedule.schedule_parts import Rule

A_YEAR = timedelta(days=366)
"""How far 「次は」 is looked for after the period."""
NO_TIMING = Timing()
_NOBODY: Mapping[int, Entry] = MappingProxyType({})


class Dated(Protocol):
    """Whatever knows on which days something is held: a schedule, or one with its changed days."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """What its text says."""
        ...

    def dates(self, first: date, last: date) -> tuple[Occurrence, ...]:
        """When it is held, from ``first`` to ``last``."""
        ...

    def cancelled(self, first: date, last: date) -> tuple[Cancelled, ...]:
        """When it is not although a rule says so."""
        ...


def day_book(
    entries: Iterable[Entry], today: date, followed: Mapping[int, Entry] = _NOBODY
) -> DayBook:
    """The days of a page's entries, this week and the eight after it.

    おやすみ中 and 終了 have none, whatever their text says.

    Parameters
    ----------
    entries : iterable of Entry
    today : date
    followed : Mapping of int to Entry
        By number: whom some of them follow, as far as this reader sees them.
    """
    period = Period.around(today)
    facets: list[DayFacet] = []
    index_of: dict[str | Told, int] = {}
    facet_of: dict[int, int] = {}
    resting = unsaid = 0
    for entry in entries:
        text = entry.schedule
        if entry.status is not Status.ACTIVE:
            resting += 1
            continue
        # Most have nothing but a text, which many of them share.
        told = text if entry.timing is None else told_of(entry, followed)
        if not told:
            unsaid += 1
            continue
        index = index_of.get(told)
        if index is None:
            index = index_of[told] = len(facets)
            facets.append(
                _facet_of_text(told, period)
                if isinstance(told, str)
                else _facet_of_told(told, period)
            )
        facet_of[entry.number] = index
    return DayBook(period, tuple(facets), facet_of, resting, unsaid, followed=followed)


def told_of(entry: Entry, followed: Mapping[int, Entry]) -> Told | None:
    """Everything that is known of an entry's days; None where there is nothing.

    What names the vehicle and its order says nothing of days and is left out: stops of one
    timetable share what is told. A paused stop is followed by nobody.
    """
    from geo.schedule import Told

    timing = entry.timing or NO_TIMING
    if not entry.schedule and not timing.changes:
        return None
    stop = None if timing.follows is None else followed.get(timing.follows)
    told_stop = None
    if stop is not None and stop.status is Status.ACTIVE and stop.number != entry.number:
        told_stop = told_of(replace_struct(stop, timing=_alone(stop)), _NOBODY)
    days = Timing(arrive_min=timing.arrive_min, stay_min=timing.stay_min, changes=timing.changes)
    return Told(entry.schedule or "", days, told_stop)


def _alone(stop: Entry) -> Timing:
    """A stop's own timing: what it follows itself is not followed any further."""
    return replace_struct(stop.timing or NO_TIMING, follows=None)


@lru_cache(maxsize=8192)
def _facet_of_text(text: str, period: Period) -> DayFacet:
    """The same text is read once a day."""
    from geo.schedule import parse

    return facet_of(parse(text), period)


@lru_cache(maxsize=2048)
def _facet_of_told(told: Told, period: Period) -> DayFacet:
    from geo.schedule import timed

    schedule = timed(told)
    facet = facet_of(schedule, period)
    return replace_struct(facet, changes=_changes(schedule, period))


def _changes(schedule: ChangedSchedule, period: Period) -> tuple[DayChange, ...]:
    """The changed days within the period, each once, by the day they are about."""
    found: dict[tuple[date, date | None], DayChange] = {}
    for visit in schedule.visits(period.first, period.last):
        change = visit.change
        if change is None:
            continue
        day = change.day if visit.planned is None else visit.planned.day
        told = replace_struct(change, day=day)
        if told.first_day <= period.last and told.last_day >= period.first:
            found.setdefault((day, change.to), told)
    return tuple(sorted(found.values(), key=lambda change: (change.day, change.last_day)))


def facet_of(schedule: Dated, period: Period) -> DayFacet:
    """What is known of a timetable within a period.

    Parameters
    ----------
    schedule : Dated
        From :func:`geo.schedule.parse`.
    period : Period
        Days from a Monday to a Sunday.
    """
    found = schedule.dates(period.first, period.last)
    every, some = _weekdays(schedule, found, period)
    days = _held_days(found)
    later = None
    if not days or days[-1].day < period.today:
        beyond = period.last + timedelta(days=1)
        later = next(iter(_held_days(schedule.dates(beyond, beyond + A_YEAR))), None)
    return DayFacet(days, every, some, later, _season(schedule.rules))


def _weekdays(
    schedule: Dated, found: Sequence[Occurrence], period: Period
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Weekdays it is held on every week, and those on some weeks only."""
    held = {one.day for one in found}
    own = {one.day for one in found if one.moved_from is None}
    taken = {one.day for one in schedule.cancelled(period.first, period.last)}
    every: list[int] = []
    some: list[int] = []
    for weekday in sorted({day.weekday() for day in held}):
        planned = sum(day.weekday() == weekday for day in own | taken)
        (every if planned == period.weeks else some).append(weekday)
    return tuple(every), tuple(some)


def _held_days(found: Iterable[Occurrence]) -> tuple[HeldDay, ...]:
    """One a day, with every time of it."""
    days: dict[date, HeldDay] = {}
    for one in found:
        start, end = _minutes(one.start), _minutes(one.end)
        before = days.get(one.day)
        if before is None:
            days[one.day] = HeldDay(one.day, start, one.word, one.certain, end)
        else:
            more = (*before.more, Session(start, end, one.word))
            days[one.day] = replace_struct(before, more=more)
    return tuple(days.values())


def _minutes(clock: time | None) -> int | None:
    return None if clock is None else clock.hour * 60 + clock.minute


def _season(rules: Sequence[Rule]) -> Season | None:
    """The season all rules share; dates of all time (2026年4月から) are no season."""
    from geo.schedule.writing import season_text

    seasons = {replace(rule.season, first=None, last=None) for rule in rules}
    if len(seasons) != 1:
        return None
    season = seasons.pop()
    text = season_text(season)
    months = () if season.name or season.span else _from_its_beginning(season.months)
    return Season(months, text) if text else None


def _from_its_beginning(months: tuple[int, ...]) -> tuple[int, ...]:
    """Months of one run in their order (11, 12, 1, 2, 3); empty where they are no run."""
    starts = [month for month in months if (month - 2) % 12 + 1 not in months]
    if len(starts) != 1:
        return ()
    return tuple((starts[0] - 1 + step) % 12 + 1 for step in range(len(months)))
