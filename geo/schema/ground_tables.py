"""The tables of streets and base map: what each edition brought, and the tiles made of it.

*History*: ``street_node``, ``street_edge``, ``ground_shape``, ``ground_landmark``, by edition.
*Pointer*: ``streets``, one row. *Derived* from the edition that stands, in the projection tiles are
drawn in: ``ground_tile_shape`` and ``ground_tile_label``.
"""

from __future__ import annotations

from geoalchemy2 import Geometry
from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    text,
)

from geo.crs import STORAGE_SRID
from geo.schema.tables import edition, metadata

TILE_SRID = 3857
"""Web Mercator: the projection of every tile."""

TILE_BANDS = 5
"""How many generalisations of the base map are kept (`geo.store.tile_bands` says for which zooms)."""


__all__ = ["metadata"]
"""Of every table: these, and those of `geo.schema.tables` they stand on."""


def _geometry(kind: str, srid: int) -> Geometry:
    return Geometry(kind, srid=srid, spatial_index=False)


def _edition() -> Column[int]:
    return Column("edition_id", BigInteger, ForeignKey(edition.c.id), primary_key=True)


def _number() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=False)


streets = Table(
    "streets",
    metadata,
    Column("single", Boolean, primary_key=True, server_default=text("true")),
    Column("edition_id", BigInteger, ForeignKey(edition.c.id), nullable=False),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("nodes", Integer, nullable=False),
    Column("edges", Integer, nullable=False),
    Column("length_m", Double, nullable=False),
    Column("components", Integer, nullable=False),
    Column("west", Double, nullable=False),
    Column("south", Double, nullable=False),
    Column("east", Double, nullable=False),
    Column("north", Double, nullable=False),
    CheckConstraint("single", name="one_row"),
)
"""The streets that stand; no row where the town has none. What they were read from is in the
manifest of their edition. The box holds streets and shapes, EPSG:4326."""

street_node = Table(
    "street_node",
    metadata,
    _edition(),
    _number(),
    Column("lon", Double, nullable=False),
    Column("lat", Double, nullable=False),
    Column("height_m", REAL),
    Column("component", Integer, nullable=False),
)
"""Junctions and ends, numbered from 0 within their edition. Plain numbers: arrays measure."""

street_edge = Table(
    "street_edge",
    metadata,
    _edition(),
    _number(),
    Column("from_node", Integer, nullable=False),
    Column("to_node", Integer, nullable=False),
    Column("length_m", Double, nullable=False),
    Column("kind", SmallInteger, nullable=False),
    Column("marks", Integer, nullable=False),
    Column("name", Text),
    Column("geom", _geometry("LINESTRING", STORAGE_SRID), nullable=False),
)
"""Streets one may walk, between two nodes; ``kind`` and ``marks`` as in `geo.model.ground`."""

ground_shape = Table(
    "ground_shape",
    metadata,
    _edition(),
    _number(),
    Column("kind", Text, nullable=False),
    Column("street", SmallInteger),
    Column("marks", Integer, nullable=False),
    Column("level", SmallInteger, nullable=False),
    Column("name", Text),
    Column("geom", _geometry("GEOMETRY", STORAGE_SRID), nullable=False),
)
"""Shapes of the base map as the source has them, in the order of the source."""

ground_landmark = Table(
    "ground_landmark",
    metadata,
    _edition(),
    _number(),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kana", Text),
    Column("weight", REAL, nullable=False),
    Column("geom", _geometry("POINT", STORAGE_SRID), nullable=False),
)
"""Names of the base map."""

ground_tile_shape = Table(
    "ground_tile_shape",
    metadata,
    Column("band", SmallInteger, nullable=False),
    Column("layer", Text, nullable=False),
    Column("ord", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("bridge", SmallInteger),
    Column("tunnel", SmallInteger),
    Column("name", Text),
    Column("geom", _geometry("GEOMETRY", TILE_SRID), nullable=False),
    *(
        Index(
            f"ground_tile_shape_band_{band}_idx",
            "geom",
            postgresql_using="gist",
            postgresql_where=text(f"band = {band}"),
        )
        for band in range(TILE_BANDS)
    ),
)
"""Derived. What a tile of a band of zooms holds, generalised for it. ``layer`` is the tile's layer
(water, green, building, rail, street), ``ord`` the order of drawing, ``kind`` the word of the
shape or the number of the street's kind. Indexed band by band: a statement names its band."""

ground_tile_label = Table(
    "ground_tile_label",
    metadata,
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("min_zoom", SmallInteger, nullable=False),
    Column("geom", _geometry("POINT", TILE_SRID), nullable=False),
    Index("ground_tile_label_geom_idx", "geom", postgresql_using="gist"),
)
"""Derived. Names with the zoom they appear from; ``rank`` 0 is placed first."""
