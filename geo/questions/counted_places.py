"""The places a map of coverage shows: those that were counted in and around an area."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.model.coverage_map import CountedPlace
from geo.questions.asked_walk import AskedWalk

_WEEK = range(7)


def counted_places(walk: AskedWalk, wanted: npt.NDArray[np.bool_]) -> tuple[CountedPlace, ...]:
    """Places that count for the people of the area, in list order.

    Parameters
    ----------
    walk : AskedWalk
    wanted : bool[S]
        The stretches of the area.
    """
    book, walks = walk.walks.book(walk.terms), walk.walks
    chosen = walk.walks.counted(walk.terms) & walk.open_to(walk.key) & _near(walk, wanted)
    found = []
    for index in np.flatnonzero(chosen).tolist():
        entry, (lon, lat) = walks.places.entries[index], walks.places.lonlat[index]
        found.append(
            CountedPlace(
                number=entry.number,
                mark=entry.mark,
                layer=entry.layer,
                name=entry.name,
                lon=lon,
                lat=lat,
                every=tuple(day for day in _WEEK if book.every[index, day]),
                some=tuple(day for day in _WEEK if book.some[index, day]),
            )
        )
    return tuple(found)


def _near(walk: AskedWalk, wanted: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """In the area, or within the largest limit of one of its streets as the crow flies."""
    from scipy.spatial import KDTree

    places, stretches = walk.walks, walk.ground.stretches
    inside = (
        np.ones(len(places.x), dtype=bool)
        if walk.key is None
        else walk.placed.points.inside(walk.key)
    )
    if inside.all() or not wanted.any():
        return inside
    streets = KDTree(np.column_stack([stretches.x[wanted], stretches.y[wanted]]))
    reach_m = walk.terms.limits_dm[-1] / 10
    away_m, _ = streets.query(np.column_stack([places.x, places.y]), distance_upper_bound=reach_m)
    near: npt.NDArray[np.bool_] = inside | np.isfinite(away_m)
    return near
