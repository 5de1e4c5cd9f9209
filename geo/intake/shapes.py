"""Geometry files to features in EPSG:4326: Shapefile (loose or zipped), GeoPackage, Geo/TopoJSON."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.crs import STORAGE_CRS, parse_crs, transformer
from geo.intake import archive, geojson
from geo.intake.crs_said import accuracy_warnings, moved_ground_warnings, settled_crs
from geo.intake.dbf import read_dbf
from geo.intake.encodings import looks_garbled
from geo.intake.features import Features, UnreadableFileError, stop, unique_headers, warning
from geo.intake.gdal_reader import GdalRefusedError, GdalTable, shared_child
from geo.intake.national_editions import has_national_fields
from geo.intake.shape_index import header_bounds, rebuilt_index
from geo.model.problem import Problem

if TYPE_CHECKING:
    import numpy as np

_JSON = (".geojson", ".json", ".topojson")
EXTENSIONS = (".shp", ".zip", ".gpkg", *_JSON, ".gz")
_GPKG_MAGIC = b"SQLite format 3\0"
_LISTED = 20
# Where Japan lies, for telling a swapped axis: longitude and latitude ranges do not touch.
_JAPAN_LON = (122.0, 154.5)
_JAPAN_LAT = (20.0, 46.0)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the manifest says about one file."""

    file: str
    encoding: str | None
    crs: str | None
    layer: str | None
    plane_zone: int | None
    columns: frozenset[str] | None


def read_features(
    path: Path,
    *,
    file: str,
    encoding: str | None = None,
    crs: str | None = None,
    layer: str | None = None,
    plane_zone: int | None = None,
    columns: frozenset[str] | None = None,
) -> Features:
    """Read a geometry file.

    Parameters
    ----------
    path : Path
        ``.shp``, ``.zip`` of one Shapefile (or GeoPackage, GeoJSON), ``.gpkg``, ``.geojson``,
        ``.json``, ``.topojson``, the last three also as ``.gz``.
    file : str
        The name by which the clerk knows the file, for messages.
    encoding : str, optional
        The manifest's ``encoding``. Wins over ``.cpg`` and the DBF's own byte.
    crs : str, optional
        The manifest's ``crs``, needed where the file does not say. EPSG name or WKT.
    layer : str, optional
        Which layer of a GeoPackage, object of a TopoJSON or Shapefile of a zip that holds several.
    plane_zone : int, optional
        The town's zone, only to ask better for a missing ``crs``.
    columns : frozenset of str, optional
        Which columns of an attribute table (.dbf) to read; None: all.

    Returns
    -------
    Features
        Geometries in EPSG:4326, longitude first. Never raises for a bad file: what is wrong is in
        ``problems``, and with an error there the rest is empty.
    """
    try:
        return _read(path, _Asked(file, encoding, crs, layer, plane_zone, columns))
    except UnreadableFileError as error:
        return Features(problems=(error.problem,))
    except MemoryError:
        return Features(problems=(_too_large(file),))


def _read(path: Path, asked: _Asked) -> Features:
    kind = path.suffix.lower()
    packed = kind == ".gz"
    if kind not in EXTENSIONS or (packed and Path(path.stem).suffix.lower() not in _JSON):
        ending = "".join(path.suffixes[-2:]) if packed else path.suffix
        stop(
            asked.file,
            "format-unknown",
            f"この種類のファイル（{ending}）は読めません。Shapefile（zip も可）、GeoJSON、"
            "GPKG のどれかで用意してください。",
        )
    if not path.exists():
        stop(asked.file, "file-missing", "ファイルがありません。場所と名前を確かめてください。")
    if kind == ".shp":
        return _shapefile(archive.loose_parts(path, asked.file), asked)
    if kind == ".zip":
        inner, parts = archive.unpack(path, asked.file, asked.layer)
        if inner == "shp":
            return _shapefile(parts, asked)
        if inner == "gpkg":
            return _geopackage(parts["gpkg"], asked)
        return _geojson(parts["geojson"], asked)
    if kind == ".gpkg":
        return _geopackage(archive.read_bytes(path, asked.file), asked)
    read = archive.unpack_gzip if packed else archive.read_bytes
    return _geojson(read(path, asked.file, limit_bytes=geojson.LIMIT_BYTES), asked)


def _shapefile(parts: dict[str, bytes], asked: _Asked) -> Features:
    file = asked.file
    problems: list[Problem] = []
    if "shx" not in parts:
        parts = {**parts, "shx": rebuilt_index(parts["shp"], file)}
        problems.append(
            warning(
                file,
                "shapefile-index-rebuilt",
                ".shx（図形の索引）がないので、.shp から作り直して読みました。",
            )
        )
    cpg = parts["cpg"].decode("ascii", "replace") if "cpg" in parts else None
    table = read_dbf(
        parts["dbf"], file=file, encoding=asked.encoding, cpg=cpg, columns=asked.columns
    )
    problems += table.problems
    prj = parts["prj"].decode("utf-8", "replace").strip() if "prj" in parts else None
    source = settled_crs(
        file,
        prj or None,
        asked.crs,
        bounds=header_bounds(parts["shp"]),
        plane_zone=asked.plane_zone,
        edition=has_national_fields(table.headers),
    )
    shapes = _gdal({"a.shp": parts["shp"], "a.shx": parts["shx"]}, "shp", file)
    if len(shapes.geometries_wkb) != len(table.rows):
        stop(
            file,
            "shapefile-counts-differ",
            f"図形は {len(shapes.geometries_wkb)} 件、属性の表は {len(table.rows)} 件で、"
            "数が合いません。同じ元から作った1組のファイルか確かめてください。",
        )
    kept = [n for n, row in enumerate(table.rows) if row is not None]
    rows = [row for row in table.rows if row is not None]
    blobs = [shapes.geometries_wkb[n] for n in kept]
    wkb = _placed(_parsed(blobs, file, problems), source, file, problems)
    return Features(table.headers, tuple(rows), wkb, tuple(problems))


def _geopackage(data: bytes, asked: _Asked) -> Features:
    file = asked.file
    if not data.startswith(_GPKG_MAGIC):
        stop(file, "not-a-geopackage", "名前は GPKG ですが、中身は GPKG ではないので読みません。")
    table = _gdal({"a.gpkg": data}, "gpkg", file, asked.layer)
    headers = unique_headers([name.strip().strip("　") for name in table.fields])
    cells = [[cell.strip().strip("　") for cell in column] for column in table.columns]
    rows = tuple(
        {header: column[n] for header, column in zip(headers, cells, strict=True)}
        for n in range(len(table.geometries_wkb))
    )
    if looks_garbled([*headers, *(cell for column in cells for cell in column)]):
        stop(file, "text-garbled", "文字化けしています。元のデータから作り直してください。")
    source = settled_crs(file, table.crs, asked.crs)
    problems: list[Problem] = []
    wkb = _placed(_parsed(table.geometries_wkb, file, problems), source, file, problems)
    return Features(headers, rows, wkb, tuple(problems))


def _geojson(data: bytes, asked: _Asked) -> Features:
    import numpy as np

    file = asked.file
    table = geojson.read_geojson(data, file=file, encoding=asked.encoding, layer=asked.layer)
    said = table.crs or asked.crs
    source = settled_crs(file, table.crs, asked.crs) if said else STORAGE_CRS
    problems = list(table.problems)
    shapes = np.empty(len(table.geometries), dtype=object)
    shapes[:] = table.geometries
    wkb = _placed(shapes, source, file, problems)
    return Features(table.headers, table.rows, wkb, tuple(problems))


def _gdal(parts: dict[str, bytes], kind: str, file: str, layer: str | None = None) -> GdalTable:
    """Let the GDAL child read copies under names this program gives."""
    with tempfile.TemporaryDirectory(prefix="otakara-shapes-") as folder:
        for name, data in parts.items():
            (Path(folder) / name).write_bytes(data)
        try:
            return shared_child().ask(Path(folder) / f"a.{kind}", kind, layer=layer)
        except GdalRefusedError as error:
            if error.fault == "layers":
                _say_layers(error.layers, file)
            if error.fault == "limits":
                stop(
                    file,
                    "file-too-heavy",
                    "読むのに時間か場所がかかりすぎるので止めました。ファイルが壊れているか、"
                    "大きすぎます。必要な市町村だけを切り出してください。",
                )
            stop(
                file,
                "geometry-file-broken",
                "図形のファイルが壊れていて読めません。もう一度もらい直してください。",
            )


def _say_layers(layers: Sequence[str], file: str) -> None:
    if not layers:
        stop(file, "gpkg-no-layer", "GPKG の中に、図形のレイヤーがありません。")
    shown = "、".join(layers[:8])
    stop(
        file,
        "gpkg-several-layers",
        f"GPKG の中にレイヤーが {len(layers)} 個あります（{shown}）。"
        f'使うものをマニフェストに sheet = "{layers[0][:40]}" のように書いてください。',
    )


def _parsed(
    blobs: Sequence[bytes | None], file: str, problems: list[Problem]
) -> np.ndarray[Any, Any]:
    import numpy as np
    import shapely

    array = np.empty(len(blobs), dtype=object)
    array[:] = blobs
    shapes = shapely.force_2d(shapely.from_wkb(array, on_invalid="ignore"))
    lost = [n for n, blob in enumerate(blobs) if blob is not None and shapes[n] is None]
    problems += [
        warning(
            file,
            "geometry-unreadable",
            f"{n + 1} 件目の形を読めません。形のないものとして読みました。",
            row=n + 1,
        )
        for n in lost[:_LISTED]
    ]
    return np.asarray(shapes, dtype=object)


def _placed(
    shapes: np.ndarray[Any, Any], source: str, file: str, problems: list[Problem]
) -> tuple[bytes | None, ...]:
    """Geometries moved to EPSG:4326 as WKB; None where empty."""
    import numpy as np
    import shapely

    if not len(shapes):
        return ()
    shapes = shapes.copy()
    shapes[shapely.is_empty(shapes)] = None
    bounds = shapely.bounds(shapes)
    known = ~np.isnan(bounds[:, 0])
    if not np.isfinite(shapely.get_coordinates(shapes)).all():
        stop(file, "coordinates-not-finite", "座標に、数でないものや無限大が入っています。")
    if known.any():
        check_extent(bounds[known], source, file)
        if source != STORAGE_CRS:
            problems.extend(accuracy_warnings(source, file))
            step = transformer(source, STORAGE_CRS)
            shapes = np.asarray(
                shapely.transform(shapes, step.transform, interleaved=False),  # type: ignore[arg-type]
                dtype=object,
            )
        moved = shapely.get_coordinates(shapes)
        if (
            not np.isfinite(moved).all()
            or (np.abs(moved[:, 0]) > 360).any()
            or (np.abs(moved[:, 1]) > 90).any()
        ):
            stop(
                file,
                "crs-does-not-fit",
                "座標がこの座標系の範囲から外れています。マニフェストの crs か .prj が、"
                "このデータの座標系と合っているか確かめてください。",
                value=source if source.startswith("EPSG") else None,
            )
        problems.extend(
            moved_ground_warnings(source, (*moved.min(axis=0), *moved.max(axis=0)), file)
        )
    return tuple(shapely.to_wkb(shapes).tolist())


def check_extent(bounds: np.ndarray[Any, Any], source: str, file: str) -> None:
    """Refuse degrees that are swapped, or no degrees at all.

    Parameters
    ----------
    bounds : float64[N, 4]
        West, south, east, north of each shape, in ``source``.

    Raises
    ------
    UnreadableFileError
    """
    if not parse_crs(source).is_geographic:
        return
    west, south = bounds[:, 0].min(), bounds[:, 1].min()
    east, north = bounds[:, 2].max(), bounds[:, 3].max()
    if (
        _JAPAN_LAT[0] <= west <= east <= _JAPAN_LAT[1]
        and _JAPAN_LON[0] <= south <= north <= _JAPAN_LON[1]
    ):
        stop(
            file,
            "axis-swapped",
            f"緯度と経度が逆になっています（{west:.5f}, {south:.5f}）。"
            "経度、緯度の順に作り直してください。",
        )
    if max(abs(west), abs(east)) > 360 or max(abs(south), abs(north)) > 90:
        stop(
            file,
            "crs-does-not-fit",
            f"緯度・経度のはずの座標が {west:.0f}, {south:.0f} のような大きな数です。"
            'メートルの座標（平面直角座標系）なら、マニフェストに crs = "EPSG:6676" のように'
            "系の番号を書いてください。",
        )


def _too_large(file: str) -> Problem:
    try:
        stop(file, "file-too-large", "大きすぎて読めません。必要な市町村だけを切り出してください。")
    except UnreadableFileError as error:
        return error.problem
