"""What flags and their lines had better not lie over: places, names, the lines of others, flags."""

from __future__ import annotations

from math import hypot

import numpy as np

from webmap.paper.drawing.flag_room import Floats, Kept

UNDER_FLAG_MM, THROUGH_PLACE_MM = 5.0, 2.5
"""Rather so far aside than a line that goes under a flag, or through the place of another."""
_COVERED_LINE_MM = 1.0
_CLEAR_MM = 0.3
_LINE_PARTS = 14
_LINE_STEP_MM = 3.0
_MOST_LINE_STEPS = 40


class FlagCosts:
    """Boxes on a map, each with what it costs to cover it and to draw a line through it.

    Parameters
    ----------
    most : int
        Flags and boxes there can be.
    """

    def __init__(self, most: int) -> None:
        # Left, top, right, bottom; covering; crossing.
        self._boxes = np.empty((6, most * 2))
        self._count = 0

    def add(self, box: Kept, *, covered: float = 0.0, crossed: float = 0.0) -> None:
        """Add a box."""
        self._added(
            np.array([[box.x], [box.y], [box.x + box.width], [box.y + box.height]]),
            covered,
            crossed,
        )

    def add_line(self, place: tuple[float, float], end: tuple[float, float]) -> None:
        """Add the points of a line: whoever comes later had better not stand on it."""
        far = hypot(end[0] - place[0], end[1] - place[1])
        count = min(int(far / _LINE_STEP_MM), _MOST_LINE_STEPS)
        if not count:
            return
        part = np.arange(1, count + 1) / count
        x = place[0] + (end[0] - place[0]) * part
        y = place[1] + (end[1] - place[1]) * part
        self._added(np.array([x, y, x, y]), _COVERED_LINE_MM, 0.0)

    def of_covering(self, x: Floats, y: Floats, width: float, height: float) -> Floats:
        """What flags of a size with these middles would cover."""
        near = self._near(x, y, width / 2 + _CLEAR_MM, height / 2 + _CLEAR_MM, 4)
        if not near.shape[1]:
            return np.zeros(len(x))
        aside, above = width / 2 + _CLEAR_MM, height / 2 + _CLEAR_MM
        covers = (
            (x[:, None] > near[0] - aside)
            & (x[:, None] < near[2] + aside)
            & (y[:, None] > near[1] - above)
            & (y[:, None] < near[3] + above)
        )
        return np.asarray(covers @ near[4])

    def of_lines(self, place: tuple[float, float], x: Floats, y: Floats) -> Floats:
        """What the lines from a place to these middles would cross."""
        near = self._near(np.append(x, place[0]), np.append(y, place[1]), 0.0, 0.0, 5)
        # Its own place, and those that share it, are no obstacles.
        is_own = (
            (near[0] < place[0])
            & (near[2] > place[0])
            & (near[1] < place[1])
            & (near[3] > place[1])
        )
        left, top, right, bottom, _, cost = near[:, ~is_own]
        if not len(cost):
            return np.zeros(len(x))
        part = np.linspace(0.0, 1.0, _LINE_PARTS)[1:]
        along_x = (place[0] + (x[:, None] - place[0]) * part)[:, :, None]
        along_y = (place[1] + (y[:, None] - place[1]) * part)[:, :, None]
        crosses = ((along_x > left) & (along_x < right) & (along_y > top) & (along_y < bottom)).any(
            axis=1
        )
        return np.asarray(crosses @ cost)

    def _added(self, sides: Floats, covered: float, crossed: float) -> None:
        end = self._count + sides.shape[1]
        while end > self._boxes.shape[1]:
            self._boxes = np.hstack([self._boxes, np.empty_like(self._boxes)])
        self._boxes[:4, self._count : end] = sides
        self._boxes[4, self._count : end] = covered
        self._boxes[5, self._count : end] = crossed
        self._count = end

    def _near(self, x: Floats, y: Floats, aside: float, above: float, cost: int) -> Floats:
        """The boxes around some points that cost something."""
        boxes = self._boxes[:, : self._count]
        near = (
            (boxes[2] > x.min() - aside)
            & (boxes[0] < x.max() + aside)
            & (boxes[3] > y.min() - above)
            & (boxes[1] < y.max() + above)
            & (boxes[cost] > 0)
        )
        return boxes[:, near]
