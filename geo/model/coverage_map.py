"""Streets shaded by how far the nearest place is: what a map of coverage draws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ANY_DAY = "any"
"""The key of the map of any day in `CoverageMap.shades`; a weekday's is "0" (月) to "6" (日)."""


@dataclass(frozen=True, slots=True)
class CountedPlace:
    """A place that was counted, with the weekdays (0 = 月) it counts for.

    ``every``: held on it every week; ``some``: in some of the weeks at least. ``lon`` and ``lat``
    are degrees, EPSG:4326.
    """

    number: int
    mark: str
    layer: str
    name: str
    lon: float
    lat: float
    every: tuple[int, ...]
    some: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CoverageMap:
    """Pieces of streets with a shade for any day and for every weekday.

    Parameters
    ----------
    limits : tuple of int
        Ascending; minutes, or metres where the question asked for those.
    lines : tuple of tuple of float
        Longitude and latitude in turn, EPSG:4326.
    shades : Mapping of str to str
        By :data:`ANY_DAY` and weekday: one digit for every line, the place of the first limit
        within which a place lies; the number of limits where none does.
    bounds : (west, south, east, north) or None
        Of the lines, degrees; None where there are none.
    places : tuple of CountedPlace
        Those of the area and, beyond its border, those within the largest limit of its streets as
        the crow flies.
    """

    limits: tuple[int, ...]
    lines: tuple[tuple[float, ...], ...]
    shades: Mapping[str, str]
    bounds: tuple[float, float, float, float] | None
    places: tuple[CountedPlace, ...] = ()
