"""Woods on the hills, fields in the plain, parks between the houses."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import cache

import shapely
from shapely import LineString, Point, Polygon, STRtree, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union
from towns.minato.blocks import blocks
from towns.minato.lines import railway, rivers
from towns.minato.outline import LAND, height_m
from towns.minato.people import people
from towns.minato.plane import Metre, dice_for, rough, smooth
from towns.minato.road_lines import TUNNEL
from towns.minato.streets import net
from towns.minato.waters import BOX, land_around, ponds, river_surface

_CELL_M = 80.0
_WOOD_FROM_M = 26.0
_WOOD_APART_M = 92.0
_FIELD_APART_M = 36.0
_HEATHS = 620
_DENSE_PER_HECTARE = 11.0
_NEIGHBOURS_HILLS: tuple[tuple[float, float, float, float], ...] = (
    (-1300, 5200, 160, 900), (-2200, 3300, 70, 500), (15600, 10300, 190, 900), (14300, 9300, 120, 700),
    (-4300, 6300, 240, 1500), (-5900, 3100, 110, 800), (17600, 11200, 150, 700), (19800, 12600, 260, 1300),
    (18300, 10000, 60, 400),
)  # fmt: skip
_PARK_M2 = (1100.0, 5200.0)
_CASTLE_PARK_M = 158.0
_SPORTS = ((4640, 4080), 210.0, 120.0)
"""Middle, length and breadth of the sports park by the river."""


@dataclass(frozen=True, slots=True)
class Park:
    """A named green."""

    name: str
    kana: str
    shape: BaseGeometry


@cache
def faces() -> tuple[Polygon, ...]:
    """What lies between the streets, local metres; bridges and tunnels bound nothing."""
    town = net()
    lines = unary_union([town.line(s) for s in town.streets if not s.layer])
    return tuple(sorted(polygonize(lines), key=lambda one: one.bounds))


@cache
def woods_and_fields() -> tuple[tuple[Polygon, ...], tuple[Polygon, ...]]:
    """Both by squares of the ground, rounded: nothing grows where somebody lives."""
    land = land_around()
    shapely.prepare(land)
    tree = STRtree([Point(at) for at in net().nodes])
    near = LAND.envelope.buffer(200)
    shapely.prepare(near)
    dense = unary_union([blocks()[code].shape for code in _dense()])
    shapely.prepare(dense)
    woods, fields = [], []
    columns = range(int(BOX[0] / _CELL_M) - 9, int(BOX[2] / _CELL_M) + 9)
    rows = range(int(BOX[1] / _CELL_M), int(BOX[3] / _CELL_M) + 9)
    for column, row in itertools.product(columns, rows):
        at = ((column + 0.5) * _CELL_M, (row + 0.5) * _CELL_M)
        point = Point(at)
        if not land.contains(point):
            continue
        apart = math.inf
        if near.contains(point):
            apart = tree.geometries[tree.nearest(point)].distance(point)
        cell = box(*(c * _CELL_M for c in (column, row, column + 1, row + 1)))
        if height_m(at) + _neighbours_hills(at) > _WOOD_FROM_M:
            if apart > _WOOD_APART_M:
                woods.append(cell)
        elif apart > _FIELD_APART_M and not dense.contains(point) and not _heaths().contains(point):
            fields.append(cell)
    water = unary_union([river_surface(name) for name in rivers()] + [p for *_, p in ponds()])
    bare = unary_union([water.buffer(6), LineString(railway()).buffer(14)])
    dry = land.buffer(-14).difference(bare).intersection(box(*BOX))
    wooded = _rounded(woods, 34.0, dry)
    trees = unary_union(wooded)
    fields_left = [field.difference(trees) for field in _rounded(fields, 16.0, dry)]
    return wooded, tuple(p for left in fields_left for p in _polygons(left) if p.area > 1500)


def _dense() -> list[str]:
    """Blocks where no field is left."""
    return [
        code
        for code, block in blocks().items()
        if people()[code].both() > _DENSE_PER_HECTARE * block.shape.area / 10_000
    ]


def _neighbours_hills(at: Metre) -> float:
    return sum(
        top * math.exp(-((at[0] - east) ** 2 + (at[1] - north) ** 2) / (2 * breadth**2))
        for east, north, top, breadth in _NEIGHBOURS_HILLS
    )


@cache
def _heaths() -> BaseGeometry:
    """Stretches of the plain that nobody ploughs."""
    dice = dice_for("heaths")
    spots = []
    for _ in range(_HEATHS):
        at = Point(dice.uniform(BOX[0], BOX[2]), dice.uniform(BOX[1], BOX[3]))
        spots.append(at.buffer(dice.uniform(90, 260)))
    heaths = unary_union(spots)
    shapely.prepare(heaths)
    return heaths


def _rounded(cells: list[Polygon], by_m: float, inside: BaseGeometry) -> tuple[Polygon, ...]:
    whole = unary_union(cells).buffer(by_m).buffer(-1.6 * by_m).buffer(0.6 * by_m)
    soft = []
    dice = dice_for("edges")
    for part in _polygons(whole.simplify(12).segmentize(150)):
        swayed = [rough(ring.coords[:-1], 0.15, dice) for ring in (part.exterior, *part.interiors)]
        rings = [smooth([*ring, ring[0]], 2) for ring in swayed]
        soft.append(Polygon(rings[0], [ring for ring in rings[1:] if len(ring) > 8]).buffer(0))
    cut = unary_union(soft).intersection(inside).simplify(3)
    return tuple(part for part in _polygons(cut) if part.area > 3000)


def _polygons(shape: BaseGeometry) -> list[Polygon]:
    return [p for p in shapely.get_parts(shape).tolist() if isinstance(p, Polygon)]


@cache
def parks() -> tuple[Park, ...]:
    """The castle hill, the sports ground, and one for every second town: a block without houses."""
    top = LineString(TUNNEL).interpolate(0.5, normalized=True)
    dice = dice_for("parks")
    ring = []
    for k in range(18):
        far, angle = _CASTLE_PARK_M * dice.uniform(0.82, 1.0), 2 * math.pi * k / 18
        ring.append((top.x + far * math.cos(angle), top.y + far * math.sin(angle)))
    castle = Polygon(smooth([*ring, ring[0]], 2))
    (east, north), long_m, wide_m = _SPORTS
    sports = box(east - long_m / 2, north - wide_m / 2, east + long_m / 2, north + wide_m / 2)
    found = [
        Park("城山公園", "シロヤマコウエン", castle.simplify(1)),
        Park("面瀬運動公園", "オモセウンドウコウエン", sports),
    ]
    free = list(faces())
    central = _face_for("栄町", free, (4000.0, 16000.0))
    if central is not None:
        found.append(Park("みなと中央公園", "ミナトチュウオウコウエン", central))
    for number, block in enumerate(blocks().values()):
        if number % 2 and block.town != "栄町":
            continue
        shape = _face_for(block.name, free, _PARK_M2)
        if shape is not None and block.name != "栄町":
            stem = block.name if block.chome else block.town
            found.append(Park(f"{stem}公園", f"{block.kana}コウエン", shape))
    return tuple(found)


def _face_for(name: str, free: list[Polygon], areas: tuple[float, float]) -> BaseGeometry | None:
    """The block's own face of a fitting size nearest to its middle; nobody gets it twice."""
    (block,) = (b for b in blocks().values() if b.name == name)
    middle = Point(block.seed)
    fitting = [
        face
        for face in free
        if areas[0] < face.area < areas[1]
        and block.shape.contains(face.representative_point())
        and face.area / face.length**2 > 0.035
    ]
    if not fitting:
        return None
    best = min(fitting, key=lambda face: (face.distance(middle), face.bounds))
    free.remove(best)
    inner = best.buffer(-6)
    return inner if not inner.is_empty and isinstance(inner, Polygon) else None
