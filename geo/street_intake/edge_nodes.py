"""Which ends and vertices of edges are one node."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.network.connected_pieces import connected_pieces
from geo.network.same_ways import place_words
from geo.network.way_table import NOBODY
from geo.street_intake.edge_rows import UNKNOWN, EdgeRows

Places = npt.NDArray[np.int64]


def vertex_nodes(rows: EdgeRows, storey: npt.NDArray[np.int64]) -> Places:
    """The node of every vertex.

    Where the file numbers its nodes, edges meet at their ends and nowhere else; an end without a
    number is the node that lies there. Where it numbers none, ends that lie on one place
    (1e-7 degrees) are one node, and vertices that two edges share are one where both run on one
    ``storey``: a bridge does not meet the street under it.

    Parameters
    ----------
    storey : int64[E]
        Equal where two edges have the same layer, bridge and tunnel.
    """
    if not ((rows.start != UNKNOWN).any() or (rows.end != UNKNOWN).any()):
        return _by_place(rows, storey)
    node = np.full(len(rows.lon), NOBODY, dtype=np.int64)
    at = np.concatenate([rows.first[:-1], rows.last])
    number = np.concatenate([rows.start, rows.end])
    place = place_words(rows.lon[at], rows.lat[at])
    told = number != UNKNOWN
    known, first = np.unique(place[told], return_index=True)
    spot = np.minimum(np.searchsorted(known, place), len(known) - 1)
    found = known[spot] == place
    _, fresh = np.unique(place, return_inverse=True)
    node[at] = np.where(
        told,
        number,
        np.where(found, number[told][first][spot], number.max() + 1 + fresh),
    )
    return node


def _by_place(rows: EdgeRows, storey: npt.NDArray[np.int64]) -> Places:
    place = place_words(rows.lon, rows.lat)
    of_vertex = np.repeat(storey, np.diff(rows.first))
    _, level = np.unique(np.column_stack([place, of_vertex]), axis=0, return_inverse=True)
    level = level.ravel()
    ends = np.concatenate([rows.first[:-1], rows.last])
    _, spot = np.unique(place[ends], return_inverse=True)
    levels = int(level.max(initial=-1)) + 1
    meeting = levels + spot  # the place as a node of its own, which ties its ends together
    return connected_pieces(int(meeting.max(initial=-1)) + 1, level[ends], meeting)[level]
