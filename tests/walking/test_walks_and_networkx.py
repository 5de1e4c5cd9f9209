"""Ten thousand small towns: the table, the single search and scipy against walks in networkx.

There the places and the people are nodes themselves, with arcs of their own to the ends of their
edge; of people and places on one edge, also straight along it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import networkx
import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from walking.drawn_streets import all_of, costs_of, drawn, spots

from geo.walking.facility_table import FacilityTable
from geo.walking.nearest_place import nearest_from_nodes, nearest_place
from geo.walking.reference import reference_nearest, reference_nodes, reference_pairs
from geo.walking.spots import Spots
from geo.walking.walk_costs import WalkCosts
from geo.walking.walk_graph import NEVER, pack_graph
from geo.walking.walk_streets import WalkStreets

EXAMPLES, LIMITS_EACH = 2_500, 2  # each undirected and directed: 10,000 cases

SHARES = (0.0, 1.0, 0.5, 0.25, 0.1, 1 / 3, 0.875)
AWAY_M = (0.0, 0.0, 0.05, 1.0, 12.34)


@dataclass(frozen=True)
class Town:
    """Edges between up to seven crossings with what they cost, who lives there, what is there."""

    edges: list[tuple[int, int]]
    there: list[int]
    back: list[int]
    places: list[tuple[int, float, float] | None]
    targets: list[tuple[int, float, float] | None]
    limits: list[int]
    chosen: list[int]


@st.composite
def towns(draw: st.DrawFn) -> Town:
    crossings = draw(st.integers(1, 7))
    node = st.integers(0, crossings - 1)
    edges = draw(st.lists(st.tuples(node, node), min_size=1, max_size=9))
    cost = st.sampled_from([1, 2, 3, 7, 10, 50, 127, 128, 129, 300, 1000])
    count = len(edges)
    spot = st.one_of(
        st.tuples(st.integers(0, count - 1), st.sampled_from(SHARES), st.sampled_from(AWAY_M)),
        st.none() if draw(st.integers(0, 9)) == 0 else st.nothing(),
    )
    return Town(
        edges,
        draw(st.lists(cost, min_size=count, max_size=count)),
        draw(st.lists(cost, min_size=count, max_size=count)),
        draw(st.lists(spot, min_size=0, max_size=5)),
        draw(st.lists(spot, min_size=1, max_size=5)),
        draw(
            st.lists(
                st.sampled_from([0, 1, 10, 60, 128, 200, 500, 2000, 100_000]),
                min_size=LIMITS_EACH,
                max_size=LIMITS_EACH,
            )
        ),
        draw(st.lists(st.integers(0, 31), min_size=2, max_size=2)),
    )


def _near(metres: float) -> int:
    return math.floor(metres + 0.5)


def walks(town: Town, there: list[int], back: list[int]) -> list[list[float]]:
    """From every target to every place, and to every place from every node, by Dijkstra."""
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from(range(max(max(edge) for edge in town.edges) + 1))
    for (start, stop), one, other in zip(town.edges, there, back, strict=True):
        graph.add_edge(start, stop, dm=one)
        graph.add_edge(stop, start, dm=other)
    for n, place in enumerate(town.places):
        graph.add_node(("place", n))
        if place is not None:
            edge, at, away = place
            start, stop = town.edges[edge]
            graph.add_edge(start, ("place", n), dm=_near(at * there[edge]) + _near(away * 10))
            graph.add_edge(stop, ("place", n), dm=_near((1 - at) * back[edge]) + _near(away * 10))
    for n, target in enumerate(town.targets):
        graph.add_node(("target", n))
        if target is None:
            continue
        edge, at, away = target
        start, stop = town.edges[edge]
        graph.add_edge(("target", n), start, dm=_near(at * back[edge]) + _near(away * 10))
        graph.add_edge(("target", n), stop, dm=_near((1 - at) * there[edge]) + _near(away * 10))
        for m, place in enumerate(town.places):
            if place is not None and place[0] == edge:
                ahead = place[1] - at
                along = _near(ahead * there[edge] if ahead >= 0 else -ahead * back[edge])
                aside = _near(away * 10) + _near(place[2] * 10)
                graph.add_edge(("target", n), ("place", m), dm=along + aside)
    nodes = range(max(max(edge) for edge in town.edges) + 1)
    sources = [*(("target", n) for n in range(len(town.targets))), *nodes]
    found = []
    for source in sources:
        far = networkx.single_source_dijkstra_path_length(graph, source, weight="dm")
        found.append([far.get(("place", m), math.inf) for m in range(len(town.places))])
    return found


def _nearest(far: list[float], chosen: np.ndarray, limit: float) -> int:
    return int(
        min((f for f, c in zip(far, chosen, strict=True) if c and f <= limit), default=NEVER)
    )


def _hold(
    streets: WalkStreets,
    costs: WalkCosts,
    places: Spots,
    targets: Spots,
    far: list[list[float]],
    limit: int,
    maps: np.ndarray,
) -> None:
    """The table as far as a limit, and scipy as far, against the walks."""
    homes, nodes = far[: len(targets)], far[len(targets) :]
    expected = [
        (t, p, int(dm)) for t, row in enumerate(homes) for p, dm in enumerate(row) if dm <= limit
    ]
    table = FacilityTable.build(pack_graph(streets, costs), places, limit)
    for pairs in (
        table.pairs(targets, all_of(places)),
        reference_pairs(streets, costs, places, targets, limit),
    ):
        assert list(zip(*(column.tolist() for column in pairs), strict=True)) == expected
    maps_found = table.nearest_many(targets, maps).tolist()
    assert maps_found == [[_nearest(row, chosen, limit) for row in homes] for chosen in maps]
    nodes_found = [_nearest(row, maps[0], limit) for row in nodes]
    assert table.nearest_nodes(maps[0]).tolist() == nodes_found
    assert nearest_from_nodes(table.graph, places, maps[0], limit).tolist() == nodes_found
    some = places.take(maps[0])
    assert reference_nodes(streets, costs, some, limit).tolist() == nodes_found
    assert table.rows == sum(dm <= limit for row in nodes for dm in row)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(towns())
def test_equal_to_networkx(town: Town) -> None:
    crossings = max(max(edge) for edge in town.edges) + 1
    streets = drawn([(float(n * n), float(n % 3)) for n in range(crossings)], town.edges)
    places, targets = spots(*town.places), spots(*town.targets)
    bits = np.array(town.chosen)[:, None] >> np.arange(len(places))[None, :]
    maps = (bits & 1).astype(bool)
    for back in (town.there, town.back):
        costs = costs_of(town.there, back)
        far = walks(town, town.there, back)
        for limit in town.limits:
            _hold(streets, costs, places, targets, far, limit, maps)
        dm, which = nearest_place(pack_graph(streets, costs), places, maps[0], targets)
        homes = far[: len(targets)]
        assert dm.tolist() == [_nearest(row, maps[0], 2**31) for row in homes]
        first = [
            row.index(d) if d != NEVER else -1
            for d, row in zip(
                dm.tolist(),
                ([f if c else -2.0 for f, c in zip(r, maps[0], strict=True)] for r in homes),
                strict=True,
            )
        ]
        assert which.tolist() == first
        everything = reference_nearest(streets, costs, places, targets)
        assert (
            nearest_place(pack_graph(streets, costs), places, all_of(places), targets)[1].tolist()
            == everything[1].tolist()
        )
