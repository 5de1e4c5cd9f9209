"""In which order the hall steps from treasure to treasure. Pure: entries in, numbers out.

A treasure without a place on the map is no step: all of those stand in the tour's last list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.folding import fold
from geo.model.answers import AreaMembers, Entry


@dataclass(frozen=True, slots=True)
class TourPart:
    """A stretch of a tour under one heading.

    Parameters
    ----------
    heading : str, optional
        火曜日, or the name of an area; None where the tour is one stretch.
    numbers : tuple of int
        The steps, in their order.
    is_name : bool
        Whether the heading is a name of the town's: written, never translated.
    """

    heading: str | None
    numbers: tuple[int, ...]
    is_name: bool = False


Tour = tuple[TourPart, ...]
"""Stretches without an empty one; no number twice."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The treasures of a list of marks.

    Parameters
    ----------
    tour : Tour
        Those with a place, in the order of the list.
    unplaced : tuple of int
        Those without one, in the order of the list.
    missing : int
        Marks of the list that this reader's page does not hold, for whatever reason.
    """

    tour: Tour
    unplaced: tuple[int, ...]
    missing: int


def unplaced(entries: Iterable[Entry]) -> tuple[int, ...]:
    """What no tour steps to."""
    return tuple(sorted(entry.number for entry in entries if entry.flag is None))


def by_number(entries: Iterable[Entry]) -> Tour:
    """As the flags are numbered."""
    return _tour([TourPart(None, _placed(entries))])


def by_area(entries: Iterable[Entry], members: Sequence[AreaMembers], outside: str) -> Tour:
    """Area after area of the next finer level, then what lies in none of them.

    Parameters
    ----------
    entries : Iterable[Entry]
        Of the map.
    members : Sequence[AreaMembers]
        From ``geo.questions.finer_areas``; without any there is no such tour.
    outside : str
        The heading of the rest.
    """
    if not members:
        return ()
    left = dict.fromkeys(_placed(entries))
    parts = []
    for one in members:
        parts.append(TourPart(one.area.name, tuple(n for n in one.numbers if n in left), True))
        for number in one.numbers:
            left.pop(number, None)
    return _tour([*parts, TourPart(outside, tuple(left))])


def by_weekday(
    entries: Iterable[Entry],
    weekdays: Mapping[int, frozenset[int]],
    names: Sequence[str],
    other: str,
) -> Tour:
    """Monday first; a treasure of several weekdays stands at its first, those without one last.

    Parameters
    ----------
    entries : Iterable[Entry]
        Of the map.
    weekdays : Mapping of int to frozenset of int
        By number of the treasure; 0 is Monday.
    names : Sequence[str]
        The seven headings.
    other : str
        The heading of the rest.
    """
    first = {number: min(days) for number, days in weekdays.items() if days}
    numbers = _placed(entries)
    if not any(number in first for number in numbers):
        return ()
    parts = [
        TourPart(name, tuple(n for n in numbers if first.get(n) == day))
        for day, name in enumerate(names)
    ]
    return _tour([*parts, TourPart(other, tuple(n for n in numbers if n not in first))])


def chosen(entries: Iterable[Entry], marks: Iterable[str]) -> Chosen:
    """The treasures of a list of marks (通23) or numbers (23, 23番), in its order."""
    entries = tuple(entries)
    known = known_marks(entries)
    asked = [known.get(fold(mark).removesuffix("番")) for mark in marks]
    found = dict.fromkeys(number for number in asked if number is not None)
    on_map = set(_placed(entries))
    placed = tuple(number for number in found if number in on_map)
    rest = tuple(number for number in found if number not in on_map)
    missing = asked.count(None)
    return Chosen(_tour([TourPart(None, placed)]), rest, missing)


def known_marks(entries: Iterable[Entry]) -> dict[str, int]:
    """What a treasure may be called in a list of marks, folded, and its number."""
    known: dict[str, int] = {}
    for entry in entries:
        for word in (entry.mark, str(entry.number)):
            known.setdefault(fold(word), entry.number)
    return known


def _placed(entries: Iterable[Entry]) -> tuple[int, ...]:
    return tuple(sorted(entry.number for entry in entries if entry.flag is not None))


def _tour(parts: Iterable[TourPart]) -> Tour:
    return tuple(part for part in parts if part.numbers)
