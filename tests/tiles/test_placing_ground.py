"""A coordinator who looks for a place by eye finds streets and names under the crosshair."""

from __future__ import annotations

import pytest
from served_apps import served_apps

from geo.model.audience import Audience

pytestmark = pytest.mark.browser


def test_streets_lie_under_the_crosshair(chromium, squares) -> None:
    with served_apps() as serve:
        look_at(chromium, serve(squares, Audience.COORDINATOR).base)


def look_at(chromium, address: str) -> None:
    context = chromium.new_context(viewport={"width": 1200, "height": 800}, locale="ja-JP")
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    try:
        page.goto(f"{address}/desk/place")
        page.wait_for_selector("html[data-ready=true]", state="attached")
        page.wait_for_selector(".leaflet-ground-tiles-pane canvas", state="attached")
        page.wait_for_timeout(800)
        assert page.locator("[data-credit]").text_content() == (
            "出典：手で書いた地図（CC0-1.0、2026年10月1日現在）"
        )
        assert page.locator("[data-credit]").is_visible()
        assert [url for url in asked if "/tiles/99861/" in url]
        assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
        assert said == []
    finally:
        context.close()
