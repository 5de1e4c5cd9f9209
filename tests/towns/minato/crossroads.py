"""Where small streets meet: oblong lattices that lie along the nearest road, as towns are laid out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import shapely
from shapely import LineString, MultiLineString, Point, Polygon
from shapely.ops import unary_union
from towns.minato.blocks import Block, blocks
from towns.minato.lines import railway, rivers
from towns.minato.outline import LAND, height_m
from towns.minato.people import people
from towns.minato.plane import Metre, dice_for
from towns.minato.road_lines import TUNNEL
from towns.minato.roads import riverside, road_parts

_WANTED = 8100
_PER_PERSON = 0.72  # junctions grow slower than people
_WIDEST_M = 92.0
_OBLONG = 1.75
_JITTER = 0.07
_HIGHEST_M = 130.0
_ABOVE_M = 25.0  # a village on a hill climbs this much higher than its middle
_RIBBON_M = 150.0
"""In the country houses stand along the road."""
_HILLTOP_M = 165.0


@dataclass(frozen=True, slots=True)
class Crossroad:
    """A point where streets may meet, and how the streets there lie (degrees, 0 to 90)."""

    at: Metre
    block: str
    turn_deg: float
    oblong_m: float
    """The longer distance to the next one."""


@cache
def crossroads() -> tuple[Crossroad, ...]:
    """All of them, in the order of the blocks."""
    dice = dice_for("crossroads")
    weights = {code: p.both() ** _PER_PERSON for code, p in people().items()}
    whole = sum(weights.values())
    roads = MultiLineString([part.line for part in road_parts()])
    shapely.prepare(roads)
    kept_free = unary_union(
        [LineString(line).buffer(19) for line in (*rivers().values(), railway())]
        + [riverside().line.buffer(14), hilltop()]
    )
    dry = LAND.buffer(-14).difference(kept_free)
    shapely.prepare(dry)
    found: list[Crossroad] = []
    for code, block in blocks().items():
        wanted = _WANTED * weights[code] / whole
        spacing = min(_WIDEST_M, math.sqrt(block.shape.area / wanted))
        long_m, short_m = spacing * math.sqrt(_OBLONG), spacing / math.sqrt(_OBLONG)
        turn = _along(roads, block.seed)
        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        ground = block.shape.buffer(-6)
        shapely.prepare(ground)
        highest = max(_HIGHEST_M, height_m(block.seed) + _ABOVE_M)
        rural = spacing == _WIDEST_M
        reach = math.sqrt(wanted * 2.4 * spacing * spacing / math.pi) if rural else 1e6
        half = math.hypot(*_extent(block))
        for row in range(-int(half / short_m) - 1, int(half / short_m) + 2):
            for column in range(-int(half / long_m) - 1, int(half / long_m) + 2):
                x = long_m * (column + dice.uniform(-_JITTER, _JITTER) + (row % 2) * 0.18)
                y = short_m * (row + dice.uniform(-_JITTER, _JITTER))
                east, north = block.seed[0] + x * cos - y * sin, block.seed[1] + x * sin + y * cos
                skipped = rural and dice.random() < 0.12
                if skipped or math.dist((east, north), block.seed) > reach:
                    continue
                point = Point(east, north)
                if not (ground.contains(point) and dry.contains(point)):
                    continue
                far = roads.distance(point)
                if far < 0.42 * short_m + 4 or (rural and far > _RIBBON_M):
                    continue
                if height_m((east, north)) < highest:
                    at = (round(east, 1), round(north, 1))
                    found.append(Crossroad(at, code, turn, long_m))
    return tuple(found)


@cache
def hilltop() -> Polygon:
    """The top of the castle hill, where no street leads but its paths."""
    return LineString(TUNNEL).interpolate(0.5, normalized=True).buffer(_HILLTOP_M)


def _along(roads: MultiLineString, at: Metre) -> float:
    """The direction of the nearest road, in degrees from east, 0 to 180."""
    line = min(roads.geoms, key=lambda one: one.distance(Point(at)))
    where = line.project(Point(at))
    a, b = line.interpolate(max(0.0, where - 60)), line.interpolate(where + 60)
    return math.degrees(math.atan2(b.y - a.y, b.x - a.x)) % 180


def _extent(block: Block) -> tuple[float, float]:
    west, south, east, north = block.shape.bounds
    return east - west, north - south
