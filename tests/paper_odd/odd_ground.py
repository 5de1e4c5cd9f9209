"""The ground of a town of odd areas, in metres east and north of 36° N, 138.5° E."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
import shapely.ops
from shapely import LineString, Point, Polygon
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry
from towns.make_square_town import degrees

Metre = tuple[float, float]


def blob(x: float, y: float, wide: float, high: float, turns: float = 3.0) -> Polygon:
    """Around a point, as far as half of ``wide`` and ``high``, with bays."""
    ring = []
    for step in range(72):
        turn = 2 * math.pi * step / 72
        reach = 1 - 0.09 * (1 + math.sin(turns * turn)) - 0.04 * (1 + math.cos(7 * turn))
        ring.append((x + wide / 2 * reach * math.cos(turn), y + high / 2 * reach * math.sin(turn)))
    return Polygon(ring)


def wave(first: Metre, last: Metre, sway_m: float, steps: int, turns: float = 4.0) -> LineString:
    """A line that sways around the straight one."""
    (ax, ay), (bx, by) = first, last
    long = math.hypot(bx - ax, by - ay)
    along, aside = ((bx - ax) / long, (by - ay) / long), (-(by - ay) / long, (bx - ax) / long)
    points = []
    for step in range(steps + 1):
        far = long * step / steps
        off = sway_m * math.sin(2 * math.pi * turns * step / steps) * math.sin(step / 2 + 1) ** 2
        points.append((ax + along[0] * far + aside[0] * off, ay + along[1] * far + aside[1] * off))
    return LineString(points)


SHORE = wave((4_000, -3_000), (24_000, -3_000), 160.0, 160, 23.0)
ISLE = blob(16_000, -6_000, 1_500, 900, 2.0)
VALLEY = wave((-30_000, 8_000), (5_000, 27_400), 700.0, 120, 5.0)
"""Its ends are 40 kilometres apart."""


def _seaside() -> BaseGeometry:
    land = shapely.box(12_000, -3_400, 15_200, -1_500)
    (north, _) = sorted(shapely.ops.split(land, SHORE).geoms, key=lambda part: -part.centroid.y)
    return north


def _sea() -> BaseGeometry:
    shore = list(SHORE.coords)
    return Polygon([*shore, (24_000, -12_000), (4_000, -12_000)]).difference(ISLE)


@dataclass(frozen=True, slots=True)
class OddArea:
    """An area, and how far its streets are from each other."""

    code: str
    name: str
    kana: str
    shape: BaseGeometry
    block_m: float | None


NAME_40 = "みなみ台ひがし見晴らしが丘いきいき健やか支え合い連合町内会と上中下三つの自治会の地区"
_CROWD = blob(0, 0, 1_900, 1_500)
AREAS = (
    OddArea("crowd", "混みあう地区", "コミアウチク", _CROWD, 125),
    OddArea(
        "none",
        "これからの地区",
        "コレカラノチク",
        blob(0, 1_060, 1_700, 1_500, 2.0).difference(_CROWD),
        250,
    ),
    OddArea(
        "parts",
        "ふたつの谷地区",
        "フタツノタニチク",
        shapely.union_all([blob(6_000, 0, 900, 800), blob(8_700, 900, 700, 900, 4.0)]),
        250,
    ),
    OddArea("isle", "沖の小島地区", "オキノコジマチク", ISLE, 200),
    OddArea("shore", "浜辺地区", "ハマベチク", _seaside(), 250),
    OddArea("valley", "四十キロの谷地区", "ヨンジッキロノタニチク", VALLEY.buffer(650), None),
    OddArea("forty", NAME_40, "", blob(-8_000, -4_000, 1_600, 1_200), 250),
    OddArea("endless", "とぎれない名前の地区", "", blob(-12_000, -4_000, 1_500, 1_300, 5.0), 250),
    OddArea(
        "kinds",
        "十二種類の地区",
        "ジュウニシュルイノチク",
        blob(-16_000, -4_000, 1_400, 1_300),
        250,
    ),
    OddArea(
        "many", "二千か所の地区", "ニセンカショノチク", blob(-12_000, -14_000, 9_000, 8_000), 500
    ),
)
BY_CODE = {area.code: area for area in AREAS}


def in_degrees(shape: BaseGeometry) -> BaseGeometry:
    """The same in longitude and latitude."""
    return shapely.transform(shape, lambda points: [degrees(x, y) for x, y in points])


def streets() -> Iterator[tuple[str, str, BaseGeometry]]:
    """(highway, name, line): a grid under every area but the valley, which has a road."""
    for area in AREAS:
        if area.block_m is None:
            continue
        around = area.shape.buffer(area.block_m * 2.5)
        if area.code in {"isle", "shore"}:
            around = around.difference(_sea())
        for n, line in enumerate(_grid(around, area.block_m)):
            main = n % 6 == 2
            name = f"{area.name[:2]}{n}番通り" if main else ""
            yield "primary" if main else "residential", name, line
    yield "primary", "谷の街道", VALLEY
    yield "secondary", "尾根の道", translate(VALLEY, 300, -900)


def _grid(around: BaseGeometry, block_m: float) -> Iterator[LineString]:
    """Streets that sway a little and meet at their corners."""
    west, south, east, north = around.bounds

    def corner(column: int, row: int) -> Metre:
        x, y = column * block_m, row * block_m
        off = block_m * 0.2
        return x + off * math.sin(row * 1.7 + column), y + off * math.cos(column * 1.3 - row)

    columns = range(math.floor(west / block_m), math.ceil(east / block_m) + 1)
    rows = range(math.floor(south / block_m), math.ceil(north / block_m) + 1)
    lines = [LineString([corner(column, row) for row in rows]) for column in columns]
    lines += [LineString([corner(column, row) for column in columns]) for row in rows]
    for line in lines:
        inside = [
            a
            for a in zip(line.coords, line.coords[1:], strict=False)
            if around.covers(Point(a[0])) and around.covers(Point(a[1]))
        ]
        run: list[Metre] = []
        for first, last in inside:
            if run and run[-1] != first:
                yield LineString(run)
                run = []
            run = run or [first]
            run.append(last)
        if run:
            yield LineString(run)


def ground() -> dict[str, list[tuple[str, BaseGeometry]]]:
    """By kind: (name, shape)."""
    river = wave((-1_400, 300), (1_500, -250), 130.0, 50, 3.0)
    return {
        "sea": [("", _sea())],
        "river": [
            ("", river),
            ("", translate(VALLEY, -150, 350)),
        ],
        "rail": [("まるた線", LineString([(-1_500, -420), (0, -300), (1_500, -500)]))],
        "wood": [("", VALLEY.buffer(2_400).difference(VALLEY.buffer(500)))],
        "park": [("みどり公園", blob(-450, 350, 220, 160))],
        "station": [
            ("まるた駅", Point(0, -300)),
            ("谷口駅", Point(*VALLEY.interpolate(0.1, normalized=True).coords[0])),
            ("谷なか駅", Point(*VALLEY.interpolate(0.55, normalized=True).coords[0])),
        ],
        "school": [("混みあう小学校", Point(420, 260)), ("浜辺小学校", Point(13_400, -2_100))],
        "water": [
            ("まるた川", Point(*river.interpolate(0.5, normalized=True).coords[0])),
            ("沖の海", Point(13_900, -3_700)),
            ("小島灘", Point(16_600, -5_480)),
        ],
        "place": [
            ("奥谷", Point(*VALLEY.interpolate(0.9, normalized=True).coords[0])),
            ("小島浦", Point(15_800, -6_050)),
        ],
    }
