"""Packing: who is a neighbour of whom, in which direction, and in which order."""

from __future__ import annotations

import numpy as np
from walking.drawn_streets import costs_of, drawn

from geo.walking.hilbert import hilbert_order
from geo.walking.walk_graph import pack_graph

SQUARE = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)]


def test_hilbert_walks_from_cell_to_neighbouring_cell() -> None:
    """On a grid of 64 x 64 every step of the curve is one cell long, and it meets all of them."""
    x, y = (side.ravel().astype(float) for side in np.meshgrid(np.arange(64), np.arange(64)))
    order = hilbert_order(x, y)
    assert sorted(order.tolist()) == list(range(64 * 64))
    assert np.all(np.abs(np.diff(x[order])) + np.abs(np.diff(y[order])) == 1)


def test_hilbert_of_one_place() -> None:
    assert hilbert_order(np.zeros(3), np.ones(3)).tolist() == [0, 1, 2]
    assert hilbert_order(np.zeros(0), np.zeros(0)).tolist() == []


def test_arcs_lead_against_the_walk() -> None:
    """From a place one asks who comes to it: at node 1 arrives node 0 for 10, at node 0 node 1 for 90.

    The loop at 2 is nobody's neighbour; the two streets between 1 and 2 both are.
    """
    streets = drawn(SQUARE, [(0, 1), (1, 2), (2, 1), (2, 2)])
    graph = pack_graph(streets, costs_of([10, 20, 30, 5], [90, 21, 31, 6]))
    come_from: dict[int, list[tuple[int, int]]] = {}
    for position, node in enumerate(graph.node.tolist()):
        arcs = graph.arcs.reshape(-1, 2)[graph.first[position] : graph.first[position + 1]]
        come_from[node] = sorted((int(graph.node[a]), int(c)) for a, c in arcs)
    assert come_from == {
        0: [(1, 90)],
        1: [(0, 10), (2, 21), (2, 30)],
        2: [(1, 20), (1, 31)],
        3: [],
    }
    assert graph.node[graph.position].tolist() == [0, 1, 2, 3]
    assert graph.node[graph.start].tolist() == streets.edge_from.tolist()
    assert graph.node[graph.stop].tolist() == streets.edge_to.tolist()
    assert graph.longest_dm == 90


def test_nothing_to_pack() -> None:
    graph = pack_graph(drawn([], []), costs_of([]))
    assert (graph.nodes, len(graph.arcs), graph.first.tolist()) == (0, 0, [0])
