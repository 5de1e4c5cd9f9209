"""How far it is to every place from wherever it is within the limit: searched once, asked often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.walking.edge_parts import arriving_dm, away_dm, leaving_dm, rounded
from geo.walking.spots import Spots
from geo.walking.walk_graph import NEVER, WalkGraph

Chosen = npt.NDArray[np.bool_]
Costs = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class FacilityTable:
    """Rows (node, place, decimetres) of everything within the limit.

    Parameters
    ----------
    graph : WalkGraph
    places : Spots
    limit_dm : int
        Exactly this far is within.
    first : int64[N + 1]
        The rows of position ``i`` of the graph are ``first[i]`` to ``first[i + 1]``.
    row : uint64[R]
        ``dm << 32 | place``, ascending within a node: the nearest first.
    """

    graph: WalkGraph
    places: Spots
    limit_dm: int
    first: npt.NDArray[np.int64]
    row: npt.NDArray[np.uint64]

    @classmethod
    def build(cls, graph: WalkGraph, places: Spots, limit_dm: int) -> FacilityTable:
        """Search from every place, as far as the limit."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        known = np.flatnonzero(places.known)
        a, b = arriving_dm(graph, places)
        edge = places.edge[known]
        arc_row = np.repeat(np.arange(graph.nodes), graph.first[1:] - graph.first[:-1])
        row = np.concatenate([arc_row, graph.nodes + known, graph.nodes + known])
        column = np.concatenate([graph.arcs[::2], graph.start[edge], graph.stop[edge]])
        cost = np.concatenate([graph.arcs[1::2], a[known] + 1.0, b[known] + 1.0])
        order = np.lexsort((cost, column, row))
        row, column, cost = row[order], column[order], cost[order]
        fresh = np.ones(len(row), dtype=bool)
        fresh[1:] = (np.diff(row) != 0) | (np.diff(column) != 0)
        size = graph.nodes + len(places)
        against = csr_array(
            (cost[fresh].astype(float), (row[fresh], column[fresh])), shape=(size, size)
        )
        nodes, rows = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
        for low in range(0, len(places), 64):
            some = np.arange(low, min(low + 64, len(places)))
            near = dijkstra(against, indices=graph.nodes + some, limit=limit_dm + 1.0) - 1.0
            of, node = np.nonzero(np.isfinite(near[:, : graph.nodes]))
            nodes.append(node)
            rows.append((near[of, node].astype(np.uint64) << 32) | some[of].astype(np.uint64))
        node, row64 = np.concatenate(nodes), np.concatenate(rows)
        order = np.lexsort((row64, node))
        first = np.zeros(graph.nodes + 1, dtype=np.int64)
        first[1:] = np.cumsum(np.bincount(node, minlength=graph.nodes))
        return cls(graph, places, limit_dm, first, row64[order])

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.row)

    def nearest_nodes(self, chosen: Chosen) -> Costs:
        """From every node of the streets to the nearest chosen place; `NEVER` where none is."""
        found = np.full(self.graph.nodes, NEVER, dtype=np.uint32)
        node, place, dm = self._unpacked()
        kept = chosen[place]
        np.minimum.at(found, self.graph.node[node[kept]], dm[kept])
        return found

    def nearest(self, targets: Spots, chosen: Chosen) -> Costs:
        """From every target to the nearest chosen place; `NEVER` where none is."""
        found = np.full(len(targets), NEVER, dtype=np.uint32)
        target, _, dm = self.pairs(targets, chosen)
        np.minimum.at(found, target, dm)
        return found

    def nearest_many(self, targets: Spots, chosen: Chosen) -> Costs:
        """For every map (a row of ``chosen``) the nearest of its places from every target."""
        found = [self.nearest(targets, one) for one in chosen]
        return np.array(found, dtype=np.uint32).reshape(len(chosen), len(targets))

    def pairs(
        self, targets: Spots, chosen: Chosen
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], Costs]:
        """Every target with every chosen place within the limit, by target and place.

        Returns
        -------
        target, place : int32
        dm : uint32
        """
        known = np.flatnonzero(targets.known)
        parts = leaving_dm(self.graph, targets)
        hits: list[Any] = []
        for end, part in zip((self.graph.start, self.graph.stop), parts, strict=True):
            node = end[targets.edge[known]].astype(np.int64)
            count = np.diff(self.first)[node]
            of = np.repeat(known, count)
            back = np.cumsum(count) - count
            index = np.arange(len(of)) - np.repeat(back - self.first[:-1][node], count)
            row = self.row[index]
            hits.append((of, (row & NEVER).astype(np.int64), (row >> 32) + part[of]))
        hits.append(self._same_edge(targets))
        target, place, dm = (np.concatenate(column) for column in zip(*hits, strict=True))
        kept = (dm <= self.limit_dm) & chosen[place]
        target, place, dm = target[kept], place[kept], dm[kept]
        order = np.lexsort((dm, place, target))
        target, place, dm = target[order], place[order], dm[order]
        fresh = np.ones(len(target), dtype=bool)
        fresh[1:] = (np.diff(target) != 0) | (np.diff(place) != 0)
        return (
            target[fresh].astype(np.int32),
            place[fresh].astype(np.int32),
            dm[fresh].astype(np.uint32),
        )

    def _same_edge(
        self, targets: Spots
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.uint64]]:
        places = self.places
        order = np.argsort(places.edge, kind="stable")
        known = np.flatnonzero(targets.known)
        low = np.searchsorted(places.edge[order], targets.edge[known], side="left")
        high = np.searchsorted(places.edge[order], targets.edge[known], side="right")
        of = np.repeat(known, high - low)
        back = np.cumsum(high - low) - (high - low)
        place = order[np.arange(len(of)) - np.repeat(back - low, high - low)]
        edge = targets.edge[of]
        ahead = places.at[place] - targets.at[of]
        dm = rounded(
            np.where(
                ahead >= 0, ahead * self.graph.there_dm[edge], -ahead * self.graph.back_dm[edge]
            )
        ).astype(np.uint64)
        return of, place, dm + away_dm(places)[place] + away_dm(targets)[of]

    def _unpacked(
        self,
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Costs]:
        node = np.repeat(np.arange(self.graph.nodes), np.diff(self.first))
        return node, (self.row & NEVER).astype(np.int64), (self.row >> 32).astype(np.uint32)
