"""Is this still the same record, or has its id passed to another? Asked by name and place."""

from __future__ import annotations

import math

from geo.crs import STORAGE_CRS, transformer
from geo.folding import fold
from geo.model.treasure import Treasure
from geo.store.treasures import KnownPlace

SAME_PLACE_M = 100.0


def is_another(known: KnownPlace, treasure: Treasure, metric_crs: str) -> bool:
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
