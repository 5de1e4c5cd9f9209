"""What a reader brings along: a telephone, large letters, no scripts, paper, colours of their own."""

from __future__ import annotations

import pytest
from browser import wide_answers as wide
from browser.screen_kit import AREA, PHONES, WIDE, Opened, assert_fits, box_of, violations_of
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser


TELEPHONES = {
    "電話 054-123-4567": ["0541234567"],
    "０５４−１２３−４５６７（山田）": ["0541234567"],
    "0544(22)1234、090-1234-5678": ["0544221234", "09012345678"],
    "(054)123-4567": ["0541234567"],
    "フリーダイヤル 0120-123-456": ["0120123456"],
    "FAX 054-123-4568": [],
    "ファックス：054-123-4568": [],
    "電話とFAX 054-123-4568": [],
    "2026-03-31": [],
    "事業所番号 0170400123": [],
    "〒054-0821": [],
    "054-123-45678": [],
    "10時-11時": [],
    "1-054-123-4567": [],
    "090-123-4567": [],
}


@pytest.mark.parametrize("text", TELEPHONES)
def test_only_what_is_a_telephone_for_certain_can_be_called(open_at: Opened, text: str) -> None:
    page = open_at(AREA + "ONE", PHONES["360"])
    pieces = page.evaluate("text => Otakara.telephonesIn(text)", text)
    assert "".join(piece["text"] for piece in pieces) == text
    assert [p["href"].removeprefix("tel:") for p in pieces if "href" in p] == TELEPHONES[text]


def test_with_a_mouse_a_number_stays_text(open_at: Opened) -> None:
    page = open_at(AREA + "ONE", WIDE["laptop"])
    page.locator(".entry summary").first.click()
    assert page.locator(".entry a").count() == 0


@pytest.mark.parametrize("size", ["360", "320"])
def test_without_scripts_the_phone_has_all_of_it(open_at: Opened, size: str) -> None:
    page = open_at(AREA + "PLAIN?layer=layer2", PHONES[size], java_script_enabled=False)
    assert page.locator(".bar").is_hidden()
    assert page.locator(".entry").count() == 40
    assert page.locator(".entry:visible").count() == 4
    assert page.locator(".filters").is_visible()
    assert page.locator(".map-wait").is_visible()
    assert page.locator(".see").is_hidden()


@pytest.mark.parametrize("size", [(683, 384), (512, 384), (320, 256), (320, 180)])
def test_magnified_two_to_four_times(open_at: Opened, size: tuple[int, int]) -> None:
    """200 % of 1366x768 and 1024x768, 400 % of 1280x1024 and of 1280x720."""
    page = open_at(AREA + "LONG", size)
    assert_fits(page)
    page.locator("[data-to-view=map]").click()
    assert box_of(page, ".map-pane")["height"] >= size[1] / 3
    page.locator("[data-to-view=find]").click()
    page.locator("#q").scroll_into_view_if_needed()
    assert page.locator("#q").is_visible()


@pytest.mark.parametrize("times", [2, 4])
def test_larger_letters_alone_reflow(open_at: Opened, times: int) -> None:
    """Letters twice and four times as large, as the browser's own setting makes them."""
    page = open_at(AREA + "PLAIN", (1366, 768))
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    page.evaluate("size => document.documentElement.style.fontSize = size", f"{size * times}px")
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    "wish",
    [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"reduced_motion": "reduce"}],
)
@pytest.mark.parametrize("size", ["360", "laptop"])
def test_the_wishes_of_the_reader(open_at: Opened, size: str, wish: dict[str, str]) -> None:
    page = open_at(AREA + "PLAIN", (PHONES | WIDE)[size], **wish)
    assert violations_of(page) == []
    if "color_scheme" in wish:  # paper stays light; the system is told so
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
            "rgb(247, 242, 232)"
        )
        said = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
        assert sorted(said.split()) == ["light", "only"]
    if "forced_colors" in wish and size == "360":
        colours = page.eval_on_selector_all(
            ".bar-button", "all => all.map(e => getComputedStyle(e).backgroundColor)"
        )
        assert len(set(colours)) == 2  # which one is in front is seen without our colours


def test_on_paper_the_whole_list_and_a_word_about_the_map(open_at: Opened) -> None:
    page = open_at(AREA + "PLAIN", WIDE["laptop"])
    page.emulate_media(media="print")
    assert page.locator(".map-pane").is_hidden()
    assert page.locator(".paper-only").is_visible()
    assert page.locator(".filters").is_hidden()
    for pressed in (".top .switch", ".views", ".to-hall", ".bar"):
        assert page.locator(pressed).is_hidden()
    assert page.evaluate("getComputedStyle(document.body).overflow") == "visible"
    height = page.evaluate("document.querySelector('.list-pane').scrollHeight")
    assert box_of(page, ".list-pane")["height"] == pytest.approx(height, abs=2)
    assert page.locator(".entry").last.is_visible()
    assert page.locator(".entry .facts dd", has_text=wide.PHONE).last.is_visible()
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.entry')).contentVisibility"
    ) == ("visible")


def test_the_skip_link_leads_into_the_list(open_at: Opened) -> None:
    page = open_at(AREA + "PLAIN", WIDE["laptop"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "list"
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.list-pane')")


def test_a_map_that_cannot_be_read_says_so(chromium: Browser, screens: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.route("**/PLAIN.json", lambda route: route.fulfill(status=503, body=""))
    page.goto(screens + AREA + "PLAIN")
    wait = page.locator("[data-map-wait]")
    expect(wait).to_contain_text("読み込めませんでした")
    assert wait.is_hidden()  # the list is in front
    page.locator("[data-to-view=map]").tap()
    assert wait.is_visible()
    context.close()
