"""The hall of a page that was narrowed to days, online and in a file."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from days.shared_vectors import filters_of
from days.timetable_page import TODAY, one_entry, with_days
from playwright.sync_api import Page

from webmap import pages
from webmap.hall import hall_page
from webmap.showing import Mode, Showing

Watched = Callable[..., Page]
HALL = Showing(mode=Mode.HALL)


def test_the_hall_visits_what_the_filters_leave() -> None:
    answer, filters = with_days(), filters_of("weekday=木&when=next-week&layer=gather")
    page = hall_page(answer, HALL, filters=filters)
    accepts = filters.within(answer).chooser(answer)
    kept = [e.number for e in answer.entries if accepts(e) and e.flag is not None]
    assert kept
    assert page.script_data["tours"]["chosen"][0]["numbers"] == kept
    assert page.asked_for == ("通いの場", "来週（11月23日〜29日）", "木曜")
    assert page.picked == sum(map(accepts, answer.entries))
    query = f"layer=gather&weekday={quote('木')}&when=next-week"
    assert page.leave_url == f"/99999/jhs/J0?{query}"
    assert page.orders[-1].url == f"/99999/jhs/J0?{query}&mode=hall"
    assert page.orders[0].url == "/99999/jhs/J0?mode=hall"


def test_a_list_of_marks_goes_before_the_filters() -> None:
    showing = Showing(mode=Mode.HALL, marks=("通5",))
    page = hall_page(with_days(), showing, filters=filters_of("weekday=火"))
    assert page.script_data["tours"]["chosen"][0]["numbers"] == [5]
    assert page.asked_for == ()


def test_nothing_on_that_day_is_said_and_not_everything_shown() -> None:
    page = hall_page(one_entry("毎週火曜 10時〜", TODAY), HALL, filters=filters_of("weekday=水"))
    assert page.picked == 0
    assert "この中には、まだ見つかっていません。" in pages.render(page)


def test_the_page_leads_to_the_hall_of_what_it_shows() -> None:
    page = pages.map_page(with_days(), filters_of("weekday=火"))
    assert f'href="?weekday={quote("火")}&amp;mode=hall"' in pages.render(page)


@pytest.mark.browser
def test_the_link_to_the_hall_follows_the_filters(watched: Watched, timetables: str) -> None:
    page = watched(f"{timetables}/99999/jhs/J0?lang=en")
    page.locator("[data-days] summary").click()
    page.locator("label.check", has_text="Next week").click()
    page.locator(".to-hall").click()
    page.wait_for_url("**/J0?when=next-week&mode=hall&lang=en")


@pytest.mark.browser
def test_a_file_shows_its_hall_of_what_is_left(watched: Watched, taken_home: str) -> None:
    page = watched(taken_home, clock=TODAY)
    kept = "() => [...document.querySelectorAll('.entry:not([hidden])')].length"
    page.locator("[data-days] summary").click()
    page.locator("label.check", has_text="来週").click()
    placed = page.evaluate("() => [...document.querySelectorAll('.flag:not([hidden])')].length")
    assert 0 < placed <= page.evaluate(kept) < 39
    page.locator("[data-open-hall]").click()
    assert page.locator("[data-hall-asked]").text_content() == "来週"
    page.keyboard.press("ArrowRight")
    count = page.locator("[data-hall-count]").text_content() or ""
    left = int(count.split("/")[1])
    assert placed <= left < 36
    page.keyboard.press("Escape")
    page.locator("[data-clear]").click()
    page.locator("[data-open-hall]").click()
    page.keyboard.press("ArrowRight")
    assert (page.locator("[data-hall-count]").text_content() or "").endswith("/ 36")
