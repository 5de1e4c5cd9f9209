"""Small files of edges, written in whole metres on plane zone 8."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from geo.crs import STORAGE_CRS, transformer
from geo.model.problem import Problem
from geo.network.junctions import build_network
from geo.network.street_network import StreetNetwork
from geo.network.way_table import WayTable
from geo.street_intake.edge_table import EdgeTable

METRIC = "EPSG:6676"
Row = tuple[Sequence[Any], Mapping[str, Any]]
"""A line in metres (several lines where nested once more), and its properties."""


def degrees(points: Sequence[Sequence[float]]) -> list[list[float]]:
    lon, lat = transformer(METRIC, STORAGE_CRS).transform(*np.array(points, dtype=float).T)
    return [[round(float(x), 7), round(float(y), 7)] for x, y in zip(lon, lat, strict=True)]


def geojson(path: Path, rows: Sequence[Row]) -> Path:
    features = []
    for line, properties in rows:
        if isinstance(line[0][0], int | float):
            geometry = {"type": "LineString", "coordinates": degrees(line)}
        else:
            geometry = {"type": "MultiLineString", "coordinates": [degrees(p) for p in line]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8"
    )
    return path


def edges(
    path: Path, columns: Mapping[str, str] | None = None, **more: Any
) -> tuple[EdgeTable, list[Problem]]:
    problems: list[Problem] = []
    return EdgeTable(path, path.name, problems, columns=columns or {}, **more), problems


def read(path: Path, columns: Mapping[str, str] | None = None, **more: Any) -> WayTable:
    """The ways of a file without a fault."""
    table, problems = edges(path, columns, **more)
    ways = table.ways(quiet)
    assert problems == []
    return ways


def network(ways: WayTable) -> StreetNetwork:
    return build_network(ways, METRIC)


def pairs(found: StreetNetwork) -> list[tuple[int, int, int]]:
    """From, to and whole metres of every edge."""
    return [
        (int(a), int(b), round(float(m)))
        for a, b, m in zip(found.edge_from, found.edge_to, found.edge_length_m, strict=True)
    ]


def quiet(sentence: str) -> None:
    """Nobody listens."""
