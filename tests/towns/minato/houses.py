"""Footprints along the streets: many where many live, none on a street, a river or each other."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache

import numpy as np
import shapely
from shapely import LineString, Polygon, STRtree
from shapely.ops import unary_union
from towns.minato.blocks import blocks
from towns.minato.greens import parks
from towns.minato.lines import railway, rivers
from towns.minato.named_buildings import named_buildings, oblong
from towns.minato.outline import LAND
from towns.minato.people import people
from towns.minato.plane import dice_for
from towns.minato.street_kinds import kind_streets
from towns.minato.streets import net
from towns.minato.waters import ponds, river_surface

_PEOPLE_A_HOUSE = 3.6
_HALF_WIDTH_M = {
    "trunk": 8.0, "secondary": 6.5, "tertiary": 5.0, "residential": 3.4, "unclassified": 3.2,
    "pedestrian": 4.0, "service": 2.8, "footway": 2.0, "path": 2.0, "steps": 2.0, "track": 2.2,
}  # fmt: skip
_BUILT_ALONG = frozenset(
    {"trunk", "secondary", "tertiary", "residential", "unclassified", "pedestrian", "service"}
)
_TOWN = frozenset({"本町", "駅前町", "栄町", "錦町", "魚町", "南町"})
_QUAY = frozenset(
    {"魚町三丁目", "港町一丁目", "魚町二丁目", "南町二丁目", "舟橋町", "浦の浜", "柏崎一丁目"}
)
_SHORE_M = 190.0


@cache
def houses() -> tuple[Polygon, ...]:
    """Everybody's house, local metres; the named ones come first."""
    named = [one.house for one in named_buildings() if one.house is not None]
    wanted, homes = _wanted()
    taken = _taken()
    shapely.prepare(taken)
    clear = ~shapely.intersects(taken, wanted)
    lanes = [
        net().line(one.street).buffer(_HALF_WIDTH_M[one.kind] + 0.8, cap_style="flat")
        for one in kind_streets()
        if one.street.layer >= 0
    ]
    on_lane, _ = STRtree(lanes).query(wanted, predicate="intersects")
    clear[on_lane] = False
    on_named, _ = STRtree(named).query(wanted, predicate="dwithin", distance=3.0)
    clear[on_named] = False
    kept = np.flatnonzero(clear)
    footprints = [wanted[i] for i in kept]
    one, other = STRtree(footprints).query(footprints, predicate="dwithin", distance=0.9)
    rivals: dict[int, list[int]] = defaultdict(list)
    for a, b in zip(one.tolist(), other.tolist(), strict=True):
        if b < a:
            rivals[a].append(b)
    left = {code: round(p.both() / _PEOPLE_A_HOUSE) for code, p in people().items()}
    built: set[int] = set()
    for number in range(len(footprints)):
        home = homes[kept[number]]
        if left[home] > 0 and not any(rival in built for rival in rivals[number]):
            built.add(number)
            left[home] -= 1
    return (*named, *(footprints[i] for i in sorted(built)))


def _wanted() -> tuple[list[Polygon], list[str]]:
    """More footprints than there are houses, in a shuffled order, and the block of each."""
    dice = dice_for("houses")
    town = net()
    codes = list(blocks())
    tree = STRtree([blocks()[code].shape for code in codes])
    shore = LAND.boundary
    found: list[tuple[Polygon, str]] = []
    for one in kind_streets():
        if one.kind not in _BUILT_ALONG or one.street.layer:
            continue
        line = town.line(one.street)
        (ax, ay), (bx, by) = line.coords
        turn = math.atan2(by - ay, bx - ax)
        home = codes[int(tree.nearest(line.interpolate(0.5, normalized=True)))]
        block = blocks()[home]
        large = 1.0 + (0.55 if block.town in _TOWN else 0.0)
        if block.name in _QUAY and shore.distance(line) < _SHORE_M:
            large = 2.6
        for side in (1, -1):
            along = dice.uniform(1.5, 7)
            while along < line.length - 5:
                front, deep = dice.uniform(7.0, 11.5) * large, dice.uniform(6.5, 11.0) * large
                aside = _HALF_WIDTH_M[one.kind] + dice.uniform(1.2, 3.8) + deep / 2
                x = ax + (along + front / 2) * math.cos(turn) - side * aside * math.sin(turn)
                y = ay + (along + front / 2) * math.sin(turn) + side * aside * math.cos(turn)
                askew = math.degrees(turn) + dice.uniform(-2.5, 2.5)
                found.append((oblong((x, y), front, deep, askew), home))
                along += front + dice.uniform(1.2, 5.5)
    dice.shuffle(found)
    return [footprint for footprint, _ in found], [home for _, home in found]


def _taken() -> Polygon:
    """Where nobody builds: water, rails, parks, school yards, the beach."""
    grounds = [
        one.ground.buffer(-4) if one.kind == "school" else one.ground.buffer(-14)
        for one in named_buildings()
        if one.ground is not None
    ]
    water = [river_surface(name).buffer(3) for name in rivers()] + [
        p.buffer(3) for *_, p in ponds()
    ]
    rails = LineString(railway()).buffer(7)
    west, south, east, north = LAND.bounds
    off_land = shapely.box(west - 500, south - 500, east + 500, north + 500).difference(
        LAND.buffer(-9)
    )
    greens = [park.shape.buffer(1) for park in parks()]
    return unary_union([*grounds, *water, rails, off_land, *greens])
