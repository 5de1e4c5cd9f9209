"""The standing base map in the projection of tiles, part by part, measured: what tiles are made of.

A table of the transaction alone. Sizes are measured here, with arrays; the database then chooses,
joins and simplifies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    REAL,
    Boolean,
    Column,
    Connection,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.schema import CreateTable

from geo.crs import STORAGE_CRS, reproject
from geo.model.ground import GroundKind, WayMark
from geo.schema.ground_tables import TILE_SRID, ground_shape
from geo.store.bulk import copy_binary
from geo.store.tile_bands import EARTH_M, NORTHERNMOST, TILE_LAYERS

_AT_ONCE = 10_000
_POLYGON = 2
_LINES = {kind.value for kind in (GroundKind.RIVER, GroundKind.STREAM, GroundKind.RAIL)} | {
    GroundKind.STREET.value
}
_SURFACE_OF = {GroundKind.RIVER.value: GroundKind.LAKE.value} | {
    GroundKind.STREAM.value: GroundKind.LAKE.value
}
"""What a line is called where it is drawn as a surface."""

_ORDER = {kind.value: place for place, kind in enumerate(GroundKind)}
_FIRST_STREET = 40
_LAYERS = {kind.value: layer for kind, layer in TILE_LAYERS.items()}

ground_work = Table(
    "ground_work",
    MetaData(),
    Column("layer", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("street", SmallInteger),
    Column("ord", Integer, nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("bridge", Boolean, nullable=False),
    Column("tunnel", Boolean, nullable=False),
    Column("name", Text),
    Column("is_area", Boolean, nullable=False),
    Column("size_m2", REAL, nullable=False),
    Column("geom", Geometry("GEOMETRY", srid=TILE_SRID, spatial_index=False), nullable=False),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
)
"""Lines and simple polygons. ``ord`` is the order of drawing within a level."""


def fill_ground_work(conn: Connection, edition_id: int) -> None:
    """Make the table anew, of an edition's shapes; some thousands are held at a time."""
    drop_ground_work(conn)
    conn.execute(CreateTable(ground_work))
    columns = [column.name for column in ground_work.columns]
    raw: Any = conn.connection.driver_connection
    with raw.cursor(name="ground_shapes", binary=True) as cursor:
        cursor.execute(
            f"SELECT kind, street, marks, level, name, geom FROM {ground_shape.fullname}"
            " WHERE edition_id = %s",
            (edition_id,),
        )
        while rows := cursor.fetchmany(_AT_ONCE):
            copy_binary(conn, ground_work, columns, _parts(rows))
    conn.execute(text("ANALYZE pg_temp.ground_work"))


def drop_ground_work(conn: Connection) -> None:
    """Give its room back before the transaction ends."""
    conn.execute(text("DROP TABLE IF EXISTS pg_temp.ground_work"))


def _parts(rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Rows of shapes -> rows of their parts.

    A river that is a surface is drawn as a lake; a surface of any other line, or a line around any
    other surface, is nothing a tile could draw.
    """
    import numpy as np
    import shapely

    shapes = shapely.from_wkb([bytes(row[-1]) for row in rows])
    polar = np.abs(shapely.bounds(shapes)[:, [1, 3]]).max(axis=1) > NORTHERNMOST
    shapes[polar] = shapely.clip_by_rect(shapes[polar], -180, -NORTHERNMOST, 180, NORTHERNMOST)
    shapes = reproject(shapely.set_srid(shapes, 0), STORAGE_CRS, f"EPSG:{TILE_SRID}")
    parts, owners = shapely.get_parts(shapes, return_index=True)
    is_area = shapely.get_dimensions(parts) == _POLYGON
    middle_m = shapely.bounds(parts)[:, [1, 3]].mean(axis=1)
    shrunk = np.cosh(middle_m * 2 * np.pi / EARTH_M)  # how much longer the projection draws a metre
    sizes_m2 = shapely.area(parts) / shrunk**2
    wkb = shapely.to_wkb(shapely.set_srid(parts, TILE_SRID), include_srid=True)
    for owner, area, size_m2, geom in zip(
        owners.tolist(), is_area.tolist(), sizes_m2.tolist(), wkb.tolist(), strict=True
    ):
        kind, street, marks, level, name, _ = rows[owner]
        is_street = kind == GroundKind.STREET.value
        if area:
            kind = _SURFACE_OF.get(kind, kind)
        if area == (kind in _LINES) or is_street == (street is None):
            continue
        yield (
            _LAYERS[kind],
            str(street) if is_street else kind,
            street,
            _FIRST_STREET - street if is_street else _ORDER[kind],
            level,
            bool(marks & WayMark.BRIDGE),
            bool(marks & WayMark.TUNNEL),
            name,
            area,
            size_m2,
            geom,
        )
