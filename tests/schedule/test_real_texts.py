"""Every timetable and opening-hour text in the real files: understood, or flagged with the part."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from geo.intake.dbf import read_dbf
from geo.intake.weekly_hours import hours_text, schedule_text, under_its_header
from geo.schedule import Schedule, parse

pytestmark = pytest.mark.realdata

FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)
SPECIAL = "指定暑熱避難施設を開放することができる日及び時間帯特記事項"
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?!:)")
YAIZU, IIZUKA = "yaizu-22212", "iizuka-40205"


@pytest.fixture(scope="module")
def data() -> Path:
    folder = os.environ.get("OTAKARA_REALDATA")
    assert folder, "OTAKARA_REALDATA is not set (make test sets it)"
    assert (Path(folder) / YAIZU / "SOURCE.md").is_file(), f"{folder} cannot be read"
    return Path(folder)


def _rows(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp932")
    return list(csv.DictReader(io.StringIO(text)))


def _cool_spots(data: Path) -> Iterator[str]:
    for row in _rows(data / YAIZU / "まちなか涼みどころ" / "machinakasuzumidokoro.csv"):
        pairs = {
            d: (row[f"{d}曜開放開始時刻"], row[f"{d}曜開放終了時刻"]) for d in "月火水木金土日"
        }
        note = row[SPECIAL].strip()
        yield " ".join(part for part in (hours_text(pairs), note if note != "-" else "") if part)


def _hospitals(data: Path) -> Iterator[str]:
    for row in _rows(data / IIZUKA / "hospitals.csv"):
        columns = ("診療曜日", "診療開始時間", "診療終了時間", "診療日時特記事項")
        yield schedule_text(*(row[column] for column in columns)) or ""


def _special_notes(data: Path) -> Iterator[str]:
    """利用可能日時特記事項, wherever a list of 焼津 has it."""
    for path in sorted((data / YAIZU).rglob("*.csv")):
        for row in _rows(path) if path.name != "attributes.csv" else ():
            yield (row.get("利用可能日時特記事項") or "").strip()


def _factory_shops(data: Path) -> Iterator[str]:
    path = data / YAIZU / "工場併設直売所一覧" / "222127_koujouheisetsuchokubaijo.csv"
    for row in _rows(path):
        closed = under_its_header("定休日", row["定休日"])
        yield " ".join(part for part in (row["営業時間"], closed, row["定休日備考"]) if part)


def _wagon(data: Path) -> Iterator[str]:
    for trip in json.loads((data / IIZUKA / "wagon" / "honami.json").read_text("utf-8"))["trips"]:
        for _stop, at in trip["stopTimes"]:
            yield f"{trip['service']} {at}"


def _taxis(data: Path) -> Iterator[str]:
    for path in sorted((data / YAIZU).glob("*タクシー*/*.dbf")):
        cpg = path.with_suffix(".cpg").read_text("ascii")
        for row in read_dbf(path.read_bytes(), file=path.name, cpg=cpg).rows:
            yield from (cell for cell in (row or {}).values() if _CLOCK.search(cell))


# Texts (each once), understood whole, and with an open question (「お盆は休み」, or a flagged part).
LISTS = {
    "涼みどころ": (_cool_spots, (74, 62, 16)),
    "医療機関": (_hospitals, (82, 57, 23)),
    "利用可能日時特記事項": (_special_notes, (26, 20, 8)),
    "工場の直売所": (_factory_shops, (30, 21, 12)),
    "エリアワゴン": (_wagon, (225, 225, 0)),
    "デマンドタクシー": (_taxis, (144, 129, 15)),
}


@pytest.mark.parametrize("name", LISTS)
def test_the_share_understood(name: str, data: Path) -> None:
    texts_of, expected = LISTS[name]
    texts = sorted({text for text in texts_of(data) if text})
    read = [parse(text) for text in texts]
    whole = [one for one in read if not one.not_understood]
    print(
        f"\n{name}: {len(texts)} texts, {len(whole)} understood whole ({len(whole) / len(texts):.0%})"
    )
    assert (len(texts), len(whole), sum(not one.certain for one in read)) == expected
    for text, one in zip(texts, read, strict=True):
        assert parse(one.text()) == one, text
        for part in one.not_understood:
            assert "".join(part.split()) in "".join(text.split()), (text, part)


def test_the_taxi_says_times_and_no_days(data: Path) -> None:
    read = {text: parse(text) for text in _taxis(data)}
    assert read["8:00～8:10"].text() == "8:00〜8:10"
    assert read["前日17:00"].not_understood == ("前日17:00",)
    assert not any(one.dates(FIRST, LAST) or one.weekdays() for one in read.values())


def test_the_wagon_comes_on_the_days_its_service_says(data: Path) -> None:
    feed = json.loads((data / IIZUKA / "wagon" / "honami.json").read_text("utf-8"))
    for name, service in feed["services"].items():
        days = {day for day, runs in enumerate(service["days"]) if runs}
        assert parse(f"{name} 8:10").weekdays() == days
    for trip in feed["trips"]:
        stop_at = trip["stopTimes"][0][1]
        hour, minute = map(int, stop_at.split(":"))
        dates = parse(f"{trip['service']} {stop_at}").dates(date(2026, 11, 23), date(2026, 11, 29))
        assert {one.start for one in dates} == {time(hour, minute)}


def _week(text: str) -> list[tuple[int, str, str]]:
    """The week from 2026-06-01, without a holiday: weekday, start, end."""
    return [
        (
            one.day.weekday(),
            f"{one.start:%H:%M}" if one.start else "",
            f"{one.end:%H:%M}" if one.end else "",
        )
        for one in parse(text).dates(date(2026, 6, 1), date(2026, 6, 7))
    ]


def test_weekday_columns_come_back_as_they_stand(data: Path) -> None:
    """Every cool spot without a remark is open in that week as its fourteen columns say."""
    asked = 0
    for row in _rows(data / YAIZU / "まちなか涼みどころ" / "machinakasuzumidokoro.csv"):
        pairs = {
            d: (row[f"{d}曜開放開始時刻"], row[f"{d}曜開放終了時刻"]) for d in "月火水木金土日"
        }
        if any(start == end != "-" for start, end in pairs.values()):
            continue  # 9:00〜9:00: flagged
        expected = [
            (index, start.zfill(5), end.zfill(5))
            for index, (start, end) in enumerate(pairs.values())
            if start not in {"", "-"}
        ]
        assert _week(hours_text(pairs) or "") == expected
        asked += 1
    assert asked == 107


def test_exceptions_of_real_texts_fall_on_their_days() -> None:
    hall = "【開館時間】9:00～21:30 【休館日】月曜日（月曜日が祝日又は振替休日のときはその翌平日）"
    # 5/4 and 5/5 are holidays, 5/6 the substitute: open on that Monday, closed on Thursday 5/7.
    may = {one.day.day for one in parse(hall).dates(date(2026, 5, 1), date(2026, 5, 12))}
    assert may == {1, 2, 3, 4, 5, 6, 8, 9, 10, 12}
    pharmacy = "月〜金 9:00〜19:00、土 9:00〜13:00 月～金の14:00-15:00の間は開放不可"
    assert _week(pharmacy)[:2] == [(0, "09:00", "14:00"), (0, "15:00", "19:00")]
    assert _week(pharmacy)[-1] == (5, "09:00", "13:00")
    clinic = "月〜土 8:30〜18:00 月:8:30-12:30、14:00-19:30\n木土:午後休診"
    assert [day for day in _week(clinic) if day[0] in {0, 3}] == [
        (0, "08:30", "12:30"), (0, "14:00", "19:30"), (3, "08:30", ""),
    ]  # fmt: skip


def _certain_days(read: Schedule) -> set[date]:
    return {one.day for one in read.dates(FIRST, LAST) if one.certain}


def test_obon_without_dates_leaves_only_that_season_open() -> None:
    read = parse("月〜金 9:00〜17:00 お盆休み期間中は休み")
    doubtful = {one.day for one in read.dates(FIRST, LAST)} - _certain_days(read)
    assert (min(doubtful), max(doubtful)) == (date(2026, 7, 10), date(2026, 8, 31))
    assert read.unsure == ("お盆",)
