"""Names on the base map: what the sources say, and what its lines and surfaces are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, text

from geo.model.ground import LandmarkKind
from geo.schema.ground_tables import (
    TILE_SRID,
    ground_landmark,
    ground_tile_label,
    ground_tile_shape,
)
from geo.store.bulk import copy_binary
from geo.store.ewkb import point_ewkb_bytes
from geo.store.tile_bands import BANDS, NORTHERNMOST

_LANDMARKS = text(
    f"""
SELECT kind, name, weight, ST_X(point), ST_Y(point) FROM (
    SELECT id, kind, name, weight, ST_Transform(geom, {TILE_SRID}) AS point
    FROM {ground_landmark.fullname}
    WHERE edition_id = :edition_id AND ST_Y(geom) BETWEEN -{NORTHERNMOST} AND {NORTHERNMOST}
) landmark ORDER BY id
"""
)

_NAMED_SHAPES = text(
    f"""
SELECT name, greatest(ST_XMax(geom) - ST_XMin(geom), ST_YMax(geom) - ST_YMin(geom)),
    ST_X(point), ST_Y(point)
FROM (
    SELECT name, geom, CASE WHEN ST_Dimension(geom) = 1 THEN ST_LineInterpolatePoint(geom, 0.5)
        ELSE ST_PointOnSurface(geom) END AS point
    FROM {ground_tile_shape.fullname}
    WHERE band = {BANDS[-1].number} AND layer = :layer AND name IS NOT NULL
        AND (:layer = 'street' OR kind = ANY(:kinds))
) shape ORDER BY 2 DESC, 1, 3, 4
"""
)
_SHAPES_OF = {
    LandmarkKind.STREET: ("street", []),
    LandmarkKind.WATER: ("water", ["lake", "river", "stream"]),
    LandmarkKind.PARK: ("green", ["park"]),
}
"""Layer of a tile, and kinds in it, that are called something worth writing."""


@dataclass(frozen=True, slots=True)
class GroundName:
    """A name at a place in the projection of tiles, metres; ``weight`` as in `Landmark`."""

    kind: LandmarkKind
    name: str
    weight: float
    x_m: float
    y_m: float


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A name with the zoom it appears from; ``rank`` 0 is placed first."""

    name: GroundName
    rank: int
    min_zoom: int


def ground_names(conn: Connection, edition_id: int) -> list[GroundName]:
    """Every name of an edition whose tiles' shapes stand.

    Where the sources name no street (or river, or park) at a point, the shapes' own names are
    taken, at the middle of each.
    """
    found = [
        GroundName(LandmarkKind(kind), *rest)
        for kind, *rest in conn.execute(_LANDMARKS, {"edition_id": edition_id})
    ]
    told = {name.kind for name in found}
    for kind, (layer, kinds) in _SHAPES_OF.items():
        if kind not in told:
            rows = conn.execute(_NAMED_SHAPES, {"layer": layer, "kinds": kinds})
            found += [GroundName(kind, *row) for row in rows]
    return found


def write_labels(conn: Connection, names: Iterable[PlacedName]) -> None:
    """Replace all labels."""
    conn.execute(delete(ground_tile_label))
    columns = ("kind", "name", "rank", "min_zoom", "geom")
    rows = (
        (
            placed.name.kind.value,
            placed.name.name,
            placed.rank,
            placed.min_zoom,
            point_ewkb_bytes(placed.name.x_m, placed.name.y_m, TILE_SRID),
        )
        for placed in names
    )
    copy_binary(conn, ground_tile_label, columns, rows)
