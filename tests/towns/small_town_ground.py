"""The ground of the fictional port town, in local metres: east and north of its south-west corner.

Every boundary comes from one noded set of lines, so neighbouring areas share their edges vertex by
vertex: no gaps, no slivers. The town lies in the middle of a bay, where nobody lives.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

from pyproj import Transformer
from shapely import LineString, Point, Polygon
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

Metre = tuple[float, float]

SEED = 20260401
PLANE = "EPSG:6676"
ORIGIN_LON, ORIGIN_LAT = 138.500, 34.735
DEGREE_DIGITS = 7  # one centimetre

_to_plane = Transformer.from_crs("EPSG:4326", PLANE, always_xy=True)
_to_degrees = Transformer.from_crs(PLANE, "EPSG:4326", always_xy=True)
_ORIGIN = _to_plane.transform(ORIGIN_LON, ORIGIN_LAT)


def to_degrees(east_m: float, north_m: float) -> tuple[float, float]:
    """Longitude and latitude of a local point, rounded to a centimetre."""
    lon, lat = _to_degrees.transform(_ORIGIN[0] + east_m, _ORIGIN[1] + north_m)
    return round(lon, DEGREE_DIGITS), round(lat, DEGREE_DIGITS)


def to_metres(lon: float, lat: float) -> Metre:
    """Local metres of a longitude and latitude."""
    x, y = _to_plane.transform(lon, lat)
    return x - _ORIGIN[0], y - _ORIGIN[1]


def smooth(points: Sequence[Metre], rounds: int = 3) -> list[Metre]:
    """Cut corners (Chaikin), ends kept."""
    line = list(points)
    for _ in range(rounds):
        cut = [line[0]]
        for (ax, ay), (bx, by) in itertools.pairwise(line):
            cut.append((0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by))
            cut.append((0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by))
        line = [*cut, line[-1]]
    return line


def rough(points: Sequence[Metre], sway_m: float, dice: random.Random) -> list[Metre]:
    """Halve every segment once and let the middle sway, as a shore or a ridge does."""
    line = [points[0]]
    for (ax, ay), (bx, by) in itertools.pairwise(points):
        line.append(
            (
                (ax + bx) / 2 + dice.uniform(-sway_m, sway_m),
                (ay + by) / 2 + dice.uniform(-sway_m, sway_m),
            )
        )
        line.append((bx, by))
    return line


_dice = random.Random(SEED)

WEST_SHORE: list[Metre] = smooth(
    rough([(-150, 760), (180, 690), (480, 600), (800, 570), (1100, 610), (1330, 690)], 25.0, _dice),
    2,
)
HARBOUR: list[Metre] = [
    (1480, 700),
    (1500, 640),
    (1640, 650),
    (1630, 830),
    (1700, 1010),
    (1860, 1030),
    (1875, 900),
    (1950, 905),
    (1940, 1035),
    (2140, 1050),
    (2150, 820),
    (2130, 640),
    (2330, 620),
]
EAST_SHORE: list[Metre] = smooth(
    rough(
        [
            (2420, 650),
            (2700, 600),
            (3000, 590),
            (3180, 640),
            (3340, 700),
            (3520, 660),
            (3800, 700),
            (4000, 780),
            (4180, 690),
            (4330, 440),
            (4520, 210),
            (4700, 190),
            (4790, 380),
            (4760, 640),
            (4880, 860),
            (5080, 980),
            (5420, 1060),
        ],
        22.0,
        _dice,
    ),
    2,
)
COAST: list[Metre] = [*WEST_SHORE, *HARBOUR, *EAST_SHORE]
BREAKWATERS: list[list[Metre]] = [
    [(1500, 640), (1520, 470), (1720, 390), (1900, 380)],
    [(2330, 620), (2320, 480), (2130, 360)],
]
RIVER: list[Metre] = smooth(
    rough(
        [
            (2750, 4450),
            (2820, 4000),
            (2990, 3600),
            (2930, 3200),
            (3080, 2800),
            (3250, 2450),
            (3190, 2050),
            (3290, 1700),
            (3440, 1350),
            (3350, 1000),
            (3380, 520),
        ],
        30.0,
        _dice,
    ),
    2,
)
RAILWAY: list[Metre] = smooth(
    [
        (-250, 1830),
        (700, 1960),
        (1500, 2120),
        (2300, 2160),
        (3200, 2080),
        (4200, 2260),
        (5450, 2330),
    ]
)
NATIONAL_ROAD: list[Metre] = smooth(
    [
        (-250, 1290),
        (500, 1240),
        (1250, 1330),
        (2100, 1420),
        (2900, 1340),
        (3500, 1380),
        (4250, 1500),
        (5450, 1620),
    ]
)
HILL_FOOT: list[Metre] = smooth(
    rough(
        [
            (-250, 2720),
            (500, 2860),
            (1100, 3020),
            (1700, 2940),
            (2300, 3080),
            (2960, 3060),
            (3600, 3130),
            (4300, 3010),
            (5450, 3160),
        ],
        35.0,
        _dice,
    ),
    2,
)
RIDGE: list[Metre] = smooth(
    rough(
        [
            (-250, 3300),
            (300, 3560),
            (900, 4040),
            (1500, 3900),
            (2200, 4290),
            (2900, 4060),
            (3500, 4330),
            (4100, 4090),
            (4700, 4180),
            (5450, 3880),
        ],
        45.0,
        _dice,
    ),
    2,
)
WEST_EDGE: list[Metre] = smooth(
    rough(
        [
            (60, 500),
            (10, 1000),
            (110, 1500),
            (40, 2000),
            (300, 2600),
            (380, 3200),
            (700, 3700),
            (760, 4400),
        ],
        30.0,
        _dice,
    ),
    2,
)
EAST_EDGE: list[Metre] = smooth(
    rough(
        [
            (5260, 700),
            (5180, 1300),
            (5230, 1900),
            (5010, 2500),
            (5060, 3100),
            (4760, 3700),
            (4840, 4500),
        ],
        30.0,
        _dice,
    ),
    2,
)
WEST_STREET: list[Metre] = smooth(
    [(1400, 560), (1390, 760), (1310, 1100), (1270, 1500), (1330, 1900), (1290, 2300), (1350, 3150)]
)
STATION_STREET: list[Metre] = smooth(
    [(2390, 520), (2400, 800), (2360, 1200), (2300, 1600), (2340, 2000), (2260, 2500), (2330, 3200)]
)
SCHOOL_HILL: list[Metre] = smooth([(1480, 2850), (1560, 3300), (1490, 3700), (1600, 4300)])
CAPE_STREET: list[Metre] = smooth(
    [(4090, 620), (4110, 900), (4220, 1400), (4170, 1900), (4260, 2400), (4200, 3180)]
)
EAST_HILL: list[Metre] = smooth([(3840, 2950), (3930, 3400), (3850, 3800), (3960, 4400)])

BLOCKS: dict[str, tuple[str, str, Metre]] = {
    "01": ("西浜一丁目", "ニシハマイッチョウメ", (700, 950)),
    "02": ("西浜二丁目", "ニシハマニチョウメ", (700, 1600)),
    "03": ("港町一丁目", "ミナトマチイッチョウメ", (1800, 1200)),
    "04": ("港町二丁目", "ミナトマチニチョウメ", (1800, 1750)),
    "05": ("浜町", "ハママチ", (2850, 1000)),
    "06": ("本町", "ホンチョウ", (2750, 1750)),
    "07": ("川口町", "カワグチチョウ", (3800, 1050)),
    "08": ("川東一丁目", "カワヒガシイッチョウメ", (3700, 1800)),
    "09": ("岬町", "ミサキチョウ", (4650, 1000)),
    "10": ("山手一丁目", "ヤマテイッチョウメ", (700, 2400)),
    "11": ("山手二丁目", "ヤマテニチョウメ", (1800, 2600)),
    "12": ("駅北町", "エキキタチョウ", (2700, 2600)),
    "13": ("川東二丁目", "カワヒガシニチョウメ", (3700, 2600)),
    "14": ("東が丘一丁目", "ヒガシガオカイッチョウメ", (4700, 2700)),
    "15": ("城山", "シロヤマ", (800, 3450)),
    "16": ("汐見ヶ丘", "シオミガオカ", (2150, 3600)),
    "17": ("滝の沢", "タキノサワ", (3400, 3650)),
    "18": ("東が丘二丁目", "ヒガシガオカニチョウメ", (4350, 3600)),
    "19": ("灯台前", "トウダイマエ", (4700, 1950)),
}

Division = dict[str, tuple[str, str, tuple[str, ...]]]
"""Code of an area: its name, its kana, the blocks it consists of."""

WELFARE_DISTRICTS: Division = {
    "1": ("西浜地区", "ニシハマチク", ("01", "02")),
    "2": ("みなと中央地区", "ミナトチュウオウチク", ("03", "04", "05", "06")),
    "3": ("山手地区", "ヤマテチク", ("10", "11", "12", "15", "16")),
    "4": ("川東地区", "カワヒガシチク", ("07", "08", "09", "13", "14", "17", "18", "19")),
}
SCHOOL_DISTRICTS: Division = {
    "11": ("港小学校", "ミナトショウガッコウ", ("01", "02", "03", "04", "05", "06")),
    "12": ("山手小学校", "ヤマテショウガッコウ", ("10", "11", "12", "15", "16")),
    "13": (
        "川東小学校",
        "カワヒガシショウガッコウ",
        ("07", "08", "09", "13", "14", "17", "18", "19"),
    ),
}
ASSOCIATIONS: Division = {
    "101": ("西浜自治会", "ニシハマジチカイ", ("01", "02")),
    "102": ("港町自治会", "ミナトマチジチカイ", ("03", "04")),
    "103": ("浜町自治会", "ハママチジチカイ", ("05",)),
    "104": ("本町自治会", "ホンチョウジチカイ", ("06",)),
    "105": ("駅北自治会", "エキキタジチカイ", ("12",)),
    "106": ("山手自治会", "ヤマテジチカイ", ("10", "11", "15")),
    "107": ("川口自治会", "カワグチジチカイ", ("07",)),
    "108": ("川東自治会", "カワヒガシジチカイ", ("08", "13")),
    "109": ("岬自治会", "ミサキジチカイ", ("09", "19")),
    "110": ("東が丘自治会", "ヒガシガオカジチカイ", ("14", "17", "18")),
}
UNDRAWN = ("111", "汐見ヶ丘団地自治会", ("16",))


LINES = (
    COAST,
    RIVER,
    RAILWAY,
    NATIONAL_ROAD,
    HILL_FOOT,
    RIDGE,
    WEST_EDGE,
    EAST_EDGE,
    WEST_STREET,
    STATION_STREET,
    SCHOOL_HILL,
    CAPE_STREET,
    EAST_HILL,
)


def blocks() -> dict[str, Polygon]:
    """The 19 blocks by code, in local metres: the faces of the noded lines."""
    network = unary_union([LineString(line) for line in LINES])
    faces = list(polygonize(network))
    ground = {}
    for code, (_, _, seed) in BLOCKS.items():
        (ground[code],) = (face for face in faces if face.contains(Point(seed)))
    return ground


def divide(division: Division, ground: dict[str, Polygon]) -> dict[str, BaseGeometry]:
    """The areas of a division: unions of blocks."""
    return {
        code: unary_union([ground[b] for b in parts]) for code, (_, _, parts) in division.items()
    }


def in_degrees(shape: BaseGeometry) -> MultiPolygon | Polygon | LineString | Point:
    """A local shape in EPSG:4326, vertices rounded to a centimetre (edges stay shared)."""
    if isinstance(shape, Polygon):
        return Polygon(
            [to_degrees(*p) for p in shape.exterior.coords],
            [[to_degrees(*p) for p in hole.coords] for hole in shape.interiors],
        )
    if isinstance(shape, MultiPolygon):
        return MultiPolygon([in_degrees(part) for part in shape.geoms])
    if isinstance(shape, LineString):
        return LineString([to_degrees(*p) for p in shape.coords])
    assert isinstance(shape, Point)
    return Point(to_degrees(shape.x, shape.y))
