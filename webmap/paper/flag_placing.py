"""Where every flag of a printed map stands, so that none lies over another.

A flag stands where its place is, or as near to that as is free. Positions are those of a grid of
half a millimetre: for every size of flags a map is kept of where the middle of one may not be, so
the nearest free position is looked up, not tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

CELL_MM = 0.5
GAP_MM = 0.4
"""White between two flags."""
NEAR_MM = 1.0
"""Shifted by more than this, a flag gets a line to its place."""
_FIRST_REACH = 16  # cells

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A flag to be placed: its place, the middle it would like to have, its size; millimetres."""

    place_x: float
    place_y: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PlacedFlag:
    """Where a flag stands.

    Parameters
    ----------
    x, y : float
        Its middle, in millimetres from the upper left corner of the map.
    shifted_mm : float
        How far that is from where it would like to stand.
    """

    x: float
    y: float
    shifted_mm: float

    @property
    def has_line(self) -> bool:
        """Whether a line leads to its place."""
        return self.shifted_mm > NEAR_MM


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of the map that flags leave free: a legend, a scale bar; millimetres."""

    x: float
    y: float
    width: float
    height: float


def place_flags(
    wanted: Sequence[Wanted], width_mm: float, height_mm: float, kept: Sequence[Kept] = ()
) -> tuple[PlacedFlag | None, ...]:
    """Place flags in their order: the first ones stand nearest to their places.

    Parameters
    ----------
    wanted : sequence of Wanted
    width_mm, height_mm : float
        Of the map.
    kept : sequence of Kept

    Returns
    -------
    tuple of (PlacedFlag or None)
        None where no room is left in the whole map. No two overlap, none leaves the map.
    """
    if not wanted:
        return ()
    sizes = sorted({(flag.width, flag.height) for flag in wanted})
    rooms = {size: _Room(size, width_mm, height_mm) for size in sizes}
    for part in kept:
        for room in rooms.values():
            room.take(part.x + part.width / 2, part.y + part.height / 2, part.width, part.height)
    placed: list[PlacedFlag | None] = []
    for flag in wanted:
        found = rooms[flag.width, flag.height].nearest(flag.x, flag.y)
        if found is None:
            placed.append(None)
            continue
        x, y = found
        for room in rooms.values():
            room.take(x, y, flag.width, flag.height)
        placed.append(PlacedFlag(x, y, float(np.hypot(x - flag.x, y - flag.y))))
    return tuple(placed)


class _Room:
    """Where the middle of a flag of one size may be."""

    def __init__(self, size: tuple[float, float], width_mm: float, height_mm: float) -> None:
        self._width, self._height = size
        self._free: Flags = np.zeros(
            (int(height_mm / CELL_MM) + 1, int(width_mm / CELL_MM) + 1), dtype=bool
        )
        left, top = (int(np.ceil(part / 2 / CELL_MM)) for part in size)
        right = int(np.floor((width_mm - self._width / 2) / CELL_MM))
        bottom = int(np.floor((height_mm - self._height / 2) / CELL_MM))
        self._free[top : max(bottom + 1, 0), left : max(right + 1, 0)] = True

    def take(self, x: float, y: float, width: float, height: float) -> None:
        """Keep the middles free of which a flag would come too near to this box."""
        aside = (self._width + width) / 2 + GAP_MM
        above = (self._height + height) / 2 + GAP_MM
        rows, columns = self._free.shape
        # What lies exactly on the border is free.
        first = max(int(np.floor((x - aside) / CELL_MM)) + 1, 0)
        last = min(int(np.ceil((x + aside) / CELL_MM)) - 1, columns - 1)
        top = max(int(np.floor((y - above) / CELL_MM)) + 1, 0)
        low = min(int(np.ceil((y + above) / CELL_MM)) - 1, rows - 1)
        self._free[top : max(low + 1, 0), first : max(last + 1, 0)] = False

    def nearest(self, x: float, y: float) -> tuple[float, float] | None:
        """The nearest free middle; of equally near ones the upper, then the left one."""
        rows, columns = self._free.shape
        column = min(max(x / CELL_MM, 0.0), columns - 1.0)
        row = min(max(y / CELL_MM, 0.0), rows - 1.0)
        reach = _FIRST_REACH
        while True:
            top, left = max(int(row) - reach, 0), max(int(column) - reach, 0)
            window = self._free[top : int(row) + reach + 2, left : int(column) + reach + 2]
            free = np.argwhere(window) + np.array([top, left])
            apart = np.square(free - (row, column)).sum(axis=1)
            is_all = window.shape == self._free.shape
            # Beyond the corners of the window something may be nearer than in them.
            if len(free) and (is_all or apart.min() <= reach**2):
                best_row, best_column = free[np.argmin(apart)].tolist()
                return best_column * CELL_MM, best_row * CELL_MM
            if is_all:
                return None
            reach *= 2
