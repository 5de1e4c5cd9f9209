"""The list as an Excel file, opened with openpyxl."""

from __future__ import annotations

import io
import time
import zipfile
from dataclasses import replace
from datetime import datetime

import openpyxl
from paper_sheets.paper_answers import area, area_of, nothing_yet, treasure

from geo.model.audience import Audience, Newcomers
from geo.model.map_answer import MapAnswer
from webmap.paper.sheets.list_book import list_book


def rows_of(answer: MapAnswer) -> list[dict[str, str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(list_book(answer)))["一覧"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    top = next(n for n, row in enumerate(rows) if row[0] == "番号")
    found = []
    for row in rows[top + 1 :]:
        if row[0] is None:
            break
        found.append({k: v for k, v in zip(rows[top], row, strict=True) if k and v is not None})
    return found


def test_every_treasure_is_a_row_with_everything_the_list_shows() -> None:
    rows = rows_of(area(40))
    assert len(rows) == 40
    assert {row["番号"] for row in rows} == {entry.mark for entry in area(40).entries}
    (row,) = [row for row in rows if row["番号"].endswith("33")]
    assert row == {
        "番号": "移33",
        "名前": "髙橋さん家のお茶のみ場第0033",
        "種類": "移動販売",
        "状態": "おやすみ中",
        "いつ": "毎週土曜 10時〜、14時〜",
        "どこで": "第33集会所",
        "だれが": "おおむね65歳以上の方",
        "費用": "100円",
        "はじめての方": "どなたでも",
        "連絡先": "☎ 000-111-2222",
        "内容": "体操",
    }


def test_what_looks_like_a_formula_is_text() -> None:
    odd = treasure(
        1,
        "-3",
        name="=1+1",
        kana="+9",
        venue="@SUM(A1)",
        fields=(("=見出し", '=HYPERLINK("http://x")\x07'),),
        newcomers=Newcomers.ASK_FIRST,
    )
    book = openpyxl.load_workbook(io.BytesIO(list_book(area_of(odd))))
    cells = {c.value: c for row in book["一覧"].iter_rows() for c in row if c.value is not None}
    for text in ("=1+1", "+9", "@SUM(A1)", "-3", "=見出し", '=HYPERLINK("http://x")'):
        assert cells[text].data_type == "s"
        assert cells[text].quotePrefix
    raw = zipfile.ZipFile(io.BytesIO(list_book(area_of(odd))))
    assert b"<f>" not in raw.read("xl/worksheets/sheet1.xml")


def test_the_same_list_is_the_same_bytes_dated_by_its_data() -> None:
    once = list_book(area(5))
    time.sleep(2.1)  # the clock of a zip counts two seconds
    assert list_book(area(5)) == once
    assert openpyxl.load_workbook(io.BytesIO(once)).properties.modified == datetime(2026, 3, 31)


def test_above_everybody_it_says_so_on_screen_and_on_paper() -> None:
    answer = replace(area(3), audience=Audience.COUNCIL)
    sheet = openpyxl.load_workbook(io.BytesIO(list_book(answer, copy=4)))["一覧"]
    assert sheet["A1"].value == "【内部用】東中学校区 社会資源リスト"
    assert sheet["A2"].value == "内部用　協議体まで　No. 4"
    assert sheet.oddHeader.right.text == "内部用　協議体まで　No. 4"


def test_nothing_yet_is_still_a_list() -> None:
    assert rows_of(nothing_yet()) == []
    sheet = openpyxl.load_workbook(io.BytesIO(list_book(nothing_yet())))["一覧"]
    assert any("まだ見つかっていません" in str(row[0].value) for row in sheet.iter_rows())


def test_it_prints_on_a4_with_its_headings_on_every_page() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(list_book(area(40))))["一覧"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.freeze_panes == "C5"
