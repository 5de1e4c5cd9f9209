"""People and places -> spots on streets."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from geo.walking.spots import NOWHERE, Spots
from geo.walking.walk_streets import WalkStreets

LEAST_PIECE_M = 500.0
"""Less street than this, connected to nothing else, is a fault of the source or a courtyard."""

Floats = npt.NDArray[np.float64]


def attach(
    streets: WalkStreets,
    x: Floats,
    y: Floats,
    limit_m: float,
    *,
    least_piece_m: float = LEAST_PIECE_M,
) -> Spots:
    """The nearest street of every point.

    Parameters
    ----------
    streets : WalkStreets
    x, y : float64[K]
        Metres of the streets' system.
    limit_m : float
        A point farther from every street is attached to none; exactly this far is near enough.
    least_piece_m : float
        A connected piece with less street is taken only where no other is within the limit.

    Returns
    -------
    Spots
        Of streets equally near, the one with the lowest number.
    """
    import shapely

    line: Any = shapely.linestrings(
        streets.x, streets.y, indices=np.repeat(np.arange(streets.edges), np.diff(streets.first))
    )
    point: Any = shapely.points(x, y)
    piece = streets.component[streets.edge_from]
    is_large = np.bincount(piece, weights=streets.length_m)[piece] >= least_piece_m
    edge = np.full(len(x), NOWHERE, dtype=np.int32)
    for which in (np.flatnonzero(is_large), np.flatnonzero(~is_large)):
        left = np.flatnonzero(edge == NOWHERE)
        if not len(which) or not len(left):
            continue
        of, hit = shapely.STRtree(line[which]).query_nearest(
            point[left], max_distance=np.nextafter(limit_m, np.inf)
        )
        hit = which[hit]
        best = np.full(len(left), streets.edges)
        np.minimum.at(best, of, hit)
        found = best < streets.edges
        edge[left[found]] = best[found]
    known = edge != NOWHERE
    at = np.full(len(x), np.nan)
    away = np.full(len(x), np.nan)
    at[known] = shapely.line_locate_point(line[edge[known]], point[known], normalized=True)
    away[known] = shapely.distance(line[edge[known]], point[known])
    return Spots(edge, at, away)
