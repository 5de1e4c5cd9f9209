"""Places of an area that people know by name: where to begin a walk without any coordinate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.crs import STORAGE_CRS, transformer
from geo.model.ground import LandmarkKind
from geo.schema.ground_tables import TILE_SRID
from geo.store.reading.paper_rows import Box, read_paper_labels
from geo.store.tile_bands import MAX_ZOOM

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from geo.model.answers import GeoJson

_NO_DOORSTEP = {LandmarkKind.STREET, LandmarkKind.WATER, LandmarkKind.MOUNTAIN}
"""Too long or too large for a walk to begin there."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A landmark of the base map.

    Parameters
    ----------
    kind : LandmarkKind
    name : str
    lon, lat : float
        Degrees (EPSG:4326).
    """

    kind: LandmarkKind
    name: str
    lon: float
    lat: float


def named_places(
    conn: Connection, bounds: Box, outline: GeoJson | None = None
) -> tuple[NamedPlace, ...]:
    """The landmarks of an area, by kind and name; those of one name from north to south.

    Empty where the town has no base map.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        From ``TownDatabase.connect(audience, medium)``; every audience is answered the same.
    bounds : (west, south, east, north)
        Of the area, degrees in EPSG:4326.
    outline : GeoJSON geometry, optional
        Of the area; without one, all within the bounds.
    """
    found = _within(outline, list(_labelled(conn, bounds)))
    order = list(LandmarkKind)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.name, -one.lat)))


def _labelled(conn: Connection, bounds: Box) -> Iterable[NamedPlace]:
    to_degrees = transformer(f"EPSG:{TILE_SRID}", STORAGE_CRS).transform
    for label in read_paper_labels(conn, bounds, MAX_ZOOM):
        kind = LandmarkKind(label.kind)
        if kind not in _NO_DOORSTEP:
            lon, lat = to_degrees(label.x, label.y)
            yield NamedPlace(kind, label.name, float(lon), float(lat))


def _within(outline: GeoJson | None, places: list[NamedPlace]) -> list[NamedPlace]:
    if outline is None or not places:
        return places
    import shapely
    from shapely.geometry import shape

    drawn = shape(outline)
    inside = shapely.contains_xy(
        drawn, [place.lon for place in places], [place.lat for place in places]
    )
    return [place for place, is_in in zip(places, inside, strict=True) if is_in]
