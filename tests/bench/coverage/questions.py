"""What is asked of a network: places on its junctions, layers and weekdays of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from bench.coverage.peer_graph import PeerGraph

from geo.walking.spots import Spots, node_spots
from geo.walking.walk_costs import WalkCosts
from geo.walking.walk_streets import WalkStreets

LIMIT_DM = 12_000
"""15 minutes of an adult: 1,200 m."""

LAYERS, WEEKDAYS = 4, 7
OPEN_DAYS_A_WEEK = 2

Numbers = npt.NDArray[np.int64]
Chosen = npt.NDArray[np.bool_]


def some_junctions(streets: WalkStreets, count: int) -> Numbers:
    """Places stand on junctions of the greatest piece: there no engine has to attach them."""
    greatest = np.flatnonzero(streets.component == 0)
    return np.sort(np.random.default_rng(7).choice(greatest, count, replace=False))


def on_junctions(streets: WalkStreets, junctions: Numbers) -> Spots:
    """The same places for us: at an end of an edge."""
    edge = np.full(streets.nodes, -1, dtype=np.int32)
    edge[streets.edge_to] = np.arange(streets.edges)
    edge[streets.edge_from] = np.arange(streets.edges)
    found = edge[junctions]
    return node_spots(found, streets.edge_from[found] != junctions)


def peer_graph(streets: WalkStreets, costs: WalkCosts, junctions: Numbers) -> PeerGraph:
    return PeerGraph(
        streets.node_x,
        streets.node_y,
        streets.edge_from,
        streets.edge_to,
        costs.there_dm,
        costs.back_dm,
        junctions,
        LIMIT_DM,
    )


def layers_and_days(places: int) -> tuple[Numbers, Chosen]:
    """Of every place its layer, and whether it is open on each weekday: on two, most of them."""
    dice = np.random.default_rng(11)
    layer = dice.integers(0, LAYERS, places)
    return layer, dice.random((places, WEEKDAYS)) < OPEN_DAYS_A_WEEK / WEEKDAYS


def maps_of_sets(places: int) -> Chosen:
    """Every set of layers a reader can tick, on every weekday: 15 x 7 maps."""
    layer, is_open = layers_and_days(places)
    return np.array(
        [
            ((ticked >> layer) & 1).astype(bool) & is_open[:, day]
            for ticked in range(1, 1 << LAYERS)
            for day in range(WEEKDAYS)
        ]
    )


def maps_of_single_layers(places: int) -> Chosen:
    """Fifteen layers, never two of them at once, on every weekday: 15 x 7 maps of a few places."""
    _, is_open = layers_and_days(places)
    layer = np.random.default_rng(13).integers(0, 15, places)
    return np.array([(layer == one) & is_open[:, day] for one in range(15) for day in range(7)])
