"""Where a telephone finds what a sheet shows."""

from __future__ import annotations

from geo.model.map_answer import MapAnswer
from webmap.map_data import area_path


def area_address(answer: MapAnswer) -> str:
    """The address of an area's treasure map; empty where the town names no address."""
    if answer.town.public_url is None:
        return ""
    path = area_path(answer.town.code, answer.level.id, answer.area.code)
    return answer.town.public_url.rstrip("/") + path
