"""The page of coverage in a real browser: every size, every day, without a request, in grey."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from browser.screen_kit import assert_fits, assert_large_enough, violations_of
from coverage_pages.conftest import OpenCoverage
from playwright.sync_api import Page, Request

SIZES = [(360, 740), (768, 1024), (1366, 768), (1920, 1080)]
FRIDAY = "金曜日の場は、まだ見つかっていません。ご存じでしたら教えてください。"


def opening(page: Page) -> str:
    return page.locator(".cov-opening:visible").inner_text()


def held(page: Page) -> int:
    return page.locator(".flag:not([hidden])").count()


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("code", "more"), [("USUAL", ""), ("USUAL", "?large=1"), ("USUAL", "?lang=en"), ("INNER", "")]
)
def test_everything_fits_and_can_be_used(
    open_coverage: OpenCoverage, size: tuple[int, int], code: str, more: str
) -> None:
    page = open_coverage(code, more, size=size)
    assert_fits(page)
    assert_large_enough(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a.cov-day')].map(e => e.getBoundingClientRect())
             .filter(b => b.height < 43.5 || b.left < 0 || b.right > innerWidth).length"""
    )
    assert small == 0


@pytest.mark.browser
@pytest.mark.parametrize("code", ["USUAL", "INNER", "EMPTY", ""])
def test_axe_finds_nothing(open_coverage: OpenCoverage, code: str) -> None:
    page = open_coverage(code, bypass_csp=True)
    assert violations_of(page) == []


@pytest.mark.browser
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_the_first_screen_holds_sentence_weekdays_map_and_legend(
    open_coverage: OpenCoverage, size: tuple[int, int]
) -> None:
    page = open_coverage("USUAL", size=size)
    below = page.evaluate(
        """() => ['.cov-opening:not([hidden] *)', '.cov-missing:not([hidden] *)', '.cov-days',
                  '.map-pane', '.cov-legend']
             .filter(s => document.querySelector(s).getBoundingClientRect().bottom > innerHeight + 8)"""
    )
    assert below == []


@pytest.mark.browser
def test_another_day_needs_no_request(open_coverage: OpenCoverage) -> None:
    page = open_coverage("USUAL", "?lang=en&minutes=10")
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    before = opening(page)
    flags = held(page)
    page.locator("[data-cov-day='0']").click()
    assert opening(page) != before
    assert held(page) not in (0, flags)
    assert page.locator("[aria-current='true'][data-cov-day]").get_attribute("data-cov-day") == "0"
    assert page.evaluate("location.search") == "?weekday=%E6%9C%88&lang=en&minutes=10"
    csv = page.locator("[data-cov-file]").first.get_attribute("href")
    assert csv == "/coverage/99999/jhs/J0.csv?weekday=%E6%9C%88&minutes=10"
    page.locator("[data-cov-day='any']").click()
    assert page.evaluate("location.search") == "?lang=en&minutes=10"
    assert [one.url for one in asked if "icon.svg" not in one.url] == []


@pytest.mark.browser
def test_a_day_without_a_place_says_so_and_shows_no_flag(open_coverage: OpenCoverage) -> None:
    page = open_coverage("USUAL", "?weekday=金")
    assert opening(page) == FRIDAY
    assert held(page) == 0
    assert page.locator("[data-cov-legend-day]").inner_text() == "（金曜日）"
    page.locator("[data-cov-day='2']").click()
    assert (
        page.locator("[data-cov-legend-day]").inner_text() == "（水曜日、月に何回かの場もいれて）"
    )
    assert opening(page).startswith("水曜日は、毎週ではありませんが、開かれる場があります。")


@pytest.mark.browser
def test_by_keyboard_alone(open_coverage: OpenCoverage) -> None:
    page = open_coverage("USUAL")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.covDay") == "4":
            break
    page.keyboard.press("Enter")
    assert opening(page) == FRIDAY
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


@pytest.mark.browser
def test_without_scripts_every_day_is_a_link_and_nothing_is_lost(
    open_coverage: OpenCoverage,
) -> None:
    page = open_coverage("USUAL", script=False)
    assert page.locator(".map-wait").inner_text().startswith("この画面では地図を出せません。")
    page.locator(".cov-day", has_text="金曜").click()
    assert opening(page) == FRIDAY
    assert not page.locator("[data-cov-gap]").first.is_visible()


@pytest.mark.browser
def test_a_gap_is_shown_on_the_map(open_coverage: OpenCoverage) -> None:
    page = open_coverage("USUAL")
    page.locator("[data-cov-gap]").nth(1).click()
    ring = page.locator(".cov-ring")
    ring.wait_for(state="attached")
    assert ring.count() == 1
    page.locator(".cov-small > summary").click()
    page.locator("[data-cov-gap]").nth(2).click()
    assert ring.count() == 1
    assert page.evaluate("document.activeElement.classList.contains('treasure-map')")


def lightness(color: str) -> float:
    """Of a colour as a grey screen shows it."""
    red, green, blue = (int(part) for part in color[4:-1].split(","))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.browser
def test_shades_differ_in_lightness_width_and_dash(open_coverage: OpenCoverage) -> None:
    """In grey 5, 10 and 15 minutes are at least 40 of 255 apart, each thinner than the nearer."""
    page = open_coverage("USUAL")
    lines: list[dict[str, Any]] = page.evaluate(
        """() => [...document.querySelectorAll('.cov-legend .cov-line')].map(e => {
             const s = getComputedStyle(e);
             return {color: s.stroke, width: parseFloat(s.strokeWidth), dash: s.strokeDasharray}; })"""
    )
    light = [lightness(line["color"]) for line in lines[:-1]]
    assert all(far - near >= 40 for near, far in pairwise(light))
    widths = [line["width"] for line in lines]
    assert widths == sorted(widths, reverse=True)
    assert [line["dash"] == "none" for line in lines] == [True, True, True, False]
    drawn = page.evaluate(
        """() => { const c = document.querySelector('.leaflet-reach-pane canvas');
             const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
             const seen = new Set();
             for (let i = 0; i < d.length; i += 4) if (d[i + 3] === 255) seen.add(`rgb(${d[i]}, ${d[i+1]}, ${d[i+2]})`);
             return [...seen]; }"""
    )
    assert {line["color"] for line in lines[:-1]} <= set(drawn)  # the map is as its legend says


@pytest.mark.browser
def test_no_red_for_everybody(open_coverage: OpenCoverage) -> None:
    page = open_coverage("USUAL")
    red = page.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e => !e.closest('.map-pane, .mark'))
             .flatMap(e => { const s = getComputedStyle(e);
               return [s.color, s.backgroundColor, s.borderLeftColor, s.fill, s.stroke]; })
             .map(c => (c.match(/[\\d.]+/g) ?? []).map(Number))
             .filter(([r, g, b, a = 1]) => a && r > 1.6 * g && r > 1.6 * b && r > 90).length"""
    )
    assert red == 0


@pytest.mark.browser
def test_on_paper_the_whole_area_stands_on_the_first_sheet(open_coverage: OpenCoverage) -> None:
    page = open_coverage("USUAL")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 1009})  # A4 less 15 mm at 96 dots
    inside = page.evaluate(
        """() => { const map = document.querySelector('.map-pane').getBoundingClientRect();
             const area = document.querySelector('.leaflet-border-pane path').getBoundingClientRect();
             const legend = document.querySelector('.cov-legend').getBoundingClientRect();
             return [area.top >= map.top, area.bottom <= map.bottom, legend.bottom < 1009]; }"""
    )
    assert inside == [True, True, True]
