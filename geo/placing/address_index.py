"""Addresses of a town by their parts: 番地 first, then 町丁目."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from geo.folding import fold
from geo.model.audience import Placed
from geo.placing.address_parts import SMALL_AZA, AddressParts, address_parts, lettered, town_text
from geo.placing.municipality_names import (
    MunicipalityNames,
    Names,
    names_another,
    plain_name,
)
from geo.placing.places import AddressPlace, Candidate, MunicipalityName, VenuePlace, apart_m

Row = TypeVar("Row", AddressPlace, VenuePlace)

SAME_LOT_M = 100.0
"""Two points of one address within this distance are one place."""
SAME_TOWN_M = 300.0
"""Two points of one town, or of one number in one source, within this distance are one place."""
_REACH_UNKNOWN_M = 1_500.0


@dataclass(frozen=True, slots=True)
class AddressHit:
    """One place an address may mean. ``reach_m``: how far from the point it may still be."""

    candidate: Candidate
    reach_m: float = 0.0


@dataclass(slots=True, eq=False)
class _Town:
    """The rows of one town name and 丁目, in the order they were given."""

    blocks: list[AddressPlace] = field(default_factory=list)
    numbers: dict[str, list[AddressPlace]] = field(default_factory=dict)


class _Lot(NamedTuple):
    """A venue by its address."""

    venue: VenuePlace
    parts: AddressParts
    named: Names


class AddressIndex:
    """Finds what an address means. See :class:`geo.placing.Gazetteer` for the parameters."""

    def __init__(
        self,
        venues: Sequence[VenuePlace],
        addresses: Iterable[AddressPlace],
        municipalities: Iterable[MunicipalityName],
    ) -> None:
        self._towns: dict[str, dict[int | None, _Town]] = {}
        self._small: dict[str, list[_Town]] = {}
        self._lots: dict[tuple[str, tuple[str, ...]], list[_Lot]] = {}
        others: dict[tuple[str, str], None] = {}
        towns: dict[tuple[str, str], _Town] = {}
        for row in addresses:
            if row.municipality:
                others.setdefault((row.prefecture, row.municipality))
            spelled = (row.town, row.small_area)
            town = towns.get(spelled)
            if town is None:
                town = towns[spelled] = self._town(*spelled)
            if row.level is Placed.BLOCK or not row.number:
                town.blocks.append(row)
            else:
                town.numbers.setdefault(_number_key(row.number), []).append(row)
        self._names = MunicipalityNames(municipalities, others)
        for venue in venues:
            self._add_lot(venue)

    def _town(self, town: str, small_area: str) -> _Town:
        name, chome = _town_key(town, small_area)
        found = self._towns.setdefault(name, {}).setdefault(chome, _Town())
        if small_area:
            alone = self._small.setdefault(_town_key(small_area, "")[0], [])
            if found not in alone:
                alone.append(found)
        return found

    def _add_lot(self, venue: VenuePlace) -> None:
        if not venue.address:
            return
        parts = address_parts(venue.address)
        if not parts.numbers:
            return
        for named, town in self._names.splits(parts.head):
            key = (_joined(town), _lot_key(parts))
            self._lots.setdefault(key, []).append(_Lot(venue, parts, named))

    def find(self, address: str | None) -> tuple[AddressHit, ...]:
        """Every place the address may mean: none, one, or several when it is not clear."""
        parts = address_parts(address) if address and address.strip() else None
        if parts is None or not parts.head:
            return ()
        for reading in (parts, lettered(parts)):
            for named, town in self._names.splits(reading.head) if reading is not None else ():
                assert reading is not None
                hits = self._lot_hits(reading, town, named) or self._town_hits(reading, town, named)
                if hits:
                    return hits
        return ()

    def perhaps(self, address: str | None) -> tuple[AddressHit, ...]:
        """Places of a 小字 written without its 大字: to ask about, never to take."""
        parts = address_parts(address) if address and address.strip() else None
        if parts is None:
            return ()
        for named, town in self._names.splits(parts.head):
            hits = tuple(
                hit
                for small in self._small.get(_joined(town), ())
                for hit in _blocks(small, named, parts)
            )
            if hits:
                return hits
        return ()

    def chomes(self, address: str | None) -> tuple[str, tuple[int, ...]]:
        """The town an address names, and the 丁目 that are known of it."""
        parts = address_parts(address) if address and address.strip() else None
        for _, town in self._names.splits(parts.head) if parts is not None else ():
            known = self._towns.get(_joined(town))
            if known is not None:
                return _joined(town), tuple(sorted(n for n in known if n is not None))
        return "", ()

    def is_outside(self, address: str | None) -> bool:
        """True when an address that means nothing here names another municipality."""
        if not address or not self._names.home:
            return False
        _, rest = next(self._names.splits(address_parts(address).head))
        return names_another(rest)

    def other_lot(self, address: str | None, other: str | None) -> bool:
        """True when both addresses have numbers, in one town, and not the same."""
        if not address or not other:
            return False
        one, two = address_parts(address), address_parts(other)
        if not one.numbers or not two.numbers or _lot_key(one) == _lot_key(two):
            return False
        towns = {_joined(town) for _, town in self._names.splits(one.head)}
        return any(_joined(town) in towns for _, town in self._names.splits(two.head))

    def _lot_hits(self, parts: AddressParts, town: str, named: Names) -> tuple[AddressHit, ...]:
        """Places of the town's own lists that have the very same address."""
        if not parts.numbers:
            return ()
        same = [
            lot.venue
            for lot in self._lots.get((_joined(town), _lot_key(parts)), ())
            if not _contradict(parts, lot.parts) and _meet(named, lot.named)
        ]
        return tuple(
            AddressHit(Candidate(v.lon, v.lat, Placed.ADDRESS, (v.address or "").strip(), v.source))
            for v in apart(same, SAME_LOT_M)
        )

    def _town_hits(self, parts: AddressParts, town: str, named: Names) -> tuple[AddressHit, ...]:
        chomes = self._towns.get(_joined(town))
        if chomes is None:
            # A 字 nobody has listed lies in its 大字: as near as that, no nearer.
            above, mark, _ = town.partition(SMALL_AZA)
            rows = self._towns.get(above, {}).get(None) if mark else None
            return _blocks(rows, named, parts) if rows else ()
        plain = chomes.get(None)
        if plain is not None and _may_be_unknown_chome(parts, chomes):
            return _blocks(plain, named, parts)
        found = [
            hits
            for chome, numbers in _readings(parts, chomes)
            if (hits := _row_hits(chomes[chome], numbers, named, parts))
        ]
        if len(found) == 2 and len(parts.numbers) > 2:
            return found[0]  # three numbers are 丁目, 番 and 号
        exact = [hits for hits in found if hits[0].candidate.placed is Placed.ADDRESS]
        return tuple(hit for hits in (exact if len(exact) == 1 else found) for hit in hits)


def apart(rows: Iterable[Row], within_m: float) -> list[Row]:
    """The first row of every place: rows within the distance of one already kept are left out."""
    kept: list[Row] = []
    for row in rows:
        if all(apart_m(row.lon, row.lat, one.lon, one.lat) > within_m for one in kept):
            kept.append(row)
    return kept


def _row_hits(
    town: _Town, numbers: tuple[str, ...], named: Names, parts: AddressParts
) -> tuple[AddressHit, ...]:
    for length in range(len(numbers), 0, -1):
        rows = town.numbers.get("-".join(numbers[:length]), ())
        rows = _trusted([row for row in rows if _lies_in(row, named)], parts)
        if rows:
            return tuple(_hit(row) for row in apart(rows, SAME_TOWN_M))
    return _blocks(town, named, parts)


def _blocks(town: _Town, named: Names, parts: AddressParts) -> tuple[AddressHit, ...]:
    rows = _trusted([row for row in town.blocks if _lies_in(row, named)], parts)
    if rows:
        return tuple(_hit(row) for row in apart(rows, SAME_TOWN_M))
    lots = [row for same in town.numbers.values() for row in same if _lies_in(row, named)]
    # Two wards may have a town of one name: each has its own middle.
    groups: dict[tuple[str, str, str], list[AddressPlace]] = {}
    for row in _trusted(lots, parts):
        groups.setdefault((row.municipality, row.town, row.small_area), []).append(row)
    return tuple(_middle(group) for group in groups.values())


def _may_be_unknown_chome(parts: AddressParts, chomes: dict[int | None, _Town]) -> bool:
    """True for 浜町1-6-1 in a town without 丁目: it may have got them since the source was made.

    The lot 浜町1 would then be the wrong place; the town is right either way.
    """
    if parts.chome is not None or parts.banchi or len(parts.numbers) < 3:
        return False
    return len(parts.numbers[0]) == 1 and not any(n is not None for n in chomes)


def _readings(
    parts: AddressParts, chomes: dict[int | None, _Town]
) -> Iterator[tuple[int | None, tuple[str, ...]]]:
    """The ways to read the numbers among the 丁目 a town has."""
    if parts.chome is not None:
        if parts.chome in chomes:
            yield parts.chome, parts.numbers
        return
    first = parts.numbers[0] if parts.numbers else ""
    if first.isdigit() and not parts.banchi and int(first) in chomes:
        yield int(first), parts.numbers[1:]
    if None in chomes:
        yield None, parts.numbers


def _town_key(town: str, small_area: str) -> tuple[str, int | None]:
    whole = f"{town}字{small_area}" if small_area else town
    parts = address_parts(whole)
    if parts.numbers:  # 本町2区 is a name, not the second lot of 本町
        return _joined(town_text(fold(whole))), None
    return _joined(parts.head), parts.chome


def _joined(head: str) -> str:
    return head.replace(SMALL_AZA, "")


def _number_key(number: str) -> str:
    if number.isascii() and number.isdigit():
        return str(int(number))
    parts = address_parts("町" + number)
    if parts.head != "町":
        parts = lettered(parts) or parts
    return "-".join(parts.numbers) if parts.head == "町" and parts.numbers else fold(number)


def _lot_key(parts: AddressParts) -> tuple[str, ...]:
    return parts.numbers if parts.chome is None else (str(parts.chome), *parts.numbers)


def _contradict(one: AddressParts, other: AddressParts) -> bool:
    """True where one says 丁目 and the other 番地 of the same first number."""
    return (one.chome is not None and other.banchi and other.chome is None) or (
        other.chome is not None and one.banchi and one.chome is None
    )


def _lies_in(row: AddressPlace, named: Names) -> bool:
    if not row.municipality or not named:
        return True
    name = plain_name(row.municipality)
    return name in named or any(name.startswith(one) and name.endswith("区") for one in named)


def _meet(named: Names, other: Names) -> bool:
    """True when an address in one may be an address in the other: the city and its ward."""
    return (not named and not other) or any(
        a.startswith(b) or b.startswith(a) for a in named for b in other
    )


def _trusted(rows: Sequence[AddressPlace], parts: AddressParts) -> list[AddressPlace]:
    """The rows of the source that stands first; where 大字 is written, those that have it."""
    first = [row for row in rows if row.source == rows[0].source]
    as_written = [row for row in first if "大字" in row.town] if parts.large_aza else []
    return as_written or first


def _hit(row: AddressPlace) -> AddressHit:
    matched = f"{row.town}{row.small_area}{row.number or ''}"
    exact = row.level is Placed.ADDRESS and bool(row.number)
    candidate = Candidate(
        row.lon, row.lat, Placed.ADDRESS if exact else Placed.BLOCK, matched, row.source
    )
    if exact:
        return AddressHit(candidate)
    return AddressHit(candidate, _REACH_UNKNOWN_M if row.reach_m is None else row.reach_m)


def _middle(lots: Sequence[AddressPlace]) -> AddressHit:
    """A town known only by its lots: the lot nearest to their middle stands for it."""
    lon = sum(row.lon for row in lots) / len(lots)
    lat = sum(row.lat for row in lots) / len(lots)
    one = min(lots, key=lambda row: apart_m(row.lon, row.lat, lon, lat))
    reach = max(apart_m(row.lon, row.lat, one.lon, one.lat) for row in lots)
    matched = f"{one.town}{one.small_area}"
    return AddressHit(Candidate(one.lon, one.lat, Placed.BLOCK, matched, one.source), reach)
