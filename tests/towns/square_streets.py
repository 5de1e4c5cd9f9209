"""Streets and squares one can work out in one's head, without a database.

The squares of tests/town: sixteen of 500 m, streets through their middles.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from shapely import box

from geo.model.ground import StreetKind, WayMark
from geo.network.connected_pieces import connected_pieces
from geo.walking.walk_streets import WalkStreets

SIDE_M = 500.0
COLUMNS, ROWS = "ABCD", "1234"
SQUARES = tuple(column + row for row in ROWS for column in COLUMNS)

Line = Sequence[tuple[float, float]]


def streets_of(
    lines: Sequence[Line],
    *,
    kinds: Sequence[StreetKind] | None = None,
    marks: Sequence[WayMark] | None = None,
    heights: dict[tuple[float, float], float] | None = None,
) -> WalkStreets:
    """Edges written out vertex by vertex; ends at one place are one node."""
    ends = sorted({end for line in lines for end in (line[0], line[-1])})
    number = {end: n for n, end in enumerate(ends)}
    flat = np.array([v for line in lines for v in line], dtype=float).reshape(-1, 2)
    low = np.array([number[line[0]] for line in lines], dtype=np.int64)
    high = np.array([number[line[-1]] for line in lines], dtype=np.int64)
    length = [sum(np.hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line)) for line in lines]
    return WalkStreets(
        node_x=np.array([x for x, _ in ends], dtype=float),
        node_y=np.array([y for _, y in ends], dtype=float),
        node_height_m=np.array([(heights or {}).get(e, np.nan) for e in ends], dtype=np.float32),
        component=connected_pieces(len(ends), low, high).astype(np.int32),
        edge_from=low.astype(np.int32),
        edge_to=high.astype(np.int32),
        length_m=np.array(length, dtype=float),
        kind=np.array(kinds or [StreetKind.LOCAL] * len(lines), dtype=np.uint8),
        marks=np.array(marks or [0] * len(lines), dtype=np.int32),
        name=np.full(len(lines), -1, dtype=np.int32),
        names=(),
        first=np.concatenate([[0], np.cumsum([len(line) for line in lines])]).astype(np.int64),
        x=flat[:, 0].copy(),
        y=flat[:, 1].copy(),
    )


def town_streets() -> WalkStreets:
    """The 24 edges of 500 m between the middles of the squares."""
    middles = (250.0, 750.0, 1250.0, 1750.0)
    across = [[(x, y), (x + SIDE_M, y)] for y in middles for x in middles[:-1]]
    up = [[(x, y), (x, y + SIDE_M)] for x in middles for y in middles[:-1]]
    return streets_of([*across, *up])


def square(name: str) -> Any:
    """One of the sixteen squares, A1 to D4."""
    x, y = COLUMNS.index(name[0]) * SIDE_M, ROWS.index(name[1]) * SIDE_M
    return box(x, y, x + SIDE_M, y + SIDE_M)


def squares(*names: str) -> Any:
    """The union of some."""
    from shapely import union_all

    return union_all([square(name) for name in names])


def all_squares() -> list[Any]:
    """A1, B1, … D4."""
    return [square(name) for name in SQUARES]
