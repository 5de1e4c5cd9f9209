"""Rivers, railway, and where the bridge to the island stands."""

from __future__ import annotations

from functools import cache

from shapely import LineString
from towns.minato.border_paths import along_borders
from towns.minato.outline import LAND
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
