"""What the map of coverage draws: the area's own map with its counted places, and shaded streets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from geo.model.audience import Status
from geo.model.coverage_answer import CoverageAnswer
from geo.model.coverage_map import ANY_DAY, CountedPlace, CoverageMap
from geo.model.map_answer import MapAnswer
from webmap.coverage.coverage_words import DAYS, told_by_day
from webmap.ground_data import MapStyle
from webmap.map_data import DECIMALS, as_json, coverage_path

FINE = 100_000
"""Parts of a degree a vertex is rounded to: about a metre, less than a line is wide."""


def reach_as_json(
    streets: CoverageMap,
    area: MapAnswer,
    counted: CoverageAnswer,
    in_some_weeks: CoverageMap | None = None,
) -> dict[str, Any]:
    """The data of the page's script, with stable keys as in :func:`webmap.map_data.as_json`.

    ``reach.lines`` hold longitude and latitude in turn as whole numbers of 1/FINE degree, the first
    pair from the south-west corner of ``reach.origin``, every other from the one before it.

    Parameters
    ----------
    streets : CoverageMap
    area : MapAnswer
        The treasure map of the same area and audience.
    counted : CoverageAnswer
        The figures of the same question.
    in_some_weeks : CoverageMap, optional
        The same counting what is held in some weeks, where :func:`days_in_some_weeks` are any: on
        these the page speaks of nothing else.
    """
    rare = days_in_some_weeks(counted) if in_some_weeks else frozenset[str]()
    data = as_json(area, style=MapStyle.GREY)
    flags = _flags(streets.places)
    flag_of = {number: index for index, flag in enumerate(flags) for number in flag["numbers"]}
    return {
        **data,
        "bounds": data["bounds"] or (list(streets.bounds) if streets.bounds else None),
        "layers": [
            {"id": layer.id, "title": layer.title, "symbol": layer.symbol, "color": layer.color}
            for layer in counted.layers
        ],
        "entries": [
            {
                "number": place.number,
                "mark": place.mark,
                "layer": place.layer,
                "name": place.name,
                "status": Status.ACTIVE.value,
                "flag": flag_of[place.number],
            }
            for place in streets.places
        ],
        "flags": flags,
        "across": [],  # what counts from beyond the border is on a flag
        "days": None,
        "sub_areas": [],  # their borders would be lines among lines
        "neighbours": [
            {**one, "href": one["href"] and coverage_path(one["href"])}
            for one in data["neighbours"]
        ],
        "held": _held(streets.places, rare),
        "reach": _reach(streets, frozenset(streets.shades) - rare),
        "reach_some": _reach(in_some_weeks, rare) if in_some_weeks else None,
    }


def days_in_some_weeks(answer: CoverageAnswer) -> frozenset[str]:
    """The weekdays on which nothing is in reach every week, and something in some of them."""
    told = told_by_day(answer.areas[0], answer.limit)
    return frozenset(key for key, one in told.items() if one.only_in_some_weeks)


def _reach(streets: CoverageMap, days: Collection[str]) -> dict[str, Any]:
    return {
        "limits": list(streets.limits),
        "origin": _origin(streets),
        "lines": _lines(streets),
        "shades": {day: shades for day, shades in streets.shades.items() if day in days},
    }


def _flags(places: Iterable[CountedPlace]) -> list[dict[str, Any]]:
    """One flag for every spot, with all that share it."""
    sharing: dict[tuple[float, float], list[int]] = {}
    for place in places:
        spot = (round(place.lon, DECIMALS), round(place.lat, DECIMALS))
        sharing.setdefault(spot, []).append(place.number)
    return [
        {"lon": lon, "lat": lat, "numbers": sorted(numbers), "approximate": False}
        for (lon, lat), numbers in sharing.items()
    ]


def _held(places: Iterable[CountedPlace], rare: Collection[str]) -> Mapping[str, list[int]]:
    """The numbers of the places that count on any day, and on each weekday."""
    held: dict[str, list[int]] = {key: [] for key in DAYS}
    for place in places:
        held[ANY_DAY].append(place.number)
        for key in DAYS[1:]:
            if int(key) in (place.some if key in rare else place.every):
                held[key].append(place.number)
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
