"""The base map as its sources have it: shapes and names, written as they are read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, func, select

from geo.model.ground import GroundItem, GroundShape, Landmark
from geo.schema.ground_tables import ground_landmark, ground_shape, street_node
from geo.store.bulk import copy_binary
from geo.store.ewkb import ewkb_bytes, point_ewkb_bytes
from geo.store.streets import Box

_AT_ONCE = 10_000
_HIGHEST = 100
"""Levels beyond are nonsense in the source; the column is small."""


@dataclass(frozen=True, slots=True)
class GroundCount:
    """How much of the base map an edition holds."""

    shapes: int
    landmarks: int


def add_ground(conn: Connection, edition_id: int, items: Iterable[GroundItem]) -> GroundCount:
    """Store an edition's shapes and names.

    Never holds more than some thousands of them, however long the source is.
    """
    shapes = landmarks = 0
    source = iter(items)
    while batch := tuple(
        islice(source, _AT_ONCE)
    ):  # each a COPY of its own: tables cannot take turns
        drawn = [item for item in batch if isinstance(item, GroundShape)]
        named = [item for item in batch if isinstance(item, Landmark)]
        _copy_shapes(conn, edition_id, shapes, drawn)
        _copy_landmarks(conn, edition_id, landmarks, named)
        shapes, landmarks = shapes + len(drawn), landmarks + len(named)
    return GroundCount(shapes, landmarks)


def _copy_shapes(
    conn: Connection, edition_id: int, first: int, shapes: Iterable[GroundShape]
) -> None:
    columns = ("edition_id", "id", "kind", "street", "marks", "level", "name", "geom")
    rows = (
        (
            edition_id,
            id_,
            shape.kind.value,
            None if shape.street is None else int(shape.street),
            int(shape.marks),
            max(-_HIGHEST, min(shape.level, _HIGHEST)),
            shape.name,
            ewkb_bytes(shape.geometry_wkb),
        )
        for id_, shape in enumerate(shapes, first)
    )
    copy_binary(conn, ground_shape, columns, rows)


def _copy_landmarks(
    conn: Connection, edition_id: int, first: int, landmarks: Iterable[Landmark]
) -> None:
    columns = ("edition_id", "id", "kind", "name", "kana", "weight", "geom")
    rows = (
        (
            edition_id,
            id_,
            one.kind.value,
            one.name,
            one.kana,
            float(one.weight),
            point_ewkb_bytes(one.lon, one.lat),
        )
        for id_, one in enumerate(landmarks, first)
    )
    copy_binary(conn, ground_landmark, columns, rows)


def ground_box(conn: Connection, edition_id: int) -> Box | None:
    """The box around an edition's junctions and shapes; None where it holds neither."""
    extent = func.ST_Extent(ground_shape.c.geom, type_=None)
    shapes = select(
        func.ST_XMin(extent), func.ST_YMin(extent), func.ST_XMax(extent), func.ST_YMax(extent)
    ).where(ground_shape.c.edition_id == edition_id)
    n = street_node.c
    nodes = select(func.min(n.lon), func.min(n.lat), func.max(n.lon), func.max(n.lat)).where(
        n.edition_id == edition_id
    )
    found = [tuple(conn.execute(query).one()) for query in (shapes, nodes)]
    boxes = [box for box in found if box[0] is not None]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)
