"""Where the middle of a flag of one size may be, and how good it is there.

Positions are those of a grid of half a millimetre. What a flag may not cover takes positions away;
what it had better not cover makes them dearer, in millimetres it may rather go aside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, hypot, inf

import numpy as np
import numpy.typing as npt

CELL_MM = 0.5
GAP_MM = 0.4
"""White between two flags."""
_STEP = 2
"""A flag that cannot stand where it would is put on every second position: four times as fast."""
_CLEAR_MM = 0.3
_NOTHING_MM = 0.01
_FIRST_REACH_MM = 6.0
_OFF = 0.12
"""Below or beside its place is nearly as good as above it: nearer than far above."""
_SLACK_MM = 6.0
_WAYS = 24

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of the map that flags and names leave free; millimetres."""

    x: float
    y: float
    width: float
    height: float


Penalty = Callable[[Floats, Floats], Floats]
"""How bad the lines from the place to some middles are, millimetres."""


class FlagRoom:
    """The middles of flags of one size.

    Parameters
    ----------
    width, height : float
        Of the flag.
    width_mm, height_mm : float
        Of the map.
    """

    def __init__(self, width: float, height: float, width_mm: float, height_mm: float) -> None:
        self._width, self._height = width, height
        shape = int(height_mm / CELL_MM) + 1, int(width_mm / CELL_MM) + 1
        self._cost = np.full(shape, inf, np.float32)
        left, top = (int(np.ceil(part / 2 / CELL_MM)) for part in (width, height))
        right = int(np.floor((width_mm - width / 2) / CELL_MM))
        bottom = int(np.floor((height_mm - height / 2) / CELL_MM))
        self._cost[top : max(bottom + 1, 0), left : max(right + 1, 0)] = 0.0

    def take(self, box: Kept) -> None:
        """Allow no middle from which a flag would come too near to this box."""
        self._cost[self._around(box, GAP_MM)] = inf

    def avoid(self, box: Kept, cost_mm: float) -> None:
        """Make the middles dearer from which a flag would cover this box."""
        self._cost[self._around(box, _CLEAR_MM)] += cost_mm

    def avoid_all(self, boxes: Sequence[Kept], cost_mm: float) -> None:
        """Do so for many at once."""
        if not boxes:
            return
        rows, columns = self._cost.shape
        steps = np.zeros((rows + 1, columns + 1), np.float32)
        for box in boxes:
            down, along = self._around(box, _CLEAR_MM)
            steps[down.start, along.start] += cost_mm
            steps[down.stop, along.stop] += cost_mm
            steps[down.start, along.stop] -= cost_mm
            steps[down.stop, along.start] -= cost_mm
        dearer = steps.cumsum(axis=0).cumsum(axis=1)[:-1, :-1]
        dearer[dearer < _NOTHING_MM] = 0.0  # what rounding leaves where nothing is
        self._cost += dearer

    def best(
        self, place: tuple[float, float], wish: tuple[float, float], farthest: float, lines: Penalty
    ) -> tuple[float, float] | None:
        """The best middle for a flag: near to its place, covering little, its line crossing none.

        Parameters
        ----------
        place : (float, float)
            What the flag belongs to.
        wish : (float, float)
            The middle it would like best.
        farthest : float
            From its wish, millimetres; may be infinite.
        lines : callable
            Asked only where a line is needed.
        """
        rows, columns = self._cost.shape
        row, column = (
            min(max(at / CELL_MM, 0.0), count - 1.0)
            for at, count in ((wish[1], rows), (wish[0], columns))
        )
        if self._cost[round(row), round(column)] == 0.0:
            return round(column) * CELL_MM, round(row) * CELL_MM
        half = hypot(self._width, self._height) / 2
        reach_mm = min(_FIRST_REACH_MM + half, farthest)
        while True:
            reach = int(reach_mm / CELL_MM) + 1
            top, left = max(int(row) - reach, 0), max(int(column) - reach, 0)
            part = self._cost[
                top : int(row) + reach + 2 : _STEP, left : int(column) + reach + 2 : _STEP
            ]
            y = (np.arange(part.shape[0]) * _STEP + top)[:, None] * CELL_MM
            x = (np.arange(part.shape[1]) * _STEP + left)[None, :] * CELL_MM
            aside = np.hypot(x - wish[0], y - wish[1])
            away = np.hypot(
                np.maximum(np.abs(x - place[0]) - self._width / 2, 0),
                np.maximum(np.abs(y - place[1]) - self._height / 2, 0),
            )
            score = np.where(aside <= farthest, part + away + _OFF * aside, inf)
            least = score.min()
            is_all = reach >= max(self._cost.shape) or reach_mm >= farthest
            # Beyond the window something may be better than the best in it.
            if is_all or least + half <= reach_mm:
                break
            reach_mm *= 2
        if least == inf:
            return None
        return _with_least_line(score, x, y, place, lines)

    def _around(self, box: Kept, gap: float) -> tuple[slice, slice]:
        rows, columns = self._cost.shape
        return (
            _covered(box.y + box.height / 2, (self._height + box.height) / 2 + gap, rows),
            _covered(box.x + box.width / 2, (self._width + box.width) / 2 + gap, columns),
        )


def _covered(middle: float, half: float, count: int) -> slice:
    """The cells nearer than so much; what lies exactly on the border is free."""
    first = min(max(floor((middle - half) / CELL_MM) + 1, 0), count)
    last = min(ceil((middle + half) / CELL_MM) - 1, count - 1)
    return slice(first, max(last + 1, first))


def _with_least_line(
    score: Floats, x: Floats, y: Floats, place: tuple[float, float], lines: Penalty
) -> tuple[float, float]:
    """Of the best positions on every side of the place, the one whose line crosses the least."""
    row, column = np.nonzero(score <= score.min() + _SLACK_MM)
    good = score[row, column]
    east, south = x[0, column], y[row, 0]
    side = ((np.arctan2(south - place[1], east - place[0]) / (2 * np.pi) + 0.5) * _WAYS).astype(int)
    order = np.lexsort((good, side))
    first = order[np.flatnonzero(np.diff(side[order], prepend=-1))]
    first = np.sort(first)
    chosen = first[np.argmin(good[first] + lines(east[first], south[first]))]
    return float(east[chosen]), float(south[chosen])
