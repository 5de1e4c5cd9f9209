"""The clerk's file of changed days: what is read, and every sentence she gets for what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from mobile import market_town

from geo.intake import read_town
from geo.model.day_change import DayChange, DayChangeKind
from geo.model.problem import Problem
from geo.model.problem_sentence import sentence_ja
from geo.model.reading import TownReading

OFF, MOVED, ADDED = DayChangeKind
FRI = date(2026, 12, 4)
Line = tuple[str, ...]


def read(
    folder: Path, *days: Line, cafe_days: tuple[Line, ...] = (), **more: object
) -> TownReading:
    market_town.write(folder, "99841", days=days, cafe_days=cafe_days, **more)  # type: ignore[arg-type]
    return read_town(folder, None)


def changes(reading: TownReading, record: str) -> tuple[DayChange, ...]:
    found = (t for layer in reading.layers for t in layer.treasures if t.id == record)
    return next(found).day_changes


def said(reading: TownReading, code: str) -> Problem:
    (problem,) = [p for p in reading.problems if p.code == code]
    return problem


def days_problems(reading: TownReading) -> list[str]:
    return [p.code for p in reading.problems if "days" in p.file]


@pytest.mark.parametrize(
    "day",
    [
        "2026/12/4",
        "2026-12-04",
        "令和8年12月4日",
        "R8.12.4",
        "2026年12月4日(金)",
        "２０２６／１２／４",
    ],
)
@pytest.mark.parametrize("who", ["M2", "公民館前", "ｍ2", "公民館 前"])
def test_a_day_off_by_any_name_and_any_spelling(tmp_path: Path, who: str, day: str) -> None:
    reading = read(tmp_path, (who, day, "休み", "", "", "雪のため"))
    assert days_problems(reading) == []
    assert changes(reading, "M2") == (DayChange(OFF, FRI, reason="雪のため"),)
    assert changes(reading, "M1") == ()


def test_a_record_is_known_by_its_number(tmp_path: Path) -> None:
    market_town.write(tmp_path, "99841")
    ledger = "number,layer,id,given_on\n7,stop,M2,2026-04-01\n"
    (tmp_path / "layers" / "numbers.csv").write_text(ledger, "utf-8")
    market_town.write_days(tmp_path, "stop", [("M7", "2026/12/4", "休み", "", "", "")])
    assert days_problems(read_town(tmp_path, None)) == ["days-record-unknown"]  # no number
    for who in ("7", "７番", "移7", "移7番"):
        market_town.write_days(tmp_path, "stop", [(who, "2026/12/4", "休み", "", "", "")])
        reading = read_town(tmp_path, None)
        assert days_problems(reading) == []
        assert [c.day for c in changes(reading, "M2")] == [FRI]


def test_moved_with_and_without_new_hours(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ("M1", "2026/12/4", "移動", "2026/12/5", "", ""),
        ("M2", "2026/12/4", "移動", "2026/12/5", "13:00〜13:30", "道路工事"),
        ("M3", "2026/12/4", "移動", "", "14時から", ""),
    )
    assert days_problems(reading) == []
    assert changes(reading, "M1") == (DayChange(MOVED, FRI, date(2026, 12, 5)),)
    assert changes(reading, "M2") == (
        DayChange(MOVED, FRI, date(2026, 12, 5), 780, 810, "道路工事"),
    )
    assert changes(reading, "M3") == (DayChange(MOVED, FRI, FRI, 840),)


def test_one_more_day_may_stand_under_either_heading(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ("M1", "2026/12/6", "追加", "", "10:00〜10:30", ""),
        ("M2", "", "追加", "2026/12/6", "", "市の日"),
    )
    assert days_problems(reading) == []
    assert changes(reading, "M1") == (DayChange(ADDED, date(2026, 12, 6), None, 600, 630),)
    assert changes(reading, "M2") == (DayChange(ADDED, date(2026, 12, 6), reason="市の日"),)


def test_a_vehicle_or_everybody_may_be_named(tmp_path: Path) -> None:
    rows = market_town.stops(M3={"車": "はまなす号", "来る日": "毎週土曜"})
    reading = read(
        tmp_path,
        ("かもめ号", "2026/12/4", "休み", "", "", "車検"),
        ("M1", "2026/12/11", "移動", "2026/12/12", "", ""),
        ("全部", "2026/12/11", "休み", "", "", ""),
        stop_rows=rows,
    )
    assert days_problems(reading) == []
    # Her own line about a stop goes before the one about everybody.
    assert changes(reading, "M1") == (
        DayChange(OFF, FRI, reason="車検"),
        DayChange(MOVED, date(2026, 12, 11), date(2026, 12, 12)),
    )
    assert changes(reading, "M2") == (
        DayChange(OFF, FRI, reason="車検"),
        DayChange(OFF, date(2026, 12, 11)),
    )
    assert changes(reading, "M3") == ()


def test_a_past_day_is_fine(tmp_path: Path) -> None:
    reading = read(tmp_path, ("M1", "2026/4/3", "休み", "", "", ""))
    assert days_problems(reading) == []
    assert len(changes(reading, "M1")) == 1


@pytest.mark.parametrize(
    ("line", "code", "cell", "sentence"),
    [
        (("M9", "2026/12/4", "休み", "", "", ""), "days-record-unknown", "A2", "「M9」が、この一覧にありません。"),
        (("", "2026/12/4", "休み", "", "", ""), "days-who-missing", "A2", "名称か番号かIDを書いてください。"),
        (("M1", "令和8年2月30日", "休み", "", "", ""), "day-not-a-day", "B2", "日付として読めません。"),
        (("M1", "12/4", "休み", "", "", ""), "day-not-a-day", "B2", "令和8年5月31日"),
        (("M1", "", "休み", "", "", ""), "day-not-a-day", "B2", "日が書いてありません。"),
        (("M1", "2026/12/4(木)", "休み", "", "", ""), "days-weekday-wrong", "B2", "2026年12月4日は金曜日です。"),
        (("M1", "2026/12/4", "なし", "", "", ""), "days-word-unknown", "C2", "「休み」「移動」「追加」"),
        (("M1", "2026/12/4", "移動", "", "", ""), "days-no-new-day", "D2", "新しい日か新しい時間"),
        (("M1", "2026/12/4", "移動", "", "夕がた", ""), "days-hours-unread", "E2", "10:30〜11:00"),
    ],
)  # fmt: skip
def test_what_is_wrong_stops_the_load_and_is_said_at_its_cell(
    tmp_path: Path, line: Line, code: str, cell: str, sentence: str
) -> None:
    reading = read(tmp_path, line)
    problem = said(reading, code)
    assert problem.is_error
    assert (problem.file, problem.cell) == ("layers/stop/days.csv", cell)
    assert sentence in sentence_ja(problem)
    stop = next(layer for layer in reading.layers if layer.layer.id == "stop")
    assert (stop.skippable_rows, stop.blocking) == (1, False)
    assert changes(reading, "M1") == ()


@pytest.mark.parametrize(
    ("line", "code", "sentence", "kept"),
    [
        (("M1", "2026/12/3", "休み", "", "", ""), "days-not-held", "その日は「西の辻」の日ではありません。", 0),
        (("かもめ号", "2026/12/3", "休み", "", "", ""), "days-not-held", "「かもめ号」にはありません。", 0),
        (("M1", "2026/12/4", "移動", "2026/12/11", "", ""), "days-held-already", "もともと「西の辻」の日です。", 1),
        (("M1", "2026/12/4", "追加", "", "", ""), "days-held-already", "もともと「西の辻」の日です。", 0),
    ],
)  # fmt: skip
def test_what_is_doubtful_is_said(
    tmp_path: Path, line: Line, code: str, sentence: str, kept: int
) -> None:
    reading = read(tmp_path, line)
    problem = said(reading, code)
    assert not problem.is_error
    assert sentence in sentence_ja(problem)
    assert len(changes(reading, "M1")) == kept


def test_two_lines_about_one_day(tmp_path: Path) -> None:
    off = ("M1", "2026/12/4", "休み", "", "", "")
    same = read(tmp_path, off, off)
    assert not said(same, "days-twice").is_error
    assert len(changes(same, "M1")) == 1
    other = read(tmp_path, off, ("西の辻", "2026/12/4", "移動", "2026/12/5", "", ""))
    assert said(other, "days-contradict").is_error
    assert "2行目" in said(other, "days-contradict").message_ja


def test_a_name_of_two_records_is_asked_about(tmp_path: Path) -> None:
    rows = market_town.stops(M3={"名称": "西の辻"})
    reading = read(tmp_path, ("西の辻", "2026/12/4", "休み", "", "", ""), stop_rows=rows)
    assert "2件あります" in said(reading, "days-record-unclear").message_ja


def test_a_line_about_a_follower_names_the_day_after_the_stop_has_moved(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        ("M2", "2026/12/4", "移動", "2026/12/5", "", ""),
        cafe_days=(("青空喫茶", "2026/12/5", "休み", "", "", ""),),
    )
    assert days_problems(reading) == []
    assert changes(reading, "C1") == (DayChange(OFF, date(2026, 12, 5)),)
    wrong = read(tmp_path, cafe_days=(("C1", "2026/12/11", "休み", "", "", ""),))
    assert days_problems(wrong) == ["days-not-held"]


def test_excel_may_have_saved_it(tmp_path: Path) -> None:
    market_town.write(tmp_path, "99841")
    text = "名称か番号かID,日,変更,新しい日,新しい時間,わけ\r\n西の辻,2026/12/4,休み,,,雪\r\n"
    (tmp_path / "layers" / "stop" / "days.csv").write_bytes(text.encode("cp932"))
    assert changes(read_town(tmp_path, None), "M1") == (DayChange(OFF, FRI, reason="雪"),)
    (tmp_path / "layers" / "stop" / "days.csv").unlink()
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(market_town.DAYS_HEADER))
    sheet.append(["M1", FRI, "移動", date(2026, 12, 5), "13時から", None])
    book.save(tmp_path / "layers" / "stop" / "days.xlsx")
    reading = read_town(tmp_path, None)
    assert [p.code for p in reading.problems if p.is_error] == []
    assert changes(reading, "M1") == (DayChange(MOVED, FRI, date(2026, 12, 5), 780),)


def test_a_file_without_its_headers_blocks_the_load(tmp_path: Path) -> None:
    market_town.write(tmp_path, "99841")
    (tmp_path / "layers" / "stop" / "days.csv").write_text("名称,変更\nM1,休み\n", "utf-8")
    reading = read_town(tmp_path, None)
    assert "「日」の列がありません。" in said(reading, "days-header").message_ja
    assert any(layer.blocking for layer in reading.layers)


def test_a_list_that_is_called_days_is_a_list(tmp_path: Path) -> None:
    market_town.write(tmp_path, "99841")
    place = tmp_path / "layers" / "stop"
    (place / "list.csv").rename(place / "days.csv")
    manifest = place / "layer.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('data = "list.csv"\n', ""), "utf-8")
    reading = read_town(tmp_path, None)
    assert next(len(r.treasures) for r in reading.layers if r.layer.id == "stop") == 3


def test_changed_days_are_no_list(tmp_path: Path) -> None:
    market_town.write(tmp_path, "99841", days=[("M1", "2026/12/4", "休み", "", "", "")])
    manifest = tmp_path / "layers" / "stop" / "layer.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('data = "list.csv"\n', ""), "utf-8")
    reading = read_town(tmp_path, None)
    assert reading.errors == ()
    assert len(changes(reading, "M1")) == 1
