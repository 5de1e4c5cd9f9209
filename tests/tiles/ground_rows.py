"""A base map written row by row, in the units of one tile: what must come out is what went in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from geoalchemy2 import WKTElement
from sqlalchemy import Connection, delete, insert

from geo.schema.ground_tables import TILE_SRID, ground_tile_label, ground_tile_shape, streets
from geo.store.editions import add_edition, begin_load
from geo.store.tile_bands import EARTH_M, TILE_UNITS

TILE = (15, 28991, 12866)
"""The tile of zoom 15 whose units places are given in; it lies over the town of squares."""
BOUNDS = (138.45, 35.95, 138.56, 36.06)
AS_OF = date(2026, 10, 1)


@dataclass(frozen=True)
class Shape:
    """A row of ``ground_tile_shape``; ``wkt`` in units of `TILE`, y downwards."""

    layer: str
    kind: str
    wkt: str
    order: int = 0
    name: str | None = None
    bridge: int | None = None
    tunnel: int | None = None
    bands: tuple[int, ...] = (4,)


@dataclass(frozen=True)
class Label:
    """A row of ``ground_tile_label``."""

    kind: str
    name: str
    at: tuple[float, float]
    rank: int = 0
    min_zoom: int = 0


def metres(u: float, v: float) -> tuple[float, float]:
    """A place in units of `TILE` -> metres of EPSG:3857."""
    zoom, column, row = TILE
    size = EARTH_M / 2**zoom
    return (column + u / TILE_UNITS) * size - EARTH_M / 2, EARTH_M / 2 - (
        row + v / TILE_UNITS
    ) * size


def in_metres(wkt: str) -> str:
    """The same geometry in EPSG:3857."""
    import shapely

    def moved(points):
        return [metres(u, v) for u, v in points]

    return shapely.transform(shapely.from_wkt(wkt), moved).wkt


def write_ground(
    conn: Connection, shapes: Iterable[Shape], labels: Iterable[Label] = (), title: str = "道と地図"
) -> int:
    """Let a base map stand, as its owner; returns its edition."""
    edition = add_edition(
        conn, "streets", "streets", AS_OF, begin_load(conn, datetime.now(UTC), "test"), {}
    )
    for table in (streets, ground_tile_shape, ground_tile_label):
        conn.execute(delete(table))
    west, south, east, north = BOUNDS
    conn.execute(
        insert(streets).values(
            edition_id=edition,
            title=title,
            source="手で書いた地図",
            licence="CC0-1.0",
            as_of=AS_OF,
            nodes=0,
            edges=0,
            length_m=0.0,
            components=0,
            west=west,
            south=south,
            east=east,
            north=north,
        )
    )
    rows = [
        {
            "band": band,
            "layer": shape.layer,
            "ord": shape.order,
            "kind": shape.kind,
            "bridge": shape.bridge,
            "tunnel": shape.tunnel,
            "name": shape.name,
            "geom": WKTElement(in_metres(shape.wkt), TILE_SRID),
        }
        for shape in shapes
        for band in shape.bands
    ]
    if rows:
        conn.execute(insert(ground_tile_shape), rows)
    named = [
        {
            "kind": label.kind,
            "name": label.name,
            "rank": label.rank,
            "min_zoom": label.min_zoom,
            "geom": WKTElement("POINT({!r} {!r})".format(*metres(*label.at)), TILE_SRID),
        }
        for label in labels
    ]
    if named:
        conn.execute(insert(ground_tile_label), named)
    return edition


def forget_ground(conn: Connection) -> None:
    """Leave no streets standing."""
    for table in (streets, ground_tile_shape, ground_tile_label):
        conn.execute(delete(table))
