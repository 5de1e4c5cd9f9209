"""A grid of heights, asked at places between its points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.crs import STORAGE_CRS, transformer

_LOWEST_M, _HIGHEST_M = -500.0, 9000.0
_NOTHING = 1e-6  # of a step: a place on a point or on the rim may miss it by its last bits


@dataclass(frozen=True, slots=True)
class HeightGrid:
    """Heights at regular points, the first row in the north.

    Parameters
    ----------
    values : number[R, C]
        Metres above the sea, as the file stores them.
    void : float or None
        The value that stands for "not measured".
    west, north : float
        Where the first point of the first row lies, in ``crs``.
    step_x, step_y : float
        From point to point, eastwards and southwards, both positive.
    rim : float
        How far outside the outermost points a place still belongs to the grid, in steps: half a
        cell where a value stands for an area, none where it stands for a point.
    crs : str
        EPSG name.
    """

    values: npt.NDArray[np.number]
    void: float | None
    west: float
    north: float
    step_x: float
    step_y: float
    rim: float = 0.0
    crs: str = STORAGE_CRS

    def at(
        self, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float32]:
        """Heights in metres, bilinear between four points; NaN outside and beside a void.

        A height below -500 m or above 9,000 m is none.
        """
        x, y = lon, lat
        if self.crs != STORAGE_CRS:
            x, y = transformer(STORAGE_CRS, self.crs).transform(lon, lat)
        height = np.full(len(lon), np.nan, dtype=np.float32)
        rows, columns = self.values.shape
        with np.errstate(invalid="ignore"):
            column = (x - self.west) / self.step_x
            row = (self.north - y) / self.step_y
            room = self.rim + _NOTHING
            inside = np.flatnonzero(
                (column >= -room)
                & (column <= columns - 1 + room)
                & (row >= -room)
                & (row <= rows - 1 + room)
            )
        if len(inside):
            height[inside] = self._between(
                np.clip(column[inside], 0, columns - 1), np.clip(row[inside], 0, rows - 1)
            )
        return height

    def _between(
        self, column: npt.NDArray[np.float64], row: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float32]:
        left, top = np.floor(column).astype(np.int64), np.floor(row).astype(np.int64)
        right = np.minimum(left + 1, self.values.shape[1] - 1)
        below = np.minimum(top + 1, self.values.shape[0] - 1)
        east, south = column - left, row - top
        total = np.zeros(len(column))
        for at_row, at_column, share in (
            (top, left, (1 - south) * (1 - east)),
            (top, right, (1 - south) * east),
            (below, left, south * (1 - east)),
            (below, right, south * east),
        ):
            total += np.where(share > _NOTHING, self._known(at_row, at_column) * share, 0.0)
        return total.astype(np.float32)

    def _known(
        self, row: npt.NDArray[np.int64], column: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float64]:
        value = self.values[row, column].astype(np.float64)
        unknown = ~((value >= _LOWEST_M) & (value <= _HIGHEST_M))
        if self.void is not None:
            unknown |= value == self.void
        return np.where(unknown, np.nan, value)
