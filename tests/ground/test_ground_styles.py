"""Three styles of the base map, the switch between two of them, and what stays of it in a hall."""

from __future__ import annotations

import pytest
from browser.test_every_page import AXE, AXE_RULES
from ground.conftest import OpenMap
from ground.map_screen import clashes, covering

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COAST = "/99881/welfare_district/12"
HILL = "/99881/welfare_district/9"
SHARE = 0.01


def _shares(colors: list[tuple[tuple[int, int, int], int]]) -> dict[tuple[int, int, int], float]:
    whole = sum(count for _, count in colors)
    return {color: count / whole for color, count in colors}


def test_calm_is_paper_with_water_and_wood(open_map: OpenMap) -> None:
    shares = _shares(open_map(COAST).colors())
    assert max(shares, key=lambda color: shares[color]) == (248, 245, 238)
    assert shares[(207, 225, 236)] > SHARE  # the sea
    assert shares[(224, 234, 212)] > SHARE  # woods
    assert shares[(255, 255, 255)] > SHARE  # streets
    # Nothing on it is dark or loud: flags and the outline are.
    for red, green, blue in (color for color, share in shares.items() if share > 0.002):
        assert min(red, green, blue) > 120
        assert max(red, green, blue) - min(red, green, blue) < 60


@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080)])
def test_the_wall_is_grey_and_its_names_are_large(open_map: OpenMap, size: tuple[int, int]) -> None:
    for area in (COAST, HILL):
        screen = open_map(f"{area}?mode=hall", size=size)
        assert screen.style() == "grey"
        for red, green, blue in (c for c, s in _shares(screen.colors()).items() if s > 0.001):
            assert max(red, green, blue) - min(red, green, blue) <= 20  # a breath of blue
            assert min(red, green, blue) > 150
        names = screen.names()
        assert names
        assert min(name.size for name in names) >= 0.022 * min(size[1], size[0] / 1.34)
        assert clashes(names) == []
        assert covering(names, screen.flags()) == []
        screen.page.keyboard.press("ArrowRight")
        screen.wait()
        assert covering(screen.names(), screen.boxes(".flag-selected .flag-cloth")) == []


def test_the_switch_by_keyboard(open_map: OpenMap) -> None:
    screen = open_map(f"{COAST}?q=")
    page = screen.page
    assert screen.style() == "calm"
    calm = {name.kind: name.size for name in screen.names()}
    page.get_by_role("button", name="地図を小さくする").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "目印を大きく"
    page.keyboard.press("Enter")
    screen.wait()
    assert screen.style() == "landmarks"
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == (
        "地図の見え方：ふつうの地図"
    )
    large = {name.kind: name.size for name in screen.names()}
    assert all(large[kind] > calm[kind] for kind in calm.keys() & large.keys())
    assert calm.keys() & large.keys()
    assert "map=landmarks" in page.url
    other = page.locator(".nearby a[href^='/99881/']").first.get_attribute("href") or ""
    assert other.endswith("?map=landmarks")
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    screen.wait()
    assert screen.style() == "landmarks"
    page.get_by_role("button", name="ふつうの地図").press("Enter")
    screen.wait()
    assert screen.style() == "calm"
    assert "map=" not in page.url


def test_the_switch_speaks_english(open_map: OpenMap) -> None:
    screen = open_map(f"{COAST}?lang=en")
    button = screen.page.get_by_role("button", name="Map style: Bigger signs")
    button.click()
    screen.wait()
    assert screen.page.get_by_role("button", name="Map style: Plain map").count() == 1
    assert screen.page.url.endswith("?lang=en&map=landmarks")


def test_the_overview_of_the_town_lies_on_it(open_map: OpenMap) -> None:
    screen = open_map("/")
    names = screen.names()
    assert "station" in {name.kind for name in names}
    assert clashes(names) == []
    assert covering(names, screen.boxes(".name:not(.name-away)")) == []
    assert screen.page.locator(".pane-parts .area-link").count() == 16  # still to be pressed


def test_streets_are_seen_under_area_and_neighbours(open_map: OpenMap) -> None:
    page = open_map(COAST).page
    assert page.locator(".area-ground").count() == 0
    assert page.locator(".ground-veil").count() == 1
    opacities = page.eval_on_selector_all(
        ".pane-around path", "all => all.map((one) => one.getAttribute('fill-opacity'))"
    )
    assert opacities
    assert set(opacities) == {"0.01"}


@pytest.mark.parametrize("path", [COAST, f"{COAST}?map=landmarks&lang=en", f"{HILL}?mode=hall"])
def test_who_listens_is_told_nothing_of_it(open_map: OpenMap, path: str) -> None:
    screen = open_map(path, bypass_csp=True)
    page = screen.page
    for selector in (".ground-names", "canvas.leaflet-tile"):
        assert page.locator(selector).count() > 0
        assert page.eval_on_selector_all(
            selector, "all => all.every((one) => one.closest('[aria-hidden=true]'))"
        )
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("rules => axe.run(document, rules)", AXE_RULES)
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found["violations"]] == []


def test_who_asks_for_stillness_gets_it(open_map: OpenMap) -> None:
    still = open_map(COAST, reduced_motion="reduce").page
    assert still.evaluate("map_1._zoomAnimated") is False
    assert open_map(COAST).page.evaluate("map_1._zoomAnimated") is True
