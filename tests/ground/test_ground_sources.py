"""Where tiles come from: the server, the file on a stick, or nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from browser.watching import ServedTown, Watch
from ground.conftest import OpenMap
from ground.map_screen import clashes, covering
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COAST = "/99881/welfare_district/12"


def test_a_file_draws_it_without_one_request(open_map: OpenMap, file_of_omose: Path) -> None:
    asked: list[str] = []

    def listen(page: Any) -> None:
        page.on("request", lambda request: asked.append(request.url))

    screen = open_map(file_of_omose, before=listen)
    for zoom in (None, 16, 17.5):
        if zoom is not None:
            screen.zoom(zoom)
        names = screen.names()
        assert names
        assert clashes(names) == []
        assert covering(names, screen.flags()) == []
    assert dict(screen.colors()).keys() >= {(248, 245, 238), (255, 255, 255)}
    screen.page.get_by_role("button", name="目印を大きく").click()
    screen.wait()
    assert screen.style() == "landmarks"
    assert [url for url in asked if not url.startswith("data:")] == [file_of_omose.as_uri()]


def test_a_file_reads_its_style_from_its_address(open_map: OpenMap, file_of_omose: Path) -> None:
    screen = open_map(file_of_omose)
    screen.page.goto(f"{file_of_omose.as_uri()}?map=landmarks")
    screen.page.wait_for_selector("html[data-ready]", state="attached")
    screen.wait()
    assert screen.style() == "landmarks"


def test_the_hall_of_a_file_is_grey(open_map: OpenMap, file_of_omose: Path) -> None:
    screen = open_map(file_of_omose, size=(1920, 1080))
    screen.page.get_by_role("button", name="会場で映す").click()
    hall = screen.page.locator(".hall .treasure-map")
    hall.locator(".ground-names[data-drawn]").wait_for(state="attached")
    assert hall.get_attribute("data-ground") == "grey"
    assert min(name.size for name in screen.names()) >= 0.022 * 1080


def test_files_are_small(file_of_omose: Path) -> None:
    assert file_of_omose.stat().st_size < 5_000_000


@pytest.mark.parametrize("fault", ["abort", "500", "rubbish"])
def test_without_tiles_there_is_paper_and_few_are_asked_for(open_map: OpenMap, fault: str) -> None:
    asked: list[str] = []

    def fail(page: Any) -> None:
        def answer(route: Any) -> None:
            asked.append(route.request.url)
            if fault == "abort":
                route.abort()
            elif fault == "500":
                route.fulfill(status=500)
            else:
                route.fulfill(status=200, body=b"\xff\xfe\xfd not a tile")

        page.route("**/tiles/**", answer)

    screen = open_map(COAST, before=fail, noisy=True)
    assert screen.names() == []
    assert [color for color, _ in screen.colors()] == [(248, 245, 238)]
    assert len(screen.flags()) > 5
    if fault != "rubbish":
        assert len(asked) <= 9
        screen.move(300, 300)
        assert len(asked) <= 9
    errors = [line for line in screen.watch.console if "Failed to load resource" not in line]
    assert errors == []
    assert len(screen.watch.console) <= 9
    assert screen.watch.policy == []


def test_a_town_without_streets_sends_none_of_it(
    chromium: Browser, without_streets: ServedTown
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="ja-JP")
    page = context.new_page()
    watch = Watch(without_streets.base)
    watch.attach(page)
    page.goto(f"{without_streets.base}/")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.locator(".level-block tbody a").first.click()
    page.wait_for_selector("html[data-ready]", state="attached")
    scripts = page.eval_on_selector_all("script[src]", "all => all.map((one) => one.src)")
    assert not [src for src in scripts if "ground" in src or "protomaps" in src]
    assert page.locator(".map-style, .ground-names, canvas").count() == 0
    assert page.locator(".area-ground").count() == 1
    context.close()
    watch.assert_quiet()
