"""Streets drawn in whole metres, and homes along them, for tests one can work out in one's head."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from geo.coverage.homes import Homes
from geo.coverage.reach_raster import ReachOutline
from geo.coverage.stretches import Stretches
from geo.model.ground import StreetKind
from geo.walking.spots import Spots
from geo.walking.walk_streets import WalkStreets

METRIC = "EPSG:6676"
Vertex = tuple[float, float]


def drawn_streets(
    *lines: Sequence[Vertex], nodes: Sequence[tuple[int, int]] | None = None
) -> WalkStreets:
    """Streets from vertex to vertex; ends that lie on one place are one junction.

    ``nodes`` names the junctions at both ends of every line instead: a bridge over a street has
    another one at the same place.
    """
    places: dict[object, int] = {}
    where: list[Vertex] = []

    def junction(key: object, place: Vertex) -> int:
        if key not in places:
            places[key] = len(where)
            where.append(place)
        return places[key]

    ends = nodes or [(line[0], line[-1]) for line in lines]
    edge_from = [junction(a, line[0]) for (a, _), line in zip(ends, lines, strict=True)]
    edge_to = [junction(b, line[-1]) for (_, b), line in zip(ends, lines, strict=True)]
    x, y = np.array([v for line in lines for v in line], dtype=float).reshape(-1, 2).T
    length = [float(np.hypot(*np.diff(np.array(line, float), axis=0).T).sum()) for line in lines]
    node_x, node_y = np.array(where, dtype=float).reshape(-1, 2).T
    count = len(lines)
    return WalkStreets(
        node_x=node_x,
        node_y=node_y,
        node_height_m=np.full(len(where), np.nan, dtype=np.float32),
        component=np.zeros(len(where), dtype=np.int32),
        edge_from=np.array(edge_from, dtype=np.int32),
        edge_to=np.array(edge_to, dtype=np.int32),
        length_m=np.array(length, dtype=float),
        kind=np.full(count, StreetKind.LOCAL, dtype=np.uint8),
        marks=np.zeros(count, dtype=np.int32),
        name=np.full(count, -1, dtype=np.int32),
        names=(),
        first=np.concatenate([[0], np.cumsum([len(line) for line in lines])]).astype(np.int64),
        x=x,
        y=y,
    )


def homes_on(
    stretches: Stretches,
    stretch: Sequence[int],
    *,
    cell: Sequence[int] | None = None,
    lost: int = 0,
) -> Homes:
    """Homes in the middle of stretches, then ``lost`` ones that are on no street."""
    number = np.asarray(stretch, dtype=np.int64)
    spots = stretches.spots.take(number)
    nan = np.full(lost, np.nan)
    count = len(number) + lost
    return Homes(
        cell=np.asarray(cell if cell is not None else [0] * count, dtype=np.int32),
        share=np.full(count, 1.0 / max(count, 1)),
        x=np.concatenate([stretches.x[number], np.zeros(lost)]),
        y=np.concatenate([stretches.y[number], np.zeros(lost)]),
        spots=Spots(
            np.concatenate([spots.edge, np.full(lost, -1, dtype=np.int32)]),
            np.concatenate([spots.at, nan]),
            np.concatenate([spots.away_m, nan]),
        ),
    )


def shape_of(outline: ReachOutline) -> shapely.MultiPolygon:
    """As shapely sees it."""
    return shapely.from_ragged_array(
        shapely.GeometryType.MULTIPOLYGON,
        np.column_stack([outline.x, outline.y]),
        (outline.ring_first, outline.polygon_first, np.array([0, len(outline)])),
    )[0]
