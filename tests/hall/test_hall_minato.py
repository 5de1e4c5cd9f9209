"""The demonstration town on the wall: every screen of every district, whole and tall enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browser.watching import Watch
from hall.hall_screen import Screen
from playwright.sync_api import Browser
from served_apps import served_apps
from town_copy import ROOT, copy_of_town

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.audience import Audience, Medium
from geo.questions import area_rows, revision
from geo.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEVEL = "welfare_district"


@pytest.fixture(scope="module")
def settings(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    made = make_settings(copy_of_town(ROOT, tmp_path_factory.mktemp("minato") / "town"))
    load_town(made)
    return made


@pytest.fixture(scope="module")
def base(settings: Settings) -> Iterator[str]:
    with served_apps() as serve:
        served = serve(settings)
        yield f"{served.base}/{served.code}/{LEVEL}"


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
