"""Ways drawn in whole metres on plane zone 8, for tests one can work out in one's head."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.crs import STORAGE_CRS, transformer
from geo.model.ground import StreetKind, WayMark
from geo.network.way_table import WayTable

METRIC = "EPSG:6676"
Vertex = tuple[float, float, int]
"""East and north in metres, node number or -1."""


def table(
    ways: Sequence[Sequence[Vertex]],
    *,
    kinds: Sequence[StreetKind] | None = None,
    marks: Sequence[WayMark] | None = None,
    names: Sequence[str | None] | None = None,
    lengths: Sequence[float] | None = None,
    heights: Sequence[tuple[float, float]] | None = None,
) -> WayTable:
    """A way table of ways written out vertex by vertex."""
    count = len(ways)
    flat = np.array([v for way in ways for v in way], dtype=float).reshape(-1, 3)
    lon, lat = transformer(METRIC, STORAGE_CRS).transform(flat[:, 0], flat[:, 1])
    known = sorted({name for name in names or () if name})
    ends = np.array(heights or [(np.nan, np.nan)] * count, dtype=np.float32).reshape(-1, 2)
    return WayTable(
        first=np.concatenate([[0], np.cumsum([len(way) for way in ways])]).astype(np.int64),
        lon=np.asarray(lon, dtype=float),
        lat=np.asarray(lat, dtype=float),
        node=flat[:, 2].astype(np.int64),
        kind=np.array(kinds or [StreetKind.LOCAL] * count, dtype=np.uint8),
        marks=np.array(marks or [0] * count, dtype=np.uint16),
        name=np.array(
            [known.index(n) if n else -1 for n in names or [None] * count], dtype=np.int32
        ),
        length_m=np.array(lengths or [np.nan] * count, dtype=float),
        height_first_m=ends[:, 0],
        height_last_m=ends[:, 1],
        names=tuple(known),
    )
