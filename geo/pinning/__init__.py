"""Placing by hand: what has no place yet, and the pins that keep what somebody decided.

Everything works on a town folder and needs no database; what changed is seen after the next
``geo.loading.load_town``. For the command line and for a page:

``unplaced(settings) -> PlacingAnswer``
    Every record whose list gives no coordinates: without a place, to be confirmed, moved, placed.
``set_pin(settings, layer, record_id, lon, lat, *, how=Placed.MAP) -> PinAnswer``
    Put a record somewhere. ``how`` is MAP for a tap on the map, or the ``placed`` of the
    candidate that was chosen.
``confirm(settings, layer, record_id) -> PinAnswer``
    Keep where it stands: an approximate place, a match, or the old pin of a record that moved.
``remove_pin(settings, layer, record_id) -> PinAnswer``
    Take the pin away (undo); the answer holds it in ``before``.

They raise ``NotFoundError`` (no such layer or record), ``WordsError`` (coordinates that are none,
nothing to confirm), ``LoadRefusedError`` (``places.csv`` is broken or another writer does not let
go; nothing was written), ``TownFolderError`` (no town folder, or it cannot be written).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.pinning.pin_setting import PinAnswer, confirm, remove_pin, set_pin
    from geo.pinning.unplaced_list import PlacingAnswer, RecordToPlace, unplaced

__all__ = [
    "PinAnswer",
    "PlacingAnswer",
    "RecordToPlace",
    "confirm",
    "remove_pin",
    "set_pin",
    "unplaced",
]

_HOMES = {
    "PinAnswer": "geo.pinning.pin_setting",
    "PlacingAnswer": "geo.pinning.unplaced_list",
    "RecordToPlace": "geo.pinning.unplaced_list",
    "confirm": "geo.pinning.pin_setting",
    "remove_pin": "geo.pinning.pin_setting",
    "set_pin": "geo.pinning.pin_setting",
    "unplaced": "geo.pinning.unplaced_list",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
