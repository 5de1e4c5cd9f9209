"""The rows of a facility table: sorted, and read for spots; compiled.

A spot reaches a place over one of the two ends of its edge, or along the edge where the place lies
on it. The rows of a node are sorted by cost, so those of both ends are read side by side.

All in one file, for what is kept of a compiled loop is made anew only when its own file changes.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.walking.compiled import compiled

Array = npt.NDArray[Any]

_GAPS = (701, 301, 132, 57, 23, 10, 4, 1)

MAPS_AT_A_TIME = 64
_NEVER = np.uint32(2**32 - 1)
_TURN = np.uint64(0x03F79D71B4CB0A89)  # a de Bruijn sequence: which bit is set, without a loop
_PLACE = np.zeros(64, dtype=np.int64)
_PLACE[[((1 << n) * int(_TURN) % 2**64) >> 58 for n in range(64)]] = np.arange(64)


@compiled
def sort_part(
    values: Array,
    low: int,
    high: int,
) -> None:
    """Sort some values in their place (Shell's way: they are few)."""
    for gap in _GAPS:
        if gap >= high - low:
            continue
        for n in range(low + gap, high):
            held = values[n]
            to = n
            while to >= low + gap and values[to - gap] > held:
                values[to] = values[to - gap]
                to -= gap
            values[to] = held


@compiled
def put_rows(
    order: Array,
    begin: int,
    done: int,
    found: Array,
    ends: Array,
    cursor: Array,
    row: Array,
) -> None:
    """Write what some places found behind the rows its nodes have already."""
    low, half = np.uint64(2**32 - 1), np.uint64(32)
    n = 0
    for k in range(begin, done):
        place = np.uint64(order[k])
        while n < ends[k]:
            node = found[n] >> half
            row[cursor[node]] = ((found[n] & low) << half) | place
            cursor[node] += 1
            n += 1


@compiled
def sort_rows(
    first: Array,
    row: Array,
) -> None:
    """Sort the rows of every node."""
    for node in range(len(first) - 1):
        sort_part(row, first[node], first[node + 1])


@compiled
def along_dm(
    at: float,
    place_at: float,
    there_dm: np.uint32,
    back_dm: np.uint32,
) -> np.uint64:
    """From a spot straight along its edge to a place on it."""
    if place_at >= at:
        return np.uint64(math.floor((place_at - at) * there_dm + 0.5))
    return np.uint64(math.floor((at - place_at) * back_dm + 0.5))


@compiled
def nearest_of_maps(
    first: Array,
    row: Array,
    limit: np.uint64,
    spots: tuple[Array, ...],
    on_edge: tuple[Array, ...],
    bits: Array,
    found: Array,
) -> None:
    """The nearest place of every map from every spot.

    Parameters
    ----------
    first, row
        As in a `FacilityTable`.
    limit : uint64
    spots : tuple
        start, stop : uint32[K], the positions of both ends; start_dm, stop_dm : uint32[K], what it
        costs to them, `_NEVER` where that end is not to be read; edge : int32[K], -1 where nothing
        lies along the way; at : float64[K]; away_dm : uint32[K].
    on_edge : tuple
        first : int32[E + 1], place : int32[P], which places lie on an edge; at : float64[P] and
        away_dm : uint32[P] of places; there_dm, back_dm : uint32[E].
    bits : uint64[P]
        Bit ``m`` of a place: whether it is in map ``m``.
    found : uint32[maps, K]
        Of at most `MAPS_AT_A_TIME` maps; `_NEVER`, and left so where no place is within the limit.
    """
    start, stop, start_dm, stop_dm, edge, at, away_dm = spots
    on_first, on_place, place_at, place_away, there_dm, back_dm = on_edge
    low, half, six = np.uint64(2**32 - 1), np.uint64(32), np.uint64(58)
    one = np.uint64(1)
    maps = len(found)
    every = (~np.uint64(0)) >> np.uint64(64 - maps)
    for spot in range(len(edge)):
        left = every
        n = last_n = k = last_k = np.int64(0)
        if start_dm[spot] != _NEVER:
            n, last_n = first[start[spot]], first[start[spot] + one]
        if stop_dm[spot] != _NEVER:
            k, last_k = first[stop[spot]], first[stop[spot] + one]
        while left:
            dm = low
            place = low
            if n < last_n:
                dm = (row[n] >> half) + start_dm[spot]
                place = row[n] & low
            if k < last_k and (row[k] >> half) + stop_dm[spot] < dm:
                dm = (row[k] >> half) + stop_dm[spot]
                place = row[k] & low
                k += 1
            else:
                n += 1
            if dm > limit:
                break
            fresh = bits[place] & left
            left ^= fresh
            while fresh:
                bit = fresh & (~fresh + one)
                fresh ^= bit
                found[_PLACE[(bit * _TURN) >> six], spot] = dm
        if edge[spot] < 0:
            continue
        for other in range(on_first[edge[spot]], on_first[edge[spot] + 1]):
            near = on_place[other]
            dm = along_dm(at[spot], place_at[near], there_dm[edge[spot]], back_dm[edge[spot]])
            dm += np.uint64(place_away[near]) + away_dm[spot]
            if dm > limit:
                continue
            for m in range(maps):
                if bits[near] >> np.uint64(m) & one and dm < found[m, spot]:
                    found[m, spot] = dm


@compiled
def pairs_of_spots(
    first: Array,
    row: Array,
    limit: np.uint64,
    spots: tuple[Array, ...],
    on_edge: tuple[Array, ...],
    chosen: Array,
    begin: int,
    target: Array,
    place: Array,
    dm: Array,
    best: Array,
    met: Array,
) -> tuple[int, int]:
    """Every place within the limit of every spot from ``begin`` on.

    Parameters
    ----------
    first, row, limit, spots, on_edge
        As for `nearest_of_maps`.
    chosen : bool[P]
    target, place, dm : int32, int32, uint32
        Written.
    best : uint32[P]
        `_NEVER`, as it is left again.
    met : int32[P]
        Room for the places met.

    Returns
    -------
    spot, used : int
        How many spots are done: all, or as many as there was room for; and how much was written.
    """
    start, stop, start_dm, stop_dm, edge, at, away_dm = spots
    on_first, on_place, place_at, place_away, there_dm, back_dm = on_edge
    low, half = np.uint64(2**32 - 1), np.uint64(32)
    used = 0
    for spot in range(begin, len(edge)):
        count = 0
        for end in range(2):
            node = start[spot] if end == 0 else stop[spot]
            part = start_dm[spot] if end == 0 else stop_dm[spot]
            if part == _NEVER:
                continue
            for n in range(first[node], first[np.uint64(node) + np.uint64(1)]):
                cost = (row[n] >> half) + part
                near = np.int64(row[n] & low)
                if cost > limit:
                    break
                if chosen[near] and cost < best[near]:
                    if best[near] == _NEVER:
                        met[count] = near
                        count += 1
                    best[near] = cost
        if edge[spot] >= 0:
            for other in range(on_first[edge[spot]], on_first[edge[spot] + 1]):
                near = np.int64(on_place[other])
                cost = along_dm(at[spot], place_at[near], there_dm[edge[spot]], back_dm[edge[spot]])
                cost += np.uint64(place_away[near]) + away_dm[spot]
                if chosen[near] and cost <= limit and cost < best[near]:
                    if best[near] == _NEVER:
                        met[count] = near
                        count += 1
                    best[near] = cost
        if used + count > len(target):
            for n in range(count):
                best[met[n]] = _NEVER
            return spot, used
        sort_part(met, 0, count)
        for n in range(count):
            near = met[n]
            target[used], place[used], dm[used] = spot, near, best[near]
            best[near] = _NEVER
            used += 1
    return len(edge), used
