"""国土数値情報 and census files of every edition, known by their fields alone.

Real old editions could not be had; these are made as the ministries made them: CP932 without a
word about it, no ``.prj``, every town of a prefecture in one file.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo.intake.boundaries import read_level
from geo.intake.national_editions import AREA_EDITIONS, in_town
from geo.intake.source_files import read_source
from geo.model.problem import Problem
from geo.model.town import Layer, Level, Municipality, Town

TOWN = Municipality("ためし町", "22999", "EPSG:6676", 8)
SQUARE = (("22999", "港"), ("22999", "丘"), ("22212", "隣"))


def fields(*names: str) -> list[tuple[str, str, int]]:
    return [(name, "C", 24) for name in names]


def numbered(prefix: str, first: int, last: int) -> list[tuple[str, str, int]]:
    return fields(*(f"{prefix}_{n:03d}" for n in range(first, last + 1)))


def cells(*texts: str) -> list[bytes]:
    return [text.encode("cp932") for text in texts]


AREAS = {
    "N03-15": (
        numbered("N03", 1, 4) + fields("N03_007"),
        [cells("静岡県", "", "榛原郡", "港町", "22999")] * 2
        + [cells("静岡県", "", "隣市", "北区", "22212"), cells("静岡県", "", "", "所属未定地", "")],
        "国土数値情報 N03（2023年版まで）",
        [("22999", "港町")],
    ),
    "A27-10": (
        numbered("A27", 5, 8),
        [cells(code, "市立", f"{name}小学校", f"{name}町1") for code, name in SQUARE],
        "国土数値情報 A27（2010年版・2016年版）",
        [("港小学校", "港小学校"), ("丘小学校", "丘小学校")],
    ),
    "A27-21": (
        numbered("A27", 1, 5),
        [
            cells(code, "市立", f"B1222100000{n}", f"{name}小学校", "町1")
            for n, (code, name) in enumerate(SQUARE)
        ],
        "国土数値情報 A27（2021年版）",
        [("B12221000000", "港小学校"), ("B12221000001", "丘小学校")],
    ),
    "A32-13": (
        numbered("A32", 1, 6),
        [cells(code, "ためし町", f"{name}中学校", "a.csv", "7", "1") for code, name in SQUARE],
        "国土数値情報 A32（2013年版）",
        [("港中学校", "港中学校"), ("丘中学校", "丘中学校")],
    ),
    "A32-16": (
        numbered("A32", 6, 10),
        [cells(code, "ためし町", f"{name}中学校", "町1", "a.csv") for code, name in SQUARE],
        "国土数値情報 A32（2016年版）",
        [("港中学校", "港中学校"), ("丘中学校", "丘中学校")],
    ),
    "A32-21": (
        numbered("A32", 1, 5),
        [
            cells(code, "市立", f"C1222100000{n}", f"{name}中学校", "町1")
            for n, (code, name) in enumerate(SQUARE)
        ],
        "国土数値情報 A32（2021年版）",
        [("C12221000000", "港中学校"), ("C12221000001", "丘中学校")],
    ),
    "h22ka": (
        fields("KEN", "CITY", "MOJI", "HCODE", "KSUM", "KIGO_E", "KEY_CODE"),
        [
            cells("22", "999", "港町一丁目", "8101", "2", "E1", "22999001001"),
            cells("22", "999", "港町一丁目", "8101", "1", "E2", "22999001001"),
            cells("22", "999", "", "8154", "0", "", "22999999999"),
            cells("22", "212", "隣町", "8101", "2", "", "222120010"),
        ],
        "国勢調査の小地域（2010年）",
        [("22999001001", "港町一丁目")],
    ),
    "h27ka": (
        fields("KEN", "CITY", "MOJI", "HCODE", "KBSUM", "KEY_CODE"),
        [cells("22", "999", "丘町", "8101", "2", "229990020")],
        "国勢調査の小地域（2015年）",
        [("229990020", "丘町")],
    ),
    "r2ka": (
        fields("KEY_CODE", "PREF", "CITY", "S_AREA", "S_NAME", "HCODE", "R2KAxx", "KBSUM", "MOJI"),
        [cells("229990020", "22", "999", "002000", "丘町", "8101", "1", "2", "丘町")],
        "国勢調査の小地域（2020年）",
        [("229990020", "丘町")],
    ),
}


def read(path: Path, *, municipality: Municipality = TOWN, **more):
    level = Level(
        id="level", folder=path.parent, title="区", data=(path,), name_column="", code_column="",
        source="国", licence="CC-BY", as_of=date(2026, 3, 31), **more,
    )  # fmt: skip
    return read_level(level, Town(path.parent, municipality, (level,), ()))


def made(make_shapefile, name, **more):
    columns, rows, _, _ = AREAS[name]
    return make_shapefile(rows, fields=columns, driver=0, **{"prj": None, **more})


@pytest.mark.parametrize("name", AREAS)
def test_known_by_its_fields_and_everything_assumed_is_said(make_shapefile, name):
    _, _, title, expected = AREAS[name]
    reading = read(made(make_shapefile, name), crs="EPSG:4612")
    found = [(area.code, area.name) for area in reading.areas]
    assert found == expected
    encoding, edition = reading.problems[:2]
    assert (encoding.code, edition.code) == ("encoding-assumed", "edition-assumed")
    assert edition.message_ja.startswith(f"{title}とみて、番号は ")


def test_the_town_s_rows_are_cut_out_and_counted(make_shapefile):
    reading = read(made(make_shapefile, "A32-16"), crs="EPSG:4612")
    assert [p.message_ja for p in reading.problems if p.code == "edition-assumed"] == [
        "国土数値情報 A32（2016年版）とみて、番号は 名前と同じ列、名前は A32_008 を使いました。"
        "この町（22999）の 2 件を使い、ほかの市区町村の 1 件は除きました。"
        "ちがうときは、マニフェストに code と name（残す行は [keep]）を書いてください。"
    ]


def test_parts_of_one_small_area_are_one_and_water_is_out(make_shapefile):
    reading = read(made(make_shapefile, "h22ka"), crs="EPSG:4612")
    (area,) = reading.areas
    assert area.name == "港町一丁目"
    said = next(p.message_ja for p in reading.problems if p.code == "edition-assumed")
    assert "この町（22999）の 2 件を使い、ほかの市区町村の 1 件、水面の 1 件は除きました。" in said
    assert "番号が同じ 1 件は、同じ地区の飛び地などとして1つにしました。" in said


def test_two_schools_of_one_name_are_not_joined_without_a_word(make_shapefile):
    rows = [
        cells("22999", "市立", "中央小学校", "港町1"),
        cells("22999", "市立", "中央小学校", "港町１"),
        cells("22999", "市立", "丘小学校", "丘町1"),
    ]
    columns = numbered("A27", 5, 8)
    (said,) = read(make_shapefile(rows, fields=columns)).problems
    assert "住所が2つ" not in said.message_ja  # one school in two pieces
    rows[1] = cells("22999", "市立", "中央小学校", "山町9")
    (said,) = read(make_shapefile(rows, fields=columns)).problems
    assert "ただし「中央小学校」には住所が2つあり、別の学校かもしれません。" in said.message_ja


def test_keep_wins_over_the_cut(make_shapefile):
    reading = read(made(make_shapefile, "A27-10"), crs="EPSG:4612", keep={"A27_006": ("市立",)})
    assert [area.name for area in reading.areas] == ["港小学校", "丘小学校", "隣小学校"]


def test_a_file_of_other_towns_is_refused(make_shapefile):
    other = Municipality("遠い町", "40205", "EPSG:6670", 2)
    reading = read(made(make_shapefile, "A27-10"), crs="EPSG:4612", municipality=other)
    (error,) = [p for p in reading.problems if p.is_error]
    assert error.code == "keep-leaves-nothing"
    assert "入っている市区町村コードは 22212、22999 です。" in error.message_ja


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("A32-13", 'crs = "EPSG:4612" （JGD2000）'),
        ("A27-21", 'crs = "EPSG:6668" （JGD2011）'),
        ("A27-10", 'crs = "EPSG:4612" （JGD2000）か crs = "EPSG:6668" （JGD2011）'),
    ],
)
def test_without_prj_the_edition_s_own_system_is_named(make_shapefile, name, first):
    (error,) = [p for p in read(made(make_shapefile, name)).problems if p.is_error]
    assert error.code == "crs-missing"
    assert first in error.message_ja


def test_columns_nobody_knows_are_asked_for(make_shapefile):
    reading = read(make_shapefile())
    (problem,) = reading.problems
    assert problem.code == "columns-not-said"
    assert problem.message_ja.endswith("あるのは CODE、NAME です。")


def test_numbers_that_hold_no_names_are_not_taken_for_names(make_shapefile):
    rows = [cells("22999", "1", "2", "3", "4")]
    reading = read(make_shapefile(rows, fields=numbered("A27", 1, 5)))
    assert [p.code for p in reading.problems] == ["columns-not-said"]


def test_no_two_area_editions_fit_the_same_fields_but_by_their_order():
    for edition in AREA_EDITIONS:
        fitting = [e for e in AREA_EDITIONS if e.fits(edition.fields)]
        assert fitting[0] is edition, edition.title_ja


@pytest.mark.parametrize(
    ("code", "town", "inside"),
    [
        ("22212", "22212", True),
        ("22213", "22212", False),
        ("22101", "22100", True),
        ("22130", "22100", False),
        ("14131", "14130", True),
        ("14151", "14130", False),
        ("27128", "27100", True),
        ("13102", "13101", False),
        ("", "22212", False),
    ],
)
def test_a_designated_city_has_its_wards(code, town, inside):
    assert in_town(code, town) is inside


PLACES = {
    "P05": (
        numbered("P05", 1, 4),
        [cells(code, "5", f"{name}集会所", f"{name}町1") for code, name in SQUARE],
    ),
    "A27": (
        numbered("A27", 1, 4),
        [cells(code, "市立", f"{name}小学校", f"{name}町1") for code, name in SQUARE],
    ),
    "P20": (
        numbered("P20", 1, 6),
        [cells(code, f"{name}会館", f"{name}町1", "避難所", "-1", "") for code, name in SQUARE],
    ),
    "P29": (
        numbered("P29", 1, 7),
        [cells(code, "16", "1", "", f"{name}学校", f"{name}町1", "") for code, name in SQUARE],
    ),
}


@pytest.mark.parametrize("name", PLACES)
def test_places_have_name_address_and_identity_without_columns(make_shapefile, name):
    columns, rows = PLACES[name]
    points = [[(138.3 + n * 0.01, 34.85)] for n in range(len(rows))]
    path = make_shapefile(rows, points, fields=columns, driver=0, prj=None, kind=1)
    layer = Layer(
        id="hall", folder=path.parent, title="公", symbol="公", color="#000000", order=0, source="国",
        licence="", as_of=date(2026, 3, 31), data=(path,), crs="EPSG:4612",
    )  # fmt: skip
    problems: list[Problem] = []
    table = read_source(path, "a.shp", layer, problems, TOWN)
    assert table is not None
    assert [p.code for p in problems] == ["encoding-assumed", "edition-assumed"]
    assert table.headers[:3] == ("ID", "名称", "住所")
    assert [row.cells[2] for row in table.rows] == ["港町1", "丘町1"]
    assert [row.cells[0] for row in table.rows] == [
        f"{row.cells[1]}|{row.cells[2]}" for row in table.rows
    ]
    assert [row.number for row in table.rows] == [1, 2]
