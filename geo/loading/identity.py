"""Is this still the same record, or has its id passed to another? Asked by name and place."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geo.crs import STORAGE_CRS, transformer
from geo.folding import fold
from geo.intake.pin_words import is_same_address
from geo.model.audience import Placed
from geo.model.treasure import Treasure

SAME_PLACE_M = 100.0
SAME_SPOT_M = 30.0
_DEGREE_M = 111_320.0
_MANY_OF_ONE_NAME = 300
BY_NAME_AND_PLACE_JA = "名前も場所も同じ"
Belongs = Callable[[Treasure, Treasure], bool]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A standing record (``known``) that the list now has under another id (``treasure.id``).

    ``by_ja`` says what they share, as the question tells it.
    """

    known: Treasure
    treasure: Treasure
    by_ja: str = BY_NAME_AND_PLACE_JA


def is_another(known: Treasure, treasure: Treasure, metric_crs: str) -> bool:
    """Whether an id now names something else: another name *and* another place.

    Another place is more than 100 m away (measured in ``metric_crs``); where one of the two has
    no coordinates, another address. Where the list gave no coordinates, what the program or a pin
    made of its words says less than the words.
    """
    if fold(known.name) == fold(treasure.name):
        return False
    is_listed = known.placed is Placed.SOURCE and treasure.placed is Placed.SOURCE
    if not is_listed and known.address and treasure.address:
        return not is_same_address(known.address, treasure.address)
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
        return is_same_address(one.address, other.address)
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
    known: Mapping[str, Treasure],
    standing: Collection[str],
    treasures: Sequence[Treasure],
    *,
    is_id_of_cells: bool = False,
) -> tuple[Recognised, ...]:
    """Find the standing records that the list has under another id.

    A record is looked for when the row of its id is gone or tells of another name or place; a row
    is a find when it is new under its id, or another thing than its id's record. Only pairs that
    nobody else could be part of are found: what might be two is never guessed.

    What is left then is looked at more loosely, where one id is gone and another new: an address
    written otherwise; the same name and venue; and the same name alone, where it stands once.

    Parameters
    ----------
    known : Mapping[str, Treasure]
        The standing records that are gone from the list or changed in it, by id.
    standing : Collection[str]
        Every standing id.
    treasures : sequence of Treasure
        The whole list.
    is_id_of_cells : bool
        Whether the id is made of name and address: mending a cell then makes another id, and the
        name alone is enough for the question.
    """
    rows = {treasure.id: treasure for treasure in treasures}
    free = [
        record
        for id_, record in known.items()
        if id_ not in rows or not is_same_thing(record, rows[id_])
    ]
    loose = [
        row
        for id_, row in rows.items()
        if id_ not in standing or (id_ in known and not is_same_thing(known[id_], row))
    ]
    found = only_sure(same_things(free, loose))
    gone = [record for record in free if record.id not in rows]
    new = [row for row in loose if row.id not in standing]
    rules: list[tuple[Belongs, str]] = [
        (is_same_thing, BY_NAME_AND_PLACE_JA),
        (_has_same_venue, "名前と会場が同じ"),
    ]
    if is_id_of_cells:
        count = Counter(fold(row.name) for row in treasures)
        rules.append((lambda _record, row: count[fold(row.name)] == 1, "名前が同じ"))
    for belongs, by_ja in rules:
        taken = {pair.known.id for pair in found}
        met = {pair.treasure.id for pair in found}
        gone = [record for record in gone if record.id not in taken]
        new = [row for row in new if row.id not in met]
        found += only_sure(_pairs(gone, new, belongs, by_ja))
    return found


def same_things(records: Iterable[Treasure], rows: Iterable[Treasure]) -> Iterator[Recognised]:
    """Every pair of one name and one place, addresses being written alike."""
    with_address: dict[tuple[str, str], list[Treasure]] = {}
    without: list[Treasure] = []
    every: list[Treasure] = []
    for row in rows:
        every.append(row)
        if row.address:
            with_address.setdefault((fold(row.name), fold(row.address)), []).append(row)
        else:
            without.append(row)
    listed = list(records)
    for record in listed:
        if record.address:
            for row in with_address.get((fold(record.name), fold(record.address)), ()):
                yield Recognised(record, row)
    yield from _pairs((r for r in listed if r.address), without, is_same_thing)
    yield from _pairs((r for r in listed if not r.address), every, is_same_thing)


def _pairs(
    records: Iterable[Treasure],
    rows: Iterable[Treasure],
    belongs: Belongs,
    by_ja: str = BY_NAME_AND_PLACE_JA,
) -> Iterator[Recognised]:
    """Pairs of one name that belong together. A name that very many bear tells nothing."""
    named: dict[str, list[Treasure]] = {}
    for row in rows:
        named.setdefault(fold(row.name), []).append(row)
    for record in records:
        group = named.get(fold(record.name), ())
        if len(group) <= _MANY_OF_ONE_NAME:
            for row in group:
                if belongs(record, row):
                    yield Recognised(record, row, by_ja)


def _has_same_venue(one: Treasure, other: Treasure) -> bool:
    return bool(one.venue and other.venue) and fold(one.venue or "") == fold(other.venue or "")


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
