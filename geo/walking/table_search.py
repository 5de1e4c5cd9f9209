"""Searches from every place, and what they found, sorted by node."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.walking.bucket_search import search_each
from geo.walking.edge_parts import arriving_dm
from geo.walking.facility_rows import put_rows, sort_rows
from geo.walking.search_room import search_room
from geo.walking.spots import Spots
from geo.walking.walk_graph import WalkGraph

_ROWS_AT_A_TIME = 1 << 20

Rows = tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64]]


def seeds_of(graph: WalkGraph, places: Spots) -> npt.NDArray[np.uint32]:
    """Where searches begin: of every place both ends of its edge, with what they cost."""
    seeds = np.zeros((len(places), 2, 2), dtype=np.uint32)
    edge = np.where(places.known, places.edge, 0)
    for end, nodes in enumerate((graph.start, graph.stop)):
        seeds[:, end, 0] = nodes[edge] if len(nodes) else 0
        seeds[:, end, 1] = arriving_dm(graph, places)[end]
    return seeds.ravel()


def table_rows(graph: WalkGraph, places: Spots, limit_dm: int) -> Rows:
    """The rows of a `FacilityTable`."""
    known = np.flatnonzero(places.known)
    seeds = seeds_of(graph, places)
    # Neighbours one after the other: their searches meet the same nodes while these are at hand.
    order = known[np.argsort(seeds[::4][known], kind="stable")]
    rows = np.zeros(graph.nodes + 1, dtype=np.int64)
    ends = np.zeros(len(order), dtype=np.int64)
    room = search_room(graph, seeds.reshape(-1, 4)[known], limit_dm)
    parts = []
    done = 0
    while done < len(order):
        begun, found = done, np.empty(max(_ROWS_AT_A_TIME, graph.nodes), dtype=np.uint64)
        done, is_full = search_each(
            graph.first, graph.arcs, seeds, order, begun, room.limit, room.shift, room.head,
            room.entry, room.dm, room.met, found, ends, rows,
        )  # fmt: skip
        parts.append((begun, done, found))
        if is_full:
            room = room.twice()
    first = np.cumsum(rows)
    row = np.empty(int(first[-1]), dtype=np.uint64)
    cursor = first[:-1].copy()
    while parts:
        begun, done, found = parts.pop(0)
        put_rows(order, begun, done, found, ends, cursor, row)
    sort_rows(first, row)
    return first, row
