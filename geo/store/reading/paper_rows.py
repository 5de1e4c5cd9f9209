"""The base map of a piece of paper: shapes and names of one band, cut to its box."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, TextClause, text

from geo.schema.ground_tables import TILE_SRID
from geo.store.tile_bands import BANDS, Band

_BOX = f"ST_Transform(ST_MakeEnvelope(:west, :south, :east, :north, 4326), {TILE_SRID})"


def _shapes(band: int) -> TextClause:
    """The statement of one band; the band stands in its text, where the planner reads it."""
    return text(f"""
SELECT layer, kind, bridge = 1 AS bridge, tunnel = 1 AS tunnel, name,
       ST_AsBinary(ST_ClipByBox2D(geom, box::box2d)) AS shape
FROM ground_shape, (SELECT {_BOX} AS box) b
WHERE band = {band} AND geom && box
ORDER BY ord, ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom)
""")


_SHAPES = {band.number: _shapes(band.number) for band in BANDS}

_LABELS = text(f"""
SELECT kind, name, rank, ST_X(geom) AS x, ST_Y(geom) AS y
FROM ground_label, (SELECT {_BOX} AS box) b
WHERE geom && box AND min_zoom <= :zoom
ORDER BY rank, name, kind, geom
""")

Box = tuple[float, float, float, float]
"""West, south, east, north; degrees in EPSG:4326."""


@dataclass(frozen=True, slots=True)
class ShapeRow:
    """A shape of the base map. ``wkb`` is in Web Mercator, cut to the box, and may be empty."""

    layer: str
    kind: str
    bridge: bool
    tunnel: bool
    name: str | None
    wkb: bytes


@dataclass(frozen=True, slots=True)
class LabelRow:
    """A name of the base map; Web Mercator. The smaller ``rank`` is placed first."""

    kind: str
    name: str
    rank: int
    x: float
    y: float


def read_paper_shapes(conn: Connection, box: Box, band: Band) -> list[ShapeRow]:
    """The shapes of a band that meet a box, in the order of drawing."""
    rows = conn.execute(_SHAPES[band.number], _told(box))
    return [
        ShapeRow(r.layer, r.kind, bool(r.bridge), bool(r.tunnel), r.name, bytes(r.shape))
        for r in rows
        if r.shape is not None
    ]


def read_paper_labels(conn: Connection, box: Box, zoom: int) -> list[LabelRow]:
    """The names in a box that a zoom shows, the weightiest first."""
    return [LabelRow(*row) for row in conn.execute(_LABELS, {**_told(box), "zoom": zoom})]


def _told(box: Box) -> dict[str, float]:
    return dict(zip(("west", "south", "east", "north"), box, strict=True))
