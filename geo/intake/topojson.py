"""TopoJSON, quantised or not: shared lines (arcs) put together to the features of a GeoJSON."""

from __future__ import annotations

from typing import Any

import numpy as np

from geo.intake.features import stop

_MOST_POINTS = 12_000_000
_MOST_LINES = 2_000_000
_DEEPEST = 8
_SHOWN_OBJECTS = 8
_DEPTH_OF_ARCS = {"LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def topology_features(root: dict[str, Any], file: str, wanted: str | None) -> list[dict[str, Any]]:
    """The features of one object of a topology, as GeoJSON has them.

    Parameters
    ----------
    root : dict
        The parsed file, ``type`` ``Topology``.
    file : str
        Its name for messages.
    wanted : str, optional
        The object's name, needed where there are several.

    Returns
    -------
    list of dict
        GeoJSON features; coordinates in the file's own system. A geometry whose lines are not in
        the file has coordinates that no reader accepts, so that it is said like any other
        unreadable one.

    Raises
    ------
    UnreadableFileError
        When it is no topology, when several objects are there and none is named, or when the
        lines put together would be too many.
    """
    objects, raw_arcs = root.get("objects"), root.get("arcs")
    if not isinstance(objects, dict) or not objects or not isinstance(raw_arcs, list):
        stop(file, "not-geojson", "TopoJSON の objects か arcs が正しくありません。")
    chosen = _chosen(objects, file, wanted)
    assembly = _Assembly(root, raw_arcs, file)
    return [assembly.feature(geometry) for geometry in _members(chosen)]


def _chosen(objects: dict[str, Any], file: str, wanted: str | None) -> Any:
    names = "、".join(name[:40] for name in list(objects)[:_SHOWN_OBJECTS])
    more = " など" if len(objects) > _SHOWN_OBJECTS else ""
    if wanted is not None:
        if wanted in objects:
            return objects[wanted]
        stop(
            file,
            "topojson-object-missing",
            f"TopoJSON の中に「{wanted[:40]}」がありません。あるのは {names}{more} です。"
            "マニフェストの sheet を直してください。",
            value=wanted,
        )
    if len(objects) > 1:
        first = next(iter(objects))[:40]
        stop(
            file,
            "topojson-several-objects",
            f"TopoJSON の中に {len(objects)} つの図があります（{names}{more}）。"
            f'使うものをマニフェストに sheet = "{first}" のように書いてください。',
        )
    return next(iter(objects.values()))


def _members(value: Any) -> list[Any]:
    if isinstance(value, dict) and value.get("type") == "GeometryCollection":
        inner = value.get("geometries")
        return inner if isinstance(inner, list) else []
    return [value]


class _Assembly:
    """Decoded arcs, and geometries put together from them."""

    def __init__(self, root: dict[str, Any], raw_arcs: list[Any], file: str) -> None:
        self._file = file
        self._scale, self._origin = _transform(root, file)
        self._arcs = [self._decoded(arc) for arc in raw_arcs]
        self._points = 0
        self._lines = 0

    def feature(self, geometry: Any) -> dict[str, Any]:
        held = geometry if isinstance(geometry, dict) else {}
        properties = held.get("properties")
        named = dict(properties) if isinstance(properties, dict) else {}
        if "id" in held and "id" not in named:
            named["id"] = held["id"]
        return {"type": "Feature", "properties": named, "geometry": self._geometry(geometry, 0)}

    def _geometry(self, value: Any, depth: int) -> Any:
        if not isinstance(value, dict) or value.get("type") is None:
            return None
        kind = str(value["type"])
        if kind == "GeometryCollection":
            if depth > _DEEPEST:
                return {"type": kind[:20] + "?"}
            inner = value.get("geometries")
            parts = inner if isinstance(inner, list) else []
            return {"type": kind, "geometries": [self._geometry(p, depth + 1) for p in parts]}
        if kind in {"Point", "MultiPoint"}:
            return {"type": kind, "coordinates": self._positions(value.get("coordinates"), kind)}
        if kind not in _DEPTH_OF_ARCS:
            return {"type": kind}
        try:
            coordinates = self._joined(value.get("arcs"), _DEPTH_OF_ARCS[kind])
        except (ValueError, TypeError, IndexError):
            coordinates = [["arcs"]]
        return {"type": kind, "coordinates": coordinates}

    def _joined(self, arcs: Any, depth: int) -> list[Any] | np.ndarray[Any, Any]:
        if not isinstance(arcs, list):
            raise TypeError("arcs")
        if depth > 1:
            return [self._joined(part, depth - 1) for part in arcs]
        pieces: list[np.ndarray[Any, Any]] = []
        for index in arcs:
            if not isinstance(index, int) or isinstance(index, bool):
                raise TypeError("arcs")
            at = ~index if index < 0 else index
            arc = self._arcs[at]
            if arc is None:
                raise ValueError("arc")
            self._count(len(arc))
            # The last point of a line is the first of the next.
            piece = arc[::-1] if index < 0 else arc
            pieces.append(piece[1:] if pieces else piece)
        if not pieces:
            raise ValueError("arcs")
        return np.concatenate(pieces)

    def _count(self, points: int) -> None:
        """A small file may name one long line a million times."""
        self._points += points
        self._lines += 1
        if self._points > _MOST_POINTS or self._lines > _MOST_LINES:
            stop(
                self._file,
                "file-too-large",
                "座標が多すぎます。必要な市町村だけを切り出すか、Shapefile か GPKG で用意してください。",
            )

    def _positions(self, value: Any, kind: str) -> Any:
        try:
            array = np.asarray(value, dtype=float)
        except (ValueError, TypeError):
            return [["coordinates"]]
        if array.ndim != (1 if kind == "Point" else 2) or array.shape[-1] < 2:
            return [["coordinates"]]
        return (array[..., :2] * self._scale + self._origin).tolist()

    def _decoded(self, arc: Any) -> np.ndarray[Any, Any] | None:
        try:
            flat = [point[:2] for point in arc]
            array = np.asarray(flat, dtype=float)
        except (ValueError, TypeError, OverflowError):
            return None
        if array.ndim != 2 or array.shape[1] != 2 or not np.isfinite(array).all():
            return None
        if self._quantised:
            array = np.cumsum(array, axis=0)
        placed: np.ndarray[Any, Any] = array * self._scale + self._origin
        return placed

    @property
    def _quantised(self) -> bool:
        return self._scale is not _ONE


_ONE = np.ones(2)
_ZERO = np.zeros(2)


def _transform(
    root: dict[str, Any], file: str
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    transform = root.get("transform")
    if transform is None:
        return _ONE, _ZERO
    try:
        scale = np.asarray(transform["scale"], dtype=float)
        origin = np.asarray(transform["translate"], dtype=float)
        right = scale.shape == origin.shape == (2,) and bool(
            np.isfinite(scale).all() and np.isfinite(origin).all()
        )
    except (KeyError, TypeError, ValueError):
        right = False
    if not right:
        stop(file, "not-geojson", "TopoJSON の transform が正しくありません。")
    return scale, origin
