"""One tile of the base map: every layer of it, in one statement."""

from __future__ import annotations

from sqlalchemy import Connection, TextClause, text

from geo.store.tile_bands import BANDS, TILE_UNITS, band_of

BUFFER_UNITS = 64
"""How far shapes reach over the tile's edge, so that no line's end is seen there."""

_TILE_LAYERS = {
    "water": "kind",
    "green": "kind",
    "building": "kind",
    "rail": "kind",
    "street": "CAST(kind AS smallint) AS kind, bridge, tunnel, name",
}
"""Layer to what is told of each of its shapes, in the order of drawing."""

_BOX = "ST_TileEnvelope(:z, :x, :y)"
_WIDE_BOX = f"ST_TileEnvelope(:z, :x, :y, margin => {BUFFER_UNITS / TILE_UNITS!r})"
_CUT = f"{TILE_UNITS}, {BUFFER_UNITS}, true"


# What is drawn in the same turn is put in order by its box, so that the same town gives the same
# bytes: to compare whole shapes would take longer than to draw them.
_ORDER = "ord, ST_XMin(place), ST_YMin(place), ST_XMax(place), ST_YMax(place)"


def _layer(name: str, told: str) -> str:
    return f"""(SELECT ST_AsMVT(q, '{name}', {TILE_UNITS}, 'geom') FROM (
        SELECT {told}, geom FROM shape
        WHERE layer = '{name}' AND geom IS NOT NULL ORDER BY {_ORDER}) q)"""


# A label's box is half open: a name on the edge of two tiles is in one of them. ``shape`` is
# written down once for five readers.
_LABELS = f"""(SELECT ST_AsMVT(q, 'label', {TILE_UNITS}, 'geom') FROM (
        SELECT l.kind, l.name, l.rank, ST_AsMVTGeom(l.geom, b.box, {_CUT}) AS geom
        FROM ground_label l, (SELECT {_BOX} AS box) b
        WHERE l.geom && {_BOX} AND l.min_zoom <= :z
          AND ST_X(l.geom) >= ST_XMin(b.box) AND ST_X(l.geom) < ST_XMax(b.box)
          AND ST_Y(l.geom) > ST_YMin(b.box) AND ST_Y(l.geom) <= ST_YMax(b.box)
        ORDER BY l.rank, l.name, l.kind, l.geom) q)"""


def _tile(band: int) -> TextClause:
    """The statement of one band; the band stands in its text, where the planner reads it."""
    layers = [_layer(name, told) for name, told in _TILE_LAYERS.items()]
    return text(f"""
WITH shape AS MATERIALIZED (
    SELECT s.layer, s.ord, s.kind, s.bridge, s.tunnel, s.name, s.geom AS place,
           ST_AsMVTGeom(s.geom, {_BOX}, {_CUT}) AS geom
    FROM ground_shape s
    WHERE s.band = {band} AND s.geom && {_WIDE_BOX})
SELECT {" || ".join(f"coalesce({part}, '')" for part in (*layers, _LABELS))} AS tile
""")


_TILES = {band.number: _tile(band.number) for band in BANDS}


# A tile of the first and one of the last column and row make the box.
_BOTH = "ST_Collect(ST_TileEnvelope(:z, :west, :north), ST_TileEnvelope(:z, :east, :south))"

_NAMES = {
    band.number: text(f"""
SELECT string_agg(name, '') AS names FROM (
    SELECT name FROM ground_shape
    WHERE band = {band.number} AND geom && {_BOTH} AND layer = 'street' AND name IS NOT NULL
    UNION SELECT name FROM ground_label WHERE geom && {_BOTH} AND min_zoom <= :z) n
""")
    for band in BANDS
}


def read_names(conn: Connection, z: int, first: tuple[int, int], last: tuple[int, int]) -> str:
    """Every name in a box of tiles, one after the other; each column and row number included."""
    (west, north), (east, south) = first, last
    told = {"z": z, "west": west, "north": north, "east": east, "south": south}
    return conn.execute(_NAMES[band_of(z).number], told).scalar_one() or ""


def read_tile(conn: Connection, z: int, x: int, y: int) -> bytes:
    """A tile as Mapbox Vector Tile; no bytes where nothing lies in it.

    The same town gives the same bytes.

    Raises
    ------
    ValueError
        At a zoom no tiles are made for.
    """
    statement = _TILES[band_of(z).number]
    return bytes(conn.execute(statement, {"z": z, "x": x, "y": y}).scalar_one())
