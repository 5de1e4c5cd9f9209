"""Places that only some may know: a record that more people see must not tell them by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.model.audience import Audience, ConsentScope
from geo.model.reading import LayerReading
from geo.model.town import Town
from geo.model.treasure import Treasure

Guarded = Mapping[tuple[float, float], Audience]
"""Longitude and latitude -> the widest audience that knows something stands there."""


def guarded_places(town: Town, layers: Sequence[LayerReading]) -> Guarded:
    """The places that the gazetteer takes from the town's own lists.

    Parameters
    ----------
    town : Town
    layers : sequence of LayerReading
        Read, before any record was placed.
    """
    if town.gazetteer is None:
        return {}
    named = {source.layer for source in town.gazetteer.venues if source.layer is not None}
    known: dict[tuple[float, float], Audience] = {}
    for reading in layers:
        if reading.layer.id not in named:
            continue
        for treasure in reading.treasures:
            if treasure.lon is not None and treasure.lat is not None:
                at = (treasure.lon, treasure.lat)
                widest = widest_audience(treasure, count_only=reading.layer.count_only)
                known[at] = min(widest, known.get(at, Audience.COORDINATOR))
    return known


def widest_audience(treasure: Treasure, *, count_only: bool) -> Audience:
    """The widest audience that may see a record on some medium, on some day."""
    if count_only:
        return Audience.COORDINATOR
    scopes = {consent.scope for consent in treasure.consents}
    if ConsentScope.NONE in scopes:
        return Audience.COORDINATOR
    if scopes & {ConsentScope.WEB, ConsentScope.PRINT}:
        return treasure.audience
    if ConsentScope.PARTNERS in scopes:
        return max(treasure.audience, Audience.PARTNERS)
    return Audience.COORDINATOR
