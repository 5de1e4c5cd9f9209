"""A made town of ten thousand crossings: everything compiled against scipy, integer for integer."""

from __future__ import annotations

import numpy as np
import pytest
from walking.drawn_streets import all_of, drawn

from geo.model.ground import StreetKind
from geo.walking.attaching import attach
from geo.walking.facility_table import FacilityTable
from geo.walking.nearest_place import nearest_from_nodes, nearest_place
from geo.walking.reference import reference_nearest, reference_nodes, reference_pairs
from geo.walking.walk_costs import WalkRules, walk_costs
from geo.walking.walk_graph import NEVER, pack_graph
from geo.walking.walk_streets import WalkStreets

SIDE, BLOCK_M = 100, 70.0
PLACES, TARGETS = 120, 4_000
LIMIT_DM = 12_000
ATTACH_LIMIT_M = 60.0


@pytest.fixture(scope="module")
def streets() -> WalkStreets:
    """Crooked blocks on two hills, a fifth of the streets missing, some of them steps, some twice."""
    dice = np.random.default_rng(2026)
    east, north = (side.ravel() for side in np.meshgrid(np.arange(SIDE), np.arange(SIDE)))
    place = np.column_stack([east, north]) * BLOCK_M + dice.normal(0, 12, (SIDE * SIDE, 2))
    number = np.arange(SIDE * SIDE).reshape(SIDE, SIDE)
    edges = np.concatenate(
        [
            np.column_stack([number[:, :-1].ravel(), number[:, 1:].ravel()]),
            np.column_stack([number[1:].ravel(), number[:-1].ravel()]),
        ]
    )
    edges = edges[dice.random(len(edges)) < 0.8]
    edges = np.concatenate([edges, edges[::50, ::-1], edges[::90, [0, 0]]])
    straight = np.hypot(*(place[edges[:, 0]] - place[edges[:, 1]]).T)
    height = 40 * np.sin(place[:, 0] / 900) + 30 * np.cos(place[:, 1] / 700)
    height[dice.random(len(height)) < 0.02] = np.nan
    return drawn(
        [tuple(one) for one in place.tolist()],
        edges.tolist(),
        lengths=np.maximum(straight, 20) * dice.uniform(1.0, 1.3, len(edges)),
        heights=height.tolist(),
        kinds=dice.choice(
            [StreetKind.LOCAL, StreetKind.STEPS], len(edges), p=[0.95, 0.05]
        ).tolist(),
    )


@pytest.mark.parametrize("rules", [WalkRules(), WalkRules.plain()], ids=["directed", "undirected"])
def test_equal_to_scipy(streets: WalkStreets, rules: WalkRules) -> None:
    dice = np.random.default_rng(7)
    costs = walk_costs(streets, rules)
    assert costs.is_directed == rules.slope
    assert (costs.unsloped > 0) == rules.slope
    graph = pack_graph(streets, costs)
    wide = SIDE * BLOCK_M
    places = attach(streets, *dice.uniform(-50, wide, (2, PLACES)), ATTACH_LIMIT_M)
    targets = attach(streets, *dice.uniform(-50, wide, (2, TARGETS)), ATTACH_LIMIT_M)
    assert 0 < np.count_nonzero(~targets.known) < 500

    table = FacilityTable.build(graph, places, LIMIT_DM)
    expected = reference_pairs(streets, costs, places, targets, LIMIT_DM)
    found = table.pairs(targets, all_of(places))
    assert len(expected[0]) > 10_000
    for column, right in zip(found, expected, strict=True):
        assert np.array_equal(column, right)

    target, place, dm = expected
    maps = dice.random((105, PLACES)) < 0.1
    many = table.nearest_many(targets, maps)
    for chosen, one in zip(maps, many, strict=True):
        right = np.full(TARGETS, NEVER, dtype=np.uint32)
        np.minimum.at(right, target[chosen[place]], dm[chosen[place]])
        assert np.array_equal(one, right)

    by_node = reference_nodes(streets, costs, places.take(maps[0]), LIMIT_DM)
    assert np.array_equal(table.nearest_nodes(maps[0]), by_node)
    assert np.array_equal(nearest_from_nodes(graph, places, maps[0], LIMIT_DM), by_node)

    some = np.flatnonzero(maps[0])
    right, which = reference_nearest(streets, costs, places.take(some), targets)
    far, nearest = nearest_place(graph, places, maps[0], targets)
    assert np.array_equal(far, right)
    assert np.array_equal(nearest, np.where(which < 0, -1, some[which]))
    assert np.count_nonzero(right > LIMIT_DM) > 1_000
