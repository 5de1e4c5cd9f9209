"""The national layout 地域・年齢別人口: Japanese and English headers, joined or with its points."""

from __future__ import annotations

import shapely
from openpyxl import Workbook
from people_intake.conftest import BLOCKS

AGES = [f"{low}-{low + 4}歳" for low in range(0, 85, 5)] + ["85歳以上"]
JAPANESE = [
    "都道府県コード又は市区町村コード", "地域コード", "都道府県名", "市区町村名", "調査年月日", "地域名",
    "総人口", "男性", "女性", *(f"{age}の{sex}" for age in AGES for sex in ("男性", "女性")),
    "世帯数", "備考",
]  # fmt: skip
ENGLISH = [
    "#property", "prefCode", "regionCode", "prefName", "cityName", "surveyDate", "regionName",
    "totalPopulation", "male", "woman",
    *(f"{sex}{n}" for n in range(1, 19) for sex in ("man", "woman")), "numberOfHouseholds", "note",
    "location",
]  # fmt: skip
# One man and two women of every age: 54 people, 15 of 65 and over, 9 of 75, 3 of 85.
PEOPLE = [1, 2] * 18
FORM = 'form = "age_table"\ndata = "people.csv"\nlevel = "town_block"'


def table(*regions: tuple[str, str]) -> str:
    lines = [JAPANESE]
    lines += [
        ["998915", code, "", "ためし町", "2026/3/31", name, 54, 18, 36, *PEOPLE, 30, ""]
        for code, name in regions
    ]
    return "\n".join(",".join(map(str, line)) for line in lines) + "\n"


def test_the_layout_has_47_columns() -> None:
    assert len(JAPANESE) == 47


def test_joined_by_code(read_people) -> None:
    found = read_people(
        {
            "people.csv": table(
                *((c, n) for c, n in (("99891001001", "西町1"), ("998910020", "柳")))
            )
        },
        FORM,
    )
    assert found.told == [("warning", "people-without-row")]
    assert found.counts("99891001001") == (54, 15, 9, 3)
    assert found.counts("998910030") == (None, None, None, None)


def test_joined_by_name_where_codes_are_the_towns_own(read_people) -> None:
    found = read_people(
        {"people.csv": table(("101", "西町１丁目"), ("102", "西町一丁目 "), ("103", "浜町"))}, FORM
    )
    # 西町１丁目 is written with a digit: another name, and a third of the people
    assert found.told == [
        ("warning", "people-joined-by-name"),
        ("error", "people-without-polygon"),
        ("warning", "people-without-row"),
    ]
    assert found.problems[1].message_ja == (
        "地区の図形のない行が 1 行（162人のうち54人）あります（「西町１丁目」）。"
        "地区の分け方のちがう表のようです。この表の地区の図形を、level か shapes に書いてください。"
    )


def test_a_name_is_no_proof_where_another_row_has_the_code(read_people) -> None:
    """Two 柳町: the polygon is that of the row with its code; of the other nobody knows where."""
    found = read_people(
        {
            "people.csv": table(
                *[(code, "x") for code in list(BLOCKS)[:2]],
                ("998910020", "柳町"),
                ("998910030", "浜町"),
                ("998910990", "柳町"),
            )
        },
        FORM,
    )
    assert [p.code for p in found.problems if p.is_error] == []
    assert found.counts("998910020")[0] == 54
    assert found.told == [("warning", "people-without-polygon")]


def test_a_table_without_codes_is_joined_by_name(read_people) -> None:
    found = read_people({"people.csv": "地域名,総人口\n柳町,30\n浜町,12\n"}, FORM)
    assert found.counts("998910020")[0] == 30
    assert found.cells["998910030"].name == "浜町"


def test_english_headers_with_points_in_a_workbook(read_people, tmp_path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "2026年3月"
    sheet.append(ENGLISH)
    sheet.append(
        [
            "",
            998915,
            101,
            "",
            "ためし町",
            "2026/3/31",
            "西町",
            54,
            18,
            36,
            *PEOPLE,
            30,
            "",
            "34.866,138.321",
        ]
    )
    book.save(tmp_path / "people.xlsx")
    found = read_people(
        {"people.xlsx": (tmp_path / "people.xlsx").read_bytes()},
        'form = "age_table"\ndata = "people.xlsx"',
    )
    assert found.told == []
    cell = found.cells["101"]
    assert (cell.name, cell.counts) == ("西町", (54, 15, 9, 3))
    assert shapely.from_wkb(cell.geometry_wkb) == shapely.Point(138.321, 34.866)


def test_title_rows_above_the_headers(read_people) -> None:
    found = read_people(
        {"people.csv": "令和8年3月末の人口,,\n,,\n地域コード,地域名,総人口\n998910020,柳町,30\n"},
        f"{FORM}\nheader_row = 3",
    )
    assert found.counts("998910020")[0] == 30
