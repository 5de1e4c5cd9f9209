"""Shortest walks with a queue of buckets (Dial), compiled.

A bucket holds the nodes whose costs agree but for their last ``shift`` bits; within one the order
is free, and who turns out to be nearer while it is emptied is queued again: the answer is exact
for any width.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from geo.walking.compiled import compiled

Array = npt.NDArray[Any]

FULL = -1
NONE = np.uint32(2**32 - 1)


@compiled
def search(
    first: Array,
    arcs: Array,
    seeds: Array,
    begin: int,
    end: int,
    limit: np.uint64,
    shift: np.uint64,
    head: Array,
    entry: Array,
    dm: Array,
    met: Array,
) -> int:
    """Search from some seeds as far as the limit.

    Parameters
    ----------
    first, arcs
        As in a `WalkGraph`.
    seeds : uint32[2 * S]
        Node and cost in turn; ``begin`` to ``end`` are searched from.
    limit, shift : uint64
    head : uint32[2 ** B]
        The last entry of each bucket, `NONE` where empty, as it is left again. The buckets are used
        over and over; together they are wider than the greatest arc and the greatest seed.
    entry : uint64[Q]
        Room for what is queued: the entry queued before it (``<< 32``), and the node. An entry
        whose node is in an earlier bucket by now has nothing to say.
    dm : uint32[N]
        Costs; ``limit + 1`` at first, and left so where the search does not come. Where there are
        costs of an earlier search already, only what is nearer now is searched.
    met : uint32[N] or uint32[0]
        The nodes reached are written here, where there is room for them.

    Returns
    -------
    int
        Number of nodes written; `FULL` where the room was too small, and nothing is in order.
    """
    low, half, one, two = np.uint64(2**32 - 1), np.uint64(32), np.uint64(1), np.uint64(2)
    mask = np.uint64(len(head) - 1)
    unreached = limit + one
    is_listed = len(met) > 0
    room = np.uint64(len(entry))
    top = np.uint64(0)
    count = 0
    if end - begin > len(entry):
        return FULL
    for seed in range(begin, end):
        node = seeds[2 * seed]
        offer = np.uint64(seeds[2 * seed + 1])
        if offer < dm[node]:
            if is_listed and dm[node] == unreached:
                met[count] = node
                count += 1
            dm[node] = offer
            bucket = (offer >> shift) & mask
            entry[top] = (np.uint64(head[bucket]) << half) | node
            head[bucket] = top
            top += one
    left = np.int64(top)
    now = np.uint64(0)
    while left > 0:
        at = head[now & mask]
        if at == NONE:
            now += one
            continue
        head[now & mask] = NONE
        while at != NONE:
            here = entry[at] & low
            at = np.uint32(entry[at] >> half)
            left -= 1
            so_far = np.uint64(dm[here])
            if so_far >> shift != now:
                continue
            arc, last = np.uint64(first[here]), np.uint64(first[here + one])
            if top + (last - arc) > room:
                return FULL
            while arc < last:
                node = arcs[two * arc]
                offer = so_far + arcs[two * arc + one]
                arc += one
                if offer < dm[node]:
                    if is_listed and dm[node] == unreached:
                        met[count] = node
                        count += 1
                    dm[node] = offer
                    bucket = (offer >> shift) & mask
                    entry[top] = (np.uint64(head[bucket]) << half) | node
                    head[bucket] = top
                    top += one
                    left += 1
    return count


@compiled
def search_each(
    first: Array,
    arcs: Array,
    seeds: Array,
    order: Array,
    begin: int,
    limit: np.uint64,
    shift: np.uint64,
    head: Array,
    entry: Array,
    dm: Array,
    met: Array,
    found: Array,
    ends: Array,
    rows: Array,
) -> tuple[int, bool]:
    """Search from one place after the other, two seeds each.

    Parameters
    ----------
    order : int64[P]
        The places, neighbours one after the other; ``begin`` is where to go on.
    dm : uint32[N]
        ``limit + 1``, as it is left again.
    found : uint64[F]
        ``node << 32 | dm`` of every node reached is written here, ``ends[k]`` the end of those of
        the ``k``-th place.
    rows : int64[N + 1]
        Counts at ``node + 1`` how many places reach a node.

    Returns
    -------
    done : int
        How many places are done: all, or as many as ``found`` had room for.
    is_full : bool
        Whether what is queued had too little room: ``dm`` and ``head`` are to be made anew.
    """
    half, one = np.uint64(32), np.uint64(1)
    used = 0
    for k in range(begin, len(order)):
        seed = 2 * order[k]
        count = search(first, arcs, seeds, seed, seed + 2, limit, shift, head, entry, dm, met)
        if count == FULL:
            return k, True
        fits = used + count <= len(found)
        for n in range(count):
            node = np.uint64(met[n])
            if fits:
                found[used] = (node << half) | dm[node]
                rows[node + one] += 1
                used += 1
            dm[node] = limit + one
        if not fits:
            return k, False
        ends[k] = used
    return len(order), False


@compiled
def put_in_order(dm: Array, position: Array, limit: np.uint32, found: Array) -> None:
    """Costs by position -> costs by node, where they are within the limit."""
    for node in range(len(position)):
        if dm[position[node]] <= limit:
            found[node] = dm[position[node]]


@compiled
def hand_on(
    first: Array,
    arcs: Array,
    order: Array,
    dm: Array,
    nearest: Array,
) -> None:
    """Tell every node which place its cost leads to; of several the lowest number.

    Parameters
    ----------
    order : int64[M]
        The nodes reached, by ``dm``.
    nearest : int32[N]
        Known where a search began, otherwise a greater number than any place has.
    """
    one = np.uint64(1)
    for n in range(len(order)):
        here = np.uint64(order[n])
        for arc in range(first[here], first[here + one]):
            node = arcs[2 * arc]
            if dm[here] + arcs[2 * arc + 1] == dm[node] and nearest[here] < nearest[node]:
                nearest[node] = nearest[here]
