"""The files of a ``[[ground]]``: shapes or names of one kind, as GIS and lists have them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.intake.features import Features, warning
from geo.intake.shapes import read_features
from geo.model.ground import GroundFile, GroundItem, GroundKind, GroundShape, Landmark, LandmarkKind
from geo.model.problem import Problem, Severity
from geo.street_intake.line_labels import LineLabels
from geo.street_intake.listed_places import read_listed_places
from geo.street_intake.one_landmark import OneLandmark
from geo.street_intake.rough_metres import inside_of
from geo.street_intake.tag_names import name_of
from geo.street_intake.tagged_things import Run

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

_NAME_HEADERS = ("名称", "name", "NAME")
_KANA_HEADERS = ("名称_カナ", "カナ", "kana")
_FLOWING = frozenset({GroundKind.RIVER, GroundKind.STREAM})
_LINES = frozenset({*_FLOWING, GroundKind.RAIL})
_NAMED_BY = {
    GroundKind.PARK: LandmarkKind.PARK,
    GroundKind.LAKE: LandmarkKind.WATER,
    GroundKind.SEA: LandmarkKind.WATER,
}
"""Of which surfaces people know the names."""

_POLYGON, _LINE = 2, 1  # dimensions


@dataclass(frozen=True, slots=True)
class _Thing:
    """One feature: its shape, its name and its kana."""

    shape: BaseGeometry
    name: str | None
    kana: str | None


def read_ground_file(
    file: GroundFile, path: Path, shown: str, problems: list[Problem]
) -> Iterator[GroundItem]:
    """Read one file of a ``[[ground]]``.

    Parameters
    ----------
    file : GroundFile
        What the manifest says.
    path : Path
        GeoJSON, Shapefile (zip too), GeoPackage; for names also a CSV with 緯度 and 経度.
    shown : str
        Its name as the clerk knows it.
    problems : list of Problem
        Every fault is added here.

    Yields
    ------
    GroundShape or Landmark
        Of shapes that people name (parks, water), the names as well. A river drawn as a surface
        is a surface of water.
    """
    if path.suffix.lower() == ".csv":
        features = read_listed_places(path, file=shown, encoding=file.encoding)
    else:
        features = read_features(path, file=shown, encoding=file.encoding, crs=file.crs)
    found = list(features.problems)
    name = _header(file.name_column, _NAME_HEADERS, features, "name", shown, found)
    kana = _header(file.kana_column, _KANA_HEADERS, features, "kana", shown, found)
    problems.extend(found)
    if any(problem.is_error for problem in found):
        return
    things = _things(features, name, kana)
    if isinstance(file.kind, LandmarkKind):
        yield from _landmarks(file.kind, things, shown, problems)
    else:
        yield from _shapes(file.kind, things, shown, problems)


def _header(
    said: str | None,
    usual: tuple[str, ...],
    features: Features,
    key: str,
    shown: str,
    problems: list[Problem],
) -> str | None:
    """The header of a column; one the manifest names must be there."""
    if said is None:
        return next((header for header in usual if header in features.headers), None)
    if said not in features.headers and not features.failed:
        problems.append(
            Problem(
                Severity.ERROR,
                shown,
                f"列「{said}」がありません。streets.toml の {key} を確かめてください。",
                "column-missing",
                value=said,
            )
        )
    return said


def _things(features: Features, name: str | None, kana: str | None) -> Iterator[_Thing]:
    import shapely

    for row, wkb in zip(features.rows, features.geometries_wkb, strict=True):
        if wkb is not None:
            yield _Thing(shapely.from_wkb(wkb), _text(row, name), _text(row, kana))


def _text(row: Mapping[str, str], header: str | None) -> str | None:
    return None if header is None else name_of({"name": row[header]})


def _landmarks(
    kind: LandmarkKind, things: Iterator[_Thing], shown: str, problems: list[Problem]
) -> Iterator[Landmark]:
    """Names at their points: of a surface somewhere inside, of a line halfway."""
    found = OneLandmark()
    nameless = named = 0
    for thing in things:
        if thing.name is None:
            nameless += 1
            continue
        named += 1
        _add(found, kind, thing, thing.name)
    if nameless:
        hint = (
            "" if named else '名前の列を streets.toml に name = "施設名" のように書いてください。'
        )
        problems.append(
            warning(
                shown,
                "ground-without-name",
                f"名前のない目印が {nameless:,} 件あるので、それはのせません。{hint}",
            )
        )
    yield from found.landmarks()


def _add(found: OneLandmark, kind: LandmarkKind, thing: _Thing, name: str) -> None:
    import shapely

    shape: Any = thing.shape
    if shapely.get_dimensions(shape) == _LINE:
        shape = shapely.line_interpolate_point(_longest(shape), 0.5, normalized=True)
    lon, lat, side_m = inside_of(shape)
    found.add(Landmark(kind, lon, lat, name, thing.kana, side_m), side_m)


def _longest(shape: Any) -> Any:
    import shapely

    parts = [part for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == _LINE]
    return max(parts, key=shapely.length)


def _shapes(
    kind: GroundKind, things: Iterator[_Thing], shown: str, problems: list[Problem]
) -> Iterator[GroundItem]:
    landmarks = OneLandmark()
    rivers = LineLabels(LandmarkKind.WATER)
    strange = 0
    for thing in things:
        drawn, part = _drawn(kind, thing.shape)
        if drawn is None:
            strange += 1
            continue
        name = None if drawn.kind is GroundKind.BUILDING else thing.name
        yield GroundShape(drawn.kind, drawn.geometry_wkb, name)
        if name is None:
            continue
        if drawn.kind in _FLOWING:
            _add_river(rivers, name, thing.kana, part)
        elif drawn.kind in _NAMED_BY:
            _add(landmarks, _NAMED_BY[drawn.kind], _Thing(part, name, thing.kana), name)
    if strange:
        wanted = "線" if kind in _LINES else "面"
        problems.append(
            warning(
                shown,
                "ground-wrong-shape",
                f"{wanted}でない図形が {strange:,} 件あるので、それはかきません。",
            )
        )
    for river in rivers.landmarks():
        landmarks.add(river)
    yield from landmarks.landmarks()


def _drawn(kind: GroundKind, shape: Any) -> tuple[GroundShape | None, Any]:
    """A shape as it is drawn, valid, and its geometry; None where it cannot be of the kind."""
    import shapely

    if not shapely.is_valid(shape):
        shape = shapely.make_valid(shape)
    wanted = _LINE if kind in _LINES else _POLYGON
    if kind in _FLOWING and shapely.get_dimensions(shape) == _POLYGON:
        kind, wanted = GroundKind.LAKE, _POLYGON
    parts = [
        part
        for whole in shapely.get_parts(shape)
        for part in shapely.get_parts(whole)
        if shapely.get_dimensions(part) == wanted
    ]
    if not parts:
        return None, None
    many = shapely.multipolygons if wanted == _POLYGON else shapely.multilinestrings
    geometry = parts[0] if len(parts) == 1 else many(parts)
    return GroundShape(kind, shapely.to_wkb(geometry)), geometry


def _add_river(rivers: LineLabels, name: str, kana: str | None, shape: Any) -> None:
    import shapely

    for part in shapely.get_parts(shape):
        lon, lat = shapely.get_coordinates(part).T.tolist()
        rivers.add(name, kana, Run(range(len(lon)), lon, lat))
