"""Coordinates of a list that are not plain degrees: the manifest's ``crs`` for csv and xlsx."""

from __future__ import annotations

import math
from dataclasses import dataclass

from geo.crs import STORAGE_CRS, parse_crs, transformer

_PLAIN = frozenset({STORAGE_CRS, "EPSG:6668"})  # JGD2011 is WGS 84 to within the width of a hand


@dataclass(frozen=True, slots=True)
class PlaceSystem:
    """A coordinate system a list is written in.

    ``metric`` is true for plane coordinates: then, as Japanese documents have it, the latitude
    column holds X (metres north) and the longitude column Y (metres east).
    """

    name: str
    metric: bool

    def to_degrees(self, lat: float, lon: float) -> tuple[float, float]:
        """Latitude and longitude in EPSG:4326.

        Raises
        ------
        ValueError
            When the numbers lie where the system is not defined.
        """
        moved_lon, moved_lat = transformer(self.name, STORAGE_CRS).transform(lon, lat)
        if not (math.isfinite(moved_lon) and math.isfinite(moved_lat)):
            raise ValueError("outside the system")
        return float(moved_lat), float(moved_lon)


def place_system(crs: str | None) -> PlaceSystem | None:
    """The system of a manifest's ``crs``; None where numbers are taken as they are."""
    if crs is None or crs in _PLAIN:
        return None
    return PlaceSystem(crs, metric=parse_crs(crs).is_projected)
