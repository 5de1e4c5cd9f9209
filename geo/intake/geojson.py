"""GeoJSON, read with ``json`` and shapely. GDAL never sees it: it opens what a file says it is."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from geo.intake.encodings import looks_garbled, settle
from geo.intake.features import stop, warning
from geo.model.problem import Problem

if TYPE_CHECKING:
    from shapely import Polygon
    from shapely.geometry.base import BaseGeometry

LIMIT_BYTES = 96 << 20
_MOST_BRACKETS = 12_000_000
_DEEPEST = 32
_GEOMETRY_DEPTH = 8
_MOST_COLUMNS = 2000
_KINDS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}


@dataclass(frozen=True, slots=True)
class GeoJsonTable:
    """What a GeoJSON holds. ``crs`` is an EPSG name, or None when the file says nothing."""

    headers: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    geometries: tuple[BaseGeometry | None, ...]
    crs: str | None
    problems: tuple[Problem, ...]


class _DoubledKeyError(ValueError):
    pass


def read_geojson(
    data: bytes, *, file: str, encoding: str | None = None, layer: str | None = None
) -> GeoJsonTable:
    """Read a FeatureCollection, a Feature, a GeometryCollection, a bare geometry or a TopoJSON.

    Parameters
    ----------
    data : bytes
        The file; UTF-8 with or without a byte order mark unless ``encoding`` says otherwise.
    layer : str, optional
        Which object of a TopoJSON that holds several.

    Raises
    ------
    UnreadableFileError
        For everything else, saying what it is.
    """
    root = _parsed(data, file, encoding)
    kind = str(root.get("type")) if isinstance(root, dict) else None
    if kind == "Topology":
        from geo.intake.topojson import topology_features

        features: Any = topology_features(root, file, layer)
    elif kind == "FeatureCollection":
        features = root.get("features")
    elif kind == "Feature":
        features = [root]
    elif kind == "GeometryCollection":
        features = [
            {"type": "Feature", "geometry": g, "properties": {}}
            for g in _listed(root.get("geometries"))
        ]
    elif kind in _KINDS:
        features = [{"type": "Feature", "geometry": root, "properties": {}}]
    else:
        stop(file, "not-geojson", "GeoJSON ではありません（type が FeatureCollection でない）。")
    if not isinstance(features, list) or not all(
        isinstance(f, dict) and f.get("type") == "Feature" for f in features
    ):
        stop(file, "not-geojson", "GeoJSON の features が正しくありません。")
    from shapely.errors import ShapelyError

    problems: list[Problem] = []
    headers = _headers(features, file)
    rows = tuple(_row(f, headers) for f in features)
    if looks_garbled([*headers, *(cell for row in rows for cell in row.values())]):
        stop(
            file,
            "text-garbled",
            "文字化けしています。元のデータから、文字コードを UTF-8 にして作り直してください。",
        )
    geometries: list[BaseGeometry | None] = []
    for number, feature in enumerate(features, start=1):
        try:
            geometries.append(_geometry(feature.get("geometry")))
        except (ValueError, TypeError, ShapelyError) as error:
            geometries.append(None)
            problems.append(
                warning(
                    file,
                    "geometry-unreadable",
                    f"{number} 件目の形を読めません。形のないものとして読みました。",
                    row=number,
                    value=str(error),
                )
            )
    return GeoJsonTable(headers, rows, tuple(geometries), _crs(root, file), tuple(problems))


def _parsed(data: bytes, file: str, encoding: str | None) -> Any:
    start = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<"):
        what = "OGR VRT（ほかのファイルを読ませる XML）" if b"VRT" in start.upper() else "XML"
        stop(file, "not-geojson-xml", f"名前は GeoJSON ですが、中身は {what} なので読みません。")
    if data.count(b"[") + data.count(b"{") > _MOST_BRACKETS:
        stop(
            file,
            "file-too-large",
            "座標が多すぎます。必要な市町村だけを切り出すか、Shapefile か GPKG で用意してください。",
        )
    if _depth(data) > _DEEPEST:
        stop(file, "json-too-deep", "入れ子が深すぎるので読みません。GeoJSON ではないようです。")
    codec = settle(file, [("マニフェスト", encoding or "utf-8")], data)
    try:
        text = data.decode("utf-8-sig" if codec == "utf-8" else codec)
    except UnicodeDecodeError:
        other = "utf-8" if codec != "utf-8" else "cp932"
        stop(
            file,
            "encoding-wrong",
            f'文字コード {codec} で読めません。マニフェストに encoding = "{other}" を書いてみてください。',
        )
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_not_a_number)
    except _DoubledKeyError as error:
        stop(
            file,
            "json-doubled-key",
            f"同じ項目「{str(error)[:40]}」が1件の中に2回あります。どちらが正しいか決められません。",
            value=str(error),
        )
    except RecursionError:
        stop(file, "json-too-deep", "入れ子が深すぎるので読みません。GeoJSON ではないようです。")
    except ValueError as error:
        if isinstance(error, json.JSONDecodeError):
            where = f"{error.lineno} 行目の {error.colno} 文字目"
        else:
            where = str(error)[:60]
        stop(
            file,
            "json-broken",
            f"JSON として読めません（{where}）。ファイルが途中で切れていませんか。",
        )


def _depth(data: bytes) -> int:
    """How deeply brackets nest, strings left out."""
    depth = deepest = 0
    for bracket in re.finditer(rb'"(?:[^"\\]|\\.)*+"|[\[{]+|[\]}]+', data):
        text = bracket.group()
        if text[:1] in b"[{":
            depth += len(text)
            deepest = max(deepest, depth)
            if deepest > _DEEPEST:
                return deepest
        elif text[:1] in b"]}":
            depth -= len(text)
    return deepest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _DoubledKeyError(next(key for key in keys if keys.count(key) > 1))
    return found


def _not_a_number(word: str) -> NoReturn:
    raise ValueError(f"{word} は数ではありません")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _headers(features: list[dict[str, Any]], file: str) -> tuple[str, ...]:
    headers: dict[str, None] = {}
    for feature in features:
        properties = feature.get("properties")
        if isinstance(properties, dict):
            headers.update(dict.fromkeys(properties))
    if len(headers) > _MOST_COLUMNS:
        stop(file, "too-many-columns", f"項目が多すぎます（{len(headers)} 個）。")
    return tuple(headers)


def _row(feature: dict[str, Any], headers: tuple[str, ...]) -> dict[str, str]:
    properties = feature.get("properties")
    held = properties if isinstance(properties, dict) else {}
    return {header: _cell(held.get(header)) for header in headers}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip().strip("　")
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, int):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def _crs(root: dict[str, Any], file: str) -> str | None:
    member = root.get("crs")
    if member is None:
        return None
    properties = member.get("properties") if isinstance(member, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    text = str(name or "")
    if "CRS84" in text.upper():
        return "EPSG:4326"
    number = re.search(r"EPSG:+(?:[\d.]*:)?(\d{4,6})$", text.strip(), re.IGNORECASE)
    if number is None:
        stop(
            file,
            "crs-unknown",
            "GeoJSON の crs に書かれた座標系が分かりません。"
            'crs の項目を消し、マニフェストに crs = "EPSG:6668" のように書いてください。',
            value=text or None,
        )
    return f"EPSG:{number.group(1)}"


def _geometry(value: Any, depth: int = 0) -> BaseGeometry | None:
    """A shapely geometry in the file's own system, two-dimensional.

    Raises
    ------
    ValueError, TypeError
        For anything that is not a GeoJSON geometry with finite numbers.
    """
    import numpy as np
    import shapely

    if value is None:
        return None
    if not isinstance(value, dict):
        raise ValueError("geometry")
    kind = str(value.get("type"))
    if kind == "GeometryCollection":
        if depth > _GEOMETRY_DEPTH:
            raise ValueError("入れ子")
        parts = [_geometry(part, depth + 1) for part in _listed(value.get("geometries"))]
        return shapely.GeometryCollection([part for part in parts if part is not None])
    if kind not in _KINDS:
        raise ValueError(f"type {kind[:20]}")

    def line(points: Any) -> Any:
        if isinstance(points, np.ndarray):  # put together from a TopoJSON, finite already
            return points
        if not isinstance(points, list):
            raise ValueError("coordinates")
        flat = [point[:2] if isinstance(point, list) else point for point in points]
        array = np.asarray(flat, dtype=float)
        if array.ndim != 2 or array.shape[1] != 2 or not np.isfinite(array).all():
            raise ValueError("coordinates")
        return array

    def polygon(rings: Any) -> Polygon:
        shell, *holes = (line(ring) for ring in rings)
        return shapely.Polygon(shell, holes)

    coordinates = value.get("coordinates")
    if not isinstance(coordinates, list | np.ndarray) or not len(coordinates):
        return None
    if kind == "Point":
        return shapely.Point(line([coordinates])[0])
    if kind == "MultiPoint":
        return shapely.MultiPoint(line(coordinates))
    if kind == "LineString":
        return shapely.LineString(line(coordinates))
    if kind == "MultiLineString":
        return shapely.MultiLineString([line(part) for part in coordinates])
    if kind == "Polygon":
        return polygon(coordinates)
    return shapely.MultiPolygon([polygon(part) for part in coordinates])
