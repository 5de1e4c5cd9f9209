"""The network against one made step by step with networkx."""

from __future__ import annotations

import itertools
import math
from collections import Counter

import networkx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from network.squares_of_streets import METRIC, table

from geo.crs import STORAGE_CRS, transformer
from geo.network.joining import join_ways
from geo.network.junctions import build_network
from geo.network.way_table import WayTable

# Sixteen places of a grid, by node number; 16 to 19 lie on the places of 0 to 3.
PLACES = {n: (100.0 * (n % 16 % 4), 100.0 * (n % 16 // 4)) for n in range(20)}


def _vertex(number: int, east: int, north: int) -> tuple[float, float, int]:
    return (*PLACES[number], number) if number >= 0 else (10.0 * east, 10.0 * north, -1)


vertex = st.builds(_vertex, st.sampled_from([-1, *range(20)]), st.integers(1, 9), st.integers(1, 9))
end = st.builds(_vertex, st.sampled_from(range(20)), st.just(0), st.just(0))
way = st.builds(lambda a, inner, b: [a, *inner, b], end, st.lists(vertex, max_size=5), end)


def independent(ways: WayTable) -> networkx.MultiGraph:
    """Cut, measure and contract with dictionaries, one way after the other."""
    runs = []
    for w in range(len(ways)):
        span = range(ways.first[w], ways.first[w + 1])
        run = [(int(ways.node[i]), float(ways.lon[i]), float(ways.lat[i])) for i in span]
        runs.append([v for i, v in enumerate(run) if not i or v[0] != run[i - 1][0] or v[0] == -1])
    met = Counter(v[0] for run in runs for v in run)
    graph = networkx.MultiGraph()
    step = transformer(STORAGE_CRS, METRIC)
    for w, run in enumerate(runs):
        stops = [
            i for i, v in enumerate(run) if i in (0, len(run) - 1) or (v[0] != -1 and met[v[0]] > 1)
        ]
        for a, b in itertools.pairwise(stops):
            points = [step.transform(lon, lat) for _, lon, lat in run[a : b + 1]]
            metres = sum(math.dist(p, q) for p, q in itertools.pairwise(points))
            graph.add_edge(run[a][0], run[b][0], way=w, metres=metres)
    while True:
        still = next(((a, b) for a, b, m in graph.edges(data="metres") if m == 0 and a != b), None)
        if still is None:
            break
        graph = networkx.contracted_nodes(graph, *sorted(still), self_loops=True)
    graph.remove_edges_from(
        [(a, b, k) for a, b, k, m in graph.edges(keys=True, data="metres") if m == 0]
    )
    graph.remove_nodes_from(list(networkx.isolates(graph)))
    return graph


@settings(max_examples=400, deadline=None)
@given(st.lists(way, min_size=1, max_size=12))
def test_equal_to_networkx(drawn: list[list[tuple[float, float, int]]]) -> None:
    ways = table(drawn)
    graph = independent(ways)
    network = build_network(ways, METRIC)
    assert network.nodes == graph.number_of_nodes()
    assert network.edges == graph.number_of_edges()
    pieces = sorted((len(p) for p in networkx.connected_components(graph)), reverse=True)
    assert np.bincount(network.component, minlength=1).tolist() == (pieces or [0])
    ours = Counter(round(float(m), 6) for m in network.edge_length_m)
    assert ours == Counter(round(m, 6) for _, _, m in graph.edges(data="metres"))
    if network.nodes:
        degree = np.bincount(
            np.concatenate([network.edge_from, network.edge_to]), minlength=network.nodes
        )
        assert sorted(degree) == sorted(d for _, d in graph.degree())
    mine = networkx.MultiGraph()
    for a, b, m in zip(network.edge_from, network.edge_to, network.edge_length_m, strict=True):
        mine.add_edge(int(a), int(b), metres=float(m))
    reach = Counter(
        round(metres, 5)
        for _, row in networkx.all_pairs_dijkstra_path_length(mine, weight="metres")
        for metres in row.values()
    )
    assert reach == Counter(
        round(metres, 5)
        for _, row in networkx.all_pairs_dijkstra_path_length(graph, weight="metres")
        for metres in row.values()
    )
    again = build_network(ways, METRIC)
    assert np.array_equal(again.edge_from, network.edge_from)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(end, min_size=2, max_size=5), min_size=1, max_size=10), st.integers(0, 9))
def test_a_map_cut_in_two_files_is_the_same_network(
    drawn: list[list[tuple[float, float, int]]], cut: int
) -> None:
    """Whatever way lies in which file; a way that both hold, also turned, counts once."""
    once = list({min(tuple(w), tuple(w[::-1])): w for w in drawn}.values())
    whole = build_network(table(once), METRIC)
    second = [*once[cut:], *(w[::-1] for w in once[:cut][:2])]
    parts = [table(part) for part in (once[:cut], second) if part]
    joined = build_network(join_ways(parts, same_nodes=True), METRIC)
    assert (joined.nodes, joined.edges) == (whole.nodes, whole.edges)
    assert np.bincount(joined.component).tolist() == np.bincount(whole.component).tolist()
    assert joined.edge_length_m.sum() == whole.edge_length_m.sum()
