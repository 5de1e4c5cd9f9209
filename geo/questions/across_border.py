"""Which places lie within a walk of an area's border.

There is no walking network yet: distances are straight, and pages say so. The limit is shorter
than a walk by what streets usually add.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.crs import STORAGE_CRS, reproject
from geo.model.answers import GeoJson
from geo.store.reading.area_rows import Bounds
from geo.store.reading.kind_rows import Spot

if TYPE_CHECKING:
    import numpy as np

WALK_MIN = 10
"""A walk that most people of 75 manage."""
SPEED_M_PER_MIN = 60
"""How fast they walk where the town does not say."""
DETOUR = 1.3
"""The way along streets against the straight line: 4/pi = 1.27 on average on a grid of streets."""
STEP_M = 50
"""The limit is told in steps of this, and is exactly what is told."""


def walk_limit_m(speed_m_per_min: int | None) -> int:
    """How far a walk reaches straight, in metres: 60 m a minute reach 450 m."""
    speed = SPEED_M_PER_MIN if speed_m_per_min is None else speed_m_per_min
    return max(STEP_M, int(speed * WALK_MIN / DETOUR) // STEP_M * STEP_M)


def walk_window(bounds: Bounds, limit_m: int) -> Bounds:
    """A box of degrees (EPSG:4326) that holds everything within ``limit_m`` of ``bounds``.

    Somewhat larger than needed: it selects, the distance decides.
    """
    from math import cos, radians

    west, south, east, north = bounds
    degree_m = 110_500.0  # of latitude, where it is shortest
    up = limit_m / degree_m
    aside = limit_m / (degree_m * cos(radians(min(89.0, max(abs(south), abs(north)) + up))))
    return west - aside, south - up, east + aside, north + up


def within_walk(
    spots: Sequence[Spot], outline: GeoJson, *, metric_crs: str, limit_m: int
) -> list[tuple[float, Spot]]:
    """The spots within ``limit_m`` of an outline, with their distance in metres, nearest first.

    Parameters
    ----------
    spots : sequence of (number, longitude, latitude)
        Degrees in EPSG:4326.
    outline : GeoJson
        A polygon in EPSG:4326; a spot inside of it is 0 m away.
    metric_crs : str
        The town's coordinate system in metres.
    limit_m : int

    Returns
    -------
    list of (distance_m, spot)
        Equal distances by number.
    """
    if not spots:
        return []
    distances_m = _distances_m(spots, outline, metric_crs)
    near = [
        (float(distance_m), spot)
        for distance_m, spot in zip(distances_m, spots, strict=True)
        if distance_m <= limit_m
    ]
    # Two groups of one hall are equally far, whatever the last bit of their distance says.
    return sorted(near, key=lambda found: (round(found[0], 2), found[1][0]))


def _distances_m(
    spots: Sequence[Spot], outline: GeoJson, metric_crs: str
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    import numpy as np
    import shapely
    from shapely.geometry import shape

    ground = reproject(shape(outline), STORAGE_CRS, metric_crs)
    shapely.prepare(ground)
    points = shapely.points(np.array([spot[1:] for spot in spots], dtype=float))
    return np.asarray(shapely.distance(ground, reproject(points, STORAGE_CRS, metric_crs)))
