"""The streets of a real town, with heights, against scipy."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from walking.drawn_streets import all_of

from geo.model.problem import Problem
from geo.network.junctions import build_network
from geo.street_intake.edge_table import EdgeTable
from geo.walking.attaching import attach
from geo.walking.facility_table import FacilityTable
from geo.walking.reference import reference_nodes, reference_pairs
from geo.walking.walk_costs import WalkRules, walk_costs
from geo.walking.walk_graph import pack_graph
from geo.walking.walk_streets import WalkStreets, walk_streets

METRIC = "EPSG:6671"
LIMIT_DM = 8_000


@pytest.fixture(scope="module")
def streets() -> WalkStreets:
    path = Path(os.environ["OTAKARA_REALDATA"], "ube-35202", "ube_roads.zip")
    problems: list[Problem] = []
    ways = EdgeTable(path, path.name, problems, columns={}).ways(lambda _told: None)
    return walk_streets(build_network(ways, METRIC), METRIC)


@pytest.mark.realdata
def test_heights_that_are_missing(streets: WalkStreets) -> None:
    """46 rows of the source have no slope: 12 crossings at the rim, the ends of 14 streets."""
    costs = walk_costs(streets, WalkRules())
    assert np.count_nonzero(np.isnan(streets.node_height_m)) == 12
    assert costs.unsloped == 14
    assert costs.is_directed
    unknown = np.isnan(streets.node_height_m)
    level = unknown[streets.edge_from] | unknown[streets.edge_to]
    plain = walk_costs(streets, WalkRules(slope=False))
    assert np.array_equal(costs.there_dm[level], plain.there_dm[level])
    assert np.array_equal(costs.back_dm[level], plain.back_dm[level])


@pytest.mark.realdata
@pytest.mark.parametrize("rules", [WalkRules(), WalkRules.plain()], ids=["sloped", "level"])
def test_equal_to_scipy(streets: WalkStreets, rules: WalkRules) -> None:
    """60 places and 2,000 homes somewhere in the box of the town; 800 m."""
    dice = np.random.default_rng(35202)
    west, east = streets.x.min() - 200, streets.x.max() + 200
    south, north = streets.y.min() - 200, streets.y.max() + 200
    places = attach(streets, dice.uniform(west, east, 60), dice.uniform(south, north, 60), 300.0)
    homes = attach(streets, dice.uniform(west, east, 2000), dice.uniform(south, north, 2000), 300.0)
    costs = walk_costs(streets, rules)
    table = FacilityTable.build(pack_graph(streets, costs), places, LIMIT_DM)
    found = table.pairs(homes, all_of(places))
    expected = reference_pairs(streets, costs, places, homes, LIMIT_DM)
    assert len(found[0]) > 300
    for column, right in zip(found, expected, strict=True):
        assert np.array_equal(column, right)
    by_node = reference_nodes(streets, costs, places, LIMIT_DM)
    assert np.array_equal(table.nearest_nodes(all_of(places)), by_node)
