"""The pages: lines on cards, choices, the same with and without script, offline on another day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import quote

import msgspec
import pytest
from days.shared_vectors import filters_of
from days.timetable_page import TODAY, one_entry, with_days
from front import sample
from playwright.sync_api import Page

from geo.questions.entry_dates import day_book
from webmap import pages
from webmap.assets import vendor_file
from webmap.hall import hall_page
from webmap.showing import Language, Showing

Watched = Callable[..., Page]
AREA = "/99999/jhs/J0"
SHOWN = "() => [...document.querySelectorAll('.entry:not([hidden])')].map((e) => e.id)"
LINES = "() => [...document.querySelectorAll('.entry-next')].map((e) => e.textContent)"
ASKED = "() => [...document.querySelectorAll('.entry-asked')].map((e) => e.textContent)"
browser = pytest.mark.browser


def cards(page: pages.MapPage) -> dict[int, pages.EntryCard]:
    return {
        card.number: card
        for cards in (*(group.cards for group in page.groups), page.unplaced)
        for card in cards
    }


def test_the_text_as_written_stays_beside_the_next_day() -> None:
    answer = one_entry("第2・4木曜 10時〜", TODAY)
    (card,) = cards(pages.map_page(answer)).values()
    assert card.next_line == "次は 11月26日(木) 10時から"
    assert ("日時", "第2・4木曜 10時〜") in card.lead


def test_the_text_as_written_is_moved_out_of_the_fold() -> None:
    answer = one_entry("第2・4木曜 10時〜", TODAY)
    fields = (
        ("会場", "公会堂"),
        ("参加費", "100円"),
        ("開く日", "第2・4木曜 10時〜"),
        ("内容", "体操"),
    )
    entry = msgspec.structs.replace(answer.entries[0], fields=fields)
    (card,) = cards(pages.map_page(replace(answer, entries=(entry,)))).values()
    assert [label for label, _ in card.lead] == ["会場", "参加費", "開く日"]
    assert [label for label, _ in card.fields] == ["内容"]


def test_a_page_without_any_day_offers_none() -> None:
    page = pages.map_page(replace(sample.map_answer(), days=None), filters_of("weekday=火"))
    assert page.days is None
    assert page.shown == page.total
    assert "data-days" not in pages.render(page)


def test_a_weekday_on_which_nothing_is_held_is_an_answer() -> None:
    answer = one_entry("毎週火曜 10時〜", TODAY)
    page = pages.map_page(answer, filters_of("weekday=水"))
    assert (page.shown, page.filters_active) == (0, True)


def test_choices_count_dates_and_name_their_days() -> None:
    """39 treasures, 11 timetables in turn: numbers 4 and 18 rest."""
    page = pages.map_page(with_days(), filters_of("weekday=火&when=week"))
    assert page.days is not None
    by_hand = dict.fromkeys("月火水木金土日", 0)
    answer = with_days()
    for entry in answer.entries:
        facet = answer.days.of(entry.number) if answer.days else None
        ahead = (
            {held.day.weekday() for held in facet.between(TODAY, date(2027, 1, 17))}
            if facet
            else set()
        )
        for weekday in ahead:
            by_hand["月火水木金土日"[weekday]] += 1
    assert {one.value: one.count for one in page.days.weekdays} == by_hand
    assert [one.label for one in page.days.weekdays][:2] == ["月曜", "火曜"]
    assert [(one.value, one.label, one.dates) for one in page.days.whens] == [
        ("", "いつでも", None),
        ("today", "今日", "11月21日(土)"),
        ("week", "今週", "11月16日〜22日"),
        ("next-week", "来週", "11月23日〜29日"),
    ]
    assert page.days.period == "11月21日〜1月17日"
    assert [one.checked for one in page.days.whens] == [False, False, True, False]
    assert [one.value for one in page.days.weekdays if one.checked] == ["火"]


def test_english_says_the_days() -> None:
    showing = Showing(language=Language.ENGLISH)
    said = {}
    for text in ("第2・4木曜 10時〜", "11月〜3月 毎週土曜 9時〜", "第5金曜 13時30分〜", "月2〜3回"):
        page = pages.map_page(one_entry(text, TODAY), filters_of("weekday=木"), showing)
        (card,) = cards(page).values()
        said[text] = (card.next_line, card.season_line, card.asked_line)
    assert said["第2・4木曜 10時〜"] == (
        "Next: Thu 26 November from 10:00",
        None,
        "Thursday: not every week, 4 times until 17 January.",
    )
    assert said["11月〜3月 毎週土曜 9時〜"][0] == "Today, Sat 21 November from 9:00"
    assert said["第5金曜 13時30分〜"][0] == "Next: Fri 29 January 2027 from 13:30"
    season = said["11月〜3月 毎週土曜 9時〜"][1]
    assert season is not None
    assert re.search("November.*March", season)
    assert not re.search("[\u3000-\u9fff]", season)


def test_the_hall_says_it_too() -> None:
    answer = with_days()
    told = {card.number: card.days.next_line for card in hall_page(answer).cards}
    assert told[5] == "次は 11月26日(木) 10時から"
    assert told[4] is None
    drawn = pages.render(hall_page(answer))
    assert '<span class="hall-phrase" data-hall-next="5">次は 11月26日(木) 10時から</span>' in drawn
    assert hall_page(answer).map_data["days"] is None  # type: ignore[index]


@browser
@pytest.mark.parametrize(
    "query", ["weekday=火", "weekday=木&weekday=土&when=next-week", "when=today"]
)
def test_the_same_with_and_without_script(watched: Watched, timetables: str, query: str) -> None:
    url = f"{timetables}{AREA}?{quote(query, safe='=&')}"
    scripted, plain = watched(url), watched(url, script=False)
    shown = scripted.evaluate(SHOWN)
    assert shown
    drawn = pages.render(pages.map_page(with_days(), filters_of(query)))
    assert plain.content().count('<li class="entry"') == 39
    kept = [
        i
        for i, hidden in re.findall(
            r'<li class="entry" id="(t\d+)" data-number="\d+"( hidden)?', drawn
        )
        if not hidden
    ]
    assert sorted(kept) == sorted(shown)
    assert sorted(scripted.evaluate(ASKED)) == sorted(
        re.findall(r'<span class="entry-asked">([^<]*)<', drawn)
    )


@browser
def test_choosing_days_keeps_list_flags_count_and_address_together(
    watched: Watched, timetables: str
) -> None:
    page = watched(timetables + AREA)
    page.locator("[data-days] summary").click()
    page.locator("label.check", has_text="来週").click()
    assert page.url.endswith("?when=next-week")
    week = page.locator(".entry:visible").count()
    assert page.locator("[data-asked]").text_content() == "来週"
    page.locator("label.check", has_text="火曜").click()
    assert page.url.endswith(f"?weekday={quote('火')}&when=next-week")
    kept = page.locator(".entry:visible").count()
    assert 0 < kept < week
    assert page.locator("[data-result]").text_content() == f"お宝 39件のうち {kept}件"
    # Those that are not held every Tuesday; the line of the next day says the rest.
    assert 0 < page.locator(".entry:visible .entry-asked").count() < kept
    assert page.locator(".flag:not([hidden])").count() <= kept
    page.locator("[data-clear]").click()
    assert page.locator("input[name=when][value='']").is_checked()
    assert page.locator(".entry-asked").count() == 0
    assert page.locator(".entry:visible").count() == 39
    page.go_back()
    assert page.locator(".entry:visible").count() == kept


@browser
def test_the_map_card_says_the_next_day(watched: Watched, timetables: str) -> None:
    page = watched(timetables + AREA, 390, 844)
    page.locator('.flag-button[aria-label^="通5 "]').dispatch_event("click", {"detail": 1})
    assert page.locator("[data-card] .entry-next").text_content() == "次は 11月26日(木) 10時から"


@browser
@pytest.mark.parametrize("size", [(320, 568), (390, 844), (1366, 768)], ids=str)
@pytest.mark.parametrize("query", ["?when=week", "?when=week&lang=en", "?when=week&large=1"])
def test_the_choices_are_accessible_and_fit(
    watched: Watched, timetables: str, size: tuple[int, int], query: str
) -> None:
    page = watched(timetables + AREA + query, *size)
    if size[0] < 700:
        page.locator('[data-to-view="find"]').click()
        assert page.locator("[data-days] fieldset").first.is_visible()
    axe = vendor_file("axe").read_text("utf-8")
    found = page.evaluate(
        axe + ";axe.run('.filters').then((r) => r.violations.map((v) => [v.id, v.nodes[0].html]))"
    )
    assert found == []
    assert (
        page.evaluate(
            "() => [...document.querySelectorAll('.day-check')].filter((box) => box.scrollWidth > box.clientWidth"
            " || box.clientHeight < 44).map((box) => box.textContent.trim())"
        )
        == []
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@browser
@pytest.mark.parametrize("days_later", [0, 1, 9, 20])
def test_a_file_says_the_days_of_the_day_it_is_opened_on(
    watched: Watched, taken_home: str, days_later: int
) -> None:
    today = TODAY + timedelta(days=days_later)
    page = watched(taken_home, clock=today)
    fresh = with_days(today=today)
    expected = pages.map_page(fresh)
    lines = {number: card.next_line for number, card in cards(expected).items() if card.next_line}
    found = page.evaluate(
        "() => [...document.querySelectorAll('.entry:has(.entry-next)')].map((e) =>"
        " [Number(e.dataset.number), e.querySelector('.entry-next').textContent])"
    )
    assert dict(map(tuple, found)) == lines
    assert expected.days is not None
    labels = page.locator("input[name=when] ~ .day-more").all_text_contents()
    assert labels == [one.dates for one in expected.days.whens[1:]]
    counts = page.locator("input[name=when] ~ .count").all_text_contents()
    assert counts == [f"{one.count}件" for one in expected.days.whens[1:]]
    hall = page.evaluate(
        "() => [...document.querySelectorAll('[data-hall-next]')].map((e) => [Number(e.dataset.hallNext), e.textContent])"
    )
    assert hall
    assert all(lines[number] == line for number, line in hall)
    assert page.locator("[data-day-warning]").is_hidden()


@browser
def test_a_file_older_than_its_period_says_so(watched: Watched, taken_home: str) -> None:
    page = watched(f"{taken_home}?weekday={quote('火')}&when=week", clock=date(2027, 1, 18))
    page.locator("[data-days] summary").click()
    assert page.locator("[data-day-warning]").text_content() == (
        "このファイルの予定は1月17日までです。新しいファイルをもらってください。"
    )
    assert page.locator("[data-days] input:enabled").count() == 1  # いつでも
    assert page.locator(".entry:visible").count() == 39
    # What is known beyond the period is still said, the rest has to be asked for.
    assert set(page.evaluate(LINES)) == {
        "日にちは、お問い合わせください",
        "次は 4月4日(日) 9時から",
    }


@browser
def test_a_file_near_its_end_offers_no_week_it_does_not_know(
    watched: Watched, taken_home: str
) -> None:
    page = watched(taken_home, clock=date(2027, 1, 12))
    page.locator("[data-days] summary").click()
    assert (
        page.locator("[data-day-warning]").text_content() == "このファイルの予定は1月17日までです。"
    )
    assert page.locator("input[name=when]:enabled").evaluate_all(
        "(all) => all.map((b) => b.value)"
    ) == ["", "today", "week"]


@browser
def test_a_clock_before_the_file_was_made_is_not_believed(
    watched: Watched, taken_home: str
) -> None:
    page = watched(taken_home, clock=date(2015, 1, 1))
    page.locator("[data-days] summary").click()
    assert page.locator("[data-day-warning]").text_content() == (
        "この機械の日付が、このファイルを作った日より前になっています。11月21日のものとして出しています。"
    )
    assert page.locator("#t5 .entry-next").text_content() == "次は 11月26日(木) 10時から"


def test_a_line_of_days_is_text() -> None:
    answer = one_entry("<b>毎週火曜</b> 10時〜", TODAY)
    assert "<b>毎週" not in pages.render(pages.map_page(answer))
    assert day_book(answer.entries, TODAY).facets
