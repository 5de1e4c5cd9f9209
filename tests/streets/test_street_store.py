"""A network in the database is the network that was given."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from geo.model.ground import WayMark
from geo.store.streets import add_network
from tests.streets.conftest import a_network


def test_nodes_and_edges_arrive_as_they_are(ground: Any) -> None:
    network = a_network()
    edition = ground.add()
    add_network(ground.conn, edition, network)
    nodes = ground.rows(
        "SELECT edition_id, id, lon, lat, height_m, component FROM town.street_node ORDER BY id"
    )
    assert [row[:2] for row in nodes] == [(edition, n) for n in range(5)]
    assert np.array_equal([row[2:4] for row in nodes], np.c_[network.node_lon, network.node_lat])
    assert [row[4] for row in nodes] == [1.5, None, 3.0, 0.0, 0.0]
    assert [row[5] for row in nodes] == [0, 0, 0, 1, 1]
    edges = ground.rows(
        "SELECT from_node, to_node, length_m, kind, marks, name, ST_NPoints(geom), ST_SRID(geom)"
        " FROM town.street_edge ORDER BY id"
    )
    assert edges == [
        (0, 1, 100.0, 4, 0, "本町通り", 2, 4326),
        (1, 2, 200.0, 9, int(WayMark.STEPS), None, 2, 4326),
        (3, 4, 50.0, 7, 0, None, 2, 4326),
    ]
    ends = ground.rows("SELECT ST_X(ST_EndPoint(geom)) FROM town.street_edge ORDER BY id")
    assert [lon for (lon,) in ends] == pytest.approx(network.node_lon[[1, 2, 4]].tolist(), abs=0)
