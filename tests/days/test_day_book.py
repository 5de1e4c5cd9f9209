"""The answer itself: its period, what is counted and left out, what the question brings."""

from __future__ import annotations

from datetime import date

import pytest
from days.timetable_page import one_entry, with_days

from geo.model.held_days import Period
from geo.questions.entry_dates import day_book
from geo.schedule import parse
from webmap.day_facets import days_as_json


def test_the_period_is_this_week_and_the_eight_after_it() -> None:
    sunday = Period.around(date(2026, 11, 22))
    assert (sunday.first, sunday.last) == (date(2026, 11, 16), date(2027, 1, 17))
    assert sunday.weeks == 9
    assert Period.around(date(2026, 11, 23)).first == date(2026, 11, 23)


def test_resting_and_unsaid_are_counted() -> None:
    answer = with_days()
    book = day_book(answer.entries, answer.today)
    without = sum(not e.schedule for e in answer.entries if e.status.value == "active")
    assert book.resting == sum(e.status.value != "active" for e in answer.entries) == 2
    assert book.unsaid == without
    vague = {"月2〜3回", "不定期"}
    assert book.undated == without + sum(
        e.schedule in vague for e in answer.entries if e.status.value == "active"
    )


def test_treasures_of_one_timetable_share_what_is_told() -> None:
    answer = with_days()
    data = days_as_json(answer.days)
    assert data is not None
    assert len(data["facets"]) == 10
    assert data["times"][0] == [600, "", True]
    assert data["facets"][0] == {
        "days": [[1 + 7 * week, 0] for week in range(9)],
        "every": [1],
        "later": None,
    }


def test_one_time_a_day_is_told() -> None:
    book = one_entry("毎週火曜 10:00〜11:00、13:00〜15:00", date(2026, 11, 21)).days
    assert book is not None
    assert [held.start_min for held in book.facets[0].days] == [600] * 9


@pytest.mark.parametrize("text", ["", "   ", "？？？"])
def test_text_without_any_day_invents_none(text: str) -> None:
    book = one_entry(text, date(2026, 11, 21)).days
    assert book is not None
    assert all(not facet.dated for facet in book.facets)
    assert not book.dated


def test_a_schedule_is_what_its_text_says() -> None:
    entry = one_entry("第2・4木曜 10時〜", date(2026, 11, 21)).entries[0]
    found = parse(entry.schedule or "").dates(date(2026, 11, 1), date(2026, 11, 30))
    assert [one.day.day for one in found] == [12, 26]
