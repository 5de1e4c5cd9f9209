"""Every kind of page of both towns in a real browser: nothing goes out, nothing is in the way."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

import pytest
from browser.watching import SIZES, ServedTown, Watch
from playwright.sync_api import BrowserContext, Page

from webmap.assets import STATIC

pytestmark = pytest.mark.browser

AXE = next((STATIC / "vendor" / "axe").glob("axe*.js"))
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}

SMALL_PAGES = (
    "/",
    "/99202/welfare_district/",
    "/99202/school_district/",
    "/99202/neighbourhood_association/",
    "/99202/town_block/",
    "/99202/welfare_district/99",
    "/no-such-page",
)


def _links(town: ServedTown, address: str) -> list[str]:
    """Every area page that a list page leads to, found as a reader finds it."""
    with urllib.request.urlopen(town.base + address) as answer:
        page = answer.read().decode()
    level = address.rstrip("/")
    found = {
        part.split('"', 1)[0]
        for part in page.split('href="')[1:]
        if part.startswith(f"{level}/") and part[len(level) + 1] not in '"?'
    }
    return sorted(found)


def _open(context: BrowserContext, town: ServedTown, address: str) -> tuple[Page, Watch]:
    page = context.new_page()
    watch = Watch(town.base)
    watch.attach(page)
    page.goto(town.base + address)
    if page.locator("[data-map]").count():
        page.wait_for_selector("html[data-ready=true]")
    return page, watch


def _axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", AXE_RULES)
    return [
        f"{violation['id']}: {node['target']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def _assert_flags_are_entries(page: Page) -> None:
    """Each entry with a place stands on exactly one flag, each flag entry is in the list."""
    address = page.locator("[data-map]").get_attribute("data-url")
    assert address
    data = json.loads(page.evaluate("url => fetch(url).then(a => a.text())", address))
    listed = {
        int(n) for n in page.eval_on_selector_all(".entry", "e => e.map(x => x.dataset.number)")
    }
    assert listed == {entry["number"] for entry in data["entries"]}
    on_flags = [number for flag in data["flags"] for number in flag["numbers"]]
    assert len(on_flags) == len(set(on_flags))
    assert set(on_flags) == {e["number"] for e in data["entries"] if e["flag"] is not None}
    drawn = page.locator(".flags .flag:not([hidden])")
    assert drawn.count() == len(data["flags"])
    entries = {entry["number"]: entry for entry in data["entries"]}
    for index, flag in enumerate(data["flags"]):
        label = page.locator(".flags .flag button").nth(index).get_attribute("aria-label") or ""
        folded = "ほか" in label  # a full hall: the first mark, how many more, and every name
        for number in flag["numbers"]:
            assert entries[number]["name" if folded else "mark"] in label


def _check(
    context: BrowserContext, town: ServedTown, address: str, *, status_error: bool = False
) -> None:
    page, watch = _open(context, town, address)
    if page.locator(".entry").count() and page.locator("[data-map]").count():
        _assert_flags_are_entries(page)
    assert _axe(page) == []
    if status_error:  # the browser itself reports the 404 that we asked for
        watch.console = [line for line in watch.console if "404" not in line]
    watch.assert_quiet()
    page.close()


@pytest.mark.parametrize("address", SMALL_PAGES)
def test_page_kinds_of_the_small_town(
    tab: BrowserContext, small_town: ServedTown, address: str
) -> None:
    missing = address in ("/no-such-page", "/99202/welfare_district/99")
    _check(tab, small_town, address, status_error=missing)


def test_every_area_of_the_second_tier(tab: BrowserContext, minato: ServedTown) -> None:
    """All sixteen districts of the demonstration town: the fullest, one of two, one of two parts."""
    addresses = _links(minato, "/99201/welfare_district/")
    assert len(addresses) == 16
    for address in addresses:
        _check(tab, minato, address)


# One of each kind that the districts do not have: opening all 270 areas would take an hour.
EXTREMES = {
    "straddles two districts": "school_district/15",
    "an association with most treasures": "neighbourhood_association/702",
    "an association without a treasure": "neighbourhood_association/1309",
    "an association across a border": "neighbourhood_association/1604",
    "nobody has drawn it": "neighbourhood_association/803",
    "a block": "town_block/99201021001",
}


@pytest.mark.parametrize("address", EXTREMES.values(), ids=EXTREMES.keys())
def test_areas_of_every_other_kind(tab: BrowserContext, minato: ServedTown, address: str) -> None:
    _check(tab, minato, f"/99201/{address}")


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("district", [13, 11])
def test_the_fullest_district_and_the_longest_name_fit_the_screen(
    chromium: Any, minato: ServedTown, size: str, district: int
) -> None:
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height})
    page, watch = _open(context, minato, f"/99201/welfare_district/{district}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    watch.assert_quiet()
    context.close()


@pytest.mark.realdata
def test_page_kinds_of_the_real_town(tab: BrowserContext, real_town: ServedTown) -> None:
    counts = {
        "junior_high_district": 9,
        "elementary_district": 13,
        "neighbourhood_association": 35,
    }
    _check(tab, real_town, "/")
    for level, count in counts.items():
        addresses = _links(real_town, f"/22212/{level}/")
        assert len(addresses) == count
        _check(tab, real_town, f"/22212/{level}/")
        for address in addresses[:: max(1, count // 3)]:
            _check(tab, real_town, address)


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("address", ["/", "/99202/welfare_district/"])
def test_nothing_is_wider_than_the_screen(
    chromium: Any, small_town: ServedTown, size: str, address: str
) -> None:
    addresses = [address, *(_links(small_town, address)[:1] if address != "/" else [])]
    width, height = SIZES[size]
    context = chromium.new_context(viewport={"width": width, "height": height})
    for one in addresses:
        page, watch = _open(context, small_town, one)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert _axe(page) == []
        watch.assert_quiet()
        page.close()
    context.close()


def test_without_scripts_the_list_and_the_filters_work(
    chromium: Any, small_town: ServedTown
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    address = _links(small_town, "/99202/welfare_district/")[0]
    page.goto(small_town.base + address)
    everything = page.locator(".entry").count()
    assert everything > 3
    name = page.locator(".entry .entry-name").first.inner_text()
    page.fill("input[name=q]", name)
    page.click("button[type=submit]")
    assert "q=" in page.url
    shown = page.locator(".entry:not([hidden])")
    assert 1 <= shown.count() < everything
    assert name in shown.first.inner_text()
    context.close()
