"""The sheet in Chromium: screens of every width, and A4 in both directions."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from browser.screen_kit import assert_fits, assert_large_enough, violations_of
from playwright.sync_api import Page
from week.conftest import OpenWeek
from week.week_answers import full

pytestmark = pytest.mark.browser

NEXT = "&week=next"
MORE = ("", "&lang=en", "&large=1", "&lang=en&large=1")


@pytest.mark.parametrize(
    ("code", "more"),
    [*(("SMALL", NEXT + more) for more in MORE), ("FULL", ""), ("FULL", MORE[-1]), ("EMPTY", "")],
)
def test_nothing_moves_sideways(open_week: OpenWeek, code: str, more: str) -> None:
    page = open_week(code, more)
    for width in (320, 360, 768, 1024, 1200, 1366, 1920):
        page.set_viewport_size({"width": width, "height": 768})
        assert_fits(page)
        assert_large_enough(page)
        assert _cut(page) == []


@pytest.mark.parametrize("width", [360, 768, 1366])
@pytest.mark.parametrize("more", MORE)
def test_the_sheet_is_accessible(open_week: OpenWeek, width: int, more: str) -> None:
    assert violations_of(open_week("SMALL", NEXT + more, width)) == []


def test_day_after_day_on_a_phone_and_side_by_side_on_a_laptop(open_week: OpenWeek) -> None:
    page = open_week("SMALL", NEXT, 360)
    assert len({box["x"] for box in _days(page)}) == 1
    page.set_viewport_size({"width": 1366, "height": 768})
    assert len({box["x"] for box in _days(page)}) == 7
    assert len({box["y"] for box in _days(page)}) == 1


def test_from_the_area_page_to_the_sheet_and_through_the_weeks(open_week: OpenWeek) -> None:
    page = open_week("SMALL", script=False)
    page.get_by_role("link", name="次の週").click()
    assert page.url.endswith("?mode=week&week=2026-11-23")
    page.get_by_role("link", name="前の週").click()
    assert page.url.endswith("?mode=week")
    page.get_by_role("link", name="地図と一覧へもどる").click()
    page.get_by_text("曜日・日にちでえらぶ").click()
    page.get_by_role("link", name="今週の予定表").click()
    assert page.url.endswith("/99999/jhs/SMALL?mode=week")


@pytest.mark.parametrize("landscape", [False, True])
def test_two_hundred_entries_on_a4_each_once_and_the_day_on_every_page(
    open_week: OpenWeek, tmp_path: Path, landscape: bool
) -> None:
    pages = _printed(open_week("FULL"), tmp_path, landscape=landscape)
    said = re.findall(r"第(\d+)集会所", "\n".join(pages))
    assert Counter(said) == Counter(str(entry.number) for entry in full().entries)
    # A day that goes on is named again: no line stands on a page without its day.
    assert all(re.search(r"11月\d+日\([月火水木金土日]\)", one) for one in pages[:-1])
    assert len(pages) < 15
    for pressed in ("次の週", "English", "地図と一覧へもどる", "Ctrl"):
        assert pressed not in "".join(pages)
    assert "お出かけの前に、たしかめてください。" in "".join(pages[-1].split())


@pytest.mark.parametrize("landscape", [False, True])
def test_an_ordinary_week_and_an_empty_one(
    open_week: OpenWeek, tmp_path: Path, landscape: bool
) -> None:
    pages = _printed(open_week("SMALL", NEXT), tmp_path, landscape=landscape)
    assert len(pages) == (2 if landscape else 1)
    assert "勤労感謝の日" in pages[0]
    assert len(_printed(open_week("EMPTY"), tmp_path, landscape=landscape)) == 1


def test_letters_on_paper_are_eleven_points_and_black(open_week: OpenWeek) -> None:
    page = open_week("SMALL", NEXT)
    page.emulate_media(media="print")
    small = page.evaluate(
        """() => [...document.querySelectorAll('main :is(span, p, td, th, li, time, h1, h2)')]
           .filter(e => e.checkVisibility() && !e.querySelector('*') && e.textContent.trim())
           .filter(e => parseFloat(getComputedStyle(e).fontSize) < 11 * 96 / 72 - 0.01)
           .map(e => e.outerHTML)"""
    )
    assert small == []
    fills = page.evaluate(
        """() => [...document.querySelectorAll('.mark-cloth, .mark text')]
           .map(e => e.tagName + getComputedStyle(e).fill)"""
    )
    assert set(fills) == {"pathrgb(255, 255, 255)", "textrgb(0, 0, 0)"}
    broken = page.evaluate(
        "[...document.querySelectorAll('.day tr')].map(e => getComputedStyle(e).breakInside)"
    )
    assert set(broken) == {"avoid"}


def _days(page: Page) -> list[dict[str, float]]:
    return [dict(box) for day in page.locator(".day").all() if (box := day.bounding_box())]


def _cut(page: Page) -> list[str]:
    """What does not fit its day."""
    found: list[str] = page.evaluate(
        """() => [...document.querySelectorAll('.day :is(th, td, span, time)')]
           .filter(e => e.checkVisibility() && !e.closest('.sr'))
           .filter(e => e.getBoundingClientRect().right
             > e.closest('.day').getBoundingClientRect().right + 1)
           .map(e => e.outerHTML.slice(0, 120))"""
    )
    return found


def _printed(page: Page, folder: Path, *, landscape: bool) -> list[str]:
    """The text of every page of the sheet."""
    reader = shutil.which("pdftotext")
    assert reader, "pdftotext (poppler-utils) reads what was printed"
    file = folder / "week.pdf"
    page.pdf(path=file, format="A4", landscape=landscape)
    done = subprocess.run([reader, "-raw", file, "-"], check=True, capture_output=True, text=True)
    return done.stdout.removesuffix("\f").split("\f")
