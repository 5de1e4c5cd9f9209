"""Rivers, railway, coast, bridges and landmarks of the town."""

from __future__ import annotations

from functools import cache

from shapely import LineString
from towns.minato.border_paths import along_borders
from towns.minato.outline import BREAKWATERS, COAST, ISLAND_COAST, LAND
from towns.minato.plane import Line, Metre, smooth

RIVERS: dict[str, Line] = {
    "潮見川": [(6500, 10950), (6500, 9700), (6700, 8700), (6750, 8000), (7550, 7250), (7760, 6720)],
    "津谷川": [(1650, 7600), (2000, 6400), (2150, 5300), (1900, 4100), (1900, 3300), (1700, 2480)],
    "鹿折川": [(10100, 9750), (9500, 8900), (9000, 7900), (8650, 7300), (8260, 6780)],
}
RAILWAY: Line = smooth(
    [
        (300, 4000), (1000, 3650), (2000, 3450), (2900, 3300), (3600, 3750), (4500, 3650),
        (5300, 3450), (5900, 3900), (6050, 4700), (6250, 5500), (6700, 6200), (7080, 6850),
        (7050, 7500), (6600, 8150), (5900, 8750), (5400, 9600), (5000, 10700),
    ]
)  # fmt: skip
# Waypoints of the main roads: each follows the streets between them.
MAIN_ROADS: dict[str, tuple[str, Line]] = {
    "海岸通り": (
        "trunk",
        [
            (700, 3300), (1700, 2900), (2900, 3000), (4200, 3500), (5200, 3300), (5900, 4000),
            (6200, 5000), (6600, 6000), (7150, 6750), (7500, 7050), (8250, 7300), (9000, 6900),
            (9800, 6500), (11000, 5700), (12300, 5900), (13100, 6600),
        ],
    ),
    "新月街道": ("trunk", [(7150, 6750), (6900, 7700), (6100, 8300), (5300, 9000), (4300, 9600)]),
    "津谷街道": ("secondary", [(1700, 2900), (2100, 4300), (2300, 5400), (2700, 6700)]),
    "半島線": ("secondary", [(11400, 5600), (11900, 4400), (12100, 3200), (12100, 1500)]),
    "山手通り": (
        "secondary", [(6200, 5000), (5600, 5700), (5700, 6700), (6300, 7500), (6900, 7700)],
    ),
    "駅前通り": ("secondary", [(7050, 7050), (7500, 7050)]),
    "水梨線": ("secondary", [(6900, 7700), (7100, 8500), (7400, 9500)]),
    "鹿折線": ("secondary", [(9000, 6900), (9300, 7700), (9800, 8500)]),
    "面瀬通り": ("secondary", [(4300, 3600), (4900, 4700), (5800, 4600), (6200, 5000)]),
    "島の道": ("secondary", [(9700, 4100), (9300, 3600), (9300, 2900), (9250, 2200)]),
}  # fmt: skip
ISLAND_BRIDGE: tuple[Metre, Metre] = ((10950, 4350), (10100, 3950))
"""From the mainland to the island, shore to shore."""


@cache
def rivers() -> dict[str, Line]:
    """Rivers from the hills to the sea."""
    return {name: along_borders(drawn) for name, drawn in RIVERS.items()}


@cache
def railway() -> Line:
    """The railway inside the town."""
    inside = LineString(RAILWAY).intersection(LAND)
    if hasattr(inside, "geoms"):
        inside = max(inside.geoms, key=lambda part: part.length)
    return [(x, y) for x, y in inside.coords]


def drawn() -> dict[str, list[Line]]:
    """Every quiet line but the roads, by layer."""
    return {
        "coast": [COAST, ISLAND_COAST, *BREAKWATERS],
        "river": list(rivers().values()),
        "railway": [railway()],
    }
