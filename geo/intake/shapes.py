"""Geometry files to features in EPSG:4326: Shapefile (loose or zipped), GeoPackage, GeoJSON."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.crs import STORAGE_CRS, parse_crs, transformer
from geo.intake import archive, geojson
from geo.intake.dbf import read_dbf
from geo.intake.encodings import looks_garbled
from geo.intake.features import Features, UnreadableFileError, stop, unique_headers, warning
from geo.intake.gdal_reader import GdalRefusedError, GdalTable, shared_child
from geo.model.problem import Problem

if TYPE_CHECKING:
    import numpy as np
    from pyproj import CRS

EXTENSIONS = (".shp", ".zip", ".gpkg", ".geojson", ".json")
_GPKG_MAGIC = b"SQLite format 3\0"
_LISTED = 20
# Where Japan lies, for telling a swapped axis: longitude and latitude ranges do not touch.
_JAPAN_LON = (122.0, 154.5)
_JAPAN_LAT = (20.0, 46.0)
_MOST_EXACT_M = 2.0


def read_features(
    path: Path,
    *,
    file: str,
    encoding: str | None = None,
    crs: str | None = None,
    layer: str | None = None,
) -> Features:
    """Read a geometry file.

    Parameters
    ----------
    path : Path
        ``.shp``, ``.zip`` of one Shapefile (or GeoPackage, GeoJSON), ``.gpkg``, ``.geojson``,
        ``.json``.
    file : str
        The name by which the clerk knows the file, for messages.
    encoding : str, optional
        The manifest's ``encoding``. Wins over ``.cpg`` and the DBF's own byte.
    crs : str, optional
        The manifest's ``crs``, needed where the file does not say. EPSG name or WKT.
    layer : str, optional
        Which layer of a GeoPackage that holds several.

    Returns
    -------
    Features
        Geometries in EPSG:4326, longitude first. Never raises for a bad file: what is wrong is in
        ``problems``, and with an error there the rest is empty.
    """
    try:
        return _read(path, file, encoding, crs, layer)
    except UnreadableFileError as error:
        return Features(problems=(error.problem,))
    except MemoryError:
        return Features(problems=(_too_large(file),))


def _read(
    path: Path, file: str, encoding: str | None, crs: str | None, layer: str | None
) -> Features:
    kind = path.suffix.lower()
    if kind not in EXTENSIONS:
        stop(
            file,
            "format-unknown",
            f"この種類のファイル（{path.suffix}）は読めません。Shapefile（zip も可）、GeoJSON、"
            "GPKG のどれかで用意してください。",
        )
    if not path.exists():
        stop(file, "file-missing", "ファイルがありません。場所と名前を確かめてください。")
    if kind == ".shp":
        return _shapefile(archive.loose_parts(path, file), file, encoding, crs)
    if kind == ".zip":
        inner, parts = archive.unpack(path, file)
        if inner == "shp":
            return _shapefile(parts, file, encoding, crs)
        if inner == "gpkg":
            return _geopackage(parts["gpkg"], file, crs, layer)
        return _geojson(parts["geojson"], file, encoding, crs)
    if kind == ".gpkg":
        return _geopackage(archive.read_bytes(path, file), file, crs, layer)
    data = archive.read_bytes(path, file, limit_bytes=geojson.LIMIT_BYTES)
    return _geojson(data, file, encoding, crs)


def _shapefile(
    parts: dict[str, bytes], file: str, encoding: str | None, crs: str | None
) -> Features:
    cpg = parts["cpg"].decode("ascii", "replace") if "cpg" in parts else None
    table = read_dbf(parts["dbf"], file=file, encoding=encoding, cpg=cpg)
    prj = parts["prj"].decode("utf-8", "replace").strip() if "prj" in parts else None
    source = _settled_crs(file, prj or None, crs)
    shapes = _asked({"a.shp": parts["shp"], "a.shx": parts["shx"]}, "shp", file)
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
    problems = list(table.problems)
    wkb = _placed(_parsed(blobs, file, problems), source, file, problems)
    return Features(table.headers, tuple(rows), wkb, tuple(problems))


def _geopackage(data: bytes, file: str, crs: str | None, layer: str | None) -> Features:
    if not data.startswith(_GPKG_MAGIC):
        stop(file, "not-a-geopackage", "名前は GPKG ですが、中身は GPKG ではないので読みません。")
    table = _asked({"a.gpkg": data}, "gpkg", file, layer)
    headers = unique_headers([name.strip().strip("　") for name in table.fields])
    cells = [[cell.strip().strip("　") for cell in column] for column in table.columns]
    rows = tuple(
        {header: column[n] for header, column in zip(headers, cells, strict=True)}
        for n in range(len(table.geometries_wkb))
    )
    if looks_garbled([*headers, *(cell for column in cells for cell in column)]):
        stop(file, "text-garbled", "文字化けしています。元のデータから作り直してください。")
    source = _settled_crs(file, table.crs, crs)
    problems: list[Problem] = []
    wkb = _placed(_parsed(table.geometries_wkb, file, problems), source, file, problems)
    return Features(headers, rows, wkb, tuple(problems))


def _geojson(data: bytes, file: str, encoding: str | None, crs: str | None) -> Features:
    import numpy as np

    table = geojson.read_geojson(data, file=file, encoding=encoding)
    source = _settled_crs(file, table.crs, crs) if table.crs or crs else STORAGE_CRS
    problems = list(table.problems)
    shapes = np.empty(len(table.geometries), dtype=object)
    shapes[:] = table.geometries
    wkb = _placed(shapes, source, file, problems)
    return Features(table.headers, table.rows, wkb, tuple(problems))


def _asked(parts: dict[str, bytes], kind: str, file: str, layer: str | None = None) -> GdalTable:
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
        "使うものを1つだけにして書き出してください（お宝の一覧なら、マニフェストの sheet に"
        "レイヤーの名前を書いても読めます）。",
    )


def _settled_crs(file: str, said: str | None, manifest: str | None) -> str:
    """The coordinate system of a file, or the error that says what to write."""
    if said is None and manifest is None:
        stop(
            file,
            "crs-missing",
            "座標系がどこにも書かれていません（.prj がありません）。マニフェストに次の1行を足して"
            'ください： crs = "EPSG:6668" （緯度経度のとき。平面直角座標系なら EPSG:6669〜6687）',
        )
    of_file = _known_crs(file, said, "ファイル") if said is not None else None
    of_manifest = _known_crs(file, manifest, "マニフェスト") if manifest is not None else None
    if of_file is None or of_manifest is None:
        chosen = of_file or of_manifest
        assert chosen is not None
        return _crs_name(chosen)
    if not of_file.equals(of_manifest, ignore_axis_order=True) and _crs_name(of_file) != _crs_name(
        of_manifest
    ):
        stop(
            file,
            "crs-contradicted",
            f"ファイルの座標系（{of_file.name}）と、マニフェストの crs（{of_manifest.name}）が"
            "ちがいます。正しいほうだけを残してください。",
            value=manifest,
        )
    return _crs_name(of_manifest)


def _known_crs(file: str, text: str, who: str) -> CRS:
    try:
        crs = parse_crs(text)
    except ValueError:
        crs = None
    if crs is None or not (crs.is_geographic or crs.is_projected):
        stop(
            file,
            "crs-unknown",
            f"{who}に書かれた座標系が分かりません。マニフェストの crs に"
            " EPSG の番号（例 EPSG:6668）を書いてください。",
            value=text,
        )
    return crs


def _crs_name(crs: CRS) -> str:
    """An EPSG name where PROJ is sure enough, so that ESRI texts meet their EPSG twins."""
    number = crs.to_epsg(min_confidence=70)
    return f"EPSG:{number}" if number is not None else crs.to_wkt()


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
        _check_extent(bounds[known], source, file)
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
    return tuple(None if shape is None else shapely.to_wkb(shape) for shape in shapes)


def _check_extent(bounds: np.ndarray[Any, Any], source: str, file: str) -> None:
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


def accuracy_warnings(source: str, file: str) -> list[Problem]:
    """A warning where moving to EPSG:4326 costs metres: the Tokyo datum and foreign systems."""
    from pyproj.transformer import TransformerGroup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a finer grid exists elsewhere is what we say below
        group = TransformerGroup(source, STORAGE_CRS, always_xy=True)
    known = [t.accuracy for t in group.transformers if t.accuracy >= 0]
    best = min(known) if known else None
    if best is not None and best <= _MOST_EXACT_M:
        return []
    said = f"{best:.0f} m" if best is not None else "分からない大きさ"
    return [
        warning(
            file,
            "crs-inexact",
            f"座標系「{parse_crs(source).name}」は古いか特別なもので、変換した位置が"
            f" {said}ほどずれることがあります。できれば JGD2011 のデータを使ってください。",
        )
    ]


def _too_large(file: str) -> Problem:
    try:
        stop(file, "file-too-large", "大きすぎて読めません。必要な市町村だけを切り出してください。")
    except UnreadableFileError as error:
        return error.problem
