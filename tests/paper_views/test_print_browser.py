"""The page of choices in a real browser: quiet, reachable by keys, readable by everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.screen_kit import assert_fits, assert_large_enough, violations_of
from browser.watched_pages import watched_pages
from browser.watching import ServedTown
from paper_foundation.printed import pages_mm, text_of
from playwright.sync_api import Browser, Page

from geo.model.audience import Audience

Open = Callable[..., Page]


@pytest.fixture
def open_print(chromium: Browser, served: Callable[..., ServedTown]) -> Iterator[Open]:
    """``open_print("&large=1", size, audience)``; afterwards nothing was blocked or went out."""
    with watched_pages(chromium) as open_watched:

        def open_one(
            more: str = "",
            size: tuple[int, int] = (1366, 768),
            audience: Audience = Audience.PUBLIC,
            *,
            mode: str = "?mode=print",
            **others: Any,
        ) -> Page:
            town = served(audience)
            path = f"/{town.code}/quarter/q1{mode}{more}"
            return open_watched(town.base, path, size=size, **others)

        yield open_one


@pytest.mark.parametrize("size", [(360, 740), (320, 568), (768, 1024), (1366, 768)])
@pytest.mark.parametrize("more", ["", "&lang=en&large=1&paper=A4&orientation=portrait"])
def test_it_fits_every_screen_and_finger(
    open_print: Open, size: tuple[int, int], more: str
) -> None:
    page = open_print(more, size)
    assert_fits(page)
    assert_large_enough(page)
    picture = page.locator(".print-first")
    assert picture.evaluate("e => e.complete && e.naturalWidth > 600")


@pytest.mark.parametrize("size", [(360, 740), (320, 568), (768, 1024), (1366, 768)])
@pytest.mark.parametrize(
    ("audience", "more"),
    [(Audience.PUBLIC, "&sheet=list"), (Audience.COUNCIL, "&sheet=week")],
    ids=lambda one: getattr(one, "word", one),
)
def test_axe_finds_nothing(
    open_print: Open, audience: Audience, more: str, size: tuple[int, int]
) -> None:
    page = open_print(more, size, audience, bypass_csp=True)
    assert violations_of(page) == []


def test_a_pdf_is_chosen_and_fetched_with_keys_alone(open_print: Open, tmp_path: Path) -> None:
    """From the area page: 印刷する, A4, たて長, 文字を大きく, PDFにする."""
    page = open_print(mode="")
    page.get_by_role("link", name="印刷する").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/q1?mode=print")
    page.get_by_role("radio", name="A3").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.get_by_role("checkbox", name="文字を大きく").press("Space")
    page.get_by_role("button", name="PDFにする").focus()
    with page.expect_download() as loading:
        page.keyboard.press("Enter")
    assert loading.value.suggested_filename == "ますめ市_南西区_A4.pdf"
    file = tmp_path / "sheet.pdf"
    loading.value.save_as(file)
    assert pages_mm(file.read_bytes())[0] == pytest.approx((210, 297), abs=0.01)
    assert "ゆうひ会" in text_of(file.read_bytes())


def test_another_picture_needs_no_script(open_print: Open) -> None:
    page = open_print(script=False)
    page.get_by_label("A4", exact=True).check()
    page.get_by_role("button", name="見本を見る").click()
    page.wait_for_url("**paper=A4**")
    picture = page.locator(".print-first")
    assert picture.get_attribute("width") == "1000"
    assert page.get_by_label("A4", exact=True).is_checked()


def test_the_number_of_the_copy_is_kept(open_print: Open) -> None:
    page = open_print(audience=Audience.COUNCIL)
    page.get_by_label("控えの番号").fill("7")
    page.keyboard.press("Enter")
    page.wait_for_url("**copy=7**")
    assert page.get_by_label("控えの番号").input_value() == "7"
