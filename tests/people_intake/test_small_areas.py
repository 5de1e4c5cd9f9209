"""Census small areas by age: two header rows, hidden areas, and which rows are counted."""

from __future__ import annotations

import io
import zipfile

import pytest
import shapely

CODES = "KEY_CODE,HYOSYO,CITYNAME,NAME,HTKSYORI,HTKSAKI,GASSAN,T001082001,T001082019,T001082020"
LABELS = ",,,,,,,総数、年齢「不詳」含む,総数６５歳以上,総数７５歳以上"
FORM = 'form = "small_area"\ndata = "people.txt"\nlevel = "town_block"'


def table(*rows: str) -> bytes:
    """A table as e-Stat writes it."""
    return "\r\n".join([CODES, LABELS, *rows, ""]).encode("cp932")


WHOLE = (
    "99891,1,ためし町,,0,,,100,30,12",
    "998910010,3,ためし町,西町,0,,,60,18,8",
    "99891001001,4,ためし町,西町一丁目,0,,,40,12,5",
    "99891001002,4,ためし町,西町二丁目,0,,,20,6,3",
    "998910020,2,ためし町,柳町,0,,,25,9,-",
    "998910030,2,ためし町,浜町,0,,,15,3,4",
)


def test_areas_are_counted_once(read_people) -> None:
    """The town (1) and a 大字 (3) repeat what their parts tell: 40 + 20 + 25 + 15 = 100."""
    rows = (*WHOLE[:-1], "998910030,2,ためし町,浜町,0,,,15,3,3")
    found = read_people({"people.txt": table(*rows)}, FORM)
    assert found.told == []
    assert {code: cell.counts for code, cell in found.cells.items()} == {
        "99891001001": (40, 12, 5, None),
        "99891001002": (20, 6, 3, None),
        "998910020": (25, 9, 0, None),
        "998910030": (15, 3, 3, None),
    }
    assert found.cells["998910020"].name == "柳町"
    assert sum(cell.counts[0] for cell in found.read) == 100


def test_a_hidden_area_is_one_with_the_area_that_holds_its_people(read_people) -> None:
    found = read_people(
        {
            "people.txt": table(
                "99891001001,4,ためし町,西町一丁目,1,,001002;0020,60,18,8",
                "99891001002,4,ためし町,西町二丁目,2,001001,,X,X,X",
                "998910020,2,ためし町,柳町,2,001001,,X,X,X",
                "998910030,2,ためし町,浜町,0,,,15,3,3",
            )
        },
        FORM,
    )
    assert found.told == []
    cell = found.cells["99891001001"]
    assert (cell.counts, cell.merged) == ((60, 18, 8, None), ("99891001002", "998910020"))
    assert shapely.from_wkb(cell.geometry_wkb).bounds == (138.32, 34.865, 138.332, 34.869)
    assert sorted(found.cells) == ["99891001001", "998910030"]


def test_a_hidden_area_that_hides_in_another_hidden_one(read_people) -> None:
    found = read_people(
        {
            "people.txt": table(
                "99891001001,4,ためし町,西町一丁目,1,,0020,60,18,8",
                "99891001002,4,ためし町,西町二丁目,2,0020,,X,X,X",
                "998910020,2,ためし町,柳町,2,001001,001002,X,X,X",
            )
        },
        FORM,
    )
    assert found.cells["99891001001"].merged == ("99891001002", "998910020")
    assert found.counts("998910030") == (None, None, None, None)  # no row: nobody knows


@pytest.mark.parametrize("to", ["", "009999", "001002"])
def test_a_hidden_area_without_a_receiver_stays_unknown(read_people, to: str) -> None:
    """No receiver is named, one that is not there, or the area itself."""
    found = read_people(
        {
            "people.txt": table(
                "99891001001,4,ためし町,西町一丁目,0,,,40,12,5",
                f"99891001002,4,ためし町,西町二丁目,2,{to},,X,X,X",
            )
        },
        FORM,
    )
    assert found.counts("99891001002") == (None, None, None, None)
    assert found.counts("99891001001") == (40, 12, 5, None)


def test_one_hidden_age_is_unknown_and_the_others_are_not(read_people) -> None:
    found = read_people({"people.txt": table("998910020,2,ためし町,柳町,0,,,25,9,X")}, FORM)
    assert found.counts("998910020") == (25, 9, None, None)


def test_a_prefectures_table_is_cut_to_the_town(read_people) -> None:
    rows = (
        *WHOLE[:-1],
        "998910030,2,ためし町,浜町,0,,,15,3,3",
        "131010010,2,千代田区,丸の内,0,,,3,1,0",
    )
    found = read_people({"people.txt": table(*rows)}, FORM)
    assert found.told == []
    assert "131010010" not in found.cells


def test_a_large_area_counts_itself_where_only_it_is_drawn(read_people) -> None:
    """A 大字 (3) with a polygon of its own, whose parts (4) have none: its own row is taken."""
    found = read_people(
        {
            "people.txt": table(
                "998910020,3,ためし町,柳町,0,,,25,9,4",
                "99891002001,4,ためし町,柳町一丁目,0,,,15,5,2",
                "99891002002,4,ためし町,柳町二丁目,0,,,10,4,2",
                "998910030,2,ためし町,浜町,0,,,15,3,3",
            )
        },
        FORM,
    )
    assert found.counts("998910020") == (25, 9, 4, None)
    assert found.told == [("warning", "people-without-row")]


def test_packed_saved_again_or_separated_by_tabs(read_people) -> None:
    rows = table("998910020,2,ためし町,柳町,0,,,25,9,4")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("tblT001082C99891.txt", rows)
    utf8 = rows.decode("cp932").encode("utf-8-sig")
    tabs = rows.decode("cp932").replace(",", "\t").encode("cp932")
    for name, data in {"people.zip": packed.getvalue(), "people.csv": utf8, "a.txt": tabs}.items():
        found = read_people({name: data}, FORM.replace("people.txt", name))
        assert found.counts("998910020") == (25, 9, 4, None), name


def test_a_table_of_half_the_town_says_that_rows_are_missing(read_people) -> None:
    found = read_people({"people.txt": table(*WHOLE[:4])}, FORM)
    assert found.told == [("warning", "people-sum-differs"), ("warning", "people-without-row")]


def test_older_people_are_among_the_younger(read_people) -> None:
    found = read_people({"people.txt": table(*WHOLE)}, FORM)
    assert found.read is None
    assert [p.message_ja for p in found.problems] == [
        "75歳以上（4人）が、65歳以上（3人）より多くなっています。列の見出しと数を確かめてください。"
    ]
    assert (found.problems[0].cell, found.problems[0].row) == ("J8", 8)


def test_polygons_of_a_file_of_its_own(read_people) -> None:
    from people_intake.conftest import collection, square

    found = read_people(
        {
            "people.txt": table("998910990,2,ためし町,山町,0,,,25,9,4"),
            "areas.geojson": collection([({"番号": "998910990"}, square(138.4))]),
        },
        'form = "small_area"\ndata = "people.txt"\nshapes = "areas.geojson"\nshapes_code = "番号"',
    )
    assert found.told == []
    assert shapely.from_wkb(found.cells["998910990"].geometry_wkb).bounds[0] == 138.4
