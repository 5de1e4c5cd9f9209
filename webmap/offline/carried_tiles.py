"""Which tiles a file carries: what its map may show when it opens, and a walk around the area."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from geo.questions import tile_at
from webmap.ground_data import DEEPEST_ZOOM

Bounds = tuple[float, float, float, float]

MARGIN_M = 500
"""How far around the area there are streets, at the deepest zoom; twice as far at each above it."""

FARTHEST_ZOOM = 8
"""The page's script goes no farther away."""

NEAREST_OPENING = 17
"""However small the area, its map opens no nearer than this zoom."""

TILE_PX = 256
EARTH_M = 40_075_017

PADDING = 1.4
"""How much more than the area a screen shows when it opens, at most: room for flags and buttons."""

_BETWEEN_ZOOMS = math.sqrt(2)  # a map between two zooms enlarges or shrinks its tiles by this


ASPECTS = (0.45, 0.56, 0.7, 0.88, 1.1, 1.4, 1.75, 2.2)
"""Width to height of the map on a phone, a tablet, beside the list of a laptop, on a wall."""

_STEP = 1.26
"""From one aspect to the next: a screen between two is as large as this times one of them."""

_SLIM, _HIGHEST_SLIM_PX = 0.65, 950  # slimmer than a tablet is a phone
_LOWEST_PX = 400


@dataclass(frozen=True, slots=True)
class TileWindow:
    """Tiles of one zoom, first and last column and row included."""

    zoom: int
    west: int
    north: int
    east: int
    south: int

    def tiles(self) -> Iterator[tuple[int, int, int]]:
        """Zoom, column, row of each."""
        for column in range(self.west, self.east + 1):
            for row in range(self.north, self.south + 1):
                yield self.zoom, column, row


def tile_windows(bounds: Bounds, greatest_px: int) -> tuple[TileWindow, ...]:
    """The tiles a file carries around an area, the farthest zoom first.

    Parameters
    ----------
    bounds : (float, float, float, float)
        West, south, east, north of what the map shows when it opens; EPSG:4326.
    greatest_px : int
        No screen is taken to be higher than this: on a higher one the edges stay empty.
    """
    west, north = tile_at(bounds[0], bounds[3], 0)
    east, south = tile_at(bounds[2], bounds[1], 0)
    middle_lat = math.radians((bounds[1] + bounds[3]) / 2)
    margin = MARGIN_M / (EARTH_M * math.cos(middle_lat))
    windows = []
    for zoom in range(FARTHEST_ZOOM, DEEPEST_ZOOM + 1):
        around = margin * 2 ** (DEEPEST_ZOOM - zoom)
        wide, high = east - west + 2 * around, south - north + 2 * around
        for aspect in ASPECTS:
            px = min(greatest_px, _HIGHEST_SLIM_PX) if aspect < _SLIM else greatest_px
            seen = _seen_high(east - west, south - north, aspect, px)
            if _may_open(seen, zoom, px * _STEP):
                wide, high = max(wide, seen * aspect), max(high, seen)
        windows.append(_window(zoom, (west + east) / 2, (north + south) / 2, wide, high))
    return tuple(windows)


def _seen_high(wide: float, high: float, aspect: float, greatest_px: int) -> float:
    """How much of the world a screen shows from top to bottom when an area fits on it.

    It shows as little as it can, but no map opens nearer than `NEAREST_OPENING`.
    """
    return max(PADDING * max(high, wide / aspect), greatest_px / (TILE_PX << NEAREST_OPENING))


def _may_open(seen_high: float, zoom: int, greatest_px: float) -> bool:
    """Whether a screen no higher than this may open with tiles of this zoom."""
    px = seen_high * (TILE_PX << zoom)
    too_small = zoom < DEEPEST_ZOOM and px * _BETWEEN_ZOOMS < _LOWEST_PX
    return not too_small and px / PADDING / _BETWEEN_ZOOMS <= greatest_px


def _window(zoom: int, x: float, y: float, wide: float, high: float) -> TileWindow:
    """The tiles that hold a box around a place; parts of the world."""
    count = 1 << zoom

    def tile(at: float) -> int:
        return max(0, min(count - 1, math.floor(at * count)))

    return TileWindow(
        zoom, tile(x - wide / 2), tile(y - high / 2), tile(x + wide / 2), tile(y + high / 2)
    )
