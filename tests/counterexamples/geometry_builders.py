"""Builders of geometry files that git should not hold: binary ones, and hostile ones."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import shapely

WARD = Path("boundaries/ward")
SQUARE = shapely.box(138.32, 34.86, 138.33, 34.87)
NEXT = shapely.box(138.33, 34.86, 138.34, 34.87)
PLANE_SQUARE = shapely.box(-16000, -126000, -15000, -125000)
NORTHERN = shapely.box(141.30, 38.42, 141.31, 38.43)


def _shapefile(
    town: Path, rows: dict[str, list[Any]], shapes: list[Any], crs: str | None, *lost: str
) -> Path:
    path = town / WARD / "区域.shp"
    frame = geopandas.GeoDataFrame(rows, geometry=shapes, crs=crs)
    frame.to_file(path, encoding="cp932", engine="pyogrio")
    for extension in lost:
        path.with_suffix(f".{extension}").unlink(missing_ok=True)
    return path


def _named(*names: str) -> dict[str, list[Any]]:
    return {"code": [str(n) for n, _ in enumerate(names, 1)], "name": list(names)}


def shape_without_prj(town: Path) -> None:
    _shapefile(town, _named("港町"), [SQUARE], "EPSG:6668", "prj")


def plane_shape_without_prj(town: Path) -> None:
    _shapefile(town, _named("港町"), [PLANE_SQUARE], "EPSG:6676", "prj")


def national_shape_without_prj(town: Path) -> None:
    rows = {f"A32_{n:03d}": [text] for n, text in enumerate(
        ["22999", "ためし町", "港中学校", "a.csv", "7", "1"], 1
    )}  # fmt: skip
    _shapefile(town, rows, [SQUARE], "EPSG:4612", "prj", "cpg")


def national_shape_of_a_prefecture(town: Path) -> None:
    rows = {
        "KEY_CODE": ["22999001001", "22999001001", "22999999999", "222120010"],
        "PREF": ["22"] * 4, "CITY": ["999", "999", "999", "212"],
        "S_AREA": ["001001", "001001", "999999", "001000"],
        "S_NAME": ["港町一丁目", "港町一丁目", "", "隣町"], "HCODE": [8101, 8101, 8154, 8101],
        "KIGO_E": ["E1", "E2", "", ""],
    }  # fmt: skip
    _shapefile(town, rows, [SQUARE, NEXT, NEXT, NEXT], "EPSG:6668")


def shape_without_index(town: Path) -> None:
    _shapefile(town, _named("港町", "丘町"), [SQUARE, NEXT], "EPSG:6668", "shx")


def broken_shape_without_index(town: Path) -> None:
    path = _shapefile(town, _named("港町"), [SQUARE], "EPSG:6668", "shx")
    path.write_bytes(path.read_bytes()[:-7])


def shape_without_table(town: Path) -> None:
    _shapefile(town, _named("港町"), [SQUARE], "EPSG:6668", "dbf")


def shape_in_tokyo_datum(town: Path) -> None:
    _shapefile(town, _named("港町"), [SQUARE], "EPSG:4301")


def shape_of_moved_ground(town: Path) -> None:
    _shapefile(town, _named("港町"), [NORTHERN], "EPSG:4612")


def shape_of_other_table(town: Path) -> None:
    path = _shapefile(town, _named("港町"), [SQUARE], "EPSG:6668")
    table = path.with_suffix(".dbf").read_bytes()
    _shapefile(town, _named("港町", "丘町"), [SQUARE, NEXT], "EPSG:6668")
    path.with_suffix(".dbf").write_bytes(table)


def lines_as_shape(town: Path) -> None:
    line = shapely.LineString([(138.32, 34.86), (138.33, 34.87)])
    _shapefile(town, _named("町界"), [line], "EPSG:6668")


def shape_in_unknown_encoding(town: Path) -> None:
    path = _shapefile(town, _named("港町"), [SQUARE], "EPSG:6668", "cpg")
    data = bytearray(path.with_suffix(".dbf").read_bytes())
    data[29] = 0
    path.with_suffix(".dbf").write_bytes(bytes(data))


def shape_read_in_another_encoding(town: Path) -> None:
    path = _shapefile(town, _named("港町"), [SQUARE], "EPSG:6668")
    path.with_suffix(".cpg").write_text("ISO-8859-7", "ascii")


def two_layers_in_a_geopackage(town: Path) -> None:
    frame = geopandas.GeoDataFrame(_named("港町"), geometry=[SQUARE], crs="EPSG:6668")
    for layer in ("小学校", "中学校"):
        frame.to_file(town / WARD / "町.gpkg", layer=layer, engine="pyogrio")


def no_geopackage(town: Path) -> None:
    (town / WARD / "町.gpkg").write_bytes(b"<OGRVRTDataSource><SrcDataSource>/etc/passwd")


def cut_geopackage(town: Path) -> None:
    two_layers_in_a_geopackage(town)
    path = town / WARD / "町.gpkg"
    path.write_bytes(path.read_bytes()[:5000])


def vrt_named_geojson(town: Path) -> None:
    text = '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'
    (town / WARD / "町.geojson").write_text(text, "utf-8")


def cut_gzip(town: Path) -> None:
    data = gzip.compress(b'{"type":"FeatureCollection","features":[]}', mtime=0)
    (town / WARD / "町.geojson.gz").write_bytes(data[:-9])


def gzip_bomb(town: Path) -> None:
    with gzip.open(town / WARD / "町.geojson.gz", "wb", compresslevel=9) as stream:
        for _ in range(97):
            stream.write(b" " * (1 << 20))


def _zip(town: Path, *members: tuple[str, bytes]) -> None:
    with zipfile.ZipFile(town / WARD / "町.zip", "w") as file:
        for name, data in members:
            file.writestr(name, data)


def two_shapes_in_a_zip(town: Path) -> None:
    _zip(town, ("a/小学校.shp", b""), ("b/中学校.shp", b""))


def path_in_a_zip(town: Path) -> None:
    _zip(town, ("../../layers/tea/places.shp", b""))


def zip_of_a_document(town: Path) -> None:
    _zip(town, ("説明.pdf", b"%PDF-"))


def swapped_geojson(town: Path) -> None:
    text = (
        '{"type":"Feature","properties":{"code":"1","name":"港町"},"geometry":{"type":"Polygon",'
        '"coordinates":[[[34.86,138.32],[34.87,138.32],[34.87,138.33],[34.86,138.32]]]}}'
    )
    (town / WARD / "町.geojson").write_text(text, "utf-8")


def garbled_geojson(town: Path) -> None:
    """What a program makes of a CP932 Shapefile when it takes it for Greek."""
    name = "港小学校".encode("cp932").decode("iso8859-7", "replace")
    text = (
        f'{{"type":"Feature","properties":{{"code":"1","name":"{name}"}},"geometry":{{"type":'
        '"Polygon","coordinates":[[[138.32,34.86],[138.33,34.86],[138.33,34.87],[138.32,34.86]]]}}'
    )
    (town / WARD / "町.geojson").write_text(text, "utf-8")


GEOMETRY_BUILDERS: dict[str, Callable[[Path], None]] = {
    f.__name__: f
    for f in (
        shape_without_prj, plane_shape_without_prj, national_shape_without_prj,
        national_shape_of_a_prefecture, shape_without_index, broken_shape_without_index,
        shape_without_table, shape_in_tokyo_datum, shape_of_moved_ground, shape_of_other_table,
        lines_as_shape, shape_in_unknown_encoding, shape_read_in_another_encoding,
        two_layers_in_a_geopackage, no_geopackage, cut_geopackage, vrt_named_geojson, cut_gzip,
        gzip_bomb, two_shapes_in_a_zip, path_in_a_zip, zip_of_a_document, swapped_geojson,
        garbled_geojson,
    )
}  # fmt: skip
