"""The ways of several files as one table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from geo.network.connected_pieces import connected_pieces
from geo.network.runs import taken_runs
from geo.network.same_ways import line_keys, place_words
from geo.network.way_table import NOBODY, WayTable, no_ways

Places = npt.NDArray[np.int64]


def join_ways(tables: Sequence[WayTable], *, same_nodes: bool) -> WayTable:
    """Put tables one after the other.

    Parameters
    ----------
    tables : sequence of WayTable
    same_nodes : bool
        True where a node number means the same in all tables, as in OpenStreetMap: ways meet
        across files by number, and a way that two extracts both hold is taken once. False where
        every file numbers for itself: then ways of two files meet where ends lie on one place
        (1e-7 degrees), and only there.

    Returns
    -------
    WayTable
        Ways in the order of the tables; ``names`` without repetition.
    """
    if not tables:
        return no_ways()
    if len(tables) == 1:
        return tables[0]
    names: dict[str, int] = {}
    numbers = []
    for table in tables:
        places = [names.setdefault(name, len(names)) for name in table.names]
        told = np.asarray([*places, -1], dtype=np.int32)
        numbers.append(told[table.name])
    offsets = np.cumsum([0, *(len(table.lon) for table in tables)])
    joined = WayTable(
        first=np.concatenate(
            [[0], *(t.first[1:] + o for t, o in zip(tables, offsets[:-1], strict=True))]
        ).astype(np.int64),
        lon=np.concatenate([t.lon for t in tables]),
        lat=np.concatenate([t.lat for t in tables]),
        node=np.concatenate([t.node for t in tables]),
        kind=np.concatenate([t.kind for t in tables]),
        marks=np.concatenate([t.marks for t in tables]),
        name=np.concatenate(numbers),
        length_m=np.concatenate([t.length_m for t in tables]),
        height_first_m=np.concatenate([t.height_first_m for t in tables]),
        height_last_m=np.concatenate([t.height_last_m for t in tables]),
        names=tuple(names),
    )
    table_of = np.repeat(np.arange(len(tables)), [len(t) for t in tables])
    return _once(joined, table_of) if same_nodes else _met_at_ends(joined, table_of)


def taken_ways(table: WayTable, kept: Places) -> WayTable:
    """The ways ``kept`` (ascending) of a table."""
    first, (lon, lat, node) = taken_runs(
        table.first[kept], np.diff(table.first)[kept], table.lon, table.lat, table.node
    )
    return WayTable(
        first=first,
        lon=lon,
        lat=lat,
        node=node,
        kind=table.kind[kept],
        marks=table.marks[kept],
        name=table.name[kept],
        length_m=table.length_m[kept],
        height_first_m=table.height_first_m[kept],
        height_last_m=table.height_last_m[kept],
        names=table.names,
    )


def _once(table: WayTable, table_of: Places) -> WayTable:
    """Without the ways that an earlier table has already: the same nodes in the same order."""
    places = place_words(table.lon, table.lat)
    keys, _ = line_keys(table.first, np.where(table.node != NOBODY, table.node, places))
    _, seen, group = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    kept = np.flatnonzero(table_of[seen][group.ravel()] == table_of)
    return table if len(kept) == len(table) else taken_ways(table, kept)


def _met_at_ends(table: WayTable, table_of: Places) -> WayTable:
    """Nodes numbered anew, apart by table, but one where ends of two tables lie on one place."""
    node = _numbered_apart(table, np.repeat(table_of, np.diff(table.first)))
    ends = np.concatenate([table.first[:-1], table.first[1:] - 1])
    whose = np.concatenate([table_of, table_of])
    lonely = ends[node[ends] == NOBODY]  # an end that nobody numbered may be met as well
    node[lonely] = np.arange(len(lonely)) + node.max(initial=-1) + 1
    _, place = np.unique(place_words(table.lon[ends], table.lat[ends]), return_inverse=True)
    earliest = np.full(place.max(initial=-1) + 1, len(node), dtype=np.int64)
    latest = np.full(len(earliest), -1, dtype=np.int64)
    np.minimum.at(earliest, place, whose)
    np.maximum.at(latest, place, whose)
    met = (earliest != latest)[place]
    count = int(node.max(initial=-1)) + 1
    meeting = count + place[met]  # the place as a node of its own, which ties its ends together
    united = connected_pieces(count + len(earliest), node[ends][met], meeting)
    return replace(table, node=np.where(node != NOBODY, united[node], NOBODY).astype(np.int64))


def _numbered_apart(table: WayTable, of_vertex: Places) -> Places:
    """Node numbers from 0, so that no two tables share one; nobody's stay."""
    node = np.full(len(table.node), NOBODY, dtype=np.int64)
    known = np.flatnonzero(table.node != NOBODY)
    order = known[np.lexsort((table.node[known], of_vertex[known]))]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (np.diff(table.node[order]) != 0) | (np.diff(of_vertex[order]) != 0)
    node[order] = np.cumsum(fresh) - 1
    return node
