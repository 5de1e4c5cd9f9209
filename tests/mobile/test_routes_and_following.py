"""Routes read from a list, what contradicts itself in them, and whose days a record follows."""

from __future__ import annotations

from pathlib import Path

import pytest
from mobile import market_town

from geo.intake import read_town
from geo.model.problem_sentence import sentence_ja
from geo.model.reading import TownReading
from geo.model.treasure import RecordKey, Treasure


def read(folder: Path, **more: object) -> TownReading:
    return read_town(market_town.write(folder, "99841", **more), None)  # type: ignore[arg-type]


def record(reading: TownReading, name: str) -> Treasure:
    return next(t for layer in reading.layers for t in layer.treasures if t.id == name)


def said(reading: TownReading, code: str) -> list[str]:
    return [sentence_ja(p) for p in reading.problems if p.code == code]


def test_a_stop_has_its_place_on_the_route(tmp_path: Path) -> None:
    reading = read(tmp_path)
    stop = record(reading, "M2")
    assert (stop.vehicle, stop.stop_order, stop.arrive_min, stop.stay_min) == (
        "かもめ号",
        2,
        620,
        30,
    )
    assert reading.errors == ()
    assert [p.code for p in reading.problems if p.code.startswith(("route", "follows"))] == []


@pytest.mark.parametrize(
    ("cells", "code", "sentence"),
    [
        ({"到着": "25:00"}, "clock-not-a-clock", "J3『25:00』: 時刻として読めません"),
        ({"到着": "昼ごろ"}, "clock-not-a-clock", "10:20 か 10時20分"),
        ({"停車": "-5"}, "minutes-not-minutes", "K3『-5』: 停車の分数として読めません"),
        ({"順": "1"}, "route-order-twice", "かもめ号の1番目が、同じ日に「西の辻」と2つあります。"),
        ({"到着": "9:00"}, "route-backwards", "1番目の「西の辻」（9:30）より早く着くことになっています。"),
        ({"来る日": "毎週金曜 13時〜14時"}, "route-hours-differ", "順路の時刻（10:20〜10:50）とちがいます。"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_route_is_said_and_may_stay(
    tmp_path: Path, cells: dict[str, str], code: str, sentence: str
) -> None:
    reading = read(tmp_path, stop_rows=market_town.stops(M2=cells))
    assert reading.errors == ()
    (told,) = said(reading, code)
    assert sentence in told
    assert told.endswith("このまま読み込めます。")


@pytest.mark.parametrize("text", ["9:30", "９：３０", "9時30分", "9時半", "午前9時半"])
def test_clocks_as_they_are_written(tmp_path: Path, text: str) -> None:
    reading = read(tmp_path, stop_rows=market_town.stops(M1={"到着": text}))
    assert record(reading, "M1").arrive_min == 570


def test_the_same_order_on_another_day_is_no_fault(tmp_path: Path) -> None:
    rows = market_town.stops(M2={"順": "1", "来る日": "毎週土曜"})
    assert said(read(tmp_path, stop_rows=rows), "route-order-twice") == []


STOP2 = RecordKey("stop", "M2")
ELSEWHERE = {"会場": "", "緯度": "36.0080", "経度": "138.5080", "地区": ""}


@pytest.mark.parametrize("named", ["M2", "公民館前", "m2"])
def test_the_column_names_whom_it_follows(tmp_path: Path, named: str) -> None:
    reading = read(tmp_path, cafe_rows=market_town.cafes(合わせる先=named, 会場="西の辻"))
    assert record(reading, "C1").follows == STOP2
    assert not any(p.code.startswith("follows") for p in reading.problems)


def test_the_same_place_by_name_is_the_one_that_is_meant(tmp_path: Path) -> None:
    reading = read(tmp_path, cafe_rows=market_town.cafes(緯度="", 経度=""))
    assert record(reading, "C1").follows == STOP2
    assert not any(p.code.startswith("follows") for p in reading.problems)


def test_the_only_one_nearby_is_taken_and_told(tmp_path: Path) -> None:
    reading = read(tmp_path, cafe_rows=market_town.cafes(会場="木の下", 緯度="36.0042"))
    assert record(reading, "C1").follows == STOP2
    (told,) = said(reading, "follows-nearby")
    assert "100m以内にある「公民館前」に合わせました。" in told
    assert "「合わせる先」の列に、そのIDか番号か名前を書いてください。" in told


def test_the_only_one_of_the_area_is_taken_and_told(tmp_path: Path) -> None:
    rows = market_town.cafes(**(ELSEWHERE | {"地区": "東地区"}))
    reading = read(tmp_path, cafe_rows=rows)
    assert record(reading, "C1").follows == RecordKey("stop", "M3")
    (told,) = said(reading, "follows-nearby")
    assert "同じ地区にある「東の広場」" in told


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (ELSEWHERE, "「移動販売」のどれに合わせるのか、分かりません。"),
        (ELSEWHERE | {"地区": "西地区"}, "決められません（「西の辻」、「公民館前」など2件）。"),
        ({"合わせる先": "M9"}, "「移動販売」に「M9」がありません。"),
    ],
)
def test_where_it_is_not_clear_she_is_asked(
    tmp_path: Path, cells: dict[str, str], sentence: str
) -> None:
    reading = read(tmp_path, cafe_rows=market_town.cafes(**cells))
    assert record(reading, "C1").follows is None
    (told,) = said(reading, "follows-unclear")
    assert sentence in told
    assert "書くまで、日にちは出ません。" in told


def test_a_text_names_the_layer_by_its_title(tmp_path: Path) -> None:
    toml = market_town.CAFE_TOML.replace('attached_to = "stop"\n', "")
    assert record(read(tmp_path, cafe_toml=toml), "C1").follows == STOP2
    rows = market_town.cafes(開催日時="朝市の日に合わせ月1回")
    reading = read(tmp_path, cafe_toml=toml, cafe_rows=rows)
    assert record(reading, "C1").follows is None
    assert "attached_to を書いてください。" in said(reading, "follows-unclear")[0]


def test_a_timetable_of_its_own_follows_nobody(tmp_path: Path) -> None:
    reading = read(tmp_path, cafe_rows=market_town.cafes(開催日時="毎月第1金曜"))
    assert record(reading, "C1").follows is None
    assert not any(p.code.startswith("follows") for p in reading.problems)


def test_a_fortnight_says_that_it_needs_a_base_day(tmp_path: Path) -> None:
    reading = read(tmp_path, stop_rows=market_town.stops(M1={"来る日": "隔週金曜"}))
    (told,) = said(reading, "schedule-no-base")
    assert "G2『隔週金曜』" in told
    assert "隔週火曜(基準日 2026/4/7)" in told
    based = market_town.stops(M1={"来る日": "隔週金曜(基準日 2026/4/3)"})
    assert said(read(tmp_path, stop_rows=based), "schedule-no-base") == []
