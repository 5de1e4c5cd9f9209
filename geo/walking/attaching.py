"""People and places -> spots on streets."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.walking.spots import Spots
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
    from geo.walking.edge_grid import EdgeGrid

    piece = streets.component[streets.edge_from]
    is_large = np.bincount(piece, weights=streets.length_m)[piece] >= least_piece_m
    found = Spots.nowhere(len(x))
    for some in (np.flatnonzero(is_large), np.flatnonzero(~is_large)):
        left = np.flatnonzero(~found.known)
        if len(some) and len(left):
            spots = EdgeGrid(streets, some).nearest(x[left], y[left], limit_m)
            found.edge[left], found.at[left], found.away_m[left] = (
                spots.edge,
                spots.at,
                spots.away_m,
            )
    return found
