"""Where houses with a name may stand: dense lattices where people live, none on the hills."""

from __future__ import annotations

import math
from functools import cache
from random import Random

import shapely
from shapely import Point
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union
from towns.minato.blocks import Block, blocks
from towns.minato.lines import railway, rivers
from towns.minato.outline import height_m
from towns.minato.people import people
from towns.minato.plane import Metre, dice_for

_WANTED = 9170
_WIDEST_M = 98.0
_JITTER = 0.17
_HIGHEST_M = 150.0
_ABOVE_M = 25.0  # a village on a hill climbs this much higher than its middle
_PER_PERSON = 0.72  # spots grow slower than people


@cache
def house_spots() -> dict[str, tuple[Metre, ...]]:
    """Points in local metres, to a decimetre, by the code of the block they lie in."""
    dice = dice_for("junctions")
    weights = {code: p.both() ** _PER_PERSON for code, p in people().items()}
    whole = sum(weights.values())
    kept_free = unary_union(
        [shapely.LineString(line).buffer(14) for line in (*rivers().values(), railway())]
    )
    shapely.prepare(kept_free)
    found = {}
    for code, block in blocks().items():
        wanted = _WANTED * weights[code] / whole
        found[code] = tuple(_lattice(block, wanted, dice.uniform(0, 90), dice, kept_free))
    return found


def _lattice(
    block: Block, wanted: float, turn_deg: float, dice: Random, kept_free: BaseGeometry
) -> list[Metre]:
    """A turned and shaken lattice over the lived-in middle of a block."""
    spacing = min(_WIDEST_M, math.sqrt(block.shape.area / wanted))
    reach = math.sqrt(wanted * 1.25 * spacing * spacing / math.pi) if spacing == _WIDEST_M else 1e6
    ground = block.shape.buffer(-spacing * 0.32)
    shapely.prepare(ground)
    cos, sin = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    highest = max(_HIGHEST_M, height_m(block.seed) + _ABOVE_M)
    half = int(math.hypot(*_extent(block)) / spacing) + 1
    found = []
    for row in range(-half, half + 1):
        for column in range(-half, half + 1):
            x = spacing * (column + dice.uniform(-_JITTER, _JITTER))
            y = spacing * (row + dice.uniform(-_JITTER, _JITTER))
            at = (
                round(block.seed[0] + x * cos - y * sin, 1),
                round(block.seed[1] + x * sin + y * cos, 1),
            )
            if math.dist(at, block.seed) > reach:
                continue
            point = Point(at)
            dry = ground.contains(point) and not kept_free.contains(point)
            if dry and height_m(at) < highest:
                found.append(at)
    return found or [block.seed]


def _extent(block: Block) -> tuple[float, float]:
    west, south, east, north = block.shape.bounds
    return east - west, north - south
