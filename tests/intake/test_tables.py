"""Files of lists as towns save them: encodings, delimiters, headers, workbooks, Excel addresses."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import HostileFileError
from geo.intake.csv_rows import read_csv
from geo.intake.source_table import column_letter
from geo.intake.xlsx_rows import check_archive
from geo.model.problem import Problem
from geo.model.reading import TownReading

LIST = "ID,名称,備考\n1,①髙～会,さくら\n"


def told(reading: TownReading) -> list[tuple[str, str, str, dict[str, str]]]:
    return [(t.id, t.name, t.note or "", dict(t.extra)) for t in reading.layers[0].treasures]


@pytest.mark.parametrize(
    ("data", "manifest"),
    [
        (LIST.encode(), ""),
        (LIST.encode("utf-8-sig"), ""),
        (LIST.replace("\n", "\r\n").encode("utf-8-sig"), 'encoding = "utf-8"\n'),
        (LIST.replace(",", "\t").encode(), ""),
        (LIST.encode("cp932"), 'encoding = "cp932"\n'),
        (LIST.encode("cp932"), 'encoding = "Shift_JIS"\n'),
        (LIST.replace(",", "\t").encode("utf-16"), 'encoding = "utf-16"\n'),
        (b"\n\n" + LIST.encode() + b"\n,,\n\n", ""),
        ("お茶の会,,\n,,\n".encode() + LIST.encode(), "header_row = 3\n"),
        (LIST.replace("備考", "　備考　,,").replace("さくら", "さくら,,").encode(), ""),
        ("ＩＤ,名　称,備考\n1,①髙～会,さくら\n".encode(), ""),
    ],
)
def test_the_same_list_however_it_was_saved(read_one, data: bytes, manifest: str) -> None:
    reading = read_one({"a.csv": data}, manifest)
    assert [p.code for p in reading.problems] == ["no-place"]
    assert told(reading) == [("1", "①髙～会", "さくら", {})]


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(rows=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=5))
def test_cells_come_back_as_they_were_written(tmp_path, rows) -> None:
    import csv

    out = io.StringIO()
    head = ("名称", "住所", "備考")  # without a kana or kanji, Greek letters alone are refused
    csv.writer(out).writerows([head, *rows])
    path = tmp_path / "a.csv"
    path.write_bytes(out.getvalue().encode())
    problems: list[Problem] = []
    grid = read_csv(path, "a.csv", None, problems)
    assert problems == []
    assert grid is not None
    assert list(grid.rows) == [head, *rows]


def book_bytes(rows: list[list[object]], title: str = "一覧") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    notes = book.create_sheet("メモ")
    notes["A1"] = "読まないシート"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_reads_as_the_clerk_sees_it(read_one) -> None:
    """Dates, times, numbers without .0; the only sheet that holds a table is taken."""
    rows: list[list[object]] = [
        ["お茶の会の一覧"],
        ["ID", "名称", "開始日", "時刻", "定員", "割合", "電話", "ある"],
        [1.0, "さくら会", datetime.date(2026, 5, 31), datetime.time(9, 5), 15.0, 0.25, "054", True],
        [],
        [2, "もみじ会", datetime.datetime(2026, 5, 31, 13, 30), None, None, 138.3229, None, False],
    ]
    reading = read_one({"a.xlsx": book_bytes(rows)}, "header_row = 2\n")
    first, second = reading.layers[0].treasures
    assert [p.code for p in reading.problems] == ["no-place"]
    assert (first.id, first.started_on, first.capacity) == ("1", datetime.date(2026, 5, 31), 15)
    assert first.extra == {"時刻": "9:05", "割合": "0.25", "電話": "054", "ある": "TRUE"}
    assert second.started_on == datetime.date(2026, 5, 31)
    assert second.extra == {"割合": "138.3229", "ある": "FALSE"}


def test_a_fault_in_a_workbook_stands_at_its_cell(read_one) -> None:
    rows: list[list[object]] = [["題名"], [], ["ID", "名称", "公開範囲"], [], ["1", "a", "みんな"]]
    reading = read_one({"a.xlsx": book_bytes(rows, "令和8年")}, "header_row = 3\n")
    (problem,) = reading.errors
    assert (problem.sheet, problem.cell, problem.row) == ("令和8年", "C5", 5)
    assert (problem.column, problem.value) == ("公開範囲", "みんな")


def test_a_cell_far_away_is_refused_in_a_moment(read_one) -> None:
    book = openpyxl.Workbook()
    book.active.append(["ID", "名称"])
    book.active.append(["1", "さくら会"])
    book.active.cell(1_048_576, 16_384, "わな")
    out = io.BytesIO()
    book.save(out)
    reading = read_one({"a.xlsx": out.getvalue()})
    assert [p.code for p in reading.errors] == ["table-too-large"]


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + bytes(100), bytes(1000)])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(HostileFileError):
        check_archive(data)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 4000), st.integers(0, 255))
def test_a_damaged_workbook_is_a_problem_never_a_crash(tmp_path_factory, where, value) -> None:
    from geo.intake.xlsx_rows import read_xlsx

    data = bytearray(book_bytes([["ID", "名称"], ["1", "さくら会"]]))
    data[where % len(data)] = value
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    path.write_bytes(bytes(data))
    problems: list[Problem] = []
    found = read_xlsx(path, "a.xlsx", None, problems)
    assert (found is None) == any(p.is_error for p in problems)


def test_excel_letters() -> None:
    assert [column_letter(i) for i in (0, 25, 26, 701, 702, 16383)] == [
        "A", "Z", "AA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip
