"""The days of a page: of its entries, of whom they follow, and the rounds of the vehicles that come.

Whom an entry follows, and the other stops of a vehicle, may lie in other areas: they are read
through the same views, and only where an entry of the page needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from geo.model.answers import Entry
from geo.model.audience import Status
from geo.model.held_days import DayBook, HeldDay, Session
from geo.model.vehicle_round import RoundStop, VehicleRound
from geo.questions.entry_dates import day_book
from geo.questions.entry_list import numbered_records
from geo.store.reading.layer_rows import LayerRow
from geo.store.reading.treasure_rows import read_stop_numbers

if TYPE_CHECKING:
    from sqlalchemy import Connection


def page_days(
    conn: Connection, entries: Sequence[Entry], layers: Sequence[LayerRow], today: date
) -> DayBook:
    """The days of a page's entries.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        Asked only where an entry has more than a text.
    entries : sequence of Entry
    layers : sequence of LayerRow
        Every layer that the audience may see.
    today : date
    """
    timed = [entry for entry in entries if entry.timing is not None]
    if not timed:
        return day_book(entries, today)
    known = {entry.number: entry for entry in entries}
    vehicles = {entry.timing.vehicle for entry in timed if entry.timing and entry.timing.vehicle}
    stops = read_stop_numbers(conn, sorted(vehicles)) if vehicles else []
    wanted = {entry.timing.follows for entry in timed if entry.timing and entry.timing.follows}
    beside = sorted((wanted | set(stops)).difference(known))
    if beside:
        read = numbered_records(conn, beside, layers).entries({})
        known |= {entry.number: entry for entry in read}
    followed = {number: known[number] for number in sorted(wanted) if number in known}
    book = day_book(entries, today, followed)
    coming = [known[number] for number in stops if number in known]
    return with_rounds(book, timed, coming, today)


def with_rounds(
    book: DayBook, entries: Iterable[Entry], stops: Sequence[Entry], today: date
) -> DayBook:
    """The days with the next round of every stop's vehicle: all stops it comes to on that day.

    Parameters
    ----------
    book : DayBook
        Of the page.
    entries : iterable of Entry
        Those of the page that may be stops.
    stops : sequence of Entry
        Every stop of their vehicles that this reader sees, on the page or not.
    today : date
    """
    days = day_book(stops, today)
    of_vehicle: dict[str, list[Entry]] = {}
    for stop in stops:
        of_vehicle.setdefault(_vehicle(stop) or "", []).append(stop)
    rounds: list[VehicleRound] = []
    index_of: dict[tuple[str, date], int] = {}
    round_of: dict[int, int] = {}
    for entry in entries:
        facet, vehicle = book.of(entry.number), _vehicle(entry)
        coming = facet.next_from(today) if facet is not None else None
        if vehicle is None or coming is None:
            continue
        key = (vehicle, coming.day)
        if key not in index_of:
            beside = of_vehicle.get(vehicle, ())
            one = VehicleRound(*key, tuple(_stops_on(coming.day, beside, days)))
            if len(one.stops) < 2:  # alone it is no round
                continue
            index_of[key] = len(rounds)
            rounds.append(one)
        round_of[entry.number] = index_of[key]
    return replace(book, rounds=tuple(rounds), round_of=round_of)


def _vehicle(entry: Entry) -> str | None:
    is_coming = entry.status is Status.ACTIVE and entry.timing is not None
    return entry.timing.vehicle if is_coming and entry.timing else None


def _stops_on(day: date, stops: Iterable[Entry], days: DayBook) -> Iterator[RoundStop]:
    """Who of a vehicle's stops it comes to on that day: by its order, by the time, by number."""
    found: list[tuple[tuple[int, int, int], RoundStop]] = []
    for stop in stops:
        facet = days.of(stop.number)
        if facet is None:
            continue
        held = next(facet.between(day, day), None) or _later_on(day, facet.later)
        if held is not None and stop.timing is not None:
            first = _first(held)
            order = stop.timing.order
            place = (
                _LAST if order is None else order,
                _LAST if first.start_min is None else first.start_min,
                stop.number,
            )
            found.append((place, RoundStop(stop.number, stop.name, first.start_min, first.end_min)))
    for _, one in sorted(found, key=lambda pair: pair[0]):
        yield one


_LAST = 1_000_000


def _later_on(day: date, later: HeldDay | None) -> HeldDay | None:
    return later if later is not None and later.day == day else None


def _first(held: HeldDay) -> Session:
    return held.sessions[0]
