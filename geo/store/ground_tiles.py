"""The base map as tiles want it: chosen, joined and simplified for each band of zooms.

Derived from `geo.store.ground_work`, and thrown away whenever other streets stand. Rows are
written in the order of a Hilbert curve (PostGIS orders geometry so): what a tile reads lies
together on the disk.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, delete, text

from geo.model.ground import GroundKind
from geo.schema.ground_tables import ground_tile_shape
from geo.store.ground_work import drop_ground_work, fill_ground_work
from geo.store.tile_bands import BANDS, EARTH_M, Band

LARGEST_VERTICES = 256
"""A surface of more is cut into pieces: a tile reads its own, not a whole sea."""

_LEVELS = 100
"""What lies a level higher is drawn after everything below it."""

_OVERLAP = 1 / 1024
"""By how much of a tile pieces overlap, so that no hair shows where they meet."""

_WIDE = "greatest(ST_XMax(geom) - ST_XMin(geom), ST_YMax(geom) - ST_YMin(geom)) >= :smallest_m"
_INSERT = f"""
INSERT INTO {ground_tile_shape.fullname} (band, layer, ord, kind, bridge, tunnel, name, geom)
"""
_CHOSEN = f"""
SELECT layer, ord + CASE WHEN :has_names THEN level * {_LEVELS} ELSE 0 END AS ord, kind,
    CASE WHEN :has_names THEN name END AS name, geom
FROM ground_work
WHERE is_area AND kind = ANY(:kinds) AND {_WIDE}
    AND (layer <> 'building' OR size_m2 >= :building_m2)
"""

_SURFACES = f"""
{_INSERT}
SELECT :band, layer, ord, kind, NULL, NULL, name,
    ST_SimplifyPreserveTopology(geom, :tolerance_m) AS geom
FROM ({_CHOSEN}) chosen
WHERE ST_NPoints(geom) <= {LARGEST_VERTICES}
ORDER BY geom
"""

_LARGE_SURFACES = f"""
{_INSERT}
WITH RECURSIVE piece (layer, ord, kind, name, z, x, y, geom) AS (
    SELECT layer, ord, kind, name, 0, 0, 0, ST_SimplifyPreserveTopology(geom, :tolerance_m)
    FROM ({_CHOSEN}) chosen
    WHERE ST_NPoints(geom) > {LARGEST_VERTICES}
  UNION ALL
    SELECT p.layer, p.ord, p.kind, p.name, p.z + 1, p.x * 2 + q.x, p.y * 2 + q.y, q.geom
    FROM piece p CROSS JOIN LATERAL (
        SELECT x, y, ST_ClipByBox2D(
            p.geom, ST_TileEnvelope(p.z + 1, p.x * 2 + x, p.y * 2 + y, margin => {_OVERLAP})
        ) AS geom
        FROM (VALUES (0, 0), (1, 0), (0, 1), (1, 1)) quarter (x, y)
    ) q
    WHERE ST_NPoints(p.geom) > {LARGEST_VERTICES} AND p.z < :last_zoom AND NOT ST_IsEmpty(q.geom)
)
SELECT :band, layer, ord, kind, NULL, NULL, name, ST_CollectionExtract(geom, 3) AS geom
FROM piece
WHERE (ST_NPoints(geom) <= {LARGEST_VERTICES} OR z = :last_zoom)
    AND NOT ST_IsEmpty(ST_CollectionExtract(geom, 3))
ORDER BY geom
"""

_LINES = f"""
{_INSERT}
SELECT :band, layer, ord, kind, bridge, tunnel, name, ST_Simplify(geom, :tolerance_m, true) AS geom
FROM (
    SELECT layer, ord, kind, bridge, tunnel, name,
        (ST_Dump(ST_LineMerge(ST_Collect(geom)))).geom AS geom
    FROM (
        SELECT layer, ord + CASE WHEN :has_names THEN level * {_LEVELS} ELSE 0 END AS ord, kind,
            CASE WHEN :has_names AND bridge THEN 1 END AS bridge,
            CASE WHEN tunnel THEN 1 END AS tunnel,
            CASE WHEN :has_names THEN name END AS name,
            floor(ST_XMin(geom) / :cell_m) AS cell_x, floor(ST_YMin(geom) / :cell_m) AS cell_y,
            geom
        FROM ground_work
        WHERE NOT is_area AND (street <= :lowest_street OR kind = ANY(:kinds))
    ) line
    GROUP BY layer, ord, kind, bridge, tunnel, name, cell_x, cell_y
) joined
WHERE {_WIDE}
ORDER BY geom
"""


def derive_tile_shapes(conn: Connection, edition_id: int, tell: Callable[[str], None]) -> None:
    """Make the tiles' shapes anew, of one edition; readers keep the old ones until the commit."""
    clear_tile_shapes(conn)
    fill_ground_work(conn, edition_id)
    for band in BANDS:
        tell(f"地図の絵を、大きさごとに作っています（{len(BANDS)}段のうち{band.number + 1}段め）")
        told = _told(band)
        for statement in (_SURFACES, _LARGE_SURFACES, _LINES):
            conn.execute(text(statement), told)
    drop_ground_work(conn)


def clear_tile_shapes(conn: Connection) -> int:
    """Leave no shape for any tile; how many there were."""
    return conn.execute(delete(ground_tile_shape)).rowcount


def _told(band: Band) -> dict[str, object]:
    return {
        "band": band.number,
        "kinds": [kind.value for kind in band.kinds if kind is not GroundKind.STREET],
        "lowest_street": int(band.lowest_street),
        "tolerance_m": band.tolerance_m,
        "smallest_m": band.smallest_m,
        "building_m2": band.building_m2,
        "has_names": band.has_names,
        "last_zoom": band.zooms[1],
        "cell_m": EARTH_M / (1 << band.cell_zoom),
    }
