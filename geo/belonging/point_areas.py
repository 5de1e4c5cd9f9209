"""Points to the area of each level that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from geo.belonging.declared import AreaKey
from geo.crs import STORAGE_CRS, reproject
from geo.model.town import Area

if TYPE_CHECKING:
    import numpy as np

SNAP_M = 50.0
"""A point this close to a level's nearest area, and in none, belongs to it: quays, slivers."""


def areas_of_points(
    lon: np.ndarray[Any, Any], lat: np.ndarray[Any, Any], areas: Sequence[Area], *, metric_crs: str
) -> list[dict[str, AreaKey]]:
    """For each point, its area per level: exactly one, or none.

    Parameters
    ----------
    lon, lat : ndarray of float, shape (n,)
        Degrees in EPSG:4326; NaN where a point is unknown.
    areas : sequence of Area
        Those without an outline hold no point.
    metric_crs : str
        For the snap of :data:`SNAP_M` metres.

    Notes
    -----
    A point on a shared border, or in two areas that overlap, belongs to the one with the smallest
    code. So does a point equally near to two.
    """
    import numpy as np
    import shapely

    found: list[dict[str, AreaKey]] = [{} for _ in range(len(lon))]
    drawn = sorted(
        (area for area in areas if area.outline_wkb is not None), key=lambda a: (a.level, a.code)
    )
    known = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    if not drawn or not len(known):
        return found
    outlines = shapely.from_wkb([area.outline_wkb for area in drawn])
    points = np.asarray(shapely.points(lon[known], lat[known]), dtype=object)
    tree = shapely.STRtree(outlines)
    inside, holder = tree.query(points, predicate="intersects")
    for n in np.lexsort((holder, inside)):  # drawn is sorted: the smallest code comes first
        area = drawn[holder[n]]
        found[known[inside[n]]].setdefault(area.level, (area.level, area.code))
    for level in sorted({area.level for area in drawn}):
        lost = [n for n, place in enumerate(known) if level not in found[place]]
        if lost:
            own = [n for n, area in enumerate(drawn) if area.level == level]
            near = shapely.STRtree(reproject(outlines[own], STORAGE_CRS, metric_crs))
            source, target = near.query_nearest(
                reproject(points[lost], STORAGE_CRS, metric_crs), max_distance=SNAP_M
            )
            for n in np.lexsort((target, source)):
                area = drawn[own[target[n]]]
                found[known[lost[source[n]]]].setdefault(level, (level, area.code))
    return found
