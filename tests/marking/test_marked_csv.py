"""A CSV list as a marked workbook: every value stays text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.marking.plain_text import put_text


def test_values_are_text_whatever_they_begin_with(town: Any, tmp_path: Path) -> None:
    (town.layer / "list.csv").write_text(
        "ID,名称,開催日時,公開範囲,備考\n"
        '1,"=HYPERLINK(""http://x"",""y"")",毎週,みんな,+81-3\n'
        "2,@SUM(A1),毎週 10時〜,だれでも,-5\n007,ゆり会,,だれでも,#N/A\n",
        "utf-8",
    )
    town.check("--marked", tmp_path / "out")
    book = openpyxl.load_workbook(tmp_path / "out" / "list（確認）.xlsx")
    sheet = book["一覧"]
    assert book.sheetnames == ["確認", "一覧"]
    told = {c.coordinate: (c.value, c.data_type) for row in sheet.iter_rows() for c in row}
    assert told["B2"] == ('=HYPERLINK("http://x","y")', "s")
    assert told["B3"] == ("@SUM(A1)", "s")
    assert told["E2"] == ("+81-3", "s")
    assert told["E3"] == ("-5", "s")
    assert told["E4"] == ("#N/A", "s")
    assert told["A4"] == ("007", "s")
    assert sheet["B2"].quotePrefix
    assert sheet["D2"].fill.fill_type == "lightUp"
    assert sheet["D2"].comment.text.startswith("・D2『みんな』: ")
    assert sheet["C3"].fill.fgColor.rgb == "FFFFEB66"
    assert {c.hyperlink.location for c in book["確認"]["C"] if c.hyperlink} >= {"'一覧'!D2"}
    types = {c.data_type for sheet in book for row in sheet.iter_rows() for c in row}
    assert "f" not in types
    assert "e" not in types


def test_a_csv_that_cannot_be_read_gets_no_copy(town: Any, tmp_path: Path) -> None:
    (town.layer / "list.csv").write_bytes("ID,名称\n1,さくら会\n".encode("cp932"))
    done = town.check("--marked", tmp_path / "out")
    assert "写しなし  layers/salon/list.csv" in done.output
    assert list((tmp_path / "out").iterdir()) == []


@settings(deadline=None, max_examples=100)
@given(text=st.text(max_size=40))
def test_no_text_becomes_a_formula(text: str) -> None:
    book = openpyxl.Workbook()
    cell = book.active["A1"]
    put_text(cell, text)
    assert cell.data_type == "s"
    assert set(cell.value) <= set(text)
