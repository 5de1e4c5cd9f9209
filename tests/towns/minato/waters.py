"""Sea, rivers as surfaces and lines, streams off the hills, ponds."""

from __future__ import annotations

import math
from functools import cache

import shapely
from shapely import LineString, Point, Polygon, STRtree
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring, unary_union
from towns.minato.blocks import blocks_in_degrees
from towns.minato.lines import rivers
from towns.minato.outline import BREAKWATERS, COAST, HILLS, LAND, height_m
from towns.minato.plane import Line, Metre, dice_for, in_degrees, rough, smooth
from towns.minato.streets import net

BOX = (-6800.0, -6400.0, 21300.0, 17800.0)
"""West, south, east, north of what the map shows around the town, local metres."""
_MARGIN_M = 900.0
# The coast of the neighbours, drawn on from both ends of ours.
_WEST_COAST: Line = [
    (-6800, 900), (-5700, 1500), (-4600, 1050), (-3400, 1900), (-2400, 1700), (-1700, 1950),
    (-1200, 1650), (-500, 2100), (0, 2050),
]  # fmt: skip
_EAST_COAST: Line = [
    (14500, 7600), (14900, 7500), (15300, 8100), (15900, 8200), (16400, 8700), (17300, 8500),
    (18000, 9300), (19200, 9050), (20200, 10100), (21300, 9900),
]  # fmt: skip
_INLAND: Line = [(1500, 4300), (7000, 8800), (12500, 7900)]
_MOLE_M = 7.0
_JETTIES: tuple[tuple[Line, float], ...] = (
    ([(8290, 6900), (8240, 6700)], 9.0), ([(7640, 6600), (7740, 6570)], 8.0),
    ([(9720, 4130), (9790, 4300)], 6.0), ([(7000, 5250), (7090, 5230)], 6.0),
    ([(10900, 4900), (10760, 4800)], 6.0), ([(13300, 4420), (13420, 4390)], 6.0),
)  # fmt: skip
_WIDEST_M = 21.0
_NARROWEST_M = 3.5
_BESIDE_M = 6.0
_PONDS: tuple[tuple[str, str, Metre, float, float], ...] = (
    ("水梨ため池", "ミズナシタメイケ", (7380, 9950), 120, 62),
    ("向畑大堤", "ムカイハタオオツツミ", (3480, 5480), 150, 85),
    ("才の神沼", "サイノカミヌマ", (3050, 8300), 90, 60),
    ("蔵沢堤", "クラサワツツミ", (10950, 7150), 85, 50),
    ("館岡ため池", "タテオカタメイケ", (760, 5050), 80, 48),
)
_STREAM_STEP_M = 36.0


@cache
def outer_coast() -> tuple[Line, Line]:
    """The coast west and east of the town, from the edge of the map to our own."""
    dice = dice_for("outer coast")
    west = rough(smooth([*_WEST_COAST, COAST[0]], 1), 0.1, dice, 2)
    east = rough(smooth([COAST[-1], *_EAST_COAST], 1), 0.1, dice, 2)
    return west, east


@cache
def sea() -> BaseGeometry:
    """In EPSG:4326: what the blocks leave, so that it meets the coast vertex by vertex."""
    west, east = outer_coast()
    ring = [(BOX[0], BOX[1]), *west, *_INLAND, *east, (BOX[2], BOX[1])]
    water = in_degrees(Polygon(ring)).difference(unary_union(list(blocks_in_degrees().values())))
    moles = [LineString(line).buffer(_MOLE_M, cap_style="flat") for line in BREAKWATERS]
    moles += [LineString(line).buffer(wide, cap_style="flat") for line, wide in _JETTIES]
    built = unary_union([in_degrees(one) for one in moles])
    return shapely.set_precision(water.difference(built), 1e-6)


@cache
def river_line(name: str) -> LineString:
    """To the shore: the last metres along a quay are the harbour's."""
    shore = LineString(COAST)
    line = LineString(rivers()[name])
    steps = range(int(line.length) // 5)
    mouth = next((5.0 * k for k in steps if shore.distance(line.interpolate(5.0 * k)) < 9), None)
    if mouth is not None:
        return substring(line, 0, mouth)
    sea_gate = shapely.shortest_line(line.interpolate(line.length), shore).coords[1]
    return LineString([*line.coords, sea_gate])


@cache
def river_surface(name: str) -> BaseGeometry:
    """A river between its banks, local metres: wider towards the sea, never over a street."""
    town = net()
    line = river_line(name)
    streets = [town.line(s) for s in town.streets if s.layer <= 0]
    tree = STRtree(streets)
    steps = max(2, round(line.length / 18))
    rings = [line.interpolate(line.length).buffer(_WIDEST_M * 0.8)]
    before: BaseGeometry | None = None
    for k in range(steps + 1):
        at = line.interpolate(k / steps, normalized=True)
        wanted = _NARROWEST_M + (_WIDEST_M - _NARROWEST_M) * (k / steps) ** 1.4
        free = streets[tree.nearest(at)].distance(at) - _BESIDE_M
        disc = at.buffer(max(_NARROWEST_M, min(wanted, free)), quad_segs=4)
        if before is not None:
            rings.append(unary_union([before, disc]).convex_hull)
        before = disc
    return unary_union(rings).buffer(3).buffer(-3).intersection(LAND).simplify(0.8)


@cache
def ponds() -> tuple[tuple[str, str, Polygon], ...]:
    """Name, kana and shape of each."""
    dice = dice_for("ponds")
    found = []
    for name, kana, (east, north), long_m, wide_m in _PONDS:
        turn = dice.uniform(0, math.pi)
        ring = []
        for k in range(14):
            angle, sway = 2 * math.pi * k / 14, dice.uniform(0.72, 1.1)
            x, y = long_m * sway * math.cos(angle), wide_m * sway * math.sin(angle)
            ring.append(
                (
                    east + x * math.cos(turn) - y * math.sin(turn),
                    north + x * math.sin(turn) + y * math.cos(turn),
                )
            )
        found.append((name, kana, Polygon(smooth([*ring, ring[0]], 2))))
    return tuple(found)


@cache
def streams() -> tuple[LineString, ...]:
    """Down from the hills, until a river takes them or a village has put them under the ground."""
    town = net()
    dice = dice_for("streams")
    houses = STRtree([Point(at) for at in town.nodes])
    big = unary_union([LineString(line) for line in rivers().values()])
    found: list[LineString] = []
    for east, north, height, breadth, _ in HILLS:
        for _ in range(3 if height > 150 else 1):
            turn, far = dice.uniform(0, 2 * math.pi), dice.uniform(0.3, 0.55) * breadth
            at = (east + far * math.cos(turn), north + far * math.sin(turn))
            line = _downhill(at, houses, big, found)
            if line is not None and line.length > 260:
                found.append(line)
    return tuple(found)


def _downhill(
    at: Metre, houses: STRtree, big: BaseGeometry, others: list[LineString]
) -> LineString | None:
    way = [at]
    while len(way) < 90 and LAND.contains(Point(at)):
        x, y = at
        here = height_m(at)
        slopes = []
        for k in range(16):
            angle = 2 * math.pi * k / 16
            there = (x + _STREAM_STEP_M * math.cos(angle), y + _STREAM_STEP_M * math.sin(angle))
            slopes.append((height_m(there), there))
        low, there = min(slopes)
        point = Point(there)
        if low >= here or houses.geometries[houses.nearest(point)].distance(point) < 34:
            break
        way.append((round(there[0], 1), round(there[1], 1)))
        at = there
        if big.distance(point) < 25:
            way.append(shapely.shortest_line(point, big).coords[1])
            break
        if any(line.distance(point) < 30 for line in others):
            near = min(others, key=lambda line: line.distance(point))
            way.append(shapely.shortest_line(point, near).coords[1])
            break
    return LineString(smooth(way, 2)).simplify(2) if len(way) > 2 else None


def land_around() -> BaseGeometry:
    """All land of the map in local metres, also the neighbours'."""
    west, east = outer_coast()
    left, right, top = BOX[0] - _MARGIN_M, BOX[2] + _MARGIN_M, BOX[3] + _MARGIN_M
    corners = [(right, BOX[3]), (right, top), (left, top), (left, west[0][1])]
    return unary_union([Polygon([*west, *COAST[1:-1], *east, *corners]).buffer(0), *LAND.geoms])
