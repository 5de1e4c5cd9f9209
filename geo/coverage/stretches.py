"""Streets cut into short pieces: people live along them, and a map shades them one by one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.walking.spots import Spots
from geo.walking.walk_streets import WalkStreets

LONGEST_M = 25.0

_HAIR = 1e-3  # of a piece: coordinates are rounded, and 500.0001 m are twenty pieces of 25 m

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Pieces of edges, in the order of the edges and along each of them.

    Parameters
    ----------
    edge : int32[S]
    start, stop : float64[S]
        Fractions of the edge's length, from ``edge_from``.
    x, y : float64[S]
        The middle of the piece, metres.
    length_m : float64[S]
    """

    edge: npt.NDArray[np.int32]
    start: Floats
    stop: Floats
    x: Floats
    y: Floats
    length_m: Floats

    def __len__(self) -> int:
        """Number of pieces."""
        return len(self.edge)

    @property
    def spots(self) -> Spots:
        """Their middles as places on the streets."""
        return Spots(self.edge, (self.start + self.stop) / 2, np.zeros(len(self)))


def cut_stretches(streets: WalkStreets, longest_m: float = LONGEST_M) -> Stretches:
    """Cut every edge into equal pieces that are not longer than ``longest_m`` (by a thousandth)."""
    pieces = np.maximum(np.ceil(streets.length_m / longest_m - _HAIR), 1).astype(np.int64)
    edge = np.repeat(np.arange(streets.edges, dtype=np.int32), pieces)
    ahead = np.cumsum(pieces) - pieces
    place = np.arange(len(edge)) - ahead[edge]
    start, stop = place / pieces[edge], (place + 1) / pieces[edge]
    x, y = points_along(streets, edge, (start + stop) / 2)
    return Stretches(edge, start, stop, x, y, streets.length_m[edge] / pieces[edge])


def points_along(
    streets: WalkStreets, edge: npt.NDArray[np.int32], at: Floats
) -> tuple[Floats, Floats]:
    """Where the fraction ``at`` of each edge lies: x and y, metres."""
    if not len(edge):
        return np.zeros(0), np.zeros(0)
    gone = metres_along(streets)
    begin, end = streets.first[edge], streets.first[edge + 1] - 1
    wanted = gone[begin] + at * (gone[end] - gone[begin])
    vertex = np.clip(np.searchsorted(gone, wanted, side="right") - 1, begin, end - 1)
    step = gone[vertex + 1] - gone[vertex]
    part = np.divide(wanted - gone[vertex], step, out=np.zeros(len(edge)), where=step > 0)
    part = np.clip(part, 0.0, 1.0)
    x = streets.x[vertex] + part * (streets.x[vertex + 1] - streets.x[vertex])
    y = streets.y[vertex] + part * (streets.y[vertex + 1] - streets.y[vertex])
    return x, y


def metres_along(streets: WalkStreets) -> Floats:
    """How far each vertex lies along its edge, counted on from the end of the edge before."""
    steps = np.hypot(np.diff(streets.x), np.diff(streets.y))
    steps[streets.first[1:-1] - 1] = 0.0  # from one edge to the next nobody walks
    return np.concatenate([[0.0], np.cumsum(steps)])
