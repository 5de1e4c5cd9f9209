"""Phone, tablet, laptop, wall: measured in Chromium, on pages that are hard to show."""

from __future__ import annotations

import pytest
from browser import wide_answers as wide
from browser.screen_kit import (
    AREA,
    PHONES,
    WIDE,
    Opened,
    assert_fits,
    assert_large_enough,
    box_of,
    violations_of,
)
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGES = (
    AREA + "PLAIN",
    AREA + "LONG",
    AREA + "EMPTY",
    AREA + "ONE",
    AREA + "PLAIN?lang=en",
    AREA + "PLAIN?large=1",
    "/",
    "/99999/nb/",
    "/error",
)
BAR_BUTTON = 48


def _views(page: Page) -> list[str]:
    """The parts of the page that stand in front one after the other on a phone, the list last."""
    offered = [button.get_attribute("data-to-view") for button in page.locator(".bar-button").all()]
    return sorted(filter(None, offered), key="list".__eq__)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_every_phone(open_at: Opened, path: str) -> None:
    page = open_at(path, PHONES["360"])
    for width, height in PHONES.values():
        page.set_viewport_size({"width": width, "height": height})
        assert_fits(page)
        for view in _views(page):
            page.locator(f"[data-to-view={view}]").click()
            assert_fits(page)
            assert_large_enough(page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_every_wider_screen(open_at: Opened, path: str) -> None:
    page = open_at(path, WIDE["laptop"])
    for width, height in WIDE.values():
        page.set_viewport_size({"width": width, "height": height})
        assert_fits(page)
        assert_large_enough(page)


@pytest.mark.parametrize("size", PHONES | WIDE)
@pytest.mark.parametrize("path", [AREA + "HARD", "/", "/error"])
def test_every_screen_is_accessible(open_at: Opened, path: str, size: str) -> None:
    page = open_at(path, (PHONES | WIDE)[size])
    assert violations_of(page) == []
    for view in _views(page) if size in PHONES else ():
        page.locator(f"[data-to-view={view}]").click()
        assert violations_of(page) == [], view


@pytest.mark.parametrize("size", PHONES)
def test_on_a_phone_the_list_is_first_and_the_thumb_reaches_the_rest(
    open_at: Opened, size: str
) -> None:
    width, height = PHONES[size]
    page = open_at(AREA + "PLAIN", (width, height))
    assert page.locator(".map-pane").is_hidden()
    assert page.locator(".filters").is_hidden()
    assert page.locator(".entry").first.is_visible()
    for button in page.locator(".bar-button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= BAR_BUTTON
        assert box["width"] >= BAR_BUTTON
        if height > width:
            assert box["y"] > height * 2 / 3
        else:
            assert box["x"] > width * 2 / 3
    assert page.locator(".bar-button").all_inner_texts() == ["一覧", "地図", "さがす"]
    expect(page.locator(".bar [aria-current]")).to_have_text("一覧")


@pytest.mark.parametrize("size", PHONES)
def test_the_buttons_cover_neither_the_end_nor_what_has_the_focus(
    open_at: Opened, size: str
) -> None:
    width, height = PHONES[size]
    page = open_at(AREA + "PLAIN", (width, height))
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    bar = box_of(page, ".bar")
    last = box_of(page, ".foot > :last-child")
    assert last["y"] + last["height"] <= bar["y"] or last["x"] + last["width"] <= bar["x"]
    page.evaluate("scrollTo(0, 0)")
    strip_height = box_of(page, ".result")["height"]
    for _ in range(30):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """async () => {
              // The page scrolls to what has the focus with the next picture, not before it.
              for (let y = NaN; y !== scrollY; ) {
                y = scrollY;
                for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
              }
              const e = document.activeElement, b = e.getBoundingClientRect();
              return e.closest('.bar, .top, .skip') ? null : [b.top, b.bottom, b.right];
            }"""
        )
        if seen:
            assert seen[0] >= -1
            assert seen[1] <= bar["y"] + 1 or seen[2] <= bar["x"] + 1
    assert strip_height < height / 4


def test_a_field_stays_in_sight_when_the_keyboard_comes(open_at: Opened) -> None:
    page = open_at(AREA + "PLAIN", PHONES["360"], is_mobile=True)
    page.locator("[data-to-view=find]").tap()
    page.locator("#q").tap()
    page.set_viewport_size({"width": 360, "height": 400})  # what the keyboard leaves
    field = box_of(page, "#q")
    assert field["y"] >= 0
    assert field["y"] + field["height"] <= 400
    assert page.locator(".bar").is_hidden()
    page.locator("#q").fill("ひだまりその7")
    page.keyboard.press("Enter")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.locator(".filters").is_hidden()
    assert page.locator(".entry:visible").count() == 1
    assert page.locator(".bar").is_visible()
    expect(page.locator("[data-asked]")).to_have_text("「ひだまりその7」")


@pytest.mark.parametrize("size", ["360", "across"])
def test_from_an_entry_to_its_flag_and_back_to_the_same_place(open_at: Opened, size: str) -> None:
    width, height = PHONES[size]
    page = open_at(AREA + "PLAIN", (width, height))
    entry = page.locator("#t15")
    entry.locator("summary").tap()
    entry.locator(".show-on-map").evaluate("e => e.scrollIntoView({block: 'center'})")
    before = page.evaluate("scrollY")
    assert before > 0
    entry.locator(".show-on-map").tap()
    flag = page.locator(".flag-selected .flag-drawing")
    expect(flag).to_be_visible()
    page.wait_for_timeout(600)  # the map glides
    box, card = flag.bounding_box(), box_of(page, "[data-card]")
    pane, strip = box_of(page, ".map-pane"), box_of(page, ".result")
    assert box
    assert box["x"] >= pane["x"]
    assert box["x"] + box["width"] <= pane["x"] + pane["width"]
    assert box["y"] >= strip["y"] + strip["height"] - 1
    foot = box["y"] + box["height"]
    assert foot <= card["y"] + 1 or box["x"] >= card["x"] + card["width"] - 1
    assert page.url.endswith("#t15")
    page.locator("[data-back]").tap()
    expect(page.locator(".map-pane")).to_be_hidden()
    expect(page.locator("#t15 summary")).to_be_focused()
    assert page.evaluate("scrollY") == before
    # The same by the browser's own button.
    entry.locator(".show-on-map").tap()
    expect(page.locator(".map-pane")).to_be_visible()
    page.go_back()
    expect(page.locator(".map-pane")).to_be_hidden()
    assert page.evaluate("scrollY") == before
    assert "PLAIN" in page.url


def test_a_flag_leads_to_its_entry_wherever_the_list_stood(open_at: Opened) -> None:
    page = open_at(AREA + "PLAIN", PHONES["390"])
    page.locator("#t30 summary").tap()
    page.locator("[data-to-view=map]").tap()
    page.locator('.flag-button[aria-label^="移2 "]').dispatch_event("click", {"detail": 1})
    expect(page.locator("[data-card] .telephone")).to_be_visible()
    page.locator("[data-back]").tap()
    expect(page.locator("#t2 summary")).to_be_focused()
    page.wait_for_timeout(300)
    top, strip, bar = box_of(page, "#t2 summary"), box_of(page, ".result"), box_of(page, ".bar")
    assert top["y"] >= strip["y"] + strip["height"] - 1
    assert top["y"] + top["height"] <= bar["y"]
    page.go_back()  # not into the map again
    assert "PLAIN" not in page.url


def test_a_search_is_one_step_back(open_at: Opened) -> None:
    page = open_at(AREA + "PLAIN", PHONES["390"])
    page.locator("[data-to-view=find]").tap()
    page.locator("label.check").nth(0).tap()
    page.locator("label.check").nth(1).tap()
    expect(page.locator("[data-result]")).to_have_text("お宝 40件のうち 8件")
    page.locator("[data-see]").tap()
    expect(page.locator(".entry:visible")).to_have_count(8)
    expect(page.locator("[data-asked]")).to_have_text("通いの場 / 移動販売")
    page.locator("[data-to-view=map]").tap()
    expect(page.locator(".flag:not([hidden])")).to_have_count(8)
    assert page.locator("[data-result]").is_visible()
    assert page.locator("[data-asked]").is_visible()
    page.go_back()
    expect(page.locator(".map-pane")).to_be_hidden()
    expect(page.locator(".entry:visible")).to_have_count(8)
    page.go_back()
    expect(page.locator(".entry:visible")).to_have_count(40)
    assert page.locator(".filters").is_hidden()


def test_turning_the_phone_changes_nothing_but_the_shape(open_at: Opened) -> None:
    page = open_at(AREA + "PLAIN", PHONES["390"])
    page.locator("[data-to-view=find]").tap()
    page.locator("label.check").nth(2).tap()
    page.locator("[data-to-view=map]").tap()
    page.set_viewport_size({"width": 844, "height": 390})
    assert page.locator(".map-pane").is_visible()
    expect(page.locator(".flag:not([hidden])")).to_have_count(4)
    pane = box_of(page, ".leaflet-container")
    assert pane["width"] > pane["height"]
    page.locator("[data-to-view=list]").tap()
    assert page.locator(".entry:visible").count() == 4
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator(".entry:visible").count() == 4
    assert page.locator(".map-pane").is_hidden()


def test_three_taps_from_the_town_to_a_telephone(open_at: Opened) -> None:
    """A welfare commissioner at a doorstep: area, entry, and the third tap calls."""
    page = open_at("/", PHONES["360"])
    link = page.locator("tbody th a").first
    assert box_of(page, "tbody th a")["y"] < PHONES["360"][1]  # without scrolling
    page.evaluate("link => link.setAttribute('href', '/99999/jhs/PLAIN')", link.element_handle())
    link.tap()  # 1
    page.wait_for_selector("html[data-ready]", state="attached")
    entry = page.locator(".entry").first
    expect(entry.locator(".entry-lead").first).to_contain_text("第2・4木曜日")
    entry.locator("summary").tap()  # 2
    call = entry.locator("a.telephone")
    expect(call).to_have_text(wide.PHONE)
    assert call.get_attribute("href") == "tel:" + wide.PHONE.replace("-", "")
    assert call.is_visible()  # 3
    assert (entry.text_content() or "").count(wide.CONTACT) == 1


@pytest.mark.parametrize("size", WIDE)
def test_map_and_list_share_a_wider_screen(open_at: Opened, size: str) -> None:
    width, height = WIDE[size]
    page = open_at(AREA + "MANY", (width, height))
    assert page.locator(".bar").is_hidden()
    pane, listed, top = box_of(page, ".map-pane"), box_of(page, ".list-pane"), box_of(page, ".top")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    if size == "upright":
        assert pane["width"] == listed["width"] == width
        assert pane["y"] + pane["height"] <= listed["y"] + 1
        assert listed["y"] + listed["height"] == pytest.approx(height, abs=1)
    else:  # no band is left over
        assert pane["width"] + listed["width"] == pytest.approx(width, abs=2)
        assert pane["y"] == pytest.approx(top["y"] + top["height"], abs=1)
        assert pane["y"] + pane["height"] == pytest.approx(height, abs=1)
    # A treasure stands in the first screen, and stays readable: at most 45 letters a line.
    assert box_of(page, ".entry")["y"] + 40 < height
    letters = page.evaluate(
        "() => { const e = document.querySelector('.entry-head'); "
        "return e.clientWidth / parseFloat(getComputedStyle(e).fontSize) }"
    )
    assert 10 <= letters <= 45
    # The list scrolls under what was asked; the map stays.
    page.locator(".entry").last.scroll_into_view_if_needed()
    assert box_of(page, ".map-pane") == pane
    assert box_of(page, ".result")["y"] == pytest.approx(listed["y"], abs=1)


def test_inner_pages_say_so_over_the_map_as_well(open_at: Opened) -> None:
    page = open_at(AREA + "INNER", PHONES["360"])
    page.evaluate("scrollTo(0, 600)")
    for view in ("map", "find"):
        page.locator(f"[data-to-view={view}]").tap()
        box, strip = box_of(page, ".internal"), box_of(page, ".result")
        assert box["y"] == 0
        assert strip["y"] >= box["height"] - 1
