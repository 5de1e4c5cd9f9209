"""Files of a ``[[ground]]``: shapes or names of one kind."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import pytest
import shapely

from geo.manifest import read_manifests
from geo.model.ground import GroundFile, GroundKind, GroundShape, Landmark, LandmarkKind
from geo.model.problem import Problem
from geo.street_intake.ground_files import read_ground_file

KIND = GroundKind | LandmarkKind
SQUARE = [[138.5, 35.0], [138.51, 35.0], [138.51, 35.01], [138.5, 35.01], [138.5, 35.0]]
BOW_TIE = [[138.5, 35.0], [138.51, 35.01], [138.51, 35.0], [138.5, 35.01], [138.5, 35.0]]


def _geojson(path: Path, *features: tuple[str, list, dict]) -> Path:
    whole = [
        {"type": "Feature", "properties": p, "geometry": {"type": kind, "coordinates": c}}
        for kind, c, p in features
    ]
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": whole}, ensure_ascii=False), "utf-8"
    )
    return path


def _read(kind: KIND, path: Path, **more: str) -> tuple[list, list[Problem]]:
    problems: list[Problem] = []
    file = GroundFile(kind, (path,), **more)
    return list(read_ground_file(file, path, path.name, problems)), problems


def _shape(item: GroundShape) -> shapely.Geometry:
    return shapely.from_wkb(item.geometry_wkb)


@pytest.mark.parametrize(
    "kind",
    [GroundKind.SEA, GroundKind.WOOD, GroundKind.FARMLAND, GroundKind.BUILDING, GroundKind.LAKE],
)
def test_surfaces(tmp_path: Path, kind: GroundKind) -> None:
    path = _geojson(
        tmp_path / "a.geojson",
        ("Polygon", [SQUARE], {}),
        ("MultiPolygon", [[SQUARE], [[[x + 1, y] for x, y in SQUARE]]], {}),
        ("LineString", SQUARE, {}),
        ("Point", SQUARE[0], {}),
    )
    items, problems = _read(kind, path)
    assert [item.kind for item in items] == [kind, kind]
    assert [_shape(item).geom_type for item in items] == ["Polygon", "MultiPolygon"]
    assert [(p.code, p.is_error) for p in problems] == [("ground-wrong-shape", False)]
    assert "面でない図形が 2 件" in problems[0].message_ja


def test_a_surface_that_crosses_itself_is_made_valid(tmp_path: Path) -> None:
    """A bow tie becomes its two triangles, half the square together."""
    items, problems = _read(
        GroundKind.WOOD, _geojson(tmp_path / "a.geojson", ("Polygon", [BOW_TIE], {}))
    )
    shape = _shape(items[0])
    assert shape.is_valid
    assert shape.area == pytest.approx(0.5e-4)
    assert problems == []


def test_a_named_park_is_a_shape_and_a_landmark(tmp_path: Path) -> None:
    """One kilometre by 0.9: the landmark lies inside and weighs 1,007 m."""
    path = _geojson(
        tmp_path / "a.geojson", ("Polygon", [SQUARE], {"公園": " 城山公園", "よみ": "シロヤマ"})
    )
    items, problems = _read(GroundKind.PARK, path, name_column="公園", kana_column="よみ")
    assert problems == []
    shape, name = items
    assert (shape.kind, shape.name) == (GroundKind.PARK, "城山公園")
    assert (name.kind, name.name, name.kana) == (LandmarkKind.PARK, "城山公園", "シロヤマ")
    assert _shape(shape).contains(shapely.Point(name.lon, name.lat))
    assert name.weight == pytest.approx(1006.5, abs=1)


def test_buildings_keep_no_names(tmp_path: Path) -> None:
    path = _geojson(tmp_path / "a.geojson", ("Polygon", [SQUARE], {"name": "花岡さん宅"}))
    items, _ = _read(GroundKind.BUILDING, path)
    assert items == [GroundShape(GroundKind.BUILDING, items[0].geometry_wkb)]


def test_a_river_is_a_line_or_a_surface_of_water(tmp_path: Path) -> None:
    line = [[138.5, 35.0], [138.5, 35.02]]
    path = _geojson(
        tmp_path / "a.geojson",
        ("LineString", line, {"name": "潮見川"}),
        ("MultiLineString", [line, [[139, 35], [139, 36]]], {"name": None}),
        ("Polygon", [SQUARE], {"name": "潮見川"}),
    )
    items, problems = _read(GroundKind.RIVER, path)
    shapes = [item for item in items if isinstance(item, GroundShape)]
    assert problems == []
    assert [s.kind for s in shapes] == [GroundKind.RIVER, GroundKind.RIVER, GroundKind.LAKE]
    names = [item for item in items if isinstance(item, Landmark)]
    assert [(n.kind, n.name) for n in names] == [(LandmarkKind.WATER, "潮見川")]


def test_rails_are_lines(tmp_path: Path) -> None:
    line = [[138.5, 35.0], [138.5, 35.02]]
    path = _geojson(
        tmp_path / "a.geojson", ("LineString", line, {"name": "本線"}), ("Polygon", [SQUARE], {})
    )
    items, problems = _read(GroundKind.RAIL, path)
    assert [(i.kind, i.name) for i in items] == [(GroundKind.RAIL, "本線")]
    assert "線でない図形が 1 件" in problems[0].message_ja


def test_landmarks_of_points_lines_and_surfaces(tmp_path: Path) -> None:
    path = _geojson(
        tmp_path / "a.geojson",
        ("Point", [138.6, 35.1], {"名称": "みなと駅", "カナ": "ミナトエキ"}),
        ("LineString", [[138.0, 35.0], [138.0, 35.5]], {"名称": "参道"}),
        ("Polygon", [SQUARE], {"名称": "学校"}),
        ("Point", [138.7, 35.1], {"名称": ""}),
    )
    items, problems = _read(LandmarkKind.OTHER, path)
    assert [(i.name, i.kana, round(i.lon, 3), round(i.lat, 3)) for i in items] == [
        ("みなと駅", "ミナトエキ", 138.6, 35.1),
        ("参道", None, 138.0, 35.25),
        ("学校", None, 138.505, 35.005),
    ]
    assert [p.code for p in problems] == ["ground-without-name"]
    assert "1 件" in problems[0].message_ja
    assert "streets.toml" not in problems[0].message_ja


def test_landmarks_without_any_name_ask_for_the_column(tmp_path: Path) -> None:
    path = _geojson(tmp_path / "a.geojson", ("Point", [138.6, 35.1], {"P29_005": "西小学校"}))
    items, problems = _read(LandmarkKind.SCHOOL, path)
    assert items == []
    assert "streets.toml" in problems[0].message_ja
    [school], problems = _read(LandmarkKind.SCHOOL, path, name_column="P29_005")
    assert (school.kind, school.name, problems) == (LandmarkKind.SCHOOL, "西小学校", [])


def test_a_column_that_is_not_there(tmp_path: Path) -> None:
    path = _geojson(tmp_path / "a.geojson", ("Point", [138.6, 35.1], {"name": "駅"}))
    items, problems = _read(LandmarkKind.STATION, path, name_column="駅名")
    assert items == []
    assert [(p.code, p.value, p.is_error) for p in problems] == [("column-missing", "駅名", True)]


@pytest.mark.parametrize("suffix", ["gpkg", "shp"])
def test_gis_files_in_a_plane_zone(tmp_path: Path, suffix: str) -> None:
    frame = geopandas.GeoDataFrame(
        {"name": ["森"]}, geometry=[shapely.box(0, 0, 100, 100)], crs="EPSG:6676"
    )
    frame.to_file(tmp_path / f"a.{suffix}")
    items, problems = _read(GroundKind.WOOD, tmp_path / f"a.{suffix}")
    assert problems == []
    assert (items[0].name, round(_shape(items[0]).bounds[0], 6)) == ("森", 138.5)


def test_a_list_with_degrees(tmp_path: Path) -> None:
    """The national list of facilities; half a place, words and a swapped pair are no place."""
    path = tmp_path / "施設.csv"
    path.write_text(
        "名称,名称_カナ,緯度,経度\n市役所,シヤクショ,34.75,138.55\n分館,,34.76,\n"
        "別館,,北,東\n入替館,,138.5,34.7\n公民館,コウミンカン,34度45分0秒,138.50\n,,34.7,138.5\n",
        "cp932",
    )
    items, problems = _read(LandmarkKind.HALL, path, encoding="cp932")
    assert [(i.name, i.kana, i.lon, i.lat) for i in items] == [
        ("市役所", "シヤクショ", 138.55, 34.75),
        ("公民館", "コウミンカン", 138.5, 34.75),
    ]
    assert [(p.code, p.row) for p in problems] == [
        ("ground-without-place", 3),
        ("ground-without-name", None),
    ]
    assert "3 行" in problems[0].message_ja


def test_broken_lists_and_files(tmp_path: Path) -> None:
    no_degrees = tmp_path / "a.csv"
    no_degrees.write_text("名称,住所\n市役所,みなと市1\n", "utf-8")
    cp932 = tmp_path / "b.csv"
    cp932.write_text("名称,緯度,経度\n市役所,34.7,138.5\n", "cp932")
    cut = _geojson(tmp_path / "c.geojson", ("Point", [138.6, 35.1], {}))
    cut.write_bytes(cut.read_bytes()[:-20])
    found = [
        _read(LandmarkKind.HALL, path) for path in (no_degrees, cp932, cut, tmp_path / "d.shp")
    ]
    assert [items for items, _ in found] == [[], [], [], []]
    assert [[p.code for p in problems] for _, problems in found] == [
        ["column-missing"],
        ["csv-encoding-missing"],
        ["json-broken"],
        ["file-missing"],
    ]


def test_a_manifest_may_name_a_list_for_names_but_not_for_shapes(tmp_path: Path) -> None:
    folder = tmp_path / "boundaries"
    folder.mkdir()
    (folder / "municipality.toml").write_text(
        'name = "道だけの町"\ncode = "99823"\nplane_zone = 8\n', "utf-8"
    )
    (folder / "施設.csv").write_text("名称,緯度,経度\n市役所,34.75,138.55\n", "utf-8")
    (folder / "a.geojson").write_text("{}")

    def read(kind: str) -> tuple[int, list[str]]:
        (folder / "streets.toml").write_text(
            'source = "ためし町"\nlicence = "CC0"\nas_of = 2026-03-31\ndata = "a.geojson"\n'
            f'[[ground]]\nkind = "{kind}"\ndata = "施設.csv"\n',
            "utf-8",
        )
        town, problems = read_manifests(tmp_path, None)
        assert town is not None
        assert town.streets is not None
        return sum(len(g.data) for g in town.streets.ground), [p.code for p in problems]

    assert read("hall") == (1, [])
    assert read("wood") == (0, ["data-kind"])
