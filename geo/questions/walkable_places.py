"""The places one audience may know of, with the days on which they are open: what coverage counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.folding import fold
from geo.model.answers import Entry
from geo.model.audience import Precision, Status
from geo.model.held_days import DayBook
from geo.questions.entry_dates import told_of
from geo.questions.entry_list import numbered_records
from geo.questions.page_days import page_days
from geo.store.reading.layer_rows import LayerRow
from geo.store.reading.treasure_rows import read_places

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from geo.schedule.timetable import Timetable

_NOBODY_FETCHES = tuple(map(fold, ("なし", "無", "ない", "不可", "×", "✕", "-", "未定")))


@dataclass(frozen=True, slots=True)
class WalkablePlaces:
    """Treasures that take place now and stand where this audience may see them stand.

    What is known to its block only, or was placed by its block, is nowhere in particular: it is
    not among them.

    Parameters
    ----------
    entries : tuple of Entry
        In list order; lists beside it follow this order.
    lonlat : tuple of (float, float)
        Degrees, EPSG:4326.
    fetches : tuple of bool
        送迎.
    capacity : tuple of int or None
    days : DayBook
        Of these entries: as every page tells them.
    rare : frozenset of int
        Numbers of those held less than once a month.
    over : frozenset of int
        Numbers of those whose text gives their days, none of which is still to come.
    unplaced : Mapping of str to int
        By layer: treasures that take place somewhere this audience does not see.
    """

    entries: tuple[Entry, ...]
    lonlat: tuple[tuple[float, float], ...]
    fetches: tuple[bool, ...]
    capacity: tuple[int | None, ...]
    days: DayBook
    rare: frozenset[int]
    over: frozenset[int]
    unplaced: Mapping[str, int]


def walkable_places(conn: Connection, layers: Sequence[LayerRow], today: date) -> WalkablePlaces:
    """Read them through the views of the connection.

    Parameters
    ----------
    conn : sqlalchemy.Connection
    layers : sequence of LayerRow
        Every layer of which the audience sees something.
    today : date
    """
    records = numbered_records(
        conn, sorted(read_places(conn)), layers, ("transport", "capacity", "ended_on")
    )
    lon, lat, fetches, capacity, ended = (
        records.index[name] for name in ("lon", "lat", "transport", "capacity", "ended_on")
    )
    active = [
        (entry, row)
        for entry, row in zip(records.entries({}), records.rows, strict=True)
        # 担当者だけ see also what has ended.
        if entry.status is Status.ACTIVE and (row[ended] is None or row[ended] >= today)
    ]
    found = [(entry, row) for entry, row in active if _is_own_place(entry) and row[lon] is not None]
    entries = tuple(entry for entry, _ in found)
    days = page_days(conn, entries, layers, today)
    of_layer = Counter(entry.layer for entry, _ in active)
    of_layer.subtract(entry.layer for entry in entries)
    return WalkablePlaces(
        entries=entries,
        lonlat=tuple((row[lon], row[lat]) for _, row in found),
        fetches=tuple(_is_fetching(row[fetches]) for _, row in found),
        capacity=tuple(row[capacity] for _, row in found),
        days=days,
        rare=frozenset(e.number for e in entries if _is_rare(e, days)),
        over=frozenset(e.number for e in entries if _is_over(e, days, today)),
        unplaced=of_layer,
    )


def _is_own_place(entry: Entry) -> bool:
    return entry.precision is Precision.POINT and (entry.placed is None or entry.placed.is_exact)


def _is_fetching(text: str | None) -> bool:
    """Whether 送迎 says so: anything but 「なし」「不可」 in some spelling."""
    return bool(text) and not fold(text or "").startswith(_NOBODY_FETCHES)


def _timetable(entry: Entry, days: DayBook) -> Timetable | None:
    """What is known of how often; None where nobody has written when it is held."""
    from geo.schedule import parse, timed

    if entry.timing is None:
        return parse(entry.schedule) if entry.schedule else None
    told = told_of(entry, days.followed)
    return None if told is None else timed(told).schedule


def _is_rare(entry: Entry, days: DayBook) -> bool:
    from geo.schedule.frequency import Frequency, frequency_of

    timetable = _timetable(entry, days)
    return timetable is not None and frequency_of(timetable) is Frequency.RARER


def _is_over(entry: Entry, days: DayBook, today: date) -> bool:
    facet = days.of(entry.number)
    if facet is None or facet.next_from(today) is not None:
        return False
    timetable = _timetable(entry, days)
    return timetable is not None and bool(timetable.rules) and all(r.dated for r in timetable.rules)
