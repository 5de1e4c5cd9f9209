"""A week worked out by hand, and which week an address asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from front.sample import HOSTILE
from week.week_answers import TODAY, empty, of_entries, small, treasure

from geo.schedule.holiday_calendar import holidays_of
from webmap.pages import render
from webmap.showing import Language, Mode, Showing
from webmap.week import WeekPage, week_page
from webmap.week.holiday_words import HOLIDAYS, holiday_words
from webmap.words import words_in

NEXT = Showing(Mode.WEEK, week="next")


def lines(page: WeekPage) -> dict[str, list[tuple[str, str]]]:
    """Day of the month and what is held on it: when, mark."""
    return {
        day.iso[-2:]: [(entry.when, entry.mark.text) for entry in day.entries]
        for day in page.days
        if day.entries
    }


def test_next_week_by_hand() -> None:
    """Monday 23rd is a holiday: 月曜会 does not say that it rests, 振りかえの会 is held a day later."""
    page = week_page(small(), NEXT)
    assert lines(page) == {
        "23": [("10時から", "移5")],
        "24": [
            ("9時から", "サ2"),
            ("午前", "老3"),
            ("10時から", "サ6"),
            ("13:30〜15:00", "移1"),
            ("", "通4"),
        ],
        "26": [("10時から", "老7")],
    }
    assert [day.date for day in page.days][::6] == ["11月23日(月)", "11月29日(日)"]
    assert [day.holiday for day in page.days] == ["勤労感謝の日", *[""] * 6]
    assert [day.off for day in page.days] == [True, *[False] * 5, True]
    assert page.dates == "2026年11月23日〜29日"


def test_this_week_has_all_its_days_those_that_are_over_too() -> None:
    page = week_page(small())
    assert lines(page)["16"] == [("10時から", "移5"), ("10時から", "サ6")]
    assert [day.today for day in page.days] == [*[False] * 5, True, False]


def test_what_is_not_held_on_a_day_is_below_or_counted() -> None:
    """Held: 1 to 7. 第一の会 has its Wednesday in December; what has ended is nowhere."""
    page = week_page(small(), NEXT)
    assert page.held == 7
    assert page.other_weeks == 1
    assert [(e.mark.text, e.when) for e in page.undated] == [("移9", "月2〜3回"), ("サ10", "")]
    assert [(e.mark.text, e.when) for e in page.resting] == [("老11", "毎週火曜 10時〜")]
    assert "終わった会" not in render(page)


def test_the_sheet_says_how_it_was_made_and_whom_to_ask() -> None:
    html = render(week_page(small(), NEXT))
    assert "一覧に書かれた日時から計算した予定です。お出かけの前に、たしかめてください。" in html
    assert "2026年3月31日現在の内容です。" in html
    assert "東地域包括支援センター 生活支援コーディネーター 電話 000-123-4567" in html
    assert "お宝：汐見市社会福祉協議会（2026年3月31日、CC BY 4.0）" in html
    assert "時間は、お問い合わせください" in html
    assert "変わることがあります" not in html


def test_a_day_that_may_change_says_so() -> None:
    """Nobody says when the break around the new year begins: 31 December is not sure."""
    text, day = "毎週木曜 9時〜（年末年始は休み）", date(2026, 12, 28)
    html = render(week_page(of_entries(treasure(1, "会", text), today=day)))
    assert html.count("変わることがあります") == 1


def test_an_empty_week() -> None:
    page = week_page(empty())
    assert lines(page) == {}
    assert (page.held, page.undated, page.resting, page.other_weeks) == (0, (), (), 0)
    assert "この週に日にちのわかっているお宝は、ありません。" in render(page)


@pytest.mark.parametrize(
    ("asked", "monday"),
    [
        ("", "2026-11-16"),
        ("next", "2026-11-23"),
        ("2026-11-29", "2026-11-23"),
        ("2026-11-16", "2026-11-16"),
        ("2027-01-17", "2027-01-11"),
        # Not within the nine weeks whose days are known, or no day at all: this week.
        ("2027-01-18", "2026-11-16"),
        ("2026-11-15", "2026-11-16"),
        ("2026-11-31", "2026-11-16"),
        ("0001-01-01", "2026-11-16"),
        ("20261123'; --", "2026-11-16"),
    ],
)
def test_the_week_of_an_address(asked: str, monday: str) -> None:
    showing = Showing.from_args({"mode": "week", "week": asked})
    page = week_page(small(), showing)
    assert page.days[0].iso == monday


def test_one_week_has_one_address_and_only_the_sheet_has_one() -> None:
    tuesday = Showing.from_args({"mode": "week", "week": "2026-11-24", "lang": "en"})
    assert tuesday.query() == "mode=week&week=2026-11-23&lang=en"
    assert Showing.from_args({"mode": "week"}).query() == "mode=week"
    assert Showing.from_args({"week": "next"}) == Showing()
    assert Showing.from_args({"mode": "hall", "week": "next"}) == Showing(Mode.HALL)


def test_from_week_to_week_within_what_is_known() -> None:
    def links(week: str) -> list[tuple[str, str]]:
        return [(one.label, one.url) for one in week_page(small(), Showing(week=week)).weeks]

    here = "/99999/jhs/J0?mode=week"
    assert links("") == [("次の週", f"{here}&week=2026-11-23")]
    assert links("next") == [("前の週", here), ("次の週", f"{here}&week=2026-11-30")]
    assert links("2027-01-11") == [("前の週", f"{here}&week=2027-01-04"), ("今週", here)]


def test_what_may_not_stand_on_paper_is_left_out_and_counted() -> None:
    page = week_page(small(), NEXT, on_paper={1, 9})
    assert lines(page) == {"24": [("13:30〜15:00", "移1")]}
    assert [e.mark.text for e in page.undated] == ["移9"]
    assert (page.resting, page.unprinted) == ((), 10)
    assert [kind.title for kind in page.kinds] == ["移動販売"]


def test_readings_stand_above_names_in_large_type() -> None:
    html = render(week_page(small(), replace(NEXT, large=True)))
    assert "あさの<ruby>会<rt>かい</rt></ruby>" in html
    assert "<rt>" not in render(week_page(small(), NEXT))


@pytest.mark.parametrize("large", [False, True])
def test_a_hostile_name_is_text(large: bool) -> None:
    hostile = [
        treasure(n, name, "毎週火曜 10時〜", kana=name, venue=name)
        for n, name in enumerate(HOSTILE, 1)
    ]
    html = render(week_page(of_entries(*hostile), replace(NEXT, large=large)))
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;/script&gt;") >= 2


def test_english() -> None:
    page = week_page(small(), replace(NEXT, language=Language.ENGLISH))
    assert page.days[0].date == "Mon 23 November"
    assert page.days[0].holiday == "Labour Thanksgiving Day"
    assert lines(page)["24"][:2] == [("from 9:00", "サ2"), ("in the morning", "老3")]
    assert page.weeks[0].url == "/99999/jhs/J0?mode=week&lang=en"
    assert page.map_url == "/99999/jhs/J0?lang=en"


def test_every_holiday_of_the_law_has_its_english_name() -> None:
    names = {
        name.partition(" ")[0] for year in range(2026, 2046) for name in holidays_of(year).values()
    }
    assert names == set(HOLIDAYS)
    english = words_in(Language.ENGLISH)
    assert holiday_words(date(2027, 3, 22), english) == "Vernal Equinox Day (substitute holiday)"
    assert holiday_words(date(2027, 3, 22), words_in(Language.JAPANESE)) == "春分の日 振替休日"
    assert holiday_words(TODAY, english) == ""
