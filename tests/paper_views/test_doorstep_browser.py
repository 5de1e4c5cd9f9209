"""The doorstep page in a real browser: by name, by finger, by keys, without a script; and silent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.screen_kit import assert_fits, assert_large_enough, violations_of
from browser.watched_pages import watched_pages
from browser.watching import ServedTown
from paper_foundation.printed import text_of
from playwright.sync_api import Browser, Page, expect

from geo.model.audience import Audience

Open = Callable[..., Page]
SIZES = [(360, 740), (320, 568), (768, 1024), (1366, 768)]


@pytest.fixture
def open_door(chromium: Browser, served_door: Callable[..., ServedTown]) -> Iterator[Open]:
    """``open_door("?lang=en", size, audience)``; afterwards nothing was blocked or went out."""
    with watched_pages(chromium) as open_watched:

        def open_one(
            more: str = "",
            size: tuple[int, int] = (1366, 768),
            audience: Audience = Audience.PUBLIC,
            *,
            script: bool = True,
            **others: Any,
        ) -> Page:
            town = served_door(audience)
            path = f"/doorstep/{town.code}/quarter/q1{more}"
            page = open_watched(town.base, path, size=size, script=script, **others)
            if script:
                page.wait_for_selector("html[data-ready]")
            return page

        yield open_one


def fetched(page: Page, folder: Path, press: Callable[[], None]) -> str:
    """The words of the sheet that comes after a press."""
    with page.expect_download() as loading:
        press()
    file = folder / "sheet.pdf"
    loading.value.save_as(file)
    assert loading.value.suggested_filename == "ますめ市_南西区_doorstep_A4.pdf"
    return text_of(file.read_bytes())


def longitude(page: Page) -> str:
    """What the form would send."""
    return str(page.evaluate("document.querySelector('[data-door]').elements.lon.value"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("more", ["", "?lang=en&large=1"])
def test_it_fits_every_screen_and_finger(open_door: Open, size: tuple[int, int], more: str) -> None:
    page = open_door(more, size)
    assert_fits(page)
    assert_large_enough(page)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.COUNCIL], ids=lambda a: a.word)
def test_axe_finds_nothing(open_door: Open, audience: Audience, size: tuple[int, int]) -> None:
    page = open_door("", size, audience, bypass_csp=True)
    assert violations_of(page) == []


def test_a_landmark_is_chosen_with_keys_alone(open_door: Open, tmp_path: Path) -> None:
    page = open_door()
    page.get_by_label("どこから歩きますか").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-readout]")).to_have_text("地図の十字の所から歩きます。")
    assert page.locator(".cross-set").count() == 1
    page.get_by_role("button", name="PDFにする").focus()
    said = fetched(page, tmp_path, lambda: page.keyboard.press("Enter"))
    assert "竹町公民館" in said
    assert "歩いて約9分" in said
    expect(page.locator("[data-busy]")).to_contain_text("ファイルを作っています。")


def test_a_place_is_pressed_on_the_map(open_door: Open, tmp_path: Path) -> None:
    page = open_door(size=(360, 740))
    page.get_by_label("どこから歩きますか").select_option(label="松会館")
    page.locator("[data-map] .leaflet-container").click(position={"x": 90, "y": 120})
    assert page.get_by_label("どこから歩きますか").input_value() == ""
    assert longitude(page).startswith("138.5")
    page.get_by_label("紙に書く呼び名").fill("花山さん宅")
    press = page.get_by_role("button", name="PDFにする").click
    assert "花山さん宅" in fetched(page, tmp_path, press)


def test_the_arrows_move_the_crosshair_and_enter_makes_the_sheet(
    open_door: Open, tmp_path: Path
) -> None:
    page = open_door()
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowRight")
    first = longitude(page)
    page.keyboard.press("Shift+ArrowRight")
    assert float(longitude(page)) > float(first)
    assert "この場所" in fetched(page, tmp_path, lambda: page.keyboard.press("Enter"))


def test_nothing_chosen_is_said_before_anything_is_sent(open_door: Open) -> None:
    page = open_door()
    page.get_by_role("button", name="PDFにする").click()
    readout = page.locator("[data-readout]")
    expect(readout).to_have_text("どこから歩くかを、えらんでください。")
    assert page.evaluate("document.activeElement.id") == "landmark"


def test_it_works_without_a_script(open_door: Open, tmp_path: Path) -> None:
    page = open_door(script=False)
    assert not page.locator("[data-map]").is_visible()
    page.get_by_role("button", name="PDFにする").click()
    assert page.locator("#landmark:invalid").count() == 1  # the browser itself asks for it
    page.get_by_label("どこから歩きますか").select_option(label="稲荷神社（北から2つめ）")
    said = fetched(page, tmp_path, page.get_by_role("button", name="PDFにする").click)
    assert "稲荷神社" in said
    assert "歩いて約1分" in said


def test_the_browser_keeps_nothing_of_it(open_door: Open, tmp_path: Path) -> None:
    """No address, no referrer, no storage; what was sent, was sent as a form and to this address."""
    page = open_door()
    sent = []
    page.on("request", lambda request: sent.append(request))
    page.get_by_label("紙に書く呼び名").fill("花山さん宅")
    page.get_by_label("どこから歩きますか").select_option(label="竹町公民館")
    page.wait_for_load_state("networkidle")
    fetched(page, tmp_path, page.get_by_role("button", name="PDFにする").click)
    posted = [request for request in sent if request.method == "POST"]
    assert [request.url for request in posted] == [page.url]
    assert posted[0].headers["content-type"] == "application/x-www-form-urlencoded"
    for request in sent:
        for word in ("138.508", "36.0022", "%E8%8A%B1", "%E7%AB%B9"):
            assert word not in request.url + request.headers.get("referer", "")
    assert page.url.endswith("/doorstep/99910/quarter/q1")
    stored = page.evaluate("JSON.stringify([localStorage, sessionStorage, history.state])")
    assert stored == "[{},{},null]"
    assert [cookie["name"] for cookie in page.context.cookies()] == ["otakara"]


def test_the_map_leads_nowhere_and_a_flag_is_a_place(open_door: Open) -> None:
    """A neighbour is pressed like any place; a flag stands for the place it stands at."""
    page = open_door()
    box = page.locator("[data-map] .leaflet-container").bounding_box()
    assert box is not None
    for x, y in ((20, 20), (0.9 * box["width"], 0.5 * box["height"]), (30, 0.8 * box["height"])):
        page.mouse.click(box["x"] + x, box["y"] + y)
    assert page.url.endswith("/quarter/q1")
    assert longitude(page)
    page.locator(".flags button").first.click()
    assert longitude(page).startswith("138.50277")
