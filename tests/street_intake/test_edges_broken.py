"""Tables of edges that are not what they seem: every fault is a Japanese sentence."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from street_intake.edge_files import edges, geojson, quiet

from geo.model.problem_codes import PROBLEM_CODES

LINE = [(0, 0), (10, 0)]


def faults(path: Path, columns: dict | None = None, **more: str) -> list[tuple[str, bool]]:
    """Code and severity of every fault; ways and items are read, in this order, and no error
    leaves any."""
    table, problems = edges(path, columns, **more)
    ways = table.ways(quiet)
    items = list(table.items(quiet))
    for problem in problems:
        assert problem.file == path.name
        assert problem.message_ja.endswith("。") or "：" in problem.message_ja
        assert problem.code in PROBLEM_CODES
    if any(problem.is_error for problem in problems):
        assert len(ways) == 0
        assert items == []
    return [(problem.code, problem.is_error) for problem in problems]


def test_the_wrong_zip(tmp_path: Path) -> None:
    path = tmp_path / "roads.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    assert faults(path) == [("zip-nothing", True)]
    path.write_bytes(path.read_bytes()[:20])
    assert faults(path) == [("zip-broken", True)]


def _shapefile(folder: Path) -> Path:
    frame = geopandas.GeoDataFrame(
        {"u": [1.0], "v": [2.0], "highway": ["footway"]},
        geometry=[shapely.LineString(LINE)],
        crs="EPSG:6676",
    )
    frame.to_file(folder / "edges.shp")
    return folder / "edges.shp"


def test_a_shapefile_without_prj_asks(tmp_path: Path) -> None:
    path = _shapefile(tmp_path)
    (tmp_path / "edges.prj").unlink()
    assert faults(path) == [("crs-missing", True)]
    assert faults(path, crs="EPSG:6676") == []


def test_a_truncated_shapefile(tmp_path: Path) -> None:
    path = _shapefile(tmp_path)
    dbf = tmp_path / "edges.dbf"
    dbf.write_bytes(dbf.read_bytes()[:-40])
    assert faults(path) == [("dbf-broken", True)]


def test_a_truncated_geojson(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [(LINE, {})])
    path.write_bytes(path.read_bytes()[:-30])
    assert faults(path) == [("json-broken", True)]


def test_points_are_no_streets(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    point = {"type": "Point", "coordinates": [138.5, 35.0]}
    feature = {"type": "Feature", "properties": {"highway": "footway"}, "geometry": point}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert faults(path) == [("street-no-lines", True)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    assert faults(path) == [("street-no-lines", True)]


def test_lines_among_other_things(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [(LINE, {})])
    whole = json.loads(path.read_text("utf-8"))
    bare = {"type": "Feature", "properties": {}, "geometry": None}
    point = {"type": "Point", "coordinates": [138.5, 35.0]}
    whole["features"] += [bare, {"type": "Feature", "properties": {}, "geometry": point}]
    path.write_text(json.dumps(whole))
    assert faults(path) == [("street-not-a-line", False), ("street-without-line", False)]


def test_latitude_first(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [(LINE, {})])
    whole = json.loads(path.read_text("utf-8"))
    for feature in whole["features"]:
        turned = [[y, x] for x, y in feature["geometry"]["coordinates"]]
        feature["geometry"]["coordinates"] = turned
    path.write_text(json.dumps(whole))
    assert faults(path) == [("axis-swapped", True)]


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [(LINE, {"u": 1, "v": 2})])
    assert faults(path, {"highway": "道路種別"}) == [("column-missing", True)]


def test_words_that_are_no_kinds_of_street(tmp_path: Path) -> None:
    rows = [
        (LINE, {"highway": "市道"}),
        (LINE, {"highway": "construction"}),
        (LINE, {"highway": ""}),
    ]
    path = geojson(tmp_path / "a.geojson", rows)
    table, problems = edges(path)
    assert len(table.ways(quiet)) == 1
    assert {(p.code, p.value) for p in problems} == {
        ("street-kind-unknown", "市道"),
        ("street-kind-unknown", "construction"),
    }


def test_no_word_for_any_street(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [(LINE, {"highway": "県道", "u": 1, "v": 2, "h_u": 3})])
    assert faults(path) == [("street-kind-unknown", False), ("no-walkable-ways", False)]


def test_nothing_one_may_walk(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [(LINE, {"highway": "motorway"})])
    assert faults(path) == [("no-walkable-ways", False)]


@pytest.mark.parametrize("length", [float("nan"), None, "", -3, 0])
def test_lengths_nobody_knows_are_measured(tmp_path: Path, length: object) -> None:
    path = geojson(tmp_path / "a.geojson", [(LINE, {"length": length}), (LINE[::-1], {})])
    if isinstance(length, float):
        assert faults(path) == [("json-broken", True)]
        return
    table, problems = edges(path)
    ways = table.ways(quiet)
    assert problems == []
    assert len(ways) == 1
    assert np.isnan(ways.length_m[0])


def test_lengths_that_are_words(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [(LINE, {"length": "10"}), (LINE, {"length": "長い"})])
    table, problems = edges(path)
    table.ways(quiet)
    assert [(p.code, p.row, p.value) for p in problems] == [("street-not-a-number", 2, "長い")]


def test_lengths_in_kilometres_are_measured_instead(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [(LINE, {"length": 0.01})])
    table, problems = edges(path)
    assert np.isnan(table.ways(quiet).length_m).all()
    assert [p.code for p in problems] == ["street-length-unlike"]


def test_hostile_texts_are_only_texts(tmp_path: Path) -> None:
    """Code and what is far too long are words nobody knows; brackets alone say nothing."""
    words = ["[__import__('os').system('x')]", "[" * 900 + "]" * 900, "['" + "a" * 9000 + "']"]
    rows = [(LINE, {"highway": word, "name": word}) for word in words]
    path = geojson(tmp_path / "a.geojson", [*rows, ([(0, 0), (0, 9)], {"name": "[nan, 'い']"})])
    table, problems = edges(path)
    ways = table.ways(quiet)
    assert len(ways) == 2
    assert [p.code for p in problems] == ["street-kind-unknown"] * 2
    assert all(len(p.message_ja) < 200 for p in problems)
    assert all(len(name) <= 100 for name in ways.names)
