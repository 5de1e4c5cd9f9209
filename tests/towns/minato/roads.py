"""The drawn roads as junctions and streets between them: curves cut where roads meet."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache

import shapely
from shapely import LineString, MultiLineString, Point
from shapely.ops import substring, unary_union
from towns.minato.divisions import by_name
from towns.minato.lines import rivers
from towns.minato.outline import LAND
from towns.minato.plane import Line, Metre, dice_for, rough
from towns.minato.road_lines import RIVERSIDE, ROADS, TRAILS, RoadLine

_STEP_M = 62.0
"""From junction to junction on a road."""
_FROM_SHORE_M = 24.0
_REACH_M = 240.0
"""Nearer than this to a road the middle of a block needs no road of its own."""
_BANK_M = 15.0
_OVERSHOOT_M = 3.0


@dataclass(frozen=True, slots=True)
class RoadPart:
    """Between two junctions of roads."""

    kind: str
    name: str
    line: LineString


def curve(points: list[Metre], step_m: float = 20.0) -> Line:
    """Through all the points without a corner (Catmull and Rom)."""
    ends = [points[0], *points, points[-1]]
    found: Line = [points[0]]
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        pieces = max(1, round(Point(start).distance(Point(end)) / step_m))
        for k in range(1, pieces + 1):
            t = k / pieces
            found.append(
                tuple(
                    0.5
                    * (
                        2 * b
                        + (c - a) * t
                        + (2 * a - 5 * b + 4 * c - d) * t * t
                        + (3 * b - a - 3 * c + d) * t**3
                    )
                    for a, b, c, d in zip(before, start, end, after, strict=True)
                )  # type: ignore[arg-type]
            )
    return found


def _drawn(road: RoadLine) -> LineString:
    points = [by_name()[at].seed if isinstance(at, str) else at for at in road.through]
    dry = LAND.buffer(-_FROM_SHORE_M)
    found = []
    for at in curve(points):
        near = Point(at)
        if not dry.covers(near):
            near = shapely.shortest_line(dry, near).interpolate(0)
        found.append((near.x, near.y))
    return LineString([at for at, _ in itertools.groupby(found)])


def _joined(line: LineString, others: list[LineString]) -> LineString:
    """With its ends led a step across the road they come near to."""
    if not others:
        return line
    net = MultiLineString(others)
    points = list(line.coords)
    for end in (0, -1):
        far = net.distance(Point(points[end]))
        if far > 90:
            continue
        to = shapely.shortest_line(Point(points[end]), net).coords[1]
        # Straight on through the road: two lines that only touch would not be cut there.
        before = points[1] if end == 0 else points[-2]
        gap = Point(before).distance(Point(to)) or 1.0
        ahead = tuple(b + (b - a) / gap * _OVERSHOOT_M for a, b in zip(before, to, strict=True))
        points[end] = ahead  # type: ignore[assignment]
    return LineString(points)


@cache
def road_parts() -> tuple[RoadPart, ...]:
    """Every road and trail, cut where they meet."""
    named: list[tuple[RoadLine, LineString]] = []
    for road in (*ROADS, *TRAILS):
        named.append((road, _joined(_drawn(road), [line for _, line in named])))
    dice = dice_for("lanes")
    for name, block in by_name().items():
        net = MultiLineString([line for _, line in named])
        if net.distance(Point(block.seed)) > _REACH_M:
            way = shapely.shortest_line(net, Point(block.seed))
            lane = RoadLine("", "tertiary", (name,))
            drawn = curve(rough(list(way.coords), 0.06, dice, 2))
            named.append((lane, _joined(LineString(drawn), [line for _, line in named])))
    parts = []
    for part in shapely.get_parts(unary_union([line for _, line in named])):
        middle = part.interpolate(0.5, normalized=True)
        road = min(named, key=lambda one: one[1].distance(middle))[0]
        parts.append(RoadPart(road.kind, road.name, part))
    return tuple(_without_stubs(parts))


def _without_stubs(parts: list[RoadPart]) -> list[RoadPart]:
    ends: dict[Metre, int] = {}
    for part in parts:
        for at in (part.line.coords[0], part.line.coords[-1]):
            ends[at] = ends.get(at, 0) + 1
    return [
        part
        for part in parts
        if part.line.length > 3 * _OVERSHOOT_M
        or min(ends[part.line.coords[0]], ends[part.line.coords[-1]]) > 1
    ]


@cache
def riverside() -> RoadPart:
    """The footpath on the bank, under the bridges."""
    name, river, start, end = RIVERSIDE
    line = LineString(rivers()[river])
    near, far = sorted((line.project(Point(start)), line.project(Point(end))))
    bank = substring(line, near, far).offset_curve(_BANK_M).simplify(1.0)
    return RoadPart("footway", name, bank)


def sampled(part: RoadPart) -> Line:
    """Junctions along a road, both ends included, to a decimetre."""
    pieces = max(1, round(part.line.length / _STEP_M))
    return [
        (round(at.x, 1), round(at.y, 1))
        for at in (part.line.interpolate(k / pieces, normalized=True) for k in range(pieces + 1))
    ]
