"""The nearest of many places, in one search from all of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.walking.edge_parts import along_edges, arriving_dm, leaving_dm
from geo.walking.spots import Spots
from geo.walking.walk_graph import NEVER, WalkGraph

Chosen = npt.NDArray[np.bool_]
Costs = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int32]

_NOBODY = np.iinfo(np.int32).max

_SEEDS_AT_A_TIME = 1024
"""Neighbours are searched from together, so that what they meet is at hand while they do."""


def nearest_from_nodes(
    graph: WalkGraph, places: Spots, chosen: Chosen, limit_dm: int = NEVER - 1
) -> Costs:
    """From every node of the streets to the nearest chosen place; `NEVER` where none is.

    One search, without a table: for one map, or for one that is asked once.
    """
    from geo.walking.bucket_search import put_in_order

    node, cost, _ = _seeds(graph, places, chosen)
    dm = _searched(graph, node, cost, limit_dm)
    found = np.full(graph.nodes, NEVER, dtype=np.uint32)
    put_in_order(dm, graph.position, np.uint32(limit_dm), found)
    return found


def nearest_place(
    graph: WalkGraph, places: Spots, chosen: Chosen, targets: Spots
) -> tuple[Costs, Numbers]:
    """From every target to the nearest chosen place, however far it is.

    Returns
    -------
    dm : uint32
        `NEVER` where no walk leads to any.
    place : int32
        Which; -1 where none. Of several equally near the one with the lowest number.
    """
    node, cost, place = _seeds(graph, places, chosen)
    dm = _searched(graph, node, cost, NEVER - 1)
    nearest = _nearest_of_nodes(graph, dm, node, cost, place)
    known = np.flatnonzero(targets.known)
    edge = targets.edge[known]
    best = np.full(len(targets), np.iinfo(np.uint64).max, dtype=np.uint64)  # dm << 32 | place
    for end, part in zip((graph.start, graph.stop), leaving_dm(graph, targets), strict=True):
        reached = known[dm[end[edge]] != NEVER]
        at = end[targets.edge[reached]]
        far = dm[at].astype(np.uint64) + part[reached]
        best[reached] = np.minimum(best[reached], (far << 32) | nearest[at].astype(np.uint64))
    target, which, far = along_edges(graph, places, targets)
    kept = chosen[which]
    along = (far[kept].astype(np.uint64) << 32) | which[kept].astype(np.uint64)
    np.minimum.at(best, target[kept], along)
    found = best != np.iinfo(np.uint64).max
    return (
        np.where(found, best >> 32, NEVER).astype(np.uint32),
        np.where(found, best & 0x7FFFFFFF, 0xFFFFFFFF).astype(np.uint32).view(np.int32),
    )


def _seeds(graph: WalkGraph, places: Spots, chosen: Chosen) -> tuple[Costs, Costs, Numbers]:
    """Both ends of the edges of chosen places, what they cost, and whose they are."""
    which = np.flatnonzero(places.known & chosen)
    some = places.take(which)
    node = np.concatenate([graph.start[some.edge], graph.stop[some.edge]])
    return node, np.concatenate(arriving_dm(graph, some)), np.tile(which, 2).astype(np.int32)


def _searched(graph: WalkGraph, node: Costs, cost: Costs, limit_dm: int) -> Costs:
    """From every position to the nearest seed; one more than the limit where none is."""
    from geo.walking.bucket_search import FULL, search
    from geo.walking.search_room import search_room

    order = np.argsort(node, kind="stable")
    seeds = np.column_stack([node, cost])[order].ravel()
    room = search_room(graph, seeds, limit_dm, listed=False)
    begin = 0
    while begin < len(node):
        end = min(begin + _SEEDS_AT_A_TIME, len(node))
        done = search(
            graph.first, graph.arcs, seeds, begin, end, room.limit, room.shift, room.head,
            room.entry, room.dm, room.met,
        )  # fmt: skip
        begin = end
        if done == FULL:
            room, begin = room.twice(), 0
    return room.dm


def _nearest_of_nodes(
    graph: WalkGraph, dm: Costs, node: Costs, cost: Costs, place: Numbers
) -> Numbers:
    """Which place the costs ``dm`` lead to."""
    from geo.walking.bucket_search import hand_on

    nearest = np.full(graph.nodes, _NOBODY, dtype=np.int32)
    own = cost == dm[node]
    np.minimum.at(nearest, node[own], place[own])
    reached = np.flatnonzero(dm != NEVER)
    hand_on(graph.first, graph.arcs, reached[np.argsort(dm[reached], kind="stable")], dm, nearest)
    return nearest
