"""Local metres of the town: east and north of its south-west corner, in the middle of a bay."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

from pyproj import Transformer
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

Metre = tuple[float, float]
Line = list[Metre]

CODE = "99201"
SEED = 20260401
PLANE = "EPSG:6676"
ORIGIN_LON, ORIGIN_LAT = 138.480, 34.690
DEGREE_DIGITS = 6  # a tenth of a metre

_to_plane = Transformer.from_crs("EPSG:4326", PLANE, always_xy=True)
_to_degrees = Transformer.from_crs(PLANE, "EPSG:4326", always_xy=True)
_ORIGIN = _to_plane.transform(ORIGIN_LON, ORIGIN_LAT)


def dice_for(what: str) -> random.Random:
    """Dice of its own for each kind of thing, so that a change of one moves no other."""
    return random.Random(f"{SEED} {what}")


def to_degrees(east_m: float, north_m: float) -> tuple[float, float]:
    """Longitude and latitude of a local point, rounded to a tenth of a metre."""
    lon, lat = _to_degrees.transform(_ORIGIN[0] + east_m, _ORIGIN[1] + north_m)
    return round(lon, DEGREE_DIGITS), round(lat, DEGREE_DIGITS)


def smooth(points: Sequence[Metre], rounds: int = 3) -> Line:
    """Cut corners (Chaikin), ends kept."""
    line = list(points)
    for _ in range(rounds):
        cut = [line[0]]
        for (ax, ay), (bx, by) in itertools.pairwise(line):
            cut.append((0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by))
            cut.append((0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by))
        line = [*cut, line[-1]]
    return line


def rough(points: Sequence[Metre], share: float, dice: random.Random, rounds: int = 1) -> Line:
    """Halve every segment and let the middle sway by a share of its length, as a shore does."""
    line = list(points)
    for _ in range(rounds):
        swayed = [line[0]]
        for (ax, ay), (bx, by) in itertools.pairwise(line):
            sway = share * (abs(bx - ax) + abs(by - ay))
            swayed.append(
                (
                    (ax + bx) / 2 + dice.uniform(-sway, sway),
                    (ay + by) / 2 + dice.uniform(-sway, sway),
                )
            )
            swayed.append((bx, by))
        line = swayed
    return line


def in_degrees(shape: BaseGeometry) -> BaseGeometry:
    """A local shape in EPSG:4326, vertices rounded (edges that were shared stay shared)."""
    if isinstance(shape, Polygon):
        return Polygon(
            [to_degrees(*p) for p in shape.exterior.coords],
            [[to_degrees(*p) for p in hole.coords] for hole in shape.interiors],
        )
    if isinstance(shape, MultiPolygon):
        return MultiPolygon([in_degrees(part) for part in shape.geoms])
    if isinstance(shape, LineString):
        return LineString([to_degrees(*p) for p in shape.coords])
    if isinstance(shape, MultiLineString):
        return MultiLineString([in_degrees(part) for part in shape.geoms])
    assert isinstance(shape, Point)
    return Point(to_degrees(shape.x, shape.y))
