"""Coast, island, land border and hills, drawn by hand in local metres and roughened by dice."""

from __future__ import annotations

import math

from shapely import LineString, Polygon
from shapely.geometry import MultiPolygon
from towns.minato.plane import Line, Metre, dice_for, rough, smooth

_COAST: Line = [
    (420, 2350), (900, 2050), (1300, 2120), (1700, 2480), (2150, 2420), (2500, 1950), (2950, 1880),
    (3300, 2250), (3700, 2800), (4300, 3020), (4800, 2880), (5150, 2450), (5550, 1900), (5950, 1700),
    (6250, 1980), (6250, 2600), (6420, 3150), (6700, 3500), (6620, 4050), (6780, 4500), (7050, 4800),
    (7000, 5300), (7180, 5800), (7420, 6150), (7560, 6500),
]  # fmt: skip
_HARBOUR: Line = [  # quays are straight: not roughened
    (7560, 6500), (7640, 6520), (7650, 6700), (7760, 6720), (7800, 6950), (7950, 6990), (7980, 6860),
    (8060, 6870), (8070, 7010), (8230, 6990), (8260, 6780), (8360, 6760), (8330, 6560), (8420, 6480),
]  # fmt: skip
_EAST: Line = [
    (8420, 6480), (8480, 6080), (8720, 5780), (9050, 5700), (9300, 5880), (9650, 5760), (9900, 5420),
    (10250, 5380), (10500, 5000), (10900, 4850), (11020, 4300), (10900, 3700), (11250, 3350),
    (11480, 2700), (11350, 2100), (11650, 1500), (11800, 900), (12150, 480), (12480, 620),
    (12520, 1150), (12850, 1700), (12750, 2400), (13050, 2950), (13350, 3250), (13200, 3900),
    (13450, 4600), (13900, 5100), (13800, 5800), (14150, 6500), (14050, 7150),
]  # fmt: skip
_BORDER: Line = [
    (14050, 7150), (13500, 7700), (12700, 8250), (11700, 8500), (10900, 9150), (10100, 9800),
    (9000, 10150), (8100, 10750), (6900, 11050), (5600, 10900), (4500, 10250), (3500, 9700),
    (2700, 8700), (1800, 7800), (1200, 6600), (600, 5400), (350, 4100), (560, 3100), (420, 2350),
]  # fmt: skip
_ISLAND: Line = [
    (8350, 3000), (8500, 2450), (8850, 2250), (8980, 1800), (9350, 1720), (9500, 2200), (9900, 2350),
    (10150, 2850), (10020, 3300), (10150, 3800), (9950, 4250), (9550, 4180), (9300, 4420),
    (8950, 4250), (8880, 3750), (8480, 3500), (8350, 3000),
]  # fmt: skip
BREAKWATERS: list[Line] = [
    [(7560, 6500), (7700, 6330), (7900, 6260)],
    [(8420, 6480), (8270, 6310), (8080, 6260)],
]

# East, north, height and breadth of each hill, all in metres; the last ones are ridges' tops.
HILLS: list[tuple[float, float, float, float, str]] = [
    (1500, 6300, 210, 900, "大の森山"),
    (3200, 7300, 330, 1100, "才の神山"),
    (4700, 10000, 420, 1300, "新月山"),
    (3900, 5700, 190, 900, "高谷山"),
    (6600, 10300, 360, 1100, "水梨山"),
    (8900, 9300, 390, 1200, "白滝山"),
    (10900, 7700, 260, 900, "金山"),
    (12500, 6600, 230, 1000, "早瀬山"),
    (12300, 3500, 160, 700, "唐桑半島の峰"),
    (9350, 3300, 180, 560, "亀山"),
    (6350, 7350, 75, 330, "城山"),
    (700, 4300, 150, 700, "外尾根山"),
    (5300, 2650, 45, 350, "波見台"),
]
_RISE = 0.007  # how fast the ground rises from the shore, before any hill
_FALL = 0.62  # of its breadth a hill has fallen by two fifths

dice = dice_for("outline")
COAST: Line = [
    *smooth(rough(_COAST, 0.2, dice, 2), 1)[:-1],
    *_HARBOUR[:-1],
    *smooth(rough(_EAST, 0.2, dice, 2), 1),
]
ISLAND_COAST: Line = smooth(rough(_ISLAND, 0.19, dice, 2), 1)
LAND_BORDER: Line = smooth(rough(_BORDER, 0.08, dice, 3), 1)

MAINLAND = Polygon([*COAST, *LAND_BORDER[1:]])
ISLAND = Polygon(ISLAND_COAST)
LAND = MultiPolygon([MAINLAND, ISLAND])
_SHORE = (LineString(COAST), LineString(ISLAND_COAST))


def height_m(at: Metre) -> float:
    """Metres above the sea of a point on land, to a tenth."""
    from shapely import Point

    point = Point(at)
    shore = min(line.distance(point) for line in _SHORE)
    rise = 1.5 + _RISE * max(0.0, shore - 60)
    for east, north, top, breadth, _ in HILLS:
        far = ((at[0] - east) ** 2 + (at[1] - north) ** 2) / (2 * (_FALL * breadth) ** 2)
        if far < 12:
            rise += top * math.exp(-far) * min(1.0, shore / 250)
    return round(rise, 1)
