"""Ways -> a network: cut where they meet, measured, its connected pieces numbered.

A node is an end of a way, or a vertex that two ways share or one way passes twice. An end where
just two ways continue each other stays a node: there the source's kind, name or bridge changes,
so every edge is true to one way. Who only routes may sum such edges up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from geo.network.connected_pieces import connected_pieces
from geo.network.measuring import steps_m
from geo.network.runs import taken_runs
from geo.network.street_network import StreetNetwork
from geo.network.way_table import NOBODY, WayTable

_AT_A_TIME = 1 << 20  # vertices; a prefecture has ten millions

Floats = npt.NDArray[np.float64]
Heights32 = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]


class Heights(Protocol):
    """Whatever knows how high the ground is."""

    def at(self, lon: Floats, lat: Floats) -> Heights32:
        """Metres above the sea; NaN where unknown."""
        ...


@dataclass(frozen=True, slots=True)
class _Vertices:
    """The vertices of all ways, and which of them are nodes (``cut``, ascending)."""

    way: npt.NDArray[np.int32]
    lon: Floats
    lat: Floats
    cut: Places
    node: Places
    nodes: int


def build_network(ways: WayTable, metric_crs: str, heights: Heights | None = None) -> StreetNetwork:
    """Cut ways at their junctions.

    Parameters
    ----------
    ways : WayTable
    metric_crs : str
        Where the source gives no length, it is measured here; a given length is shared out among
        the pieces of its way in proportion to what is measured.
    heights : Heights, optional
        Asked for the nodes whose height the source does not know.

    Returns
    -------
    StreetNetwork
        Nodes in the order in which the ways come to them, edges in the order of the ways. Pieces
        without length are left out, and their two ends are one node. Component 0 has the most
        nodes; of two alike, the one with the smaller node comes first.
    """
    vertices = _vertices(ways)
    pair = vertices.way[vertices.cut[:-1]] == vertices.way[vertices.cut[1:]]
    begin, end = vertices.cut[:-1][pair], vertices.cut[1:][pair]
    low, high = vertices.node[:-1][pair], vertices.node[1:][pair]
    way = vertices.way[begin]
    length = _lengths(ways, vertices, begin, way, metric_crs)

    alone = _united(vertices.nodes, low[length <= 0], high[length <= 0])
    kept = np.flatnonzero(length > 0)
    begin, end, way, length = begin[kept], end[kept], way[kept], length[kept]
    low, high = alone[low[kept]], alone[high[kept]]
    used = np.unique(np.concatenate([low, high]))
    low, high = np.searchsorted(used, low), np.searchsorted(used, high)

    component = _components(len(used), low, high)
    at = _first_places(vertices)[used]
    node_lon, node_lat = vertices.lon[at], vertices.lat[at]
    height = _source_heights(ways, vertices, alone)[used]
    unknown = np.flatnonzero(np.isnan(height))
    if heights is not None and len(unknown):
        height[unknown] = heights.at(node_lon[unknown], node_lat[unknown])
    # Last, and when the rest has been let go: of a large map these are the largest columns.
    columns = (vertices.lon, vertices.lat)
    del vertices
    first, (lon, lat) = taken_runs(begin, end - begin + 1, *columns)
    return StreetNetwork(
        node_lon=node_lon,
        node_lat=node_lat,
        node_height_m=height,
        component=component,
        edge_from=low.astype(np.int32),
        edge_to=high.astype(np.int32),
        edge_length_m=length,
        edge_kind=ways.kind[way],
        edge_marks=ways.marks[way],
        edge_name=ways.name[way],
        edge_first=first,
        edge_lon=lon,
        edge_lat=lat,
        names=ways.names,
    )


def _vertices(ways: WayTable) -> _Vertices:
    way = np.repeat(np.arange(len(ways), dtype=np.int32), np.diff(ways.first))
    node, lon, lat = ways.node, ways.lon, ways.lat
    again = np.zeros(len(node), dtype=bool)  # a vertex said twice in a row is one vertex
    again[1:] = (node[1:] == node[:-1]) & (node[1:] != NOBODY) & (way[1:] == way[:-1])
    if again.any():
        way, node, lon, lat = way[~again], node[~again], lon[~again], lat[~again]
    is_cut = _shared(node)
    if len(way):
        turns = np.flatnonzero(way[1:] != way[:-1])
        is_cut[[0, -1]] = True
        is_cut[turns] = True
        is_cut[turns + 1] = True
    cut = np.flatnonzero(is_cut)
    _, identity = np.unique(node[cut], return_inverse=True)
    nobody = node[cut] == NOBODY
    identity[nobody] = len(cut) + np.arange(np.count_nonzero(nobody))
    _, seen, inverse = np.unique(identity, return_index=True, return_inverse=True)
    number = np.empty(len(seen), dtype=np.int64)
    number[np.argsort(seen)] = np.arange(len(seen))
    return _Vertices(way, lon, lat, cut, number[inverse], len(seen))


def _shared(node: Places) -> npt.NDArray[np.bool_]:
    """Which vertices are met more than once."""
    ordered = np.sort(node)
    twice = np.unique(ordered[1:][(ordered[1:] == ordered[:-1]) & (ordered[1:] != NOBODY)])
    shared = np.zeros(len(node), dtype=bool)
    if not len(twice):
        return shared
    del ordered
    for low in range(0, len(node), _AT_A_TIME):
        some = node[low : low + _AT_A_TIME]
        place = np.minimum(np.searchsorted(twice, some), len(twice) - 1)
        shared[low : low + _AT_A_TIME] = twice[place] == some
    return shared


def _lengths(
    ways: WayTable,
    vertices: _Vertices,
    begin: Places,
    way: npt.NDArray[np.int32],
    metric_crs: str,
) -> Floats:
    if not len(begin):
        return np.zeros(0)
    steps = steps_m(vertices.lon, vertices.lat, vertices.way, metric_crs)
    measured = np.add.reduceat(steps, begin)
    given = ways.length_m[way]
    total = np.bincount(way, weights=measured, minlength=len(ways))[way]
    pieces = np.bincount(way, minlength=len(ways))[way]
    share = np.divide(measured, total, out=1.0 / pieces, where=total > 0)
    return np.asarray(np.where(np.isfinite(given) & (given > 0), given * share, measured))


def _united(nodes: int, low: Places, high: Places) -> Places:
    """The smallest node that is the same place as a node."""
    if not len(low):
        return np.arange(nodes)
    group = connected_pieces(nodes, low, high)
    smallest = np.full(nodes, nodes, dtype=np.int64)
    np.minimum.at(smallest, group, np.arange(nodes))
    return smallest[group]


def _first_places(vertices: _Vertices) -> Places:
    """The vertex at which a node is first met."""
    place = np.empty(vertices.nodes, dtype=np.int64)
    place[vertices.node[::-1]] = vertices.cut[::-1]
    return place


def _source_heights(ways: WayTable, vertices: _Vertices, alone: Places) -> Heights32:
    """Heights the source gives at the ends of its ways: of several, the first."""
    height = np.full(vertices.nodes, np.nan, dtype=np.float32)
    if not len(vertices.cut):
        return height
    turns = np.flatnonzero(np.diff(vertices.way[vertices.cut])) + 1
    first = np.concatenate([[0], turns])
    last = np.concatenate([turns, [len(vertices.cut)]]) - 1
    way = vertices.way[vertices.cut[first]]
    ends = np.column_stack([alone[vertices.node[first]], alone[vertices.node[last]]]).ravel()
    said = np.column_stack([ways.height_first_m[way], ways.height_last_m[way]]).ravel()
    known = np.isfinite(said)
    height[ends[known][::-1]] = said[known][::-1]
    return height


def _components(nodes: int, low: Places, high: Places) -> npt.NDArray[np.int32]:
    if not nodes:
        return np.zeros(0, dtype=np.int32)
    group = connected_pieces(nodes, low, high)
    _, smallest, size = np.unique(group, return_index=True, return_counts=True)
    number = np.empty(len(size), dtype=np.int32)
    number[np.lexsort((smallest, -size))] = np.arange(len(size), dtype=np.int32)
    return number[group]
