"""What has no place yet, what is to be confirmed, and how the rest was placed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from geo.errors import TownFolderError
from geo.intake.kept_gazetteer import KeptGazetteer
from geo.intake.whole_town import read_placings
from geo.manifest.ledger_file import ledger_path, read_ledger
from geo.model.pin import PlacingCounts, PlacingState, RecordPlacing
from geo.model.problem import Problem
from geo.model.reading import TownReading
from geo.settings import Settings

_kept = KeptGazetteer()
"""A page asks after every pin."""


@dataclass(frozen=True, slots=True)
class RecordToPlace:
    """One record without coordinates in its list, as a page shows it.

    ``number`` is the one on its flag; None before the first load.
    """

    placing: RecordPlacing
    layer_title: str
    symbol: str
    color: str
    number: int | None


@dataclass(frozen=True, slots=True)
class PlacingAnswer:
    """The places of a town's records.

    Parameters
    ----------
    records : tuple of RecordToPlace
        Every record whose list gives no coordinates, in the order of layers and lists.
    source : int
        How many records brought their coordinates.
    counts : PlacingCounts
        How the others were placed.
    has_gazetteer : bool
        Whether the town has a ``gazetteer.toml``.
    problems : tuple of Problem
        Faults of the lists, their pins and the gazetteer.
    """

    records: tuple[RecordToPlace, ...]
    source: int
    counts: PlacingCounts
    has_gazetteer: bool
    problems: tuple[Problem, ...]

    def of(self, *states: PlacingState) -> tuple[RecordToPlace, ...]:
        """The records in any of these states."""
        return tuple(record for record in self.records if record.placing.state in states)

    @property
    def unplaced(self) -> tuple[RecordToPlace, ...]:
        """場所が決まっていない: those without any place, moved ones among them."""
        return tuple(record for record in self.records if record.placing.placed is None)

    @property
    def to_confirm(self) -> tuple[RecordToPlace, ...]:
        """Known to their 町丁目 only, and nobody has looked at it."""
        return self.of(PlacingState.TO_CONFIRM)

    @property
    def moved(self) -> tuple[RecordToPlace, ...]:
        """Pinned for another venue or address."""
        return self.of(PlacingState.MOVED)

    def as_json(self) -> dict[str, Any]:
        """The stable shape of ``place --json``; ``to_confirm`` and ``moved`` added."""
        return {
            "placed": {**self.counts.as_json(), "source": self.source},
            "unplaced": [_unplaced_json(record) for record in self.unplaced],
            "to_confirm": [_placed_json(record) for record in self.to_confirm],
            "moved": [_moved_json(record) for record in self.moved],
        }


def unplaced(settings: Settings) -> PlacingAnswer:
    """Every record whose list gives no coordinates, as the files stand now.

    Raises
    ------
    TownFolderError
        When there is no town folder.
    LoadRefusedError
        When the number ledger cannot be read.
    """
    reading = placings_now(settings)
    if not reading.town.layers and any(p.code == "town-missing" for p in reading.problems):
        raise TownFolderError("there is no town folder", message_ja=reading.problems[0].message_ja)
    layers = {layer.id: layer for layer in reading.town.layers}
    ledger = read_ledger(ledger_path(reading.town.folder))
    numbers = {(entry.layer, entry.id): entry.number for entry in ledger}
    records = tuple(
        RecordToPlace(
            placing,
            layers[placing.layer].title,
            layers[placing.layer].symbol,
            layers[placing.layer].color,
            numbers.get((placing.layer, placing.id)),
        )
        for placing in reading.placings
    )
    total = sum(len(layer.treasures) for layer in reading.layers)
    return PlacingAnswer(
        records,
        total - len(records),
        PlacingCounts.of(placing.placed for placing in reading.placings),
        (reading.town.folder / "boundaries" / "gazetteer.toml").is_file(),
        tuple(_of_places(reading.problems)),
    )


def placings_now(settings: Settings) -> TownReading:
    """The lists with their records placed, as the files stand now."""
    return read_placings(settings.town, settings.realdata, gazetteer=_kept.read)


def _of_places(problems: Iterable[Problem]) -> Iterable[Problem]:
    """What ``otakara check`` says of every other thing in the lists is not for this page."""
    return (
        p
        for p in problems
        if p.is_error
        or p.code.startswith(("place-", "gazetteer-"))
        or p.file.endswith("/places.csv")
    )


def _record_json(record: RecordToPlace) -> dict[str, Any]:
    placing = record.placing
    return {
        "layer": placing.layer,
        "id": placing.id,
        "number": record.number,
        "name": placing.name,
        "address": placing.address,
        "venue": placing.venue,
    }


def _unplaced_json(record: RecordToPlace) -> dict[str, Any]:
    placing = record.placing
    return {
        **_record_json(record),
        "why_ja": placing.why_ja,
        "candidates": [
            {
                "lon": choice.lon,
                "lat": choice.lat,
                "how": choice.placed.value,
                "matched": choice.matched,
                "source": choice.source,
            }
            for choice in placing.choices
        ],
    }


def _placed_json(record: RecordToPlace) -> dict[str, Any]:
    placing = record.placing
    return {
        **_record_json(record),
        "lon": placing.lon,
        "lat": placing.lat,
        "how": placing.placed.value if placing.placed else None,
        "matched": placing.matched,
        "source": placing.source,
    }


def _moved_json(record: RecordToPlace) -> dict[str, Any]:
    pin = record.placing.pin
    assert pin is not None
    return {
        **_placed_json(record),
        "pin": {
            "lon": pin.lon,
            "lat": pin.lat,
            "how": pin.how.value,
            "when": pin.when.isoformat() if pin.when else None,
            "venue": pin.venue,
            "address": pin.address,
        },
    }
