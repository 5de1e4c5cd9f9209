"""English and large type in a real browser: what scripts say, where links lead, what fits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page
from words.ascii_town import CODE
from words.live_page import japanese

from webmap.assets import vendor_file

pytestmark = pytest.mark.browser

AREA = f"/{CODE}/quarter/q1"
PHONE, TABLET, LAPTOP, WIDE = (360, 740), (768, 1024), (1366, 768), (1920, 1080)
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')].filter(box => !box.closest('[data-map], .sr') && box.getBoundingClientRect().right > innerWidth + 1)
  .map(box => `${box.tagName}.${box.className} ${box.textContent.slice(0, 30)}`)"""

Open = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Any, latin_base: str) -> Any:
    """Open an address; afterwards nothing may have gone wrong."""
    contexts, troubles = [], []

    def opened(address: str, size: tuple[int, int] = LAPTOP) -> Page:
        context = chromium.new_context(viewport={"width": size[0], "height": size[1]})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: troubles.append(m.text) if m.type != "log" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.goto(latin_base + address)
        if page.locator("[data-map]").count():
            page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def axe(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate(
        vendor_file("axe").read_text("utf-8")
        + ";axe.run().then(r => r.violations.map(v => [v.id, v.nodes[0].html]))"
    )
    return found


def tick_a_kind(page: Page) -> None:
    """Where there is little room the kinds are folded."""
    page.locator("[data-kinds]").evaluate("kinds => (kinds.open = true)")
    page.locator("[data-kinds] label.check").first.click()


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
def test_scripts_say_everything_in_english(open_page: Open, size: tuple[int, int]) -> None:
    page = open_page(f"{AREA}?lang=en", size)
    assert japanese(page) == []
    for entry in page.locator(".entry").all():
        entry.locator("summary").click()
        # A fold says that it opened a moment later; the flag is pressed after that.
        page.wait_for_function(
            "entry => entry.classList.contains('entry-chosen')", arg=entry.element_handle()
        )
    page.locator(".flag-button").first.evaluate("button => button.click()")  # two on one flag
    assert page.locator(".card .card-title").text_content() == "2 treasures in the same place"
    assert japanese(page) == []
    page.locator(".card .card-choice").first.evaluate("button => button.click()")
    assert japanese(page) == []
    page.locator("#q").evaluate(
        "box => { box.value = 'zzz'; box.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    assert page.locator("[data-result]").text_content() == "Out of 2: 0 treasures"
    assert japanese(page) == []


def test_the_overview_and_the_hall(open_page: Open) -> None:
    assert japanese(open_page("/?lang=en")) == []
    page = open_page(f"{AREA}?mode=hall&lang=en")
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "s"):
        page.keyboard.press(key)
        assert japanese(page) == [], key


def test_the_hall_in_large_type(open_page: Open) -> None:
    """Magnified marks in its columns once stopped the browser for good."""
    page = open_page(f"{AREA}?mode=hall&large=1", WIDE)
    page.keyboard.press("ArrowRight")
    assert page.locator("[data-hall-card]:visible .hall-name").count() == 1
    assert page.evaluate(TOO_WIDE) == []


def test_filters_keep_the_language_and_the_size(open_page: Open) -> None:
    page = open_page(f"{AREA}?lang=en&large=1")
    tick_a_kind(page)
    page.wait_for_url("**?layer=tea&lang=en&large=1")
    page.locator("#q").fill("a")
    page.wait_for_url("**?layer=tea&q=a&lang=en&large=1")
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert page.locator("#q").input_value() == "a"
    page.locator("[data-clear]").click()
    page.wait_for_url(f"**{AREA}?lang=en&large=1")


def test_the_switch_keeps_filters_and_treasure(open_page: Open) -> None:
    page = open_page(AREA)
    tick_a_kind(page)
    page.locator(".entry summary").first.click()
    page.get_by_role("link", name="English").click()
    page.wait_for_selector("html[lang=en][data-ready]", state="attached")
    assert page.url.endswith("?layer=tea&lang=en#t1")
    page.get_by_role("link", name="Larger text").click()
    page.wait_for_selector("html.large[data-ready]", state="attached")
    assert page.url.endswith("?layer=tea&lang=en&large=1#t1")
    page.get_by_role("link", name="日本語").click()
    page.wait_for_selector("html[lang=ja][data-ready]", state="attached")
    page.get_by_role("link", name="ふつうの文字").click()
    page.wait_for_selector("html:not(.large)[data-ready]", state="attached")
    assert page.url.endswith("?layer=tea#t1")


def test_an_area_on_the_map_leads_on_in_english(open_page: Open) -> None:
    page = open_page("/?lang=en&large=1")
    page.locator("a.name-part").first.evaluate("link => link.click()")
    page.wait_for_url("**/quarter/*?lang=en&large=1")
    page.wait_for_selector("html[data-ready]", state="attached")
    with page.expect_navigation():
        page.locator(".pane-around .area-link, .pane-parts .area-link").first.dispatch_event(
            "click"
        )
    assert page.url.endswith("?lang=en&large=1")


@pytest.mark.parametrize("size", [PHONE, TABLET, LAPTOP, WIDE])
@pytest.mark.parametrize("query", ["lang=en", "large=1", "lang=en&large=1"])
def test_everything_fits_and_can_be_used(
    open_page: Open, size: tuple[int, int], query: str
) -> None:
    for address in (f"{AREA}?{query}", f"/?{query}"):
        page = open_page(address, size)
        assert page.evaluate(TOO_WIDE) == [], address
        assert axe(page) == [], address
        for link in page.locator(".views a").all():
            box = link.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 43.5


def test_the_large_page_is_a_third_larger_and_the_list_comes_first(open_page: Open) -> None:
    sizes = []
    for query in ("", "?large=1"):
        page = open_page(AREA + query)
        sizes.append(
            page.evaluate(
                "parseFloat(getComputedStyle(document.querySelector('.entry-name')).fontSize)"
            )
        )
    assert 1.3 <= sizes[1] / sizes[0] <= 1.4
    lists, maps = (
        page.locator(".list-pane").bounding_box(),
        page.locator(".map-pane").bounding_box(),
    )
    assert lists is not None
    assert maps is not None
    assert lists["x"] < maps["x"]
