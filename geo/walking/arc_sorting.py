"""Arcs in any order -> arcs by the node they come to; compiled."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.walking.compiled import compiled

Array = npt.NDArray[np.uint32]


@compiled
def sort_arcs(
    nodes: int, start: Array, stop: Array, there: Array, back: Array
) -> tuple[Array, Array]:
    """The arcs of edges, both ways, by node; loops lead nowhere and are left out.

    Returns
    -------
    first : uint32[N + 1]
        Node ``n`` has the arcs ``first[n]`` to ``first[n + 1]``.
    arcs : uint32[2 * A]
        In turn: the node come from, and what coming from there costs.
    """
    first = np.zeros(nodes + 1, np.uint32)
    for e in range(len(start)):
        if start[e] != stop[e]:
            first[start[e]] += np.uint32(1)
            first[stop[e]] += np.uint32(1)
    first = np.cumsum(first).astype(np.uint32)
    arcs = np.empty(2 * first[nodes], np.uint32)
    # From the last edge to the first, so that the arcs of a node stand in the order of the edges.
    for k in range(len(start)):
        e = len(start) - 1 - k
        if start[e] != stop[e]:
            first[start[e]] -= np.uint32(1)
            arcs[2 * np.int64(first[start[e]])] = stop[e]
            arcs[2 * np.int64(first[start[e]]) + 1] = back[e]
            first[stop[e]] -= np.uint32(1)
            arcs[2 * np.int64(first[stop[e]])] = start[e]
            arcs[2 * np.int64(first[stop[e]]) + 1] = there[e]
    return first, arcs
