"""Both towns served by the real app over the real database, and a watched Chromium."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import wide_answers as wide
from browser.screen_kit import PHONES, Opened
from browser.watching import SIZES, ServedTown, Watch
from front import sample
from front.page_server import served
from playwright.sync_api import Browser, BrowserContext, Page
from served_apps import served_apps
from town_copy import ROOT, copy_of_town

from geo.loading import load_town
from geo.model.audience import Audience
from geo.settings import Settings


@pytest.fixture(scope="session")
def serve(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[..., ServedTown]]:
    """``serve(town_folder, audience=...)``: load a copy of the town and serve it."""
    with served_apps() as serve_app:

        def start(
            folder: Path, *, realdata: Path | None = None, audience: Audience = Audience.PUBLIC
        ) -> ServedTown:
            copy = copy_of_town(folder, tmp_path_factory.mktemp("served") / "town")
            settings = make_settings(copy, realdata=realdata)
            load_town(settings)
            return serve_app(settings, audience)

        yield start


@pytest.fixture(scope="session")
def small_town(serve: Callable[..., ServedTown]) -> ServedTown:
    """The town of forty treasures: small enough to open every page of it."""
    return serve(ROOT / "tests/small_town")


@pytest.fixture(scope="session")
def minato(serve: Callable[..., ServedTown]) -> ServedTown:
    """The demonstration town of the repository root: telling pages of it are opened."""
    return serve(ROOT)


@pytest.fixture(scope="session")
def real_town(serve: Callable[..., ServedTown]) -> ServedTown:
    """焼津市 from its own published files."""
    named = os.environ.get("OTAKARA_REALDATA")
    assert named, "OTAKARA_REALDATA is not set: `make test` sets it where the files are"
    return serve(ROOT / "tests/realdata/yaizu", realdata=Path(named).resolve())


@pytest.fixture
def tab(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh context per test, laptop sized."""
    width, height = SIZES["laptop"]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale="ja-JP", timezone_id="Asia/Tokyo"
    )
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture(scope="session")
def screens() -> Iterator[str]:
    """Pages that are hard to show, behind a small server."""
    areas = {
        "PLAIN": wide.area_answer(40, names=("ひだまり",)),
        "LONG": wide.with_long_names(),
        "HARD": wide.area_answer(12, names=(wide.NAME_40, wide.NAME_200, "会")),
        "EMPTY": sample.map_answer(empty=True),
        "ONE": wide.area_answer(1),
        "MANY": wide.area_answer(300),
        "INNER": sample.map_answer(audience=sample.Audience.COORDINATOR),
    }
    towns = {"/": sample.town_answer(), "/99999/nb/": wide.town_of(300, level="nb")}
    with served(areas, towns) as address:
        yield address


@pytest.fixture
def open_at(chromium: Browser, screens: str) -> Iterator[Opened]:
    """``open_at(path, (width, height))``: a watched page; what it did is judged at the end."""
    made: list[tuple[BrowserContext, Watch]] = []

    def opened(path: str, size: tuple[int, int], **more: Any) -> Page:
        width, height = size
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            **{"has_touch": size in PHONES.values(), "locale": "ja-JP"} | more,
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        watch = Watch(screens)
        watch.attach(page)
        made.append((context, watch))
        page.goto(screens + path)
        if more.get("java_script_enabled", True) and page.locator("[data-map]").count():
            page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield opened
    for context, watch in made:
        context.close()
        watch.assert_quiet()
