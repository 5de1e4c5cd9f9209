"""Pins whose record has left its list: what stands there now under another id may be the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.folding import fold
from geo.intake.pins_reading import PinsReading
from geo.model.pin import Pin, PlaceChoice
from geo.model.reading import LayerReading
from geo.model.treasure import Treasure

SOURCE_JA = "前に決めた場所"
_SHOWN = 3


class LeftPins:
    """The pins without a record in their list, of every layer.

    Where a name or an address is what tells records apart, a new address is a new id; a record may
    also have moved to another list. Its old place is offered, never taken.

    Parameters
    ----------
    readings : sequence of LayerReading
    pins : Mapping[str, PinsReading]
        By layer.
    """

    def __init__(self, readings: Sequence[LayerReading], pins: Mapping[str, PinsReading]) -> None:
        self._by_name: dict[str, list[Pin]] = {}
        self._by_words: dict[tuple[str, str], list[Pin]] = {}
        for reading in readings:
            there = {treasure.id for treasure in reading.treasures}
            of_layer = pins.get(reading.layer.id)
            for record_id, pin in (of_layer.pins if of_layer is not None else {}).items():
                if record_id in there or pin.name is None:
                    continue
                self._by_name.setdefault(fold(pin.name), []).append(pin)
                if pin.venue or pin.address:
                    self._by_words.setdefault(_words(pin), []).append(pin)

    def choices(self, treasure: Treasure) -> tuple[PlaceChoice, ...]:
        """The places that were set for the same name, or for the same venue and address."""
        found = [
            *self._by_words.get(_words(treasure), ()),
            *self._by_name.get(fold(treasure.name), ()),
        ]
        told: dict[tuple[float, float], PlaceChoice] = {}
        for pin in found:
            said = "、".join(word for word in (pin.name, pin.venue, pin.address) if word)
            choice = PlaceChoice(pin.lon, pin.lat, pin.how, said, SOURCE_JA)
            told.setdefault((pin.lon, pin.lat), choice)
        return tuple(told.values())[:_SHOWN]


def _words(of: Pin | Treasure) -> tuple[str, str]:
    return fold(of.venue or ""), fold(of.address or "")
