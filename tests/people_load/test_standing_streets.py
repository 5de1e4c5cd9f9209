"""The streets that are read from the database are those that were read from the file."""

from __future__ import annotations

import numpy as np
from people_load.conftest import PeopledTown

from geo.intake import read_town
from geo.model.audience import Audience
from geo.store.reading.people_rows import read_people_cells
from geo.store.reading.street_rows import read_walk_streets
from geo.street_intake.streets_reader import StreetsReader
from geo.walking.walk_streets import walk_streets

METRIC = "EPSG:6676"


def test_streets_come_back_as_they_were(town: PeopledTown) -> None:
    town.load()
    network = StreetsReader(read_town(town.settings.town, None), lambda _said: None).network()
    assert network is not None
    expected = walk_streets(network, METRIC)
    with town.database.connect(Audience.PUBLIC) as conn:
        found = read_walk_streets(conn, METRIC)
    assert (found.nodes, found.edges) == (16, 24)
    for name in (
        *("node_x", "node_y", "component", "edge_from", "edge_to", "length_m"),
        *("kind", "marks", "first", "x", "y"),
    ):
        one, other = getattr(found, name), getattr(expected, name)
        assert one.dtype == other.dtype, name
        assert np.array_equal(one, other), name
    assert np.isnan(found.node_height_m).all()
    assert found.node_height_m.dtype == np.float32
    assert [found.names[n] for n in found.name] == [expected.names[n] for n in expected.name]
    assert np.abs(found.length_m - 500).max() < 0.01
    assert np.abs(np.sort(np.unique(found.node_x.round(2))) - [250, 750, 1250, 1750]).max() == 0


def test_a_town_without_streets_has_none_to_walk_on(town: PeopledTown) -> None:
    for file in town.boundaries.glob("streets.*"):
        file.unlink()
    town.load()
    with town.database.connect(Audience.PUBLIC) as conn:
        found = read_walk_streets(conn, METRIC)
        cells = read_people_cells(conn)
    assert (found.nodes, found.edges, len(found.x), found.first.tolist()) == (0, 0, 0, [0])
    assert [cell.code for cell in cells][:2] == ["A1", "B1"]
    assert cells[0].counts == (10.0, 10.0, 5.0, None)
