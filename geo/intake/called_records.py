"""A layer's records by what a clerk calls them: ID, number on the flag, name, or their vehicle."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from geo.errors import LoadRefusedError
from geo.folding import fold
from geo.intake.records import identity
from geo.manifest.ledger_file import ledger_path, read_ledger
from geo.manifest.renumbered_file import read_renumbered
from geo.model.reading import LayerReading
from geo.model.town import Town
from geo.model.treasure import Treasure

_MOST_DIGITS = 6


class TownNumbers:
    """The numbers of the town's ledger, read when the first is asked for."""

    def __init__(self, town: Town) -> None:
        self._town = town

    @cached_property
    def of(self) -> Mapping[tuple[str, str], int]:
        """(layer, record) to number; a ledger that cannot be read is told by the load."""
        try:
            ledger = read_ledger(ledger_path(self._town.folder))
        except LoadRefusedError:
            return {}
        return {(entry.layer, entry.id): entry.number for entry in ledger}


class CalledRecords:
    """Finds the records that a text means.

    Parameters
    ----------
    town : Town
    reading : LayerReading
    numbers : TownNumbers
    """

    def __init__(self, town: Town, reading: LayerReading, numbers: TownNumbers) -> None:
        self._reading, self._numbers = reading, numbers
        self._layer = reading.layer.id
        lines, _ = read_renumbered(town.folder)
        first_names = {line.id: line.record for line in lines if line.layer == self._layer}
        self._by_id = {treasure.id: treasure for treasure in reading.treasures}
        for listed, record in first_names.items():
            if record in self._by_id:
                self._by_id.setdefault(listed, self._by_id[record])
        self._by_folded_id: dict[str, list[Treasure]] = {}
        self._by_name: dict[str, list[Treasure]] = {}
        self._by_vehicle: dict[str, list[Treasure]] = {}
        for listed, treasure in self._by_id.items():
            self._by_folded_id.setdefault(fold(listed), []).append(treasure)
        for treasure in reading.treasures:
            self._by_name.setdefault(fold(treasure.name), []).append(treasure)
            if treasure.vehicle:
                self._by_vehicle.setdefault(fold(treasure.vehicle), []).append(treasure)

    def find(self, text: str) -> tuple[Treasure, ...]:
        """The records of that ID, else of that number, else of that name; several are unclear."""
        by_id = self._by_id.get(identity([text]))
        if by_id is not None:
            return (by_id,)
        folded = fold(text)
        by_name = self._by_name.get(folded) or self._by_folded_id.get(folded) or []
        return self._numbered(text) or tuple(by_name)

    def of_vehicle(self, text: str) -> tuple[Treasure, ...]:
        """The stops of the vehicle of that name."""
        return tuple(self._by_vehicle.get(fold(text), ()))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every name a text could mean, for a hint."""
        vehicles = dict.fromkeys(t.vehicle for t in self._reading.treasures if t.vehicle)
        return (*vehicles, *(treasure.name for treasure in self._reading.treasures))

    def _numbered(self, text: str) -> tuple[Treasure, ...]:
        bare = fold(text).removeprefix(fold(self._reading.layer.symbol)).removesuffix("番")
        if not (bare.isdecimal() and len(bare) <= _MOST_DIGITS):
            return ()
        number = int(bare)
        return tuple(
            treasure
            for treasure in self._reading.treasures
            if (treasure.number or self._numbers.of.get((self._layer, treasure.id))) == number
        )
