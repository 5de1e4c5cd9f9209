"""The calendar of an area: what a calendar program reads out of it is what the timetables say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import icalendar
import msgspec
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.model.answers import Entry
from geo.model.audience import Audience, Status
from geo.model.map_answer import MapAnswer
from geo.schedule import parse
from tests.front.sample import map_answer
from webmap.calendar_feed import TOKYO, as_ics, fiscal_years

TODAY = date(2026, 11, 21)
FIRST, LAST = date(2026, 4, 1), date(2028, 3, 31)
TEXTS = (
    "毎週火曜 10:00-12:00",
    "第1・3木曜 13時30分〜15時",
    "奇数月の第2土曜",
    "最終金曜 19:00〜",
    "隔週水曜(基準日 2026/4/8) 9:30〜11:00",
    "毎月10日・20日 10時〜",
    "毎朝6:30",
    "平日 9:00〜17:00",
    "毎週月曜 10:00〜12:00（祝日の場合は翌日）",
    "毎週水曜 13:00〜15:00 8月休み",
    "毎週木曜 10:00〜 年末年始(12/29〜1/3)休み",
    "11月〜3月の第3日曜 10:00〜15:00",
    "火・金 10:00〜11:30、第1土曜 13:00〜16:00",
    "毎週日曜 22:00〜0:30",
    "第5水曜",
)


def answer_with(*texts: str | None, **more: object) -> MapAnswer:
    """The sample's area with one treasure for each text."""
    sample = map_answer()
    model = sample.entries[0]
    entries = tuple(
        msgspec.structs.replace(model, number=n, mark=f"通{n}", schedule=text)
        for n, text in enumerate(texts, 1)
    )
    return replace(sample, today=TODAY, entries=entries, **more)  # type: ignore[arg-type]


def read(answer: MapAnswer) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(as_ics(answer))


def held(calendar: icalendar.Calendar, number: int) -> list[tuple[date, time | None, time | None]]:
    """Days and hours of one treasure, as an independent program expands them."""
    found = []
    for event in recurring_ical_events.of(calendar).between(FIRST, date(2028, 4, 1)):
        if not str(event["UID"]).startswith(f"treasure-{number}-"):
            continue
        start, end = event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None
        if isinstance(start, datetime):
            assert start.tzinfo is not None
            until = end.astimezone(TOKYO).time() if isinstance(end, datetime) else None
            start = start.astimezone(TOKYO)
            found.append(
                (start.date(), start.time(), until if end != event["DTSTART"].dt else None)
            )
        else:
            found.append((start, None, None))
    return sorted(found, key=str)


@pytest.mark.parametrize("text", TEXTS)
def test_a_calendar_program_finds_the_days_of_the_timetable(text: str) -> None:
    dates = parse(text).dates(FIRST, LAST)
    assert dates, text
    told = held(read(answer_with(text)), 1)
    assert told == sorted(((d.day, d.start, d.end if d.start else None) for d in dates), key=str)


def test_three_tuesdays_by_hand() -> None:
    """毎週火曜, closed on holidays: 3 and 5 May 2026 fall on Sunday and Tuesday; 5/5 is こどもの日."""
    told = held(read(answer_with("毎週火曜 10:00-12:00（祝日休み）")), 1)
    may = [day for day, _, _ in told if date(2026, 5, 1) <= day <= date(2026, 5, 31)]
    assert may == [date(2026, 5, 12), date(2026, 5, 19), date(2026, 5, 26)]


@pytest.mark.parametrize("text", ["月2〜3回", "不定期", "日程は回覧板で", "", None, "隔週 水曜"])
def test_no_date_is_invented(text: str | None) -> None:
    calendar = read(answer_with(text, "毎週火曜"))
    assert held(calendar, 1) == []
    assert "1件は、入っていません" in str(calendar["X-WR-CALDESC"])


@pytest.mark.parametrize("status", [Status.PAUSED, Status.ENDED])
def test_what_is_paused_has_no_dates(status: Status) -> None:
    answer = answer_with("毎週火曜")
    paused = msgspec.structs.replace(answer.entries[0], status=status)
    assert b"VEVENT" not in as_ics(replace(answer, entries=(paused,)))


def test_the_identity_of_an_event_outlives_its_hours_and_its_name() -> None:
    town = replace(map_answer().town, public_url="https://otakara.example.lg.jp/map")
    before = read(answer_with("毎週火曜 10:00〜", town=town)).walk("VEVENT")[0]
    after = read(answer_with("毎週金曜 13:00〜", town=town)).walk("VEVENT")[0]
    assert before["UID"] == after["UID"] == "treasure-1-0@otakara.example.lg.jp"
    assert str(before["URL"]) == "https://otakara.example.lg.jp/map/99999/jhs/J0#t1"


def test_the_same_answer_gives_the_same_bytes() -> None:
    assert as_ics(answer_with(*TEXTS)) == as_ics(answer_with(*TEXTS))


def test_the_calendar_is_the_same_all_year_round() -> None:
    assert fiscal_years(date(2027, 3, 31)) == (date(2026, 4, 1), date(2028, 3, 31))
    assert fiscal_years(date(2027, 4, 1)) == (date(2027, 4, 1), date(2029, 3, 31))


def test_above_everybody_it_says_so() -> None:
    calendar = read(answer_with("毎週火曜", audience=Audience.COORDINATOR))
    assert str(calendar["X-WR-CALNAME"]).startswith("【内部用】")
    assert "内部用" not in str(read(answer_with("毎週火曜"))["X-WR-CALNAME"])


@settings(max_examples=25)
@given(st.text(max_size=60), st.text(max_size=60))
def test_what_a_record_says_is_never_a_line_of_its_own(name: str, venue: str) -> None:
    answer = answer_with("毎週火曜 10:00-12:00")
    entry: Entry = msgspec.structs.replace(
        answer.entries[0],
        name=f"a\r\nEND:VEVENT\nATTACH:file:///etc\x00{name}",
        venue=f"b\nBEGIN:VALARM;{venue}",
        meaning=f'"{name};,\\n',
    )
    calendar = read(replace(answer, entries=(entry,)))
    (event,) = calendar.walk("VEVENT")
    assert calendar.walk("VALARM") == []
    assert "ATTACH" not in event
    assert len(held(calendar, 1)) == 104


def test_a_year_of_two_thousand_treasures_is_one_file() -> None:
    content = as_ics(answer_with(*(TEXTS * 134)))
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) >= 2000
