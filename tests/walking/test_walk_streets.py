"""A network in degrees -> streets in metres."""

from __future__ import annotations

import numpy as np
import pytest
from network.squares_of_streets import METRIC, table

from geo.model.ground import StreetKind, WayMark
from geo.network.junctions import build_network
from geo.walking.walk_streets import walk_streets


def test_a_network_in_metres() -> None:
    """A bent street from (0, 0) over (30, 40) to (100, 40), crossed at its end by one of 200 m."""
    ways = table(
        [
            [(0, 0, 1), (30, 40, -1), (100, 40, 2)],
            [(100, -60, 3), (100, 40, 2), (100, 140, 4)],
        ],
        kinds=[StreetKind.LOCAL, StreetKind.STEPS],
        marks=[WayMark.NONE, WayMark.BRIDGE],
        names=["さくら通り", None],
        heights=[(5.0, 8.0), (np.nan, np.nan)],
    )
    network = build_network(ways, METRIC)
    streets = walk_streets(network, METRIC)
    assert (streets.nodes, streets.edges) == (4, 3)
    assert np.column_stack([streets.node_x, streets.node_y]) == pytest.approx(
        np.array([(0, 0), (100, 40), (100, -60), (100, 140)]), abs=1e-6
    )
    ends = np.column_stack([streets.edge_from, streets.edge_to])
    assert ends.tolist() == [[0, 1], [2, 1], [1, 3]]
    assert streets.length_m == pytest.approx([120, 100, 100], abs=1e-6)
    bent = slice(streets.first[0], streets.first[1])
    assert np.column_stack([streets.x, streets.y])[bent] == pytest.approx(
        np.array([(0, 0), (30, 40), (100, 40)]), abs=1e-6
    )
    assert streets.node_height_m.tolist()[:2] == [5.0, 8.0]
    assert np.isnan(streets.node_height_m[2:]).all()
    assert streets.kind.tolist() == [StreetKind.LOCAL, StreetKind.STEPS, StreetKind.STEPS]
    assert streets.marks.tolist() == [0, WayMark.BRIDGE, WayMark.BRIDGE]
    assert [streets.names[n] if n >= 0 else None for n in streets.name] == [
        "さくら通り",
        None,
        None,
    ]
    assert streets.component.tolist() == [0, 0, 0, 0]


def test_no_network() -> None:
    streets = walk_streets(build_network(table([]), METRIC), METRIC)
    assert (streets.nodes, streets.edges, streets.first.tolist()) == (0, 0, [0])
