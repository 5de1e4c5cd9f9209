"""SciPy's bounded Dijkstra with ``min_only``: on every machine, and the oracle of the others."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from bench.coverage.peer_graph import NOT_REACHED, Distances, PeerGraph
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra


class ScipyPeer:
    """Searches from the places on the streets turned round, as one walks towards a place."""

    name = "scipy dijkstra(min_only)"

    def __init__(self, graph: PeerGraph) -> None:
        self._limit = graph.limit_dm
        start = np.concatenate([graph.high, graph.low]).astype(np.int64)
        end = np.concatenate([graph.low, graph.high])
        cost = np.concatenate([graph.there_dm, graph.back_dm]).astype(np.float64)
        order = np.lexsort((cost, end, start))
        start, end, cost = start[order], end[order], cost[order]
        is_least = np.ones(len(start), dtype=bool)  # of streets side by side the shortest counts
        is_least[1:] = (np.diff(start) != 0) | (np.diff(end) != 0)
        first = np.searchsorted(start[is_least], np.arange(graph.nodes + 1)).astype(np.int32)
        shape = (graph.nodes, graph.nodes)
        self._streets = csr_array((cost[is_least], end[is_least], first), shape=shape)

    def nearest(self, places: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Decimetres to the nearest of ``places`` from every junction; infinite beyond the limit."""
        return np.asarray(
            dijkstra(self._streets, directed=True, indices=places, min_only=True, limit=self._limit)
        )


def whole_dm(found: npt.NDArray[np.float64]) -> Distances:
    return np.where(np.isfinite(found), found, NOT_REACHED).astype(np.int64)
