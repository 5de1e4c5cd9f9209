"""Streets of another town: a fault that shows only when the boundaries are seen too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.intake.features import warning
from geo.manifest.streets_file import STREETS_FILE
from geo.model.problem import Problem
from geo.model.reading import LevelReading

if TYPE_CHECKING:
    from geo.network.street_network import StreetNetwork


def far_from_town(levels: Sequence[LevelReading], network: StreetNetwork) -> Problem | None:
    """A warning where no junction lies in the box around the town's areas."""
    import shapely

    outlines = [area.outline_wkb for level in levels for area in level.areas if area.outline_wkb]
    if not outlines or not network.nodes:
        return None
    west, south, east, north = shapely.total_bounds(shapely.from_wkb(outlines))
    lon, lat = network.node_lon, network.node_lat
    if ((lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)).any():
        return None
    return warning(
        STREETS_FILE,
        "streets-elsewhere",
        f"道がすべて、この町の地区の外にあります（道は 緯度{lat.mean():.2f}・経度{lon.mean():.2f} のあたり、"
        f"地区は 緯度{(south + north) / 2:.2f}・経度{(west + east) / 2:.2f} のあたり）。"
        "ほかの町のデータでないか、確かめてください。",
    )
