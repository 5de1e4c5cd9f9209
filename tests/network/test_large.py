"""A million vertices: right in every count, and bounded in memory."""

from __future__ import annotations

import tracemalloc

import numpy as np

from geo.network.junctions import build_network
from geo.network.way_table import WayTable

SIDE = 317
LEGS = 5


def _grid() -> WayTable:
    """Every street between neighbours of a grid of 317 x 317 crossings, drawn with six vertices."""
    number = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    low = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    high = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    ways = len(low)
    node = np.full((ways, LEGS + 1), -1, dtype=np.int64)
    node[:, 0], node[:, -1] = low, high
    share = np.linspace(0, 1, LEGS + 1)
    lon = 138.0 + ((low % SIDE)[:, None] * (1 - share) + (high % SIDE)[:, None] * share) * 1e-3
    lat = 34.5 + ((low // SIDE)[:, None] * (1 - share) + (high // SIDE)[:, None] * share) * 1e-3
    unknown = np.full(ways, np.nan)
    return WayTable(
        first=np.arange(0, ways * (LEGS + 1) + 1, LEGS + 1, dtype=np.int64),
        lon=lon.ravel(),
        lat=lat.ravel(),
        node=node.ravel(),
        kind=np.full(ways, 4, dtype=np.uint8),
        marks=np.zeros(ways, dtype=np.uint16),
        name=np.full(ways, -1, dtype=np.int32),
        length_m=unknown,
        height_first_m=unknown.astype(np.float32),
        height_last_m=unknown.astype(np.float32),
    )


def test_a_million_vertices() -> None:
    """2 x 317 x 316 streets: 100,489 nodes, 200,344 edges, one piece; under 400 bytes a vertex."""
    ways = _grid()
    tracemalloc.start()
    network = build_network(ways, "EPSG:6676")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(ways.lon) == 1_202_064
    assert (network.nodes, network.edges, network.components) == (100_489, 200_344, 1)
    assert len(network.edge_lon) == len(ways.lon)
    assert peak < 400 * len(ways.lon)
