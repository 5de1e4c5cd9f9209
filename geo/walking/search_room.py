"""What a search works in: made once, used for one search after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from geo.walking.walk_graph import NEVER, WalkGraph

_SHIFT = 7
"""Buckets of 12.8 m: of narrow ones most are empty, in wide ones much is queued twice."""

_MOST_BUCKETS_BITS = 16


@dataclass(frozen=True, slots=True, eq=False)
class SearchRoom:
    """Arrays for `geo.walking.bucket_search.search`; see there."""

    limit: np.uint64
    shift: np.uint64
    head: npt.NDArray[np.uint32]
    entry: npt.NDArray[np.uint64]
    dm: npt.NDArray[np.uint32]
    met: npt.NDArray[np.uint32]

    def twice(self) -> SearchRoom:
        """In order again, with room for twice as many entries."""
        return replace(
            self,
            head=np.full_like(self.head, NEVER),
            entry=np.empty(2 * len(self.entry), dtype=np.uint64),
            dm=np.full_like(self.dm, self.limit + np.uint64(1)),
        )


def search_room(
    graph: WalkGraph, seeds: npt.NDArray[np.uint32], limit_dm: int, *, listed: bool = True
) -> SearchRoom:
    """Room for searches from some of these seeds: node and cost in turn, as many as there are.

    ``listed``: whether a search lists the nodes it reaches.
    """
    longest_seed = int(seeds.ravel()[1::2].max(initial=0))
    widest = min(limit_dm, max(graph.longest_dm, longest_seed)) + 1
    shift = max(_SHIFT, (widest >> _MOST_BUCKETS_BITS).bit_length())
    buckets = 1 << ((widest >> shift) + 2).bit_length()
    queued = 2 * graph.nodes + seeds.size // 2  # most nodes are queued once, few three times
    return SearchRoom(
        limit=np.uint64(limit_dm),
        shift=np.uint64(shift),
        head=np.full(buckets, NEVER, dtype=np.uint32),
        entry=np.empty(queued, dtype=np.uint64),
        dm=np.full(graph.nodes, limit_dm + 1, dtype=np.uint32),
        met=np.empty(graph.nodes if listed else 0, dtype=np.uint32),
    )
