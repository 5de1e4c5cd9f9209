"""Rows by place -> rows by node, the nearest first; compiled."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from geo.walking.compiled import compiled

Array = npt.NDArray[Any]

_GAPS = (701, 301, 132, 57, 23, 10, 4, 1)


@compiled
def sort_part(
    values: Array,
    low: int,
    high: int,
) -> None:
    """Sort some values in their place (Shell's way: they are few)."""
    for gap in _GAPS:
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
