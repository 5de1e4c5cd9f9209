"""Arcs in any order -> arcs by the node they come to; compiled."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.walking.compiled import compiled

Array = npt.NDArray[np.uint32]


@compiled
def put_arcs(
    start: Array, stop: Array, there: Array, back: Array, cursor: Array, arcs: Array
) -> None:
    """Write the arcs of edges, both ways, behind those that their nodes have already.

    Parameters
    ----------
    start, stop, there, back : uint32[E]
        Loops lead nowhere and are left out.
    cursor : uint32[N]
        Where the next arc of a node is written.
    arcs : uint32[2 * A]
        In turn: the node come from, and what coming from there costs.
    """
    two, one = np.uint64(2), np.uint64(1)
    for e in range(len(start)):
        a, b = start[e], stop[e]
        if a != b:
            arcs[two * cursor[a]], arcs[two * cursor[a] + one] = b, back[e]
            cursor[a] += np.uint32(1)
            arcs[two * cursor[b]], arcs[two * cursor[b] + one] = a, there[e]
            cursor[b] += np.uint32(1)
