"""Features to areas: columns, filters, dissolving, repairing, and areas nobody has drawn."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely

from geo.intake.boundaries import read_level
from geo.intake.members import unknown_members
from geo.model.reading import LevelReading
from geo.model.town import Level, Member, Municipality, Town


def box(x: float, y: float = 0.0, side: float = 1.0) -> dict:
    return shapely.geometry.mapping(
        shapely.box(
            138.3 + x / 100, 34.8 + y / 100, 138.3 + (x + side) / 100, 34.8 + (y + side) / 100
        )
    )


def row(geometry: dict | None, **properties: object) -> dict:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


@pytest.fixture
def read(tmp_path: Path):
    """``read(features, ...)``: the level as read; keywords replace what the manifest says."""

    def read(*features: dict, members: str | None = None, plane_zone: int | None = 8, **said):
        folder = tmp_path / "boundaries" / "school"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "a.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
        if members is not None:
            (folder / "members.csv").write_text(members, encoding="utf-8-sig")
        level = Level(
            id="school", folder=folder, title="小学校区", data=(path,) if features else (),
            name_column="名", code_column="C", source="市", licence="CC-BY", as_of=date(2026, 3, 31),
            members=folder / "members.csv" if members is not None else None,
        )  # fmt: skip
        level = replace(level, **said)
        block = replace(level, id="block", data=(), members=None)
        town = Town(
            tmp_path, Municipality("町", "22212", "EPSG:6676", plane_zone), (level, block), ()
        )
        return read_level(level, town)

    return read


def codes(reading: LevelReading) -> list[str]:
    return [problem.code for problem in reading.problems]


def test_areas_in_file_order(read):
    reading = read(
        row(box(0), C="02", 名="港 ", kana="みなと", 順="7", 電話="054-1"),
        row(box(1), C="01", 名="浜", kana="", 順="", 電話=None),
        kana_column="kana", order_column="順", contact_column="電話",
    )  # fmt: skip
    assert reading.problems == ()
    assert not reading.blocking
    first, second = reading.areas
    assert (first.code, first.name, first.kana, first.order, first.contact) == (
        "02", "港", "みなと", 7, "054-1",
    )  # fmt: skip
    assert (second.kana, second.order, second.contact) == (None, None, None)
    outline = shapely.from_wkb(first.outline_wkb)
    assert outline.geom_type == "MultiPolygon"
    assert outline.bounds == pytest.approx((138.3, 34.8, 138.31, 34.81))


def test_rows_of_one_code_are_one_area(read):
    reading = read(
        row(box(0), C="1", 名="港"), row(box(1), C="1", 名="港"), row(box(3), C="2", 名="港")
    )
    assert reading.problems == ()
    assert [(a.code, a.name) for a in reading.areas] == [("1", "港"), ("2", "港")]
    whole = shapely.from_wkb(reading.areas[0].outline_wkb)
    assert len(whole.geoms) == 1
    assert whole.area == pytest.approx(2e-4)


def test_one_code_with_two_names_is_an_error(read):
    reading = read(row(box(0), C="1", 名="港"), row(box(1), C="1", 名="浜"))
    (problem,) = reading.problems
    assert (problem.code, problem.row, problem.value) == ("area-code-twice", 2, "1")
    assert reading.blocking


def test_the_code_may_be_the_name(read):
    reading = read(row(box(0), 名="港"), code_column="名")
    assert [(a.code, a.name) for a in reading.areas] == [("港", "港")]


def test_headers_meet_across_width_and_case(read):
    reading = read(row(box(0), ｃ="1", 名="港"))
    assert [(a.code, a.name) for a in reading.areas] == [("1", "港")]


def test_a_missing_column_names_its_neighbours(read):
    (problem,) = read(row(box(0), A27_003="1", A27_004="港"), code_column="A27_03").problems[:1]
    assert (problem.code, problem.column) == ("column-missing", "A27_03")
    assert problem.message_ja.startswith("列「A27_03」がありません。A27_003")


def test_keep_and_drop(read):
    rows = [
        row(box(n), C=str(n), 名=f"区{n}", 市=city) for n, city in enumerate(("甲", "乙", "甲"))
    ]
    reading = read(*rows, keep={"市": ("甲",)}, drop={"C": ("2",)})
    assert [a.code for a in reading.areas] == ["0"]
    (problem,) = read(*rows, keep={"市": ("丙",)}).problems
    assert problem.code == "keep-leaves-nothing"
    assert "列「市」にあるのは 甲、乙 です。" in problem.message_ja


def test_a_crossed_ring_is_repaired_and_told(read):
    bow = {
        "type": "Polygon",
        "coordinates": [
            [[138.3, 34.8], [138.31, 34.81], [138.31, 34.8], [138.3, 34.81], [138.3, 34.8]]
        ],
    }
    reading = read(row(bow, C="1", 名="港"))
    (problem,) = reading.problems
    assert (problem.code, problem.is_error, problem.row) == ("polygon-repaired", False, 1)
    assert "「港」" in problem.message_ja
    # Two triangles that cancelled out (0 m2) now count: half of 915 m x 1110 m.
    assert "+507," in problem.message_ja
    outline = shapely.from_wkb(reading.areas[0].outline_wkb)
    assert outline.is_valid
    assert outline.area == pytest.approx(5e-5)


@pytest.mark.parametrize(("kind", "word"), [("LineString", "線"), ("MultiPoint", "点")])
def test_lines_and_points_are_no_boundary(read, kind, word):
    shape = {"type": kind, "coordinates": [[138.3, 34.8], [138.4, 34.8]]}
    reading = read(row(shape, C="1", 名="港"), row(shape, C="2", 名="浜"))
    (problem,) = reading.problems
    assert problem.code == "boundary-not-polygon"
    assert f"面ではなく{word}です" in problem.message_ja


def test_without_code_or_name(read):
    reading = read(row(box(0), C="1", 名=""), row(box(1), C="", 名=""), row(box(2), C="3", 名="浜"))
    assert codes(reading) == ["area-without-code", "area-without-code"]
    assert [p.is_error for p in reading.problems] == [True, False]


def test_without_a_shape_it_is_a_named_area(read):
    reading = read(row(None, C="1", 名="港"), row(box(1), C="2", 名="浜"))
    assert codes(reading) == ["area-without-outline"]
    assert reading.areas[0].outline_wkb is None
    assert not reading.blocking


def test_far_outside_japan(read):
    reading = read(row(box(-13000), C="1", 名="港"))
    assert codes(reading) == ["area-outside-japan"]
    assert codes(read(row(box(-13000), C="1", 名="港"), plane_zone=None)) == []


def test_an_empty_file(read):
    assert codes(read(row(box(0), D="1"), keep={"C": ("1",)})) == ["column-missing"] * 2
    assert codes(read(row(box(0)), keep={"C": ("1",)})) == ["no-properties"]
    reading = read(row(None, C="", 名=""))
    assert codes(reading) == ["area-without-code"]


class TestMembers:
    HEAD = "area_code,area_name,member_level,member_code\n"

    def test_areas_nobody_has_drawn(self, read):
        reading = read(
            row(box(0), C="1", 名="港"),
            members=self.HEAD + "9,汐見会,block,b1\n9,汐見会,block,b2\n8,丘の会,,\n\n",
        )
        assert reading.problems == ()
        drawn, named, bare = reading.areas
        assert drawn.members == ()
        assert (named.code, named.name, named.outline_wkb) == ("9", "汐見会", None)
        assert named.members == (Member("block", "b1"), Member("block", "b2"))
        assert (bare.name, bare.members) == ("丘の会", ())

    def test_without_any_file(self, read):
        reading = read(members=self.HEAD + "9,汐見会,block,b1\n")
        assert [a.name for a in reading.areas] == ["汐見会"]
        assert reading.problems == ()
        assert codes(read(members=self.HEAD)) == ["no-areas"]

    def test_faults_have_cells(self, read):
        reading = read(
            members=self.HEAD + "9,汐見会,blok,b1\n9,汐見の会,block,b1\n,名だけ,,\n7,七,block,\n"
        )
        assert [(p.code, p.row, p.cell) for p in reading.problems] == [
            ("member-level-unknown", 2, "C2"),
            ("area-code-twice", 3, "B3"),
            ("area-without-code", 4, None),
            ("member-incomplete", 5, None),
        ]
        assert "block のことでしょうか" in reading.problems[0].message_ja
        assert codes(read(members="a,b\n1,2\n")) == ["column-missing"]

    def test_a_name_that_contradicts_the_drawing(self, read):
        reading = read(row(box(0), C="1", 名="港"), members=self.HEAD + "1,浜,,\n")
        assert codes(reading) == ["area-code-twice"]

    def test_members_that_nobody_has(self, read):
        reading = read(members=self.HEAD + "9,汐見会,school,1\n9,汐見会,school,9\n")
        town = Town(Path(), Municipality("町", "22212", "EPSG:6676"), (reading.level,), ())
        (problem,) = unknown_members([reading], town)
        assert (problem.code, problem.value) == ("member-unknown", "1")
