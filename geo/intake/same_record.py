"""Two rows of one identity from two files of a layer: one record (``merge_same``)."""

from __future__ import annotations

from dataclasses import fields, replace

from geo.folding import fold
from geo.manifest.layer_file import FIELD_HEADERS
from geo.model.treasure import Treasure

_STEERING = ("audience", "precision", "contact_audience")
_NOT_COMPARED = frozenset(
    {
        "layer",
        "id",
        "consents",
        "placed",
        "lon",
        "lat",
        "extra",
        "functions",
        "follows",
        "day_changes",
        *_STEERING,
    }
)
_SAME_PLACE_DEG = 0.0003


def merge(first: Treasure, later: Treasure) -> tuple[Treasure, list[str]]:
    """Fill the first's blanks from the later; the narrower circle and the coarser place win.

    Returns
    -------
    (Treasure, list of str)
        The record, and the Japanese names of the fields in which the two really differ.
    """
    changes: dict[str, object] = {}
    differing: list[str] = []
    for spec in fields(Treasure):
        name = spec.name
        if name in _NOT_COMPARED:
            continue
        mine, other = getattr(first, name), getattr(later, name)
        if mine is None and other is not None:
            changes[name] = other
        elif other is not None and mine != other and fold(str(mine)) != fold(str(other)):
            differing.append(FIELD_HEADERS.get(name, name))
    for name in _STEERING:
        changes[name] = max(getattr(first, name), getattr(later, name))
    if not first.consents or not later.consents:
        changes["consents"] = ()
    elif first.consents != later.consents:
        changes["consents"] = tuple(c for c in first.consents if c in later.consents)
    changes["functions"] = tuple(dict.fromkeys(first.functions + later.functions))
    changes["extra"] = {**later.extra, **first.extra}
    if first.lon is None:
        changes.update(lon=later.lon, lat=later.lat, placed=later.placed)
    elif later.lon is not None and first.lat is not None and later.lat is not None:
        apart = max(abs(first.lon - later.lon), abs(first.lat - later.lat))
        if apart > _SAME_PLACE_DEG:
            differing.append("緯度・経度")
    return replace(first, **changes), differing  # type: ignore[arg-type]
