"""Is this still the same record, or has its id passed to another? Asked by name and place."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from geo.crs import STORAGE_CRS, transformer
from geo.folding import fold
from geo.model.treasure import Treasure

SAME_PLACE_M = 100.0
SAME_SPOT_M = 30.0
_DEGREE_M = 111_320.0


@dataclass(frozen=True, slots=True)
class Recognised:
    """A standing record (``known``) that the list now has under another id (``treasure.id``)."""

    known: Treasure
    treasure: Treasure


def is_another(known: Treasure, treasure: Treasure, metric_crs: str) -> bool:
    """Whether an id now names something else: another name *and* another place.

    Another place is more than 100 m away (measured in ``metric_crs``); where one of the two has
    no coordinates, another address.
    """
    if fold(known.name) == fold(treasure.name):
        return False
    if (
        known.lon is not None
        and known.lat is not None
        and treasure.lon is not None
        and treasure.lat is not None
    ):
        step = transformer(STORAGE_CRS, metric_crs)
        here = step.transform(known.lon, known.lat)
        there = step.transform(treasure.lon, treasure.lat)
        return math.dist(here, there) > SAME_PLACE_M
    if known.address is None or treasure.address is None:
        return False
    return fold(known.address) != fold(treasure.address)


def is_same_thing(known: Treasure, treasure: Treasure) -> bool:
    """Whether two records are one thing, whatever their ids: the same name *and* the same place.

    The place is the address; where one has none, the coordinates (within 30 m), then the venue.
    Two records of which nobody knows a place are the same by their name.
    """
    return fold(known.name) == fold(treasure.name) and _is_same_place(known, treasure)


def _is_same_place(one: Treasure, other: Treasure) -> bool:
    if one.address and other.address:
        return fold(one.address) == fold(other.address)
    if one.lat is not None and other.lat is not None:
        assert one.lon is not None
        assert other.lon is not None
        north = (one.lat - other.lat) * _DEGREE_M
        east = (one.lon - other.lon) * _DEGREE_M * math.cos(math.radians(one.lat))
        return math.hypot(north, east) <= SAME_SPOT_M
    if one.venue and other.venue:
        return fold(one.venue) == fold(other.venue)
    return not any((one.address, other.address, one.venue, other.venue, one.lat, other.lat))


def recognise(
    known: Mapping[str, Treasure], standing: Collection[str], treasures: Iterable[Treasure]
) -> tuple[Recognised, ...]:
    """Find the standing records that the list has under another id.

    A record is looked for when the row of its id is gone or tells of another name or place; a row
    is a find when it is new under its id, or another thing than its id's record. Only pairs that
    nobody else could be part of are found: what might be two is never guessed.

    Parameters
    ----------
    known : Mapping[str, Treasure]
        The standing records that are gone from the list or changed in it, by id.
    standing : Collection[str]
        Every standing id.
    treasures : Iterable[Treasure]
        The whole list.
    """
    rows = {treasure.id: treasure for treasure in treasures}
    free = [
        record
        for id_, record in known.items()
        if id_ not in rows or not is_same_thing(record, rows[id_])
    ]
    loose: dict[str, list[Treasure]] = {}
    for id_, row in rows.items():
        if id_ not in standing or (id_ in known and not is_same_thing(known[id_], row)):
            loose.setdefault(fold(row.name), []).append(row)
    pairs = [
        Recognised(record, row)
        for record in free
        for row in loose.get(fold(record.name), ())
        if is_same_thing(record, row)
    ]
    return only_sure(pairs)


def only_sure(pairs: Iterable[Recognised]) -> tuple[Recognised, ...]:
    """The pairs of which neither side is in another pair."""
    listed = tuple(pairs)
    records: dict[tuple[str, str], int] = {}
    rows: dict[tuple[str, str], int] = {}
    for pair in listed:
        one, other = pair.known, pair.treasure
        records[one.layer, one.id] = records.get((one.layer, one.id), 0) + 1
        rows[other.layer, other.id] = rows.get((other.layer, other.id), 0) + 1
    return tuple(
        pair
        for pair in listed
        if records[pair.known.layer, pair.known.id] == 1
        and rows[pair.treasure.layer, pair.treasure.id] == 1
    )
