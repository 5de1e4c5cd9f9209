"""The 152 small areas: cells around seeds, their borders roughened, cut by the coast.

All borders come from one noded set of lines, and every area of every level is a union of blocks:
neighbours share their edges vertex by vertex, without gaps or slivers.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import cache

import shapely
from shapely import LineString, MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union
from towns.minato.districts import DISTRICTS
from towns.minato.outline import COAST, ISLAND, ISLAND_COAST, LAND, LAND_BORDER
from towns.minato.plane import Metre, dice_for, in_degrees, rough
from towns.minato.town_names import TOWNS

_GRID_M = 90.0
_ROUNDS = 14
_CHOME = "一二三四五"
_CHOME_KANA = ("イッチョウメ", "ニチョウメ", "サンチョウメ")
_ON_THE_COAST = frozenset("浜浦岬磯崎鶴波")


@dataclass(frozen=True, slots=True)
class Block:
    """One 町丁目.

    Parameters
    ----------
    code : str
        As the census writes it, without the municipality: four digits, two more for the 丁目.
    town, chome : str, int
        港町 and 2; 0 where the town has no 丁目.
    shape, seed : Polygon, Metre
        Local metres; the seed lies near the middle, where people live.
    """

    code: str
    town: str
    chome: int
    kana: str
    district: str
    seed: Metre
    shape: Polygon

    @property
    def name(self) -> str:
        return f"{self.town}{_CHOME[self.chome - 1]}丁目" if self.chome else self.town


def _region_points() -> dict[tuple[int, int], list[tuple[Metre, float]]]:
    """Grid points on land by (district, anchor) they are nearest to; weights fall with distance."""
    anchors = [
        (at, (number, part), district.code == "11")
        for number, district in enumerate(DISTRICTS)
        for part, at in enumerate(district.anchors)
    ]
    shapely.prepare(LAND)
    shapely.prepare(ISLAND)
    found: dict[tuple[int, int], list[tuple[Metre, float]]] = {key: [] for _, key, _ in anchors}
    for row, column in itertools.product(range(130), range(165)):
        at = (column * _GRID_M, row * _GRID_M)
        point = Point(at)
        if not LAND.contains(point):
            continue
        island = bool(ISLAND.contains(point))
        far, key = min(
            (math.dist(at, anchor), key)
            for anchor, key, of_island in anchors
            if of_island == island
        )
        found[key].append((at, 1.0 / (1.0 + (far / 700) ** 2)))
    return found


def _seeds() -> list[tuple[str, int, Metre]]:
    """(district, anchor, point) of every block: as many even cells as the anchor has blocks."""
    seeds: list[tuple[str, int, Metre]] = []
    dice = dice_for("blocks")
    for (number, part), points in _region_points().items():
        wanted = DISTRICTS[number].blocks[part]
        middles = [points[i][0] for i in sorted(dice.sample(range(len(points)), wanted))]
        for _ in range(_ROUNDS):
            sums = [[0.0, 0.0, 0.0] for _ in middles]
            for at, weight in points:
                nearest = min(range(wanted), key=lambda i: math.dist(at, middles[i]))
                sums[nearest][0] += weight * at[0]
                sums[nearest][1] += weight * at[1]
                sums[nearest][2] += weight
            middles = [
                (x / w, y / w) if w else old for (x, y, w), old in zip(sums, middles, strict=True)
            ]
        seeds += [(DISTRICTS[number].code, part, (round(x, 1), round(y, 1))) for x, y in middles]
    return seeds


def _faces(seeds: list[Metre]) -> list[Polygon]:
    """One polygon per seed, in its order."""
    dice = dice_for("borders")
    edges = shapely.voronoi_polygons(
        MultiPoint(seeds), extend_to=LAND.buffer(3000), only_edges=True
    )
    straight = sorted(
        tuple(sorted(((round(a[0], 2), round(a[1], 2)), (round(b[0], 2), round(b[1], 2)))))
        for line in shapely.get_parts(edges)
        for a, b in itertools.pairwise(line.coords)
    )
    lines: list[BaseGeometry] = [
        LineString(rough((a, b), 0.055, dice, 3)) for a, b in straight if a != b
    ]
    lines += [LineString(COAST), LineString(LAND_BORDER), LineString(ISLAND_COAST)]
    faces = [f for f in polygonize(unary_union(lines)) if LAND.contains(f.representative_point())]
    owned: list[list[Polygon]] = []
    for seed in seeds:
        home = min(faces, key=lambda face: face.distance(Point(seed)))
        faces.remove(home)
        owned.append([home])
    for scrap in sorted(faces, key=lambda face: (-face.area, face.bounds)):
        _, owner = max(
            (scrap.boundary.intersection(unary_union(mine).boundary).length, -number)
            for number, mine in enumerate(owned)
        )
        owned[-owner].append(scrap)
    shapes = [unary_union(mine) for mine in owned]
    assert all(isinstance(shape, Polygon) for shape in shapes)
    return shapes


def _nearest(seeds: list[tuple[str, int, Metre]], at: Metre, left: list[int]) -> int:
    """Of the seeds left, the one nearest to a point; the first anchors' before all others."""
    return min(left, key=lambda i: (seeds[i][1], math.dist(at, seeds[i][2])))


@cache
def blocks() -> dict[str, Block]:
    """Every block by its code, in the order of the codes."""
    seeds = _seeds()
    shapes = _faces([at for _, _, at in seeds])
    coast = LineString(COAST).union(LineString(ISLAND_COAST))
    found: dict[str, Block] = {}
    for number, district in enumerate(DISTRICTS, 1):
        left = [i for i, (code, _, _) in enumerate(seeds) if code == district.code]
        at: Metre = district.anchors[0]

        for town_number, (town, kana, chomes) in enumerate(TOWNS[district.code], 1):
            shore = not chomes and bool(_ON_THE_COAST & set(town))
            for chome in range(1, chomes + 1) if chomes else (0,):
                if shore:
                    index = min(left, key=lambda i: shapes[i].distance(coast) + seeds[i][1])
                else:
                    dry = [i for i in left if shapes[i].distance(coast) > 30]
                    index = _nearest(seeds, at, dry if dry and not chomes else left)
                left.remove(index)
                at = seeds[index][2]
                code = f"{number * 200 + town_number * 10:04d}" + (f"{chome:02d}" if chome else "")
                found[code] = Block(
                    code,
                    town,
                    chome,
                    kana + (_CHOME_KANA[chome - 1] if chome else ""),
                    district.code,
                    at,
                    shapes[index],
                )
        assert not left
    return dict(sorted(found.items()))


@cache
def blocks_in_degrees() -> dict[str, Polygon]:
    """The same in EPSG:4326, rounded: every other area is a union of these."""
    return {code: in_degrees(block.shape) for code, block in blocks().items()}
