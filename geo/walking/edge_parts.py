"""What it costs from a spot to the ends of its edge, and from the ends to a spot.

Every part is rounded once, to whole decimetres; sums of parts are exact from there on.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.network.runs import taken_runs
from geo.walking.spots import Spots
from geo.walking.walk_graph import NEVER, WalkGraph

Costs = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]


def leaving_dm(graph: WalkGraph, spots: Spots) -> tuple[Costs, Costs]:
    """From each spot to the first and to the last node of its edge; `NEVER` without an edge."""
    return (
        _part(graph.back_dm, spots, spots.at),
        _part(graph.there_dm, spots, 1.0 - spots.at),
    )


def arriving_dm(graph: WalkGraph, spots: Spots) -> tuple[Costs, Costs]:
    """To each spot from the first and from the last node of its edge; `NEVER` without an edge."""
    return (
        _part(graph.there_dm, spots, spots.at),
        _part(graph.back_dm, spots, 1.0 - spots.at),
    )


def away_dm(spots: Spots) -> Costs:
    """To the street; 0 without an edge."""
    return rounded(np.where(spots.known, spots.away_m * 10, 0.0))


def along_edges(graph: WalkGraph, places: Spots, targets: Spots) -> tuple[Places, Places, Costs]:
    """Straight along the edge, for every target and place on one edge.

    Returns
    -------
    target, place : int64
    dm : uint32
    """
    order = np.argsort(places.edge, kind="stable")
    on_edge = places.edge[order]
    known = np.flatnonzero(targets.known)
    low = np.searchsorted(on_edge, targets.edge[known], side="left")
    high = np.searchsorted(on_edge, targets.edge[known], side="right")
    _, (place,) = taken_runs(low, high - low, order)
    target = np.repeat(known, high - low)
    edge = targets.edge[target]
    ahead = places.at[place] - targets.at[target]
    cost = np.where(ahead >= 0, ahead * graph.there_dm[edge], -ahead * graph.back_dm[edge])
    return target, place, rounded(cost) + away_dm(places)[place] + away_dm(targets)[target]


def rounded(decimetres: npt.NDArray[np.float64]) -> Costs:
    """Whole decimetres; half a one is one."""
    return np.floor(decimetres + 0.5).astype(np.uint32)


def _part(cost: Costs, spots: Spots, share: npt.NDArray[np.float64]) -> Costs:
    part = np.full(len(spots), NEVER, dtype=np.uint32)
    known = spots.known
    part[known] = rounded(share[known] * cost[spots.edge[known]])
    part[known] += away_dm(spots)[known]
    return part
