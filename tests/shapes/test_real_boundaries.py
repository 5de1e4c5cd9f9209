"""The real files: counts, faults and shares that the data's own notes state."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import geopandas
import pytest
import shapely

from geo.crs import reproject
from geo.intake import shapes
from geo.intake.boundaries import read_level
from geo.intake.gdal_reader import GdalChild
from geo.intake.shapes import read_features
from geo.model.town import Level, Municipality, Town
from geo.overlap import measure_overlaps

pytestmark = pytest.mark.realdata
METRIC = "EPSG:6676"


@pytest.fixture
def read(realdata: Path):
    def read(path: str, name: str, code: str, **more):
        level = Level(
            id=name, folder=realdata, title="", data=(realdata / path,), name_column=name,
            code_column=code, source="", licence="", as_of=date(2026, 3, 31), **more,
        )  # fmt: skip
        return read_level(level, Town(realdata, Municipality("", "22212", METRIC, 8), (level,), ()))

    return read


def test_the_districts_of_a_city(read, realdata):
    junior = read("yaizu-22212/中学校区/中学校区.shp", "item2", "item1")
    primary = read("yaizu-22212/小学校区/小学校区.shp", "SAFIELD001", "SAFIELD000")
    local = read("yaizu-22212/自治会区域/自治会区域.shp", "SAFIELD000", "SAFIELD000")
    assert [len(r.areas) for r in (junior, primary, local)] == [9, 13, 35]
    assert junior.problems == primary.problems == ()
    (repaired,) = local.problems
    assert (repaired.code, repaired.value) == ("polygon-repaired", "小川第13自治会")
    assert "東益津中学校" in {area.name for area in junior.areas}

    areas = [*junior.areas, *primary.areas, *local.areas]
    overlaps = measure_overlaps(areas, metric_crs=METRIC)
    assert overlaps.within_level == ()
    km2 = sum(m2 for (level, _), m2 in overlaps.area_m2.items() if level == "item2") / 1e6
    assert km2 == pytest.approx(70.56, abs=0.01)
    inside: dict[str, list[float]] = {area.code: [] for area in local.areas}
    for share in overlaps.shares:
        if (share.level, share.other_level) == ("SAFIELD000", "SAFIELD001"):
            inside[share.code].append(share.share)
    whole = {code for code, parts in inside.items() if max(parts) >= 0.95}
    assert len(whole) == 22
    for code in inside.keys() - whole:
        assert len(inside[code]) >= 2
        assert sum(inside[code]) == pytest.approx(1.0, abs=0.02)

    # An independent reader and an independent overlay must say the same.
    frames = [
        geopandas.read_file(realdata / f"yaizu-22212/{name}/{name}.shp", encoding="cp932").to_crs(
            METRIC
        )
        for name in ("自治会区域", "小学校区")
    ]
    for frame in frames:
        frame["geometry"] = frame.geometry.make_valid()
    frames[0]["m2"] = frames[0].area
    cut = geopandas.overlay(frames[0], frames[1], keep_geom_type=True)
    cut["share"] = cut.area / cut["m2"]
    theirs = {
        (r.SAFIELD000_1, str(r.SAFIELD000_2)): r.share for r in cut.itertuples() if r.share >= 0.01
    }
    ours = {
        (s.code, s.other_code): s.share
        for s in overlaps.shares
        if (s.level, s.other_level) == ("SAFIELD000", "SAFIELD001")
    }
    assert ours.keys() == theirs.keys()
    assert max(abs(ours[k] - theirs[k]) for k in ours) < 1e-6


def test_line_work_is_no_boundary(read):
    reading = read("yaizu-22212/行政区域界/行政区域界.shp", "FID", "FID")
    assert [p.code for p in reading.problems] == ["boundary-not-polygon"]
    assert "N03（行政区域）" in reading.problems[0].message_ja
    unsaid = read("yaizu-22212/行政区域界/行政区域界.shp", "", "")
    (problem,) = unsaid.problems
    assert problem.message_ja.startswith("図形（123 件）が面ではなく線です。区域には面")
    assert reading.blocking


def test_one_city_out_of_a_prefecture(read):
    reading = read(
        "n03-2021-simplified/N03-21_22_210101.json", "N03_004", "N03_007",
        keep={"N03_007": ("22212",)},
    )  # fmt: skip
    (area,) = reading.areas
    assert (area.code, area.name) == ("22212", "焼津市")


def test_small_areas_from_a_zip(read):
    reading = read(
        "iizuka-40205/boundary_40205.zip", "S_NAME", "KEY_CODE", keep={"HCODE": ("8101",)}
    )
    assert [p for p in reading.problems if p.is_error] == []
    features = read_features(Path(reading.level.data[0]), file="boundary_40205.zip")
    assert len(features.rows) == 149
    # e-Stat publishes the area of each in m2; an outline moved to degrees and back must keep it.
    moved = reproject(shapely.from_wkb(list(features.geometries_wkb)), "EPSG:4326", "EPSG:6670")
    for row, shape in zip(features.rows, moved, strict=True):
        assert shape.area == pytest.approx(float(row["AREA"]), rel=2e-3)


def test_stops(realdata):
    def features(name: str):
        folder = realdata / "yaizu-22212" / f"{name}_タクシー乗降位置"
        return read_features(folder / f"{name}_タクシー乗車位置.shp", file=f"{name}.shp")

    assert len(features("大井川地区").rows) == 97
    taxi = features("大島・三和地区")
    assert [row["SAFIELD001"] for row in taxi.rows] == ["乗降"] * 3
    assert [(p.code, p.row, p.column, p.value) for p in taxi.problems] == [
        ("dbf-text-in-number", n, "SAFIELD001", "乗降") for n in (1, 2, 3)
    ]
    assert all(138.2 < shapely.from_wkb(b).x < 138.4 for b in taxi.geometries_wkb)


@pytest.mark.parametrize(("name", "count"), [("shelters", 42), ("university", 1)])
def test_zips_with_cpg_and_plane_zone(realdata, name, count):
    features = read_features(realdata / f"ube-35202/ube_{name}.zip", file="a.zip")
    assert (len(features.rows), features.problems) == (count, ())
    centre = shapely.from_wkb(features.geometries_wkb[0]).centroid
    assert (centre.x, centre.y) == (pytest.approx(131.25, abs=0.1), pytest.approx(33.95, abs=0.1))


@pytest.mark.parametrize(
    ("name", "rows", "areas", "taken"),
    [
        ("okayama_city_block_district_topo", 2028, 567, 580),
        ("okayama_junior_high_school_district_topo20190322", 152, 26, 26),
    ],
)
def test_topojson_of_a_prefecture_is_cut_to_the_city(realdata, tmp_path, name, rows, areas, taken):
    data = gzip.decompress((realdata / f"kurashiki-33202/{name}.json.gz").read_bytes())
    path = tmp_path / f"{name}.json"
    path.write_bytes(data)
    features = read_features(path, file="a.json")
    assert (len(features.rows), features.problems) == (rows, ())
    assert shapely.is_valid(shapely.from_wkb(list(features.geometries_wkb))).all()
    level = Level(
        id="x", folder=tmp_path, title="", data=(path,), name_column="", code_column="",
        source="", licence="", as_of=date(2026, 3, 31),
    )  # fmt: skip
    town = Town(tmp_path, Municipality("", "33202", "EPSG:6673", 5), (level,), ())
    reading = read_level(level, town)
    assert len(reading.areas) == areas
    (said,) = reading.problems
    assert said.code == "edition-assumed"
    assert f"この町（33202）の {taken} 件を使い、" in said.message_ja


def test_people_of_the_2010_small_areas_are_those_of_the_census(realdata, tmp_path):
    data = gzip.decompress(
        (realdata / "kurashiki-33202/okayama_city_block_district_topo.json.gz").read_bytes()
    )
    (tmp_path / "a.json").write_bytes(data)
    rows = read_features(tmp_path / "a.json", file="a.json").rows
    ours = [row for row in rows if row["KEY_CODE"].startswith("33202")]
    assert len(ours) == 585
    assert sum(int(row["JINKO"]) for row in ours) == 475_513


def test_a_description_of_columns_is_no_map(realdata):
    for name in ("city_block_districts", "junior_high_school_districts"):
        path = realdata / f"kurashiki-33202/{name}.json"
        assert [p.code for p in read_features(path, file="a").problems] == ["not-geojson"]


def test_every_shapefile_of_the_city_in_one_child(realdata, monkeypatch):
    child = GdalChild()
    monkeypatch.setattr(shapes, "shared_child", lambda: child)
    paths = sorted((realdata / "yaizu-22212").glob("*/*.shp"))
    read = {path.name: read_features(path, file=path.name) for path in paths}
    first = child._process
    child.close()
    assert len(read) > 35
    assert {name for name, features in read.items() if features.failed} == set()
    assert sum(len(features.rows) for features in read.values()) == 1355
    assert first is not None  # one child, no fault on the way
