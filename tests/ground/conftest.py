"""The demonstration town with its streets, and a town without, behind the real app."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.watching import ServedTown, Watch
from ground.map_screen import MapScreen
from playwright.sync_api import Browser, BrowserContext
from served_apps import served_apps
from town_copy import ROOT, copy_of_town

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.audience import Audience, Medium
from geo.questions import finer_areas, revision, treasure_map
from geo.settings import Settings
from webmap.offline import base_map, write_map

OpenMap = Callable[..., MapScreen]


@pytest.fixture(scope="session")
def serve_copy(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path, str], ServedTown]]:
    """``serve_copy(folder, code)``: a copy of a town under a code of its own, loaded and served."""
    with served_apps() as serve:

        def start(folder: Path, code: str) -> ServedTown:
            town = copy_of_town(folder, tmp_path_factory.mktemp(f"ground{code}") / "town", code)
            settings = make_settings(town)
            load_town(settings)
            return serve(settings)

        yield start


@pytest.fixture(scope="session")
def minato(serve_copy: Callable[[Path, str], ServedTown]) -> ServedTown:
    """The demonstration town: streets, sea, rivers, houses, names."""
    return serve_copy(ROOT, "99881")


@pytest.fixture(scope="session")
def without_streets(serve_copy: Callable[[Path, str], ServedTown]) -> ServedTown:
    """A town that has loaded no streets."""
    return serve_copy(ROOT / "tests/small_town", "99882")


@pytest.fixture(scope="session")
def file_of_omose(minato: ServedTown, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """面瀬地区 as one file for a USB stick, with its base map inside."""
    target = tmp_path_factory.mktemp("stick") / "omose.html"
    database = TownDatabase(minato.settings, minato.code)
    try:
        with database.connect(Audience.PUBLIC, Medium.WEB) as conn:
            answer = treasure_map(
                conn,
                audience=Audience.PUBLIC,
                medium=Medium.WEB,
                level="welfare_district",
                code="12",
                today=revision(conn)[1],
            )
            members = finer_areas(conn, answer)
            write_map(answer, target, members=members, archive=base_map(conn, answer))
    finally:
        database.dispose()
    return target


@pytest.fixture
def open_map(chromium: Browser, minato: ServedTown) -> Iterator[OpenMap]:
    """``open_map("/…", size=(1280, 800))``: a map with its names drawn; afterwards all was quiet."""
    made: list[tuple[BrowserContext, Watch]] = []

    def opened(
        path: str | Path,
        *,
        size: tuple[int, int] = (1280, 800),
        noisy: bool = False,
        before: Callable[[Any], None] | None = None,
        names: bool = True,
        **more: Any,
    ) -> MapScreen:
        width, height = size
        context = chromium.new_context(
            viewport={"width": width, "height": height}, **{"locale": "ja-JP"} | more
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        address = path.as_uri() if isinstance(path, Path) else minato.base + path
        watch = Watch("file://" if isinstance(path, Path) else minato.base)
        watch.attach(page)
        made.append((context, Watch("") if noisy else watch))
        if before:
            before(page)
        page.goto(address)
        page.wait_for_selector("html[data-ready]", state="attached")
        screen = MapScreen(page, watch)
        if names:
            screen.wait()
        return screen

    yield opened
    for context, watch in made:
        context.close()
        watch.assert_quiet()
