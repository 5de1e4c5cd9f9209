"""Lines from flags to their places: what they would cross."""

from __future__ import annotations

from math import hypot

import numpy as np
import numpy.typing as npt

from webmap.paper.flag_room import Kept

FLAG_MM, PLACE_MM = 5.0, 2.5
"""Rather so far aside than a line that goes under a flag, or through the place of another."""
_STEPS = 14
_STEP_MM = 5.0
_MOST_BOXES = 40
_WIDE_MM = 0.6

Floats = npt.NDArray[np.floating]


class CrossedBoxes:
    """Boxes that lines should not cross, each with what it costs.

    Parameters
    ----------
    most : int
        How many there can be.
    """

    def __init__(self, most: int) -> None:
        self._sides = np.empty((4, most))
        self._cost = np.empty(most)
        self._count = 0

    def add(self, box: Kept, cost: float) -> None:
        """Add a box."""
        self._sides[:, self._count] = box.x, box.y, box.x + box.width, box.y + box.height
        self._cost[self._count] = cost
        self._count += 1

    def of(self, place: tuple[float, float], x: Floats, y: Floats) -> Floats:
        """What the lines from a place to some points cost."""
        part = np.linspace(0.0, 1.0, _STEPS)[1:]
        along_x = place[0] + (x[:, None] - place[0]) * part
        along_y = place[1] + (y[:, None] - place[1]) * part
        left, top, right, bottom = self._sides[:, : self._count]
        near = np.flatnonzero(
            (left < along_x.max(initial=place[0]))
            & (right > along_x.min(initial=place[0]))
            & (top < along_y.max(initial=place[1]))
            & (bottom > along_y.min(initial=place[1]))
            # Its own place, and those that share it, are no obstacles.
            & ~((left < place[0]) & (right > place[0]) & (top < place[1]) & (bottom > place[1]))
        )
        if not len(near):
            return np.zeros(len(x))
        sides = self._sides[:, near, None, None]
        crossed = (
            (along_x > sides[0])
            & (along_x < sides[2])
            & (along_y > sides[1])
            & (along_y < sides[3])
        ).any(axis=2)
        return np.asarray(self._cost[near] @ crossed)


def boxes_along(place: tuple[float, float], end: tuple[float, float]) -> list[Kept]:
    """Small boxes along a line, so that no flag is put on it."""
    far = hypot(end[0] - place[0], end[1] - place[1])
    count = min(int(far / _STEP_MM), _MOST_BOXES)
    parts = np.arange(1, count + 1) / count if count else np.empty(0)
    return [
        Kept(
            place[0] + (end[0] - place[0]) * part - _WIDE_MM / 2,
            place[1] + (end[1] - place[1]) * part - _WIDE_MM / 2,
            _WIDE_MM,
            _WIDE_MM,
        )
        for part in parts.tolist()
    ]
