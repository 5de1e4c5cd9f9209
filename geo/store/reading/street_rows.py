"""The streets that stand, as arrays in metres."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

from geo.crs import STORAGE_CRS, transformer

if TYPE_CHECKING:
    from geo.walking.walk_streets import WalkStreets

_NODES = "SELECT lon, lat, height_m, component FROM {door}street_node ORDER BY id"

_EDGES = """
SELECT from_node, to_node, length_m, kind, marks, name, ST_AsBinary(geom)
FROM {door}street_edge ORDER BY id
"""


def read_walk_streets(conn: Connection, metric_crs: str, door: str | None = None) -> WalkStreets:
    """Every street of the town; no edges where it has none.

    Parameters
    ----------
    conn : sqlalchemy.Connection
    metric_crs : str
        The town's coordinate system in metres.
    door : str, optional
        The schema of the views, where the connection's ``search_path`` does not lead to them: a
        load has the owner's. Streets are the same behind every door.
    """
    import numpy as np
    import shapely

    from geo.walking.walk_streets import WalkStreets

    nodes = _columns(conn, _NODES, door, 4)
    edges = _columns(conn, _EDGES, door, 7)
    step = transformer(STORAGE_CRS, metric_crs)
    node_x, node_y = step.transform(
        np.array(nodes[0], dtype=np.float64), np.array(nodes[1], dtype=np.float64)
    )
    lines = shapely.from_wkb(np.array(edges[6], dtype=object))
    lon_lat = shapely.get_coordinates(lines)
    x, y = step.transform(lon_lat[:, 0].copy(), lon_lat[:, 1].copy())
    names = {name: number for number, name in enumerate(sorted({*edges[5]} - {None}))}
    return WalkStreets(
        node_x=node_x,
        node_y=node_y,
        node_height_m=np.array(nodes[2], dtype=np.float32),  # None becomes NaN
        component=np.array(nodes[3], dtype=np.int32),
        edge_from=np.array(edges[0], dtype=np.int32),
        edge_to=np.array(edges[1], dtype=np.int32),
        length_m=np.array(edges[2], dtype=np.float64),
        kind=np.array(edges[3], dtype=np.uint8),
        marks=np.array(edges[4], dtype=np.int32),
        name=np.array([names.get(name, -1) for name in edges[5]], dtype=np.int32),
        names=tuple(names),
        first=np.concatenate([[0], np.cumsum(shapely.get_num_coordinates(lines))]).astype(np.int64),
        x=x,
        y=y,
    )


def _columns(conn: Connection, query: str, door: str | None, width: int) -> list[tuple[Any, ...]]:
    """The rows of a query, column by column."""
    statement = text(query.format(door="" if door is None else f"{door}."))
    rows = conn.execute(statement).all()
    return list(zip(*rows, strict=True)) if rows else [()] * width
