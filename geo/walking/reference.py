"""The same answers with scipy alone: slower, and what everything faster is held against."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.walking.spots import Spots
from geo.walking.walk_costs import WalkCosts
from geo.walking.walk_graph import NEVER
from geo.walking.walk_streets import WalkStreets

Chosen = npt.NDArray[np.bool_]
Costs = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]
Pairs = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Costs]

_PLACES_AT_A_TIME = 64


def reference_nodes(
    streets: WalkStreets, costs: WalkCosts, places: Spots, limit_dm: int | None = None
) -> Costs:
    """From every node to the nearest place; `NEVER` where none is within the limit."""
    found = np.full(streets.nodes, np.inf)
    for _, near in _searches(streets, costs, places, limit_dm):
        np.minimum(found, near.min(axis=0, initial=np.inf), out=found)
    return _whole(found)


def reference_pairs(
    streets: WalkStreets,
    costs: WalkCosts,
    places: Spots,
    targets: Spots,
    limit_dm: int | None = None,
) -> Pairs:
    """Every target with every place within the limit, by target and place.

    Returns
    -------
    target, place : int32
    dm : uint32
    """
    known = np.flatnonzero(targets.known)
    edge, at = targets.edge[known], targets.at[known]
    start, stop = streets.edge_from[edge], streets.edge_to[edge]
    away = np.floor(targets.away_m[known] * 10 + 0.5)
    to_start = np.floor(at * costs.back_dm[edge] + 0.5)
    to_stop = np.floor((1.0 - at) * costs.there_dm[edge] + 0.5)
    rows = []
    for low, near in _searches(streets, costs, places, None):
        for place, node in enumerate(near, start=low):
            dm = np.minimum(node[start] + to_start, node[stop] + to_stop)
            if places.edge[place] >= 0:
                dm = np.minimum(dm, _along(costs, places, place, edge, at))
            dm = dm + away
            near_enough = np.isfinite(dm) & (dm <= (np.inf if limit_dm is None else limit_dm))
            hit = np.flatnonzero(near_enough)
            rows.append((known[hit], np.full(len(hit), place), dm[hit]))
    if not rows:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint32)
    target, place_of, found = (np.concatenate(column) for column in zip(*rows, strict=True))
    order = np.lexsort((place_of, target))
    return (
        target[order].astype(np.int32),
        place_of[order].astype(np.int32),
        found[order].astype(np.uint32),
    )


def reference_nearest(
    streets: WalkStreets,
    costs: WalkCosts,
    places: Spots,
    targets: Spots,
    limit_dm: int | None = None,
) -> tuple[Costs, npt.NDArray[np.int32]]:
    """The nearest place of every target: how far (`NEVER`) and which (-1); of two, the first."""
    target, place, dm = reference_pairs(streets, costs, places, targets, limit_dm)
    order = np.lexsort((place, dm, target))
    first = order[np.unique(target[order], return_index=True)[1]]
    far = np.full(len(targets), NEVER, dtype=np.uint32)
    which = np.full(len(targets), -1, dtype=np.int32)
    far[target[first]] = dm[first]
    which[target[first]] = place[first]
    return far, which


def _along(
    costs: WalkCosts, places: Spots, place: int, edge: npt.NDArray[np.int32], at: Floats
) -> Floats:
    """Straight along the edge, for targets on the edge of the place."""
    there, back = costs.there_dm[places.edge[place]], costs.back_dm[places.edge[place]]
    ahead = float(places.at[place]) - at
    dm = np.floor(np.where(ahead >= 0, ahead * there, -ahead * back) + 0.5)
    dm += np.floor(places.away_m[place] * 10 + 0.5)
    return np.where(edge == places.edge[place], dm, np.inf)


def _searches(
    streets: WalkStreets, costs: WalkCosts, places: Spots, limit_dm: int | None
) -> list[tuple[int, Floats]]:
    """Costs from every node to some of the places at a time (inf: none), and the first of them."""
    against = _against(streets, costs, places)
    bound = np.inf if limit_dm is None else limit_dm + 1.0
    found = []
    for low in range(0, len(places), _PLACES_AT_A_TIME):
        some = np.arange(low, min(low + _PLACES_AT_A_TIME, len(places)))
        near = dijkstra(against, indices=streets.nodes + some, limit=bound)
        found.append((low, near[:, : streets.nodes] - 1.0))
    return found


def _against(streets: WalkStreets, costs: WalkCosts, places: Spots) -> csr_array:
    """Arcs against the walk; every place is a node more, one decimetre away from its edge's ends.

    That decimetre is taken off again: an arc without a cost would be no arc to scipy.
    """
    known = np.flatnonzero(places.known)
    edge = places.edge[known]
    away = np.floor(places.away_m[known] * 10 + 0.5) + 1
    from_start = np.floor(places.at[known] * costs.there_dm[edge] + 0.5) + away
    from_stop = np.floor((1.0 - places.at[known]) * costs.back_dm[edge] + 0.5) + away
    start, stop = streets.edge_from.astype(np.int64), streets.edge_to.astype(np.int64)
    row = np.concatenate([stop, start, streets.nodes + known, streets.nodes + known])
    column = np.concatenate([start, stop, start[edge], stop[edge]])
    cost = np.concatenate([costs.there_dm, costs.back_dm, from_start, from_stop])
    order = np.lexsort((cost, column, row))
    row, column, cost = row[order], column[order], cost[order]
    fresh = np.ones(len(row), dtype=bool)  # of parallel arcs the cheapest, which comes first
    fresh[1:] = (np.diff(row) != 0) | (np.diff(column) != 0)
    size = streets.nodes + len(places)
    return csr_array((cost[fresh].astype(float), (row[fresh], column[fresh])), shape=(size, size))


def _whole(dm: Floats) -> Costs:
    return np.where(np.isfinite(dm), dm, NEVER).astype(np.uint32)
