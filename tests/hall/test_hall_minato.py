"""The demonstration town on the wall: every screen of every district, whole and tall enough."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.watching import Watch
from hall.hall_screen import Screen
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.audience import Audience, Medium
from geo.questions import area_rows, revision
from geo.settings import Settings
from webmap.app import create_app
from webmap.context import CONTEXT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
LEVEL = "welfare_district"


@pytest.fixture(scope="module")
def settings(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    town = tmp_path_factory.mktemp("minato") / "town"
    for part in ("boundaries", "layers"):
        shutil.copytree(ROOT / part, town / part)
    made = make_settings(town)
    load_town(made)
    return made


@pytest.fixture(scope="module")
def base(settings: Settings) -> Iterator[str]:
    app = create_app(settings)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    code = app.extensions[CONTEXT].municipality_code
    yield f"http://127.0.0.1:{server.server_port}/{code}/{LEVEL}"
    server.shutdown()
    server.server_close()
    app.extensions[CONTEXT].database.dispose()


@pytest.fixture(scope="module")
def districts(settings: Settings) -> dict[str, int]:
    """Code and number of treasures that everybody may see."""
    database = TownDatabase(settings, "99201")
    try:
        with database.connect(Audience.PUBLIC, Medium.WEB) as conn:
            rows = area_rows(
                conn,
                audience=Audience.PUBLIC,
                medium=Medium.WEB,
                today=revision(conn)[1],
                level=LEVEL,
            )
            return {row.area.code: sum(row.treasures.values()) for row in rows}
    finally:
        database.dispose()


@pytest.mark.parametrize("size", [(1920, 1080), (1024, 768)], ids=["full-hd", "4-3"])
def test_every_district(
    chromium: Browser, base: str, districts: dict[str, int], size: tuple[int, int]
) -> None:
    assert len(districts) == 16
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="ja-JP", reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    page = context.new_page()
    watch = Watch(base.rsplit("/", 2)[0])
    watch.attach(page)
    for code, count in districts.items():
        page.goto(f"{base}/{code}?mode=hall")
        page.wait_for_selector("html.hall-open[data-ready=true]")
        page.evaluate("document.fonts.ready.then(() => true)")
        seen: set[str] = set()
        for _ in range(300):
            screen = Screen.of(page)
            screen.assert_whole()
            assert all(line.size >= 4 - 0.01 for line in screen.visible())
            seen.add(screen.card)
            if page.get_attribute("[data-hall-turn='1']", "aria-disabled") == "true":
                break
            page.keyboard.press("PageDown")
        listed = page.locator(".hall-item").count()
        assert len(seen - {"opening", "rest"}) + listed == count
    watch.assert_quiet()
    context.close()
