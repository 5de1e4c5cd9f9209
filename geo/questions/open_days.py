"""On which weekdays the places of coverage are open: every week, in some weeks, on any day at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.model.held_days import DayFacet, HeldDay
from geo.questions.walkable_places import WalkablePlaces

Flags = npt.NDArray[np.bool_]
Hours = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class OpenDays:
    """One row for every place.

    Parameters
    ----------
    every, some : bool[P, 7]
        Weekdays (0 = 月) it is open on in every week of the period; and those it is open on at all,
        which hold the former.
    any_day : bool[P]
        Also what is open on days that nobody has written down.
    """

    every: Flags
    some: Flags
    any_day: Flags


def open_days(places: WalkablePlaces, *, monthly_or_more: bool, hours: Hours | None) -> OpenDays:
    """The days of places, as far as they count.

    Parameters
    ----------
    places : WalkablePlaces
    monthly_or_more : bool
        Without what is held less than once a month. Where nobody says how often, it counts.
    hours : (int, int) or None
        Minutes after midnight: only what is open at some time in between, as its text says.
    """
    count = len(places.entries)
    every, some = np.zeros((count, 7), dtype=bool), np.zeros((count, 7), dtype=bool)
    any_day = np.zeros(count, dtype=bool)
    weekdays = {index: _weekdays(facet, hours) for index, facet in enumerate(places.days.facets)}
    for at, entry in enumerate(places.entries):
        if entry.number in places.over or (monthly_or_more and entry.number in places.rare):
            continue
        index = places.days.facet_of.get(entry.number)
        if index is None:
            any_day[at] = hours is None
            continue
        of_every, of_some = weekdays[index]
        every[at, list(of_every)] = True
        some[at, list({*of_every, *of_some})] = True
        facet = places.days.facets[index]
        # With no day in these weeks it may be open in another season, or nobody knows when.
        any_day[at] = hours is None or _is_ever_open(facet, hours)
    return OpenDays(every, some, any_day)


def _weekdays(facet: DayFacet, hours: Hours | None) -> tuple[Iterable[int], Iterable[int]]:
    """Weekdays of every week, and of some; between hours only those that are open then."""
    if hours is None:
        return facet.every, facet.some
    meets: dict[int, list[bool]] = {}
    for held in facet.days:
        meets.setdefault(held.day.weekday(), []).append(_is_open(held, hours))
    every = [day for day in facet.every if all(meets.get(day, [False]))]
    return every, [day for day, met in meets.items() if any(met) and day not in every]


def _is_ever_open(facet: DayFacet, hours: Hours) -> bool:
    known = facet.days if facet.days or facet.later is None else (facet.later,)
    return any(_is_open(held, hours) for held in known)


def _is_open(held: HeldDay, hours: Hours) -> bool:
    """Whether it is open at some time from the first of the hours on, before the last."""
    begin, end = hours
    for session in held.sessions:
        if session.start_min is None or session.start_min >= end:
            continue
        # Without an end it is known to be open when it begins, and no longer.
        if session.start_min >= begin or (session.end_min or 0) > begin:
            return True
    return False
