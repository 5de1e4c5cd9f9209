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
    point, outline, _ = held_points(x, y, outlines)
    first = np.full(len(x), len(outlines), dtype=np.int64)
    np.minimum.at(first, point, outline)
    return np.where(first < len(outlines), first, NOWHERE).astype(np.int32)


def held_points(
    x: Floats, y: Floats, outlines: Sequence[Shape | None]
) -> tuple[Pairs, Pairs, npt.NDArray[np.bool_]]:
    """Every point with every outline that holds it.

    Returns
    -------
    point, outline : int64[K]
        By outline, then by point.
    inside : bool[K]
        False where the point lies on the border.
    """
    import shapely

    shapes = np.empty(len(outlines), dtype=object)
    shapes[:] = outlines
    known = np.flatnonzero(~shapely.is_missing(shapes))
    if not len(known) or not len(x):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, bool)
    # The boxes are asked for points, not the points for boxes: one walk down the tree an outline,
    # and its shape, prepared once, is asked for all its points one after the other.
    shapely.prepare(shapes[known])
    points = np.asarray(shapely.points(x, y), dtype=object)
    place, point = shapely.STRtree(points).query(shapes[known])
    outline = known[place]
    held = shapely.intersects_xy(shapes[outline], x[point], y[point])
    outline, point = outline[held], point[held]
    order = np.lexsort((point, outline))
    outline, point = outline[order], point[order]
    inside = shapely.contains_xy(shapes[outline], x[point], y[point])
    return point, outline, inside
