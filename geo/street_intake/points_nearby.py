"""Which points already stand near a place, asked a hundred thousand times."""

from __future__ import annotations

import math
from collections.abc import Iterator


class PointsNearby:
    """Points by the square of a grid they stand in.

    Parameters
    ----------
    reach_m : float
        Nobody asks for points farther away than this.
    """

    def __init__(self, reach_m: float) -> None:
        self._reach_m = reach_m
        self._squares: dict[tuple[int, int], list[tuple[float, float, int]]] = {}

    def add(self, x: float, y: float, number: int) -> None:
        """Add a point, in metres."""
        self._squares.setdefault(self._square(x, y), []).append((x, y, number))

    def near(self, x: float, y: float) -> Iterator[tuple[float, int]]:
        """Distance and number of every point within reach."""
        column, row = self._square(x, y)
        for square in ((column + i, row + j) for i in (-1, 0, 1) for j in (-1, 0, 1)):
            for a, b, number in self._squares.get(square, ()):
                apart = math.hypot(x - a, y - b)
                if apart <= self._reach_m:
                    yield apart, number

    def _square(self, x: float, y: float) -> tuple[int, int]:
        return math.floor(x / self._reach_m), math.floor(y / self._reach_m)
