"""Changed days in the calendar file: an independent program finds the days of the timetable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import icalendar
import msgspec
import pytest
import recurring_ical_events
from front.sample import map_answer
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.model.answers import Entry
from geo.model.day_change import DayChange, DayChangeKind
from geo.model.map_answer import MapAnswer
from geo.model.timing import Timing
from geo.questions.entry_dates import day_book, told_of
from geo.schedule import timed
from webmap.calendar_feed import TOKYO, as_ics, fiscal_years

OFF, MOVED, ADDED = DayChangeKind
TODAY = date(2026, 11, 21)
FIRST, LAST = fiscal_years(TODAY)
FRI = date(2026, 12, 4)
A_DAY = timedelta(days=1)


def entry(number: int, text: str | None, timing: Timing | None) -> Entry:
    model = map_answer().entries[0]
    return msgspec.structs.replace(
        model, number=number, mark=f"移{number}", schedule=text, timing=timing
    )


def answer_of(*entries: Entry) -> MapAnswer:
    followed = {one.number: one for one in entries}
    book = day_book(entries, TODAY, followed)
    return replace(map_answer(), today=TODAY, entries=entries, days=book)


def market(
    *changes: DayChange, text: str = "毎週金曜", cafe: tuple[DayChange, ...] = ()
) -> MapAnswer:
    stop = entry(1, text, Timing("かもめ号", 2, 620, 30, None, changes))
    beside = entry(2, "移動販売日に合わせ月1回", Timing(follows=1, changes=cafe))
    return answer_of(stop, beside)


def read(answer: MapAnswer) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(as_ics(answer))


def events_of(calendar: icalendar.Calendar, number: int) -> list[icalendar.Event]:
    return [e for e in calendar.events if str(e["UID"]).startswith(f"treasure-{number}-")]


def held(calendar: icalendar.Calendar, number: int) -> list[tuple[date, str, str]]:
    found = []
    for event in recurring_ical_events.of(calendar).between(FIRST, LAST + A_DAY):
        if str(event["UID"]).startswith(f"treasure-{number}-"):
            start, end = event["DTSTART"].dt, event["DTEND"].dt
            assert isinstance(start, datetime)
            start, end = start.astimezone(TOKYO), end.astimezone(TOKYO)
            found.append((start.date(), f"{start:%H:%M}", f"{end:%H:%M}"))
    return sorted(found)


def expected(answer: MapAnswer, number: int) -> list[tuple[date, str, str]]:
    assert answer.days is not None
    one = next(e for e in answer.entries if e.number == number)
    told = told_of(one, answer.days.followed)
    assert told is not None
    return sorted(
        (o.day, f"{o.start:%H:%M}", f"{o.end:%H:%M}")
        for o in timed(told).dates(FIRST, LAST)
        if o.start and o.end
    )


def test_hours_come_from_the_route() -> None:
    calendar = read(market())
    (event,) = events_of(calendar, 1)
    assert f"{event['DTSTART'].dt:%H:%M}" == "10:20"
    assert f"{event['DTEND'].dt:%H:%M}" == "10:50"
    assert "かもめ号" in event["DESCRIPTION"]
    assert held(calendar, 1) == expected(market(), 1)


def test_a_day_off_is_an_exception() -> None:
    answer = market(DayChange(OFF, FRI))
    (event,) = events_of(read(answer), 1)
    assert [d.dt.date() for d in event["EXDATE"].dts] == [FRI]
    assert FRI not in {day for day, _, _ in held(read(answer), 1)}
    assert held(read(answer), 1) == expected(answer, 1)


def test_a_moved_day_keeps_its_uid_and_says_which_day_it_was() -> None:
    answer = market(DayChange(MOVED, FRI, FRI + A_DAY, 780, 810, "道路工事"))
    series, moved = events_of(read(answer), 1)
    assert series["UID"] == moved["UID"] == read(market()).events[0]["UID"]
    assert moved["RECURRENCE-ID"].dt == datetime(2026, 12, 4, 10, 20, tzinfo=TOKYO)
    assert moved["DTSTART"].dt == datetime(2026, 12, 5, 13, 0, tzinfo=TOKYO)
    assert "12月4日(金)の分は5日(土) 13:00〜13:30に移ります（道路工事）" in moved["DESCRIPTION"]
    assert "RRULE" not in moved
    assert held(read(answer), 1) == expected(answer, 1)


def test_one_more_day_is_named_by_its_day() -> None:
    answer = market(DayChange(ADDED, date(2026, 12, 6), None, 600, 630))
    series, added = events_of(read(answer), 1)
    assert str(added["UID"]).startswith("treasure-1-added-20261206@")
    assert held(read(answer), 1) == expected(answer, 1)
    assert series["UID"] == events_of(read(market()), 1)[0]["UID"]


def test_the_cafe_is_moved_in_the_calendar_too() -> None:
    answer = market(DayChange(MOVED, FRI, FRI + A_DAY), DayChange(OFF, date(2027, 2, 5)))
    calendar = read(answer)
    days = [day for day, _, _ in held(calendar, 2)]
    assert FRI + A_DAY in days
    assert FRI not in days
    assert not [day for day in days if (day.year, day.month) == (2027, 2)]
    assert held(calendar, 2) == expected(answer, 2)
    _, moved = events_of(calendar, 2)
    assert moved["RECURRENCE-ID"].dt == datetime(2026, 12, 4, 10, 20, tzinfo=TOKYO)


def test_the_same_answer_gives_the_same_bytes() -> None:
    changes = (DayChange(OFF, FRI), DayChange(ADDED, FRI + 2 * A_DAY, None, 600, 660))
    assert as_ics(market(*changes)) == as_ics(market(*changes))


_CHANGE = st.builds(
    lambda week, kind, by, hours: DayChange(
        kind,
        FRI + (7 * week + (2 if kind is ADDED else 0)) * A_DAY,
        FRI + (7 * week + by) * A_DAY if kind is MOVED else None,
        *((hours, hours + 40) if kind is ADDED or (kind is MOVED and hours % 2) else (None, None)),
    ),
    st.integers(-30, 60),
    st.sampled_from(DayChangeKind),
    st.integers(-8, 8),
    st.integers(480, 1000),
)
_CHANGES = st.lists(_CHANGE, max_size=5, unique_by=lambda c: c.day).map(tuple)


@pytest.mark.parametrize(
    "text",
    [
        "毎週金曜",
        "第1・3金曜",
        "毎週金曜 10:00〜11:00、13:00〜14:00",
        "毎週金曜（祝日の場合は翌日）",
        "隔週金曜(基準日 2026/12/4) 9:00〜9:30",
        "毎週金曜 8月休み",
    ],
)
@settings(max_examples=25)
@given(changes=_CHANGES, cafe=_CHANGES)
def test_a_calendar_program_finds_the_changed_days(
    text: str, changes: tuple[DayChange, ...], cafe: tuple[DayChange, ...]
) -> None:
    answer = market(*changes, text=text, cafe=cafe)
    calendar = read(answer)
    for number in (1, 2):
        assert held(calendar, number) == expected(answer, number)
