"""``otakara check --marked``: her workbook as it was, with the faults on it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

GOOD = ["1", "さくら会", "毎週火曜 10:00〜12:00", "だれでも", 12, 34.8671, 138.3229]
FAULTY = [
    GOOD,
    ["2", "もみじ会", "第2・4木 10時〜", "みんな", 8, 34.8672, 138.33],
    ["3", None, "毎週月曜 9:00〜10:00", "だれでも", "=2*5", 34.8673, 138.34],
]
Book = Callable[..., openpyxl.Workbook]


@pytest.fixture
def marked(town: Any, her_book: Book, tmp_path: Path) -> Any:
    """The copy of a workbook with one fault of every kind, opened again."""
    book = her_book(FAULTY)
    book["サロン"].protection.sheet = True
    path = town.layer / "一覧.xlsx"
    book.save(path)
    town.write_manifest('sheet = "サロン"\nheader_row = 3\n')
    before = hashlib.sha256(path.read_bytes()).digest()
    done = town.check("--marked", tmp_path / "写し")
    assert done.exit_code == 1
    assert "印をつけた写し  " in done.output
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert [p.name for p in (tmp_path / "写し").iterdir()] == ["一覧（確認）.xlsx"]
    return openpyxl.load_workbook(tmp_path / "写し" / "一覧（確認）.xlsx")


def test_faulty_cells_are_coloured_framed_and_commented(marked: Any) -> None:
    sheet = marked["サロン"]
    wrong = sheet["D5"]  # an error: striped, thick frame
    assert (wrong.fill.fill_type, wrong.fill.bgColor.rgb) == ("lightUp", "FFFFC7CE")
    assert {getattr(wrong.border, s).style for s in ("left", "right", "top", "bottom")} == {"thick"}
    assert wrong.comment.text.startswith(
        "・『サロン』シート D5『みんな』: 公開範囲の「みんな」は決まった言葉ではありません。"
    )
    assert wrong.value == "みんな"
    doubtful = sheet["C5"]  # a warning: plain yellow, dashed frame
    assert (doubtful.fill.fill_type, doubtful.fill.fgColor.rgb) == ("solid", "FFFFEB66")
    assert doubtful.border.left.style == "mediumDashed"
    assert doubtful.comment.text == (
        "・『サロン』シート C5『第2・4木 10時〜』: 終わりの時刻がありません。このまま読み込めます。"
    )
    assert sheet["B6"].comment.text == (
        "・『サロン』シート B6（名称）: 名称がありません。名前を書いてください。"
    )
    for good in ("A4", "B4", "C4", "D4", "A5", "B5"):
        assert sheet[good].fill.fill_type is None
    assert sheet["B4"].comment.text == "前の担当からの引きつぎ"
    assert sheet["B4"].comment.author == "佐藤"


def test_everything_else_is_as_she_left_it(marked: Any) -> None:
    sheet = marked["サロン"]
    assert marked.sheetnames == ["確認", "サロン", "集計 '26"]
    assert [str(block) for block in sheet.merged_cells.ranges] == ["A1:G1"]
    assert (sheet["A1"].value, sheet["A1"].font.size) == ("令和8年度 サロン一覧", 16)
    assert sheet["B3"].fill.fgColor.rgb == "FF1F5AA6"
    assert sheet.column_dimensions["B"].width == 33.5
    assert sheet.row_dimensions[4].height == 41
    assert sheet["E6"].value == "=2*5"
    assert marked["集計 '26"]["B1"].value == "=COUNTA(サロン!B4:B99)"
    assert sheet.protection.sheet is True
    assert [str(v.sqref) for v in sheet.data_validations.dataValidation] == ["D4:D99"]
    assert [str(f.sqref) for f in sheet.conditional_formatting] == ["E4:E99"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:G20")
    assert sheet.print_area == "'サロン'!$A$1:$G$20"
    assert sheet.column_dimensions["G"].hidden is True
    assert sheet["A4"].number_format == "000"
    assert sheet["E4"].value == 12
    assert marked.active.title == "確認"


def test_the_first_sheet_lists_every_sentence_with_a_link(marked: Any) -> None:
    sheet = marked["確認"]
    told = [[cell.value for cell in row] for row in sheet.iter_rows()]
    top = next(n for n, row in enumerate(told) if row[0] == "番")
    rows = told[top + 1 :]
    kinds = [row[1] for row in rows]
    assert kinds == ["直すまで読み込めません"] * 3 + ["確かめてください"] * (len(rows) - 3)
    where = {row[2]: number for number, row in enumerate(rows, top + 2)}
    link = sheet.cell(where["『サロン』シート D5"], 3).hyperlink
    assert link.location == "'サロン'!D5"
    assert link.target is None  # nothing outside the workbook
    sentence = sheet.cell(where["『サロン』シート C5"], 5).value
    assert sentence.endswith("終わりの時刻がありません。このまま読み込めます。")
    assert sheet.cell(where["『サロン』シート C5"], 4).value == "第2・4木 10時〜"
    assert "元の一覧は変えていません" in told[1][0]


def test_a_comment_that_is_there_is_kept_and_added_to(
    town: Any, her_book: Book, tmp_path: Path
) -> None:
    book = her_book([["1", None, "毎週火曜 10:00〜12:00", "だれでも", 1, 34.8671, 138.3229]])
    book.save(town.layer / "一覧.xlsx")
    town.write_manifest('sheet = "サロン"\nheader_row = 3\n')
    town.check("--marked", tmp_path / "out")
    copy = openpyxl.load_workbook(tmp_path / "out" / "一覧（確認）.xlsx")
    comment = copy["サロン"]["B4"].comment
    assert comment.author == "佐藤"
    assert comment.text == (
        "前の担当からの引きつぎ\n\n【確認】\n"
        "・『サロン』シート B4（名称）: 名称がありません。名前を書いてください。"
    )


def test_two_hundred_faults_on_one_sheet(town: Any, her_book: Book, tmp_path: Path) -> None:
    rows = [[str(n), f"会{n}", "毎週", "みんな", 1, 34.8, 138.3 + n / 100] for n in range(200)]
    her_book(rows).save(town.layer / "一覧.xlsx")
    town.write_manifest('sheet = "サロン"\nheader_row = 3\n')
    town.check("--marked", tmp_path / "out")
    copy = openpyxl.load_workbook(tmp_path / "out" / "一覧（確認）.xlsx")
    striped = [
        c for row in copy["サロン"].iter_rows() for c in row if c.fill.fill_type == "lightUp"
    ]
    assert [cell.coordinate for cell in striped] == [f"D{n}" for n in range(4, 204)]
    assert all(cell.comment is not None for cell in striped)
    assert sum(c.hyperlink is not None for c in copy["確認"]["C"]) >= 200


def test_what_concerns_the_whole_list_stands_on_the_first_sheet(
    town: Any, her_book: Book, tmp_path: Path
) -> None:
    row = ["2", "もみじ会", "第2・4木 10時〜", "だれでも", 8, None, None]
    her_book([row]).save(town.layer / "一覧.xlsx")
    town.write_manifest('sheet = "サロン"\nheader_row = 3\n')
    town.check("--marked", tmp_path / "out")
    rows = openpyxl.load_workbook(tmp_path / "out" / "一覧（確認）.xlsx")["確認"].iter_rows()
    told = {row[2].value: row for row in rows}
    sentence = "場所が決まっていないものが1件あります（「もみじ会」）。"
    assert told["この一覧"][4].value.startswith(sentence)
    assert told["この一覧"][2].hyperlink is None
    assert told["『サロン』シート C4"][2].hyperlink is not None


def test_very_many_marks_are_cut_and_the_cut_is_said(
    town: Any, her_book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.marking.book_marks.MARK_LIMIT", 5)
    rows = [[str(n), f"会{n}", "毎週", "みんな", 1, 34.8, 138.3 + n / 100] for n in range(9)]
    her_book(rows).save(town.layer / "一覧.xlsx")
    town.write_manifest('sheet = "サロン"\nheader_row = 3\n')
    town.check("--marked", tmp_path / "out")
    copy = openpyxl.load_workbook(tmp_path / "out" / "一覧（確認）.xlsx")
    striped = [
        c for row in copy["サロン"].iter_rows() for c in row if c.fill.fill_type == "lightUp"
    ]
    assert len(striped) == 5
    told = [cell.value for cell in copy["確認"]["A"]]
    assert "印をつけたのは、はじめの5か所です（ぜんぶで9か所）。" in told


def test_nothing_is_overwritten(town: Any, her_book: Book, tmp_path: Path) -> None:
    her_book(FAULTY).save(town.layer / "一覧.xlsx")
    town.write_manifest('sheet = "サロン"\nheader_row = 3\n')
    out = tmp_path / "out"
    out.mkdir()
    (out / "一覧（確認）.xlsx").write_bytes(b"hers")
    done = town.check("--marked", out)
    assert done.exit_code != 0
    assert "上書きはしません" in getattr(done.exception, "message_ja", "")
    assert [p.name for p in out.iterdir()] == ["一覧（確認）.xlsx"]
    assert (out / "一覧（確認）.xlsx").read_bytes() == b"hers"


@pytest.mark.parametrize("where", ["layers/写し", "layers/salon", "boundaries", "a-file"])
def test_a_copy_is_never_put_where_it_would_be_read_or_cannot_stand(
    town: Any, her_book: Book, where: str
) -> None:
    her_book(FAULTY).save(town.layer / "一覧.xlsx")
    town.write_manifest('sheet = "サロン"\nheader_row = 3\n')
    (town.folder / "a-file").write_text("x")
    before = sorted(town.folder.rglob("*"))
    done = town.check("--marked", town.folder / where)
    assert done.exit_code != 0
    assert getattr(done.exception, "hint_ja", "")
    assert sorted(town.folder.rglob("*")) == before


def test_a_workbook_with_macros_says_that_the_copy_has_none(
    town: Any, her_book: Book, tmp_path: Path
) -> None:
    path = town.layer / "一覧.xlsx"
    her_book(FAULTY).save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    town.write_manifest('sheet = "サロン"\nheader_row = 3\n')
    done = town.check("--marked", tmp_path / "out", "--json")
    (copy,) = json.loads(done.output)["marked"]
    assert copy["notes"] == ["マクロは写しに入れていません。"]
    assert (copy["errors"], copy["file"]) == (3, "layers/salon/一覧.xlsx")
    with zipfile.ZipFile(copy["path"]) as archive:
        assert not [name for name in archive.namelist() if "vba" in name]
    book = openpyxl.load_workbook(copy["path"])
    assert "マクロは写しに入れていません。" in [c.value for c in book["確認"]["A"]]


@pytest.mark.parametrize("fault", ["no workbook", "entity"])
def test_a_workbook_that_cannot_be_opened_gets_no_copy(
    town: Any, her_book: Book, tmp_path: Path, fault: str
) -> None:
    path = town.layer / "一覧.xlsx"
    if fault == "entity":
        her_book(FAULTY).save(path)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(
                "xl/extra.xml", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
            )
    else:
        path.write_bytes(b"PK\x03\x04 no workbook")
    done = town.check("--marked", tmp_path / "out", "--json")
    (copy,) = json.loads(done.output)["marked"]
    assert copy["path"] is None
    assert copy["notes"]
    assert list((tmp_path / "out").iterdir()) == []


def test_a_good_list_gets_no_copy(town: Any, her_book: Book, tmp_path: Path) -> None:
    book = her_book([GOOD])
    book["サロン"].column_dimensions["G"].hidden = False  # hidden columns are told
    book.save(town.layer / "一覧.xlsx")
    town.write_manifest('sheet = "サロン"\nheader_row = 3\n')
    done = town.check("--marked", tmp_path / "out")
    assert done.exit_code == 0
    assert "印をつけるところのある一覧は、ありませんでした。" in done.output


def test_two_layers_of_one_workbook_share_a_copy_and_equal_names_do_not_meet(
    town: Any, her_book: Book, tmp_path: Path
) -> None:
    book = her_book(FAULTY)
    book.save(town.layer / "一覧.xlsx")
    town.write_manifest('sheet = "サロン"\nheader_row = 3\n')
    town.write_manifest('sheet = "サロン"\nheader_row = 3\n', "other", "ほ")
    book.save(town.folder / "layers" / "other" / "一覧.xlsx")
    town.check("--marked", tmp_path / "out")
    names = sorted(p.name for p in (tmp_path / "out").iterdir())
    assert len(names) == 2
    assert "一覧（確認）.xlsx" in names
