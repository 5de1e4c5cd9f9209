"""Where the middle of a flag of one size may be: positions on a grid of half a millimetre."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, hypot, inf
from typing import Protocol

import numpy as np
import numpy.typing as npt

CELL_MM = 0.5
GAP_MM = 0.4
"""White between two flags."""
_FIRST_REACH_MM = 6.0
_STEP = 2
"""A flag that cannot stand where it would is put on every second position: four times as fast."""
_OFF = 0.12
"""Below or beside its place is nearly as good as above it: nearer than far above."""
_LOOKED_AT = 400
"""Of the free positions, so many of the nearest are compared with each other."""
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


class Costs(Protocol):
    """What a flag had better not do, in millimetres it may rather go aside."""

    def of_covering(self, x: Floats, y: Floats, width: float, height: float) -> Floats:
        """What flags of a size with these middles would cover."""

    def of_lines(self, place: tuple[float, float], x: Floats, y: Floats) -> Floats:
        """What the lines from a place to these middles would cross."""


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
        self._free = np.zeros(shape, dtype=bool)
        left, top = (ceil(part / 2 / CELL_MM) for part in (width, height))
        right = floor((width_mm - width / 2) / CELL_MM)
        bottom = floor((height_mm - height / 2) / CELL_MM)
        self._free[top : max(bottom + 1, 0), left : max(right + 1, 0)] = True

    def take(self, box: Kept) -> None:
        """Allow no middle from which a flag would come too near to this box."""
        rows, columns = self._free.shape
        self._free[
            _covered(box.y + box.height / 2, (self._height + box.height) / 2 + GAP_MM, rows),
            _covered(box.x + box.width / 2, (self._width + box.width) / 2 + GAP_MM, columns),
        ] = False

    def best(
        self, place: tuple[float, float], wish: tuple[float, float], farthest: float, costs: Costs
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
        costs : Costs
        """
        rows, columns = self._free.shape
        row = min(max(round(wish[1] / CELL_MM), 0), rows - 1)
        column = min(max(round(wish[0] / CELL_MM), 0), columns - 1)
        size = self._width, self._height
        if self._free[row, column]:
            x, y = np.array([column * CELL_MM]), np.array([row * CELL_MM])
            if not costs.of_covering(x, y, *size)[0]:
                return float(x[0]), float(y[0])
        half = hypot(*size) / 2
        reach_mm = min(_FIRST_REACH_MM + half, farthest)
        while True:
            reach = int(reach_mm / CELL_MM) + 1
            top, left = max(row - reach, 0), max(column - reach, 0)
            part = self._free[top : row + reach + 1 : _STEP, left : column + reach + 1 : _STEP]
            down, along = np.nonzero(part)
            x, y = (along * _STEP + left) * CELL_MM, (down * _STEP + top) * CELL_MM
            aside = np.hypot(x - wish[0], y - wish[1])
            away = np.hypot(
                np.maximum(np.abs(x - place[0]) - self._width / 2, 0),
                np.maximum(np.abs(y - place[1]) - self._height / 2, 0),
            )
            score = np.where(aside <= farthest, away + _OFF * aside, inf)
            least = score.min(initial=inf)
            # Beyond the window something may be better than the best in it.
            if reach >= max(rows, columns) or reach_mm >= farthest or least + half <= reach_mm:
                break
            reach_mm *= 2
        if least == inf:
            return None
        if len(score) > _LOOKED_AT:
            near = np.sort(np.argpartition(score, _LOOKED_AT)[:_LOOKED_AT])
            score, x, y = score[near], x[near], y[near]
        score = score + costs.of_covering(x, y, *size)
        return _with_least_line(score, x, y, place, costs)


def _covered(middle: float, half: float, count: int) -> slice:
    """The cells nearer than so much; what lies exactly on the border is free."""
    first = min(max(floor((middle - half) / CELL_MM) + 1, 0), count)
    last = min(ceil((middle + half) / CELL_MM) - 1, count - 1)
    return slice(first, max(last + 1, first))


def _with_least_line(
    score: Floats, x: Floats, y: Floats, place: tuple[float, float], costs: Costs
) -> tuple[float, float]:
    """Of the best positions on every side of the place, the one whose line crosses the least."""
    good = np.flatnonzero(score <= score.min() + _SLACK_MM)
    score, x, y = score[good], x[good], y[good]
    side = ((np.arctan2(y - place[1], x - place[0]) / (2 * np.pi) + 0.5) * _WAYS).astype(int)
    order = np.lexsort((score, side))
    first = np.sort(order[np.flatnonzero(np.diff(side[order], prepend=-1))])
    chosen = first[np.argmin(score[first] + costs.of_lines(place, x[first], y[first]))]
    return float(x[chosen]), float(y[chosen])
