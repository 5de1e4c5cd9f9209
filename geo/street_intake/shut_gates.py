"""Gates that are shut to walkers cut the way they stand on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from geo.network.way_table import WayTable

_NOBODY_MEETS = -1


def cut_at_gates(ways: WayTable, shut: npt.NDArray[np.int64]) -> WayTable:
    """Cut ways at the nodes in ``shut``, so that nothing joins there any more.

    A gate where three or more arms meet stays open: it is drawn on the junction, and nobody can
    say which of the arms it shuts.
    """
    if not len(shut) or not len(ways):
        return ways
    at = _found(ways.node, np.unique(shut))
    is_end = np.zeros(len(ways.node), bool)
    is_end[ways.first[:-1]] = is_end[ways.first[1:] - 1] = True
    gates, gate_of = np.unique(ways.node[at], return_inverse=True)
    arms = np.bincount(gate_of, weights=np.where(is_end[at], 1, 2), minlength=len(gates))
    at = at[arms[gate_of] <= 2]
    if not len(at):
        return ways
    inner = at[~is_end[at]]
    where = inner + 1  # the vertex is written once more, as the first of the rest of the way
    node = ways.node.copy()
    node[at] = _NOBODY_MEETS
    node = np.insert(node, where, _NOBODY_MEETS)
    twice = np.arange(len(inner))
    begins = np.sort(
        np.concatenate([ways.first + np.searchsorted(where, ways.first), where + twice])
    )
    way_of = np.searchsorted(ways.first, inner, side="right") - 1
    repeats = np.ones(len(ways), np.int64)
    np.add.at(repeats, way_of, 1)
    return replace(
        ways,
        first=begins,
        lon=np.insert(ways.lon, where, ways.lon[inner]),
        lat=np.insert(ways.lat, where, ways.lat[inner]),
        node=node,
        kind=np.repeat(ways.kind, repeats),
        marks=np.repeat(ways.marks, repeats),
        name=np.repeat(ways.name, repeats),
        length_m=np.repeat(ways.length_m, repeats),
        height_first_m=np.repeat(ways.height_first_m, repeats),
        height_last_m=np.repeat(ways.height_last_m, repeats),
    )


def _found(node: npt.NDArray[np.int64], wanted: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Where the (sorted) wanted numbers stand; without the sorting of all nodes."""
    place = np.searchsorted(wanted, node)
    place[place == len(wanted)] = 0
    return np.flatnonzero(wanted[place] == node)
