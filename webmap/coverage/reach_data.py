"""What the map of coverage draws: the area's own map with its counted places, and shaded streets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from geo.model.answers import Entry, LayerInfo
from geo.model.audience import Status
from geo.model.coverage_map import ANY_DAY, CoverageMap
from geo.model.map_answer import MapAnswer
from webmap.ground_data import MapStyle
from webmap.map_data import as_json

FINE = 100_000
"""Parts of a degree a vertex is rounded to: about a metre, less than a line is wide."""
_DRAWN = ("number", "mark", "layer", "name", "status", "flag")


def reach_as_json(
    streets: CoverageMap, area: MapAnswer, counted: Iterable[LayerInfo]
) -> dict[str, Any]:
    """The data of the page's script, with stable keys as in :func:`webmap.map_data.as_json`.

    ``reach.lines`` hold longitude and latitude in turn as whole numbers of 1/FINE degree, the first
    pair from the south-west corner of ``reach.origin``, every other from the one before it.

    Parameters
    ----------
    streets : CoverageMap
    area : MapAnswer
        The treasure map of the same area and audience.
    counted : iterable of LayerInfo
        The layers whose places were counted.
    """
    data = as_json(area, style=MapStyle.GREY)
    places = _places(area, {layer.id for layer in counted})
    numbers = {entry.number for entry in places}
    entries = [entry for entry in data["entries"] if entry["number"] in numbers]
    return {
        **data,
        "bounds": _around(data["bounds"], streets.bounds),
        "entries": [{key: entry[key] for key in _DRAWN} for entry in entries],
        "days": None,
        "sub_areas": [],  # their borders would be lines among lines
        "neighbours": [
            {**one, "href": one["href"] and f"/coverage{one['href']}"} for one in data["neighbours"]
        ],
        "held": _held(area, places),
        "reach": {
            "limits": list(streets.limits),
            "origin": _origin(streets),
            "lines": _lines(streets),
            "shades": dict(streets.shades),
        },
    }


def _places(area: MapAnswer, layers: Collection[str]) -> list[Entry]:
    """What is on a flag of its own place, goes on, and is of a layer that was counted."""
    return [
        entry
        for entry in area.entries
        if entry.layer in layers
        and entry.status is Status.ACTIVE
        and entry.flag is not None
        and not area.flags[entry.flag].approximate
    ]


def _held(area: MapAnswer, places: list[Entry]) -> Mapping[str, list[int]]:
    """The numbers of the treasures that are held on any day, and on each weekday."""
    held: dict[str, list[int]] = {ANY_DAY: [entry.number for entry in places]}
    for weekday in range(7):
        held[str(weekday)] = [
            entry.number
            for entry in places
            if (facet := area.days.of(entry.number) if area.days else None) is not None
            and (weekday in facet.every or weekday in facet.some)
        ]
    return held


def _origin(streets: CoverageMap) -> list[int]:
    west, south, _, _ = streets.bounds or (0.0, 0.0, 0.0, 0.0)
    return [round(west * FINE), round(south * FINE)]


def _lines(streets: CoverageMap) -> list[list[int]]:
    """Small numbers: they travel in a tenth of the bytes of degrees."""
    west, south = _origin(streets)
    lines = []
    for line in streets.lines:
        x, y = west, south
        steps: list[int] = []
        for lon, lat in zip(line[::2], line[1::2], strict=True):
            to_x, to_y = round(lon * FINE), round(lat * FINE)
            steps += (to_x - x, to_y - y)
            x, y = to_x, to_y
        lines.append(steps)
    return lines


def _around(
    area: list[float] | None, streets: tuple[float, float, float, float] | None
) -> list[float] | None:
    """The box of the area; where nobody has drawn it and nothing stands there, of its streets."""
    return area if area is not None or streets is None else list(streets)
