"""Pictures from outside in a real browser: asked for on one host only, and only where switched on."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from served_apps import served_apps
from town_copy import copy_of_squares

from geo.loading import load_town
from geo.settings import Settings

pytestmark = pytest.mark.browser
CODE = "99863"
HOST = "cyberjapandata.gsi.go.jp"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@contextmanager
def watched(chromium) -> Iterator[tuple]:
    """A page, the addresses it asked for, and whatever it complained about."""
    context = chromium.new_context(viewport={"width": 1200, "height": 800}, locale="ja-JP")
    asked: list[str] = []
    said: list[str] = []
    context.route(f"https://{HOST}/**", lambda r: r.fulfill(body=PIXEL, content_type="image/png"))
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        yield page, asked, said
    finally:
        context.close()


@pytest.fixture
def loaded(make_settings, make_town_database, tmp_path):
    def make(more: str) -> Settings:
        settings = make_settings(copy_of_squares(tmp_path / "町", CODE))
        manifest = settings.town / "boundaries" / "municipality.toml"
        manifest.write_text(manifest.read_text("utf-8") + more, "utf-8")
        make_town_database(CODE, town=settings.town)
        load_town(settings)
        return settings

    return make


@pytest.mark.parametrize("path", ["/", f"/{CODE}/quarter/q1", f"/{CODE}/quarter/q1?mode=hall"])
def test_on_pictures_of_that_host_lie_under_the_map(chromium, loaded, path) -> None:
    settings = loaded('outside_tiles = "gsi_pale"\n')
    with served_apps() as serve, watched(chromium) as (page, asked, said):
        address = serve(settings).base
        page.goto(address + path)
        page.wait_for_selector(".leaflet-pictures-pane img.leaflet-tile-loaded", state="attached")
        page.wait_for_timeout(500)
        outside = [url for url in asked if not url.startswith((address, "data:", "blob:"))]
        assert {urlsplit(url).hostname for url in outside} == {HOST}
        assert all(urlsplit(url).path.startswith("/xyz/pale/") for url in outside)
        assert said == []
        # What is not a picture may not go there either.
        assert page.evaluate(
            "url => fetch(url).then(() => 'went', () => 'held')", f"https://{HOST}/x"
        ) == "held"  # fmt: skip


def test_off_nothing_is_asked_outside(chromium, squares) -> None:
    """With a base map of the town's own as well: every tile comes from our own server."""
    with served_apps() as serve, watched(chromium) as (page, asked, said):
        address = serve(squares).base
        page.goto(f"{address}/99861/quarter/q1")
        page.wait_for_selector(".leaflet-pane canvas", state="attached")
        page.wait_for_timeout(1000)
        assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
        assert [url for url in asked if "/tiles/99861/15/" in url]
        assert page.evaluate(
            "url => new Promise((told) => { const i = new Image(); i.onload = () => told('went');"
            " i.onerror = () => told('held'); i.src = url; })",
            f"https://{HOST}/xyz/pale/1/1/1.png",
        ) == "held"  # fmt: skip
        assert all("Content Security Policy" in text for text in said)
