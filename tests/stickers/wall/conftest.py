"""The hall of an area in a browser: served, and as a file on a USB stick."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.watching import ServedTown, Watch
from playwright.sync_api import Browser, BrowserContext, Page
from stickers.conftest import StickerTown
from stickers.wall.wall_kit import AREA, OpenHall, ready

from geo.database import TownDatabase
from geo.model.audience import Audience, Medium
from geo.questions import revision, treasure_map
from geo.stickers import sticker_box
from webmap.offline import offline_map


@pytest.fixture(scope="module")
def town(make_town: Callable[[str], StickerTown]) -> StickerTown:
    return make_town("99766")


@pytest.fixture(scope="module")
def served(town: StickerTown, serve_town: Callable[..., ServedTown]) -> ServedTown:
    return serve_town(town)


@pytest.fixture(scope="module")
def offline(town: StickerTown, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The area's file, as it lies on a USB stick."""
    database = TownDatabase(town.settings, town.code)
    level, code = AREA
    try:
        with database.connect(Audience.PUBLIC, Medium.WEB) as conn:
            answer = treasure_map(
                conn,
                audience=Audience.PUBLIC,
                medium=Medium.WEB,
                level=level,
                code=code,
                today=revision(conn)[1],
            )
    finally:
        database.dispose()
    path = tmp_path_factory.mktemp("usb") / "南西区.html"
    path.write_bytes(offline_map(answer).content)
    return path


@pytest.fixture(autouse=True)
def empty(town: StickerTown, monkeypatch: pytest.MonkeyPatch) -> None:
    town.empty()
    monkeypatch.setattr(sticker_box, "MOST_A_MINUTE", 1000)


@pytest.fixture
def browsing(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    contexts: list[BrowserContext] = []

    def make(width: int = 1920, height: int = 1080) -> BrowserContext:
        contexts.append(
            chromium.new_context(
                viewport={"width": width, "height": height},
                locale="ja-JP",
                timezone_id="Asia/Tokyo",
            )
        )
        contexts[-1].set_default_timeout(20_000)
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def open_hall(browsing: Callable[..., BrowserContext], served: ServedTown) -> OpenHall:
    """``open_hall(width, height, context=...)``: the hall of the area, watched; no dialog opens."""

    def opened(
        width: int = 1920, height: int = 1080, *, context: BrowserContext | None = None
    ) -> tuple[Page, Watch]:
        page = (context or browsing(width, height)).new_page()
        watch = Watch(served.base)
        watch.attach(page)
        page.on("dialog", lambda dialog: watch.console.append(f"dialog: {dialog.message}"))
        page.goto(f"{served.base}/{served.code}/{'/'.join(AREA)}?mode=hall")
        ready(page)
        return page, watch

    return opened
