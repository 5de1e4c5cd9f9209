"""Layers, what they show, and the quiet features under the flags."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from geo.model.answers import BackdropFeature
from geo.model.treasure import ShownField
from geo.store.reading.area_rows import SCREEN_TOLERANCE_DEG, Bounds

_LAYERS = text("""
SELECT id, title, symbol, color, ord, source, licence, as_of, show, counts_as_place
FROM layer ORDER BY ord, id
""")

# Clipped half a window outside of what is shown, so that a cut edge is never seen.
_BACKDROPS = text(f"""
SELECT b.title, b.color, b.name, b.source, b.licence, ST_AsGeoJSON(
    ST_SimplifyPreserveTopology(ST_ClipByBox2D(b.geom, w.wide), {SCREEN_TOLERANCE_DEG}), 6) AS geom
FROM backdrop b, (SELECT
    ST_MakeEnvelope(:west, :south, :east, :north, 4326) AS frame,
    ST_Expand(ST_MakeEnvelope(:west, :south, :east, :north, 4326),
              (CAST(:east AS float8) - :west) / 2, (CAST(:north AS float8) - :south) / 2)::box2d
        AS wide) w
WHERE ST_Intersects(b.geom, w.frame)
ORDER BY b.layer_id, b.name
""")


@dataclass(frozen=True, slots=True)
class LayerRow:
    """A layer of which this audience sees something.

    ``counts_as_place``: its treasures are places to go to, which coverage counts.
    """

    id: str
    title: str
    symbol: str
    color: str
    order: int
    source: str
    licence: str
    as_of: date
    show: tuple[ShownField, ...]
    counts_as_place: bool


@dataclass(frozen=True, slots=True)
class BackdropRow:
    """A quiet feature with what must be credited for it."""

    feature: BackdropFeature
    source: str
    licence: str


def read_layers(conn: Connection) -> list[LayerRow]:
    """The layers of which this audience sees something, in the order in which legends show them."""
    return [
        LayerRow(
            row.id,
            row.title,
            row.symbol,
            row.color,
            row.ord,
            row.source,
            row.licence,
            row.as_of,
            tuple(ShownField(s["label"], s["header"], s.get("field")) for s in row.show or ()),
            row.counts_as_place,
        )
        for row in conn.execute(_LAYERS).all()
    ]


def read_backdrops(conn: Connection, bounds: Bounds) -> list[BackdropRow]:
    """The quiet features that meet a window (degrees, EPSG:4326)."""
    west, south, east, north = bounds
    window = {"west": west, "south": south, "east": east, "north": north}
    found = []
    for row in conn.execute(_BACKDROPS, window).all():
        geometry = json.loads(row.geom) if row.geom else None
        if geometry and geometry.get("coordinates"):
            feature = BackdropFeature(row.title, row.color, row.name, geometry)
            found.append(BackdropRow(feature, row.source, row.licence))
    return found
