"""Streets and their costs, packed for searching."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.walking.hilbert import hilbert_order
from geo.walking.walk_costs import WalkCosts
from geo.walking.walk_streets import WalkStreets

NEVER = 2**32 - 1
"""The cost of what no walk leads to, or none within the limit."""


@dataclass(frozen=True, slots=True, eq=False)
class WalkGraph:
    """Nodes in Hilbert order, and for each the nodes from which one may come to it.

    A search from a place along these arcs meets everybody who walks *to* the place.

    Parameters
    ----------
    node : int32[N]
        The streets' number of the node at a position.
    position : uint32[N]
        The position of a node of the streets.
    first : uint32[N + 1]
        The arcs of position ``i`` are ``first[i]`` to ``first[i + 1]``.
    arcs : uint32[2 * A]
        In turn: the position come from, and what coming from there costs (dm).
    start, stop : uint32[E]
        Positions of ``edge_from`` and ``edge_to``.
    there_dm, back_dm : uint32[E]
    longest_dm : int
        The greatest cost of an arc.
    """

    node: npt.NDArray[np.int32]
    position: npt.NDArray[np.uint32]
    first: npt.NDArray[np.uint32]
    arcs: npt.NDArray[np.uint32]
    start: npt.NDArray[np.uint32]
    stop: npt.NDArray[np.uint32]
    there_dm: npt.NDArray[np.uint32]
    back_dm: npt.NDArray[np.uint32]
    longest_dm: int

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.node)


def pack_graph(streets: WalkStreets, costs: WalkCosts) -> WalkGraph:
    """Pack streets; loops lead nowhere and are left out of the arcs."""
    from geo.walking.arc_sorting import put_arcs

    node = hilbert_order(streets.node_x, streets.node_y).astype(np.int32)
    position = np.empty(len(node), dtype=np.uint32)
    position[node] = np.arange(len(node), dtype=np.uint32)
    start, stop = position[streets.edge_from], position[streets.edge_to]
    kept = start != stop
    count = sum(np.bincount(end[kept], minlength=len(node)) for end in (start, stop))
    first = np.zeros(len(node) + 1, dtype=np.uint32)
    first[1:] = np.cumsum(count)
    arcs = np.empty(2 * int(first[-1]), dtype=np.uint32)
    put_arcs(start, stop, costs.there_dm, costs.back_dm, first[:-1].copy(), arcs)
    return WalkGraph(
        node=node,
        position=position,
        first=first,
        arcs=arcs,
        start=start,
        stop=stop,
        there_dm=costs.there_dm,
        back_dm=costs.back_dm,
        longest_dm=int(arcs[1::2].max(initial=1)),
    )
