"""How far apart two records are, and what counts as the same spot."""

from __future__ import annotations

import math

from geo.model.treasure import Treasure

NEAR_M = 30.0
_DEGREE_M = 111_320.0


def metres(a: Treasure, b: Treasure) -> float:
    """The distance of two placed records, good to a percent over some hundred metres."""
    assert a.lat is not None
    assert a.lon is not None
    assert b.lat is not None
    assert b.lon is not None
    north = (a.lat - b.lat) * _DEGREE_M
    east = (a.lon - b.lon) * _DEGREE_M * math.cos(math.radians(a.lat))
    return math.hypot(north, east)
