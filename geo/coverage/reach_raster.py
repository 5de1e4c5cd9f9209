"""Polygons around the streets within reach, for the eye only: nothing is ever counted from them.

A raster of 25 m whose dots know how far the nearest street within reach is, and marching squares
where that is `BESIDE_M`. Every reached stretch lies inside whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from geo.coverage.ring_walking import walk_rings
from geo.coverage.street_runs import alike_runs, run_lines
from geo.coverage.stretches import Stretches
from geo.crs import STORAGE_CRS, transformer
from geo.walking.walk_streets import WalkStreets

CELL_M = 25.0
BESIDE_M = 30.0
"""How far beside the streets the outline runs, about; more than a square is wide."""
FILLED_M2 = 20_000.0
"""A hole smaller than this, with no street out of reach in it, is the inside of a block."""

_NEAR = 2  # dots on every side of a place: farther ones are more than 30 m off

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ReachOutline:
    """Polygons without overlap in the metric system of the streets, outer rings counterclockwise.

    Laid out as a GeoArrow multipolygon, and as `shapely.from_ragged_array` takes it.

    Parameters
    ----------
    x, y : float64[V]
        Metres. Every ring closes with its first vertex.
    ring_first : int64[R + 1]
        Ring ``r`` has the vertices ``ring_first[r]`` to ``ring_first[r + 1]``.
    polygon_first : int64[P + 1]
        Polygon ``p`` has these rings: its outer ring, then its holes.
    """

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    ring_first: npt.NDArray[np.int64]
    polygon_first: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.polygon_first) - 1

    def as_geojson(self, metric_crs: str) -> dict[str, Any]:
        """A GeoJSON MultiPolygon, EPSG:4326, longitude first."""
        lon, lat = transformer(metric_crs, STORAGE_CRS).transform(self.x, self.y)
        dots = np.round(np.column_stack([lon, lat]), 6).tolist()
        ends = self.ring_first.tolist()
        rings = [dots[begin:end] for begin, end in pairwise(ends)]
        ends = self.polygon_first.tolist()
        return {
            "type": "MultiPolygon",
            "coordinates": [rings[begin:end] for begin, end in pairwise(ends)],
        }


def reach_outline(
    streets: WalkStreets, stretches: Stretches, reached: npt.NDArray[np.bool_]
) -> ReachOutline:
    """What to draw around the stretches that are ``reached`` (bool[S]).

    The raster stands still: its dots lie on whole multiples of `CELL_M`, so an outline changes
    only where streets do.
    """
    x, y = _places(streets, stretches, reached)
    if not len(x):
        nothing, none = np.empty(0), np.zeros(1, dtype=np.int64)
        return ReachOutline(nothing, nothing, none, none)
    away, west, south = _away(x, y)
    _fill_blocks(away, *_seen_squares(stretches, ~reached, west, south, away.shape))
    rings = walk_rings(away, BESIDE_M)
    return ReachOutline(
        x=(rings.x + west) * CELL_M,
        y=(rings.y + south) * CELL_M,
        ring_first=rings.ring_first,
        polygon_first=rings.polygon_first,
    )


def _places(
    streets: WalkStreets, stretches: Stretches, reached: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Places along the reached stretches, at most half a square apart, and their middles."""
    runs = alike_runs(stretches, reached, reached)
    lines = run_lines(streets, runs)
    # From every vertex to the next in even steps of at most half a square.
    inner = np.ones(len(lines.x), dtype=bool)
    inner[lines.first[1:] - 1] = False
    begin = np.flatnonzero(inner)
    east, north = lines.x[begin + 1] - lines.x[begin], lines.y[begin + 1] - lines.y[begin]
    steps = np.ceil(np.hypot(east, north) / (CELL_M / 2)).astype(np.int64) + 1
    segment = np.repeat(np.arange(len(begin)), steps)
    step = np.arange(len(segment)) - np.repeat(np.cumsum(steps) - steps, steps)
    part = step / np.maximum(steps - 1, 1)[segment]
    x = np.concatenate([lines.x[begin][segment] + part * east[segment], stretches.x[reached]])
    y = np.concatenate([lines.y[begin][segment] + part * north[segment], stretches.y[reached]])
    return x, y


def _away(x: Floats, y: Floats) -> tuple[Floats, int, int]:
    """How far from every dot of the raster the nearest place is, near them; its south-west dot."""
    column, row = np.round(x / CELL_M).astype(np.int64), np.round(y / CELL_M).astype(np.int64)
    west, south = int(column.min()) - _NEAR, int(row.min()) - _NEAR
    shape = int(row.max()) - south + _NEAR + 1, int(column.max()) - west + _NEAR + 1
    away = np.full(shape, BESIDE_M + CELL_M)  # no farther is any dot beside one that is inside
    flat = away.ravel()
    for north in range(-_NEAR, _NEAR + 1):
        for east in range(-_NEAR, _NEAR + 1):
            to_x, to_y = (column + east) * CELL_M, (row + north) * CELL_M
            dot = (row + north - south) * shape[1] + column + east - west
            np.minimum.at(flat, dot, np.hypot(to_x - x, to_y - y))
    return away, west, south


def _seen_squares(
    stretches: Stretches,
    chosen: npt.NDArray[np.bool_],
    west: int,
    south: int,
    shape: tuple[int, ...],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Squares within the raster that hold the middle of a chosen stretch: rows, columns."""
    column = np.floor(stretches.x[chosen] / CELL_M).astype(np.int64) - west
    row = np.floor(stretches.y[chosen] / CELL_M).astype(np.int64) - south
    within = (column >= 0) & (row >= 0) & (column < shape[1] - 1) & (row < shape[0] - 1)
    return row[within], column[within]


def _fill_blocks(away: Floats, row: npt.NDArray[np.int64], column: npt.NDArray[np.int64]) -> None:
    """Fill small holes, but none that one of the squares ``row``, ``column`` looks into."""
    # What is outside hangs together over corners too: see `geo.coverage.ring_walking`.
    hole, count = ndimage.label(away >= BESIDE_M, structure=np.ones((3, 3)))
    small = np.bincount(hole.ravel(), minlength=count + 1) * CELL_M**2 < FILLED_M2
    small[0] = False  # what is inside already
    small[hole[0, 0]] = False  # all around
    for north in (0, 1):
        for east in (0, 1):
            small[hole[row + north, column + east]] = False
    away[small[hole]] = 0.0
