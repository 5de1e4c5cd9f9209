"""What kinds of treasures areas hold, and which of them stand in a window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from geo.store.reading.area_rows import AreaKey, Bounds

# A place is taken only where the audience sees the record's own one: what is known to its block,
# or was placed by its block, is nowhere near anything. PostGIS selects, arrays measure. The three
# lists are made of the same rows in the same order.
_KINDS = text("""
WITH found AS (
    SELECT level_id, code, layer_id, functions, number, status, lon, lat,
        precision = 'point' AND placed IS DISTINCT FROM 'block' AND status <> 'ended'
        AND geom && ST_MakeEnvelope(:west, :south, :east, :north, 4326) AS near
    FROM treasure_area
    WHERE level_id = ANY(:levels) AND code = ANY(:codes)
)
SELECT level_id, code, layer_id, functions, count(*) AS treasures,
    min(number) FILTER (WHERE status = 'active') AS first,
    array_agg(number) FILTER (WHERE near) AS numbers,
    array_agg(lon) FILTER (WHERE near) AS lons, array_agg(lat) FILTER (WHERE near) AS lats
FROM found GROUP BY level_id, code, layer_id, functions
""")

Spot = tuple[int, float, float]
"""(number, longitude, latitude), degrees in EPSG:4326."""


@dataclass(frozen=True, slots=True)
class KindRow:
    """The treasures of one area that are of one layer and do the same for people.

    ``first`` is the lowest number of those that take place now; ``near`` are those that stand in
    the window, where exactly is known to the audience.
    """

    area: AreaKey
    layer: str
    functions: tuple[str, ...]
    treasures: int
    first: int | None
    near: tuple[Spot, ...]


def read_kinds(conn: Connection, areas: Iterable[AreaKey], window: Bounds | None) -> list[KindRow]:
    """The kinds of treasures of these areas; an area with none has no row.

    Parameters
    ----------
    conn : sqlalchemy.Connection
    areas : Iterable of (level, code)
    window : (west, south, east, north), optional
        Degrees in EPSG:4326. Without it nothing is near.
    """
    wanted = set(areas)
    if not wanted:
        return []
    levels, codes = (sorted(set(part)) for part in zip(*wanted, strict=True))
    west, south, east, north = window or (None, None, None, None)
    box = {"west": west, "south": south, "east": east, "north": north}
    return [
        KindRow(
            (row.level_id, row.code),
            row.layer_id,
            tuple(row.functions),
            row.treasures,
            row.first,
            tuple(zip(row.numbers, row.lons, row.lats, strict=True)) if row.numbers else (),
        )
        for row in conn.execute(_KINDS, {"levels": levels, "codes": codes} | box)
        # Two levels may use one code, so a few more come than were asked for.
        if (row.level_id, row.code) in wanted
    ]
