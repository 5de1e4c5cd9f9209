"""Cut, flipped and swapped bytes of every kind of file: a sentence comes out, never a traceback.

The whole way is walked, from the town's folder to what ``check`` prints: as a list and, for
geometry, as a boundary too.
"""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import geopandas
import openpyxl
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.cli.check import check_json, report_lines
from geo.intake import read_town
from geo.model.problem_codes import PROBLEM_CODES

ROWS = [
    ["ID", "名称", "住所", "緯度", "経度", "定員", "開催日時", "電話番号"],
    [
        "1",
        "さくら会",
        "港町1-1",
        "34.8671",
        "138.3229",
        "10",
        "毎週火曜 10時〜11時",
        "054-626-1111",
    ],
    ["2", "もみじ\nの会", "丘町2", "34.8681", "138.3239", "", "第2・4木 10時〜", "054-626-2222"],
]
LAYER = """
title = "お茶の会"
symbol = "茶"
color = "#b8570a"
source = "ためし町"
licence = "CC-BY-4.0"
as_of = 2026-03-31
"""
LEVEL = """
title = "区"
source = "ためし町"
licence = "CC-BY-4.0"
as_of = 2026-03-31
code = "ID"
name = "名称"
"""


def _csv(codec: str) -> bytes:
    text = "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in ROWS)
    return text.encode(codec)


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _geojson() -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"ID": row[0], "名称": row[1]},
            "geometry": shapely.geometry.mapping(_square(n)),
        }
        for n, row in enumerate(ROWS[1:])
    ]
    value = {"type": "FeatureCollection", "features": features}
    return json.dumps(value, ensure_ascii=False).encode()


def _topojson() -> bytes:
    geometries = [
        {"type": "Polygon", "arcs": [[n]], "properties": {"ID": row[0], "名称": row[1]}}
        for n, row in enumerate(ROWS[1:])
    ]
    arcs = [[[n, 0], [1, 0], [0, 1], [-1, 0], [0, -1]] for n in range(2)]
    value = {
        "type": "Topology",
        "transform": {"scale": [0.01, 0.01], "translate": [138.3, 34.8]},
        "objects": {"a": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": arcs,
    }
    return json.dumps(value, ensure_ascii=False).encode()


def _square(n: int) -> shapely.Polygon:
    return shapely.box(138.32 + n / 100, 34.86, 138.33 + n / 100, 34.87)


def _frame() -> geopandas.GeoDataFrame:
    rows = {"ID": ["1", "2"], "名称": ["さくら会", "もみじの会"]}
    return geopandas.GeoDataFrame(rows, geometry=[_square(0), _square(1)], crs="EPSG:6668")


def _gpkg(folder: Path) -> bytes:
    _frame().to_file(folder / "a.gpkg", engine="pyogrio")
    return (folder / "a.gpkg").read_bytes()


def _parts(folder: Path) -> dict[str, bytes]:
    _frame().to_file(folder / "a.shp", engine="pyogrio", encoding="cp932")
    return {part.name: part.read_bytes() for part in sorted(folder.glob("a.*"))}


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:  # stored, so that flips reach the parts themselves
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A good file of every kind, by its ending (``b.`` marks a second one of that ending)."""
    parts = _parts(tmp_path_factory.mktemp("shp"))
    return {
        "csv": _csv("utf-8-sig"),
        "b.csv": _csv("utf-16"),
        "xlsx": _xlsx(),
        "geojson": _geojson(),
        "topojson": _topojson(),
        "geojson.gz": gzip.compress(_geojson(), mtime=0),
        "gpkg": _gpkg(tmp_path_factory.mktemp("gpkg")),
        "zip": _zip(parts),
        **{f"part.{name.split('.')[1]}": data for name, data in parts.items()},
    }


def told(room: Path, files: dict[str, bytes], *, geometry: bool) -> None:
    """Read a town with these files; whatever is wrong has a known code and a whole sentence."""
    places = [("layers/tea", "layer.toml", LAYER)]
    if geometry:
        places.append(("boundaries/ward", "boundary.toml", LEVEL))
    for folder, manifest, text in places:
        (room / folder).mkdir(parents=True, exist_ok=True)
        for old in (room / folder).iterdir():
            old.unlink()
        (room / folder / manifest).write_text(text, "utf-8")
        for name, data in files.items():
            (room / folder / name).write_bytes(data)
    (room / "boundaries").mkdir(exist_ok=True)
    (room / "boundaries/municipality.toml").write_text(
        'name = "ためし町"\ncode = "22999"\nplane_zone = 8\n', "utf-8"
    )
    reading = read_town(room, None)
    assert {p.code for p in reading.problems} <= PROBLEM_CODES.keys()
    assert all(p.message_ja.rstrip().endswith(("。", "）")) or p.column for p in reading.problems)
    assert list(report_lines(reading))
    json.dumps(check_json(reading), ensure_ascii=False)


harm = st.tuples(
    st.floats(0, 1),
    st.booleans(),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=6),
)


def harmed(data: bytes, how: tuple[float, bool, list[tuple[float, int]]]) -> bytes:
    """Cut at a place, or whole, and with some bytes changed."""
    share, cut, flips = how
    new = bytearray(data[: int(len(data) * share)] if cut else data)
    for at, byte in flips:
        if new:
            new[int(at * (len(new) - 1))] = byte
    return bytes(new)


BY_KIND = {
    "csv": 40, "b.csv": 40, "xlsx": 40, "geojson": 30, "topojson": 40, "geojson.gz": 15,
    "gpkg": 6, "zip": 12,
}  # fmt: skip


@pytest.mark.parametrize("kind", BY_KIND)
def test_a_broken_file_of_every_kind(whole: dict[str, bytes], tmp_path: Path, kind: str) -> None:
    geometry = kind.split(".")[0] in {"geojson", "topojson", "gpkg", "zip"}
    name = f"places.{kind.removeprefix('b.')}"

    @settings(max_examples=BY_KIND[kind], deadline=None, database=None)
    @given(how=harm)
    def read(how: tuple[float, bool, list[tuple[float, int]]]) -> None:
        told(tmp_path, {name: harmed(whole[kind], how)}, geometry=geometry)

    read()


@pytest.mark.parametrize("part", ["shp", "shx", "dbf", "prj", "cpg"])
def test_a_broken_part_of_a_shapefile(whole: dict[str, bytes], tmp_path: Path, part: str) -> None:
    parts = {k.removeprefix("part."): v for k, v in whole.items() if k.startswith("part.")}

    @settings(max_examples=4, deadline=None, database=None)
    @given(how=harm)
    def read(how: tuple[float, bool, list[tuple[float, int]]]) -> None:
        broken = {**parts, part: harmed(parts[part], how)}
        told(tmp_path, {f"a.{k}": v for k, v in broken.items()}, geometry=True)

    read()


def _swapped(whole: dict[str, bytes]) -> list[tuple[str, str]]:
    kinds = [kind for kind in whole if not kind.startswith(("b.", "part."))]
    return [(name, content) for name in kinds for content in kinds if name != content]


def test_every_kind_of_file_under_every_other_name(whole: dict[str, bytes], tmp_path: Path) -> None:
    for name, content in _swapped(whole):
        geometry = name not in {"csv", "xlsx"}
        told(tmp_path, {f"places.{name}": whole[content]}, geometry=geometry)


def test_the_whole_files_are_good(whole: dict[str, bytes], tmp_path: Path) -> None:
    for kind in ("csv", "b.csv", "xlsx"):
        told(tmp_path, {f"places.{kind.removeprefix('b.')}": whole[kind]}, geometry=False)
        reading = read_town(tmp_path, None)
        assert len(reading.layers[0].treasures) == 2, kind
    for kind in ("geojson", "topojson", "geojson.gz", "gpkg", "zip"):
        told(tmp_path, {f"places.{kind}": whole[kind]}, geometry=True)
        reading = read_town(tmp_path, None)
        assert len(reading.levels[0].areas) == 2, (kind, reading.problems)
