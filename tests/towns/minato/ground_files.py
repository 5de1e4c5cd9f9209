"""``streets.geojson`` and the files of ``ground/``: one line a feature, no blank more than needed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely import LineString, Point
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry
from towns.minato.greens import parks, woods_and_fields
from towns.minato.ground_names import names
from towns.minato.houses import houses
from towns.minato.lines import railway, rivers
from towns.minato.named_buildings import named_buildings
from towns.minato.plane import in_degrees
from towns.minato.street_kinds import kind_streets
from towns.minato.streets import net
from towns.minato.waters import ponds, river_line, river_surface, sea, streams

Feature = tuple[Mapping[str, Any], BaseGeometry]


def write_ground_files(base: Path) -> None:
    """Everything ``streets.toml`` names, under ``boundaries``."""
    town = net()
    _write(
        base / "streets.geojson",
        ((one.properties(town), in_degrees(town.line(one.street))) for one in kind_streets()),
    )
    for kind, features in _shapes().items():
        _write(base / "ground" / f"{kind}.geojson", features)
    by_kind: dict[str, list[Feature]] = defaultdict(list)
    for one in (*named_buildings(), *names()):
        named = {"名称": one.name, "カナ": one.kana}
        by_kind[one.kind].append((named, in_degrees(Point(one.at))))
    for kind, features in by_kind.items():
        _write(base / "ground" / f"{kind}.geojson", features)


def _shapes() -> dict[str, list[Feature]]:
    woods, fields = woods_and_fields()
    surfaces = [({"名称": name}, river_surface(name)) for name in rivers()]
    surfaces += [({"名称": name}, shape) for name, _, shape in ponds()]
    return {
        "sea": [({}, part) for part in shapely.get_parts(sea())],
        "lake": _in_degrees(surfaces),
        "river": _in_degrees([({"名称": name}, river_line(name)) for name in rivers()]),
        "stream": _in_degrees([({}, line) for line in streams()]),
        "wood": _in_degrees([({}, shape) for shape in woods]),
        "farmland": _in_degrees([({}, shape) for shape in fields]),
        "park": _in_degrees([({"名称": p.name, "カナ": p.kana}, p.shape) for p in parks()]),
        "rail": _in_degrees([({"名称": "みなと線"}, LineString(railway()))]),
        "building": _in_degrees([({}, house) for house in houses()]),
    }


def _in_degrees(features: Iterable[Feature]) -> list[Feature]:
    """Every part a feature of its own, rounded; what rounding makes invalid is mended."""
    found: list[Feature] = []
    for said, shape in features:
        for part in shapely.get_parts(shape):
            rounded = in_degrees(part)
            if not rounded.is_valid:
                rounded = shapely.set_precision(shapely.make_valid(rounded), 1e-6)
            found += [
                (said, one)
                for one in shapely.get_parts(rounded)
                if one.geom_type == part.geom_type and not one.is_empty
            ]
    return found


def _write(path: Path, features: Iterable[Feature]) -> None:
    written = []
    for said, shape in features:
        feature = {"type": "Feature", "properties": said, "geometry": _geometry(shape)}
        written.append(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
    path.write_text(
        '{"type":"FeatureCollection","features":[\n' + ",\n".join(written) + "\n]}\n",
        encoding="utf-8",
    )


def _geometry(shape: BaseGeometry) -> dict[str, Any]:
    if shape.geom_type == "Polygon":
        shape = shapely.orient_polygons(shape)
    return dict(mapping(shape))
