"""On which days entries are held: their timetables, read, expanded, and told apart by weekday."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from geo.model.answers import Entry
from geo.model.audience import Status
from geo.model.held_days import DayBook, DayFacet, HeldDay, Period, Season

if TYPE_CHECKING:
    from geo.schedule import Cancelled, Occurrence
    from geo.schedule.schedule_parts import Rule

A_YEAR = timedelta(days=366)
"""How far 「次は」 is looked for after the period."""


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


def day_book(entries: Iterable[Entry], today: date) -> DayBook:
    """The days of a page's entries, this week and the eight after it.

    おやすみ中 and 終了 have none, whatever their text says.
    """
    period = Period.around(today)
    facets: list[DayFacet] = []
    index_of: dict[str, int] = {}
    facet_of: dict[int, int] = {}
    resting = unsaid = 0
    for entry in entries:
        text = entry.schedule
        if entry.status is not Status.ACTIVE:
            resting += 1
        elif not text:
            unsaid += 1
        else:
            index = index_of.get(text)
            if index is None:
                index = index_of[text] = len(facets)
                facets.append(_facet_of_text(text, period))
            facet_of[entry.number] = index
    return DayBook(period, tuple(facets), facet_of, resting, unsaid)


@lru_cache(maxsize=8192)
def _facet_of_text(text: str, period: Period) -> DayFacet:
    """The same text is read once a day."""
    from geo.schedule import parse

    return facet_of(parse(text), period)


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
    days = _first_of_each_day(found)
    later = None
    if not days or days[-1].day < period.today:
        beyond = period.last + timedelta(days=1)
        later = next(iter(_first_of_each_day(schedule.dates(beyond, beyond + A_YEAR))), None)
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


def _first_of_each_day(found: Iterable[Occurrence]) -> tuple[HeldDay, ...]:
    days: dict[date, HeldDay] = {}
    for one in found:
        if one.day not in days:
            days[one.day] = HeldDay(one.day, _minutes(one.start), one.word, one.certain)
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
