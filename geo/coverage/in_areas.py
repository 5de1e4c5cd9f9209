"""Which area a point lies in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

NOWHERE = -1
"""The area of a point that lies in none."""

Floats = npt.NDArray[np.float64]
Shape = Any  # shapely has no words for what it holds in arrays
Pairs = npt.NDArray[np.int64]


def areas_of(x: Floats, y: Floats, outlines: Sequence[Shape | None]) -> npt.NDArray[np.int32]:
    """The first of the outlines that holds each point, -1 where none does.

    Parameters
    ----------
    x, y : float64[N]
    outlines : sequence of shapely polygon or None
        In the same system; None: nobody has drawn it. A point on a border lies in both, and so in
        the first.
    """
    point, outline = held_points(x, y, outlines)
    first = np.full(len(x), len(outlines), dtype=np.int64)
    np.minimum.at(first, point, outline)
    return np.where(first < len(outlines), first, NOWHERE).astype(np.int32)


def held_points(x: Floats, y: Floats, outlines: Sequence[Shape | None]) -> tuple[Pairs, Pairs]:
    """Every point with every outline that holds it, on its border or inside.

    Returns
    -------
    point, outline : int64[K]
        By outline, then by point.
    """
    import shapely

    shapes = np.empty(len(outlines), dtype=object)
    shapes[:] = outlines
    point, outline = _in_boxes(x, y, shapely.bounds(shapes))
    # One outline after the other, each prepared once and asked for all of its points.
    shapely.prepare(shapes)
    held = shapely.intersects_xy(shapes[outline], x[point], y[point])
    return point[held], outline[held]


def _in_boxes(x: Floats, y: Floats, boxes: Floats) -> tuple[Pairs, Pairs]:
    """Every point with every box (west, south, east, north; NaN: none) that holds it."""
    order = np.argsort(x, kind="stable")
    west_to_east, beside = x[order], y[order]
    low = np.searchsorted(west_to_east, boxes[:, 0], side="left")
    high = np.searchsorted(west_to_east, boxes[:, 2], side="right")
    within = []
    for begin, end, (_, south, _, north) in zip(low, high, boxes, strict=True):
        column = beside[begin:end]
        within.append(np.sort(order[begin:end][(column >= south) & (column <= north)]))
    point = np.concatenate([np.zeros(0, dtype=np.int64), *within])
    return point, np.repeat(np.arange(len(boxes)), [len(part) for part in within])
