"""A layer folder and a level folder dropped into a served town: the page shows both, no restart."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from browser.watching import ServedTown, Watch
from playwright.sync_api import BrowserContext
from town_copy import SQUARES

from geo.loading import load_town

pytestmark = pytest.mark.browser

CODE = "99001"
SAID = 'source = "散歩の会"\nlicence = "CC0-1.0"\nas_of = 2026-10-01\n'


def _drop(town: Path) -> None:
    benches = town / "layers/bench"
    benches.mkdir()
    (benches / "layer.toml").write_text(
        f'title = "木かげのいす"\nsymbol = "木"\ncolor = "#2f5d00"\naudience = "だれでも"\n{SAID}',
        "utf-8",
    )
    (benches / "list.csv").write_text("ID,名称,緯度,経度\nB1,松の下,36.0022,138.5027\n", "utf-8")
    watches = town / "boundaries/watch"
    watches.mkdir()
    drawn = json.loads((town / "boundaries/quarter/quarter.geojson").read_text("utf-8"))
    drawn["features"] = drawn["features"][:1]
    drawn["features"][0]["properties"] = {"no": "w1", "label": "はじめの見守り区"}
    (watches / "watch.geojson").write_text(json.dumps(drawn), "utf-8")
    (watches / "boundary.toml").write_text(
        f'title = "見守り区"\ntier = 3\ndata = "watch.geojson"\ncode = "no"\nname = "label"\n{SAID}',
        "utf-8",
    )


def test_both_are_on_map_list_legend_filters_and_switch(
    tab: BrowserContext, serve: Callable[..., ServedTown]
) -> None:
    town = serve(SQUARES)
    page = tab.new_page()
    watch = Watch(town.base)
    watch.attach(page)
    page.goto(f"{town.base}/{CODE}/quarter/q1")
    page.wait_for_selector("html[data-ready=true]")
    before = page.locator(".entry").count()
    assert "木かげのいす" not in page.content()
    _drop(town.settings.town)
    load_town(town.settings)

    page.reload()
    page.wait_for_selector("html[data-ready=true]")
    assert page.locator(".entry").count() == before + 1
    (label,) = page.eval_on_selector_all(
        ".flag button",
        "all => all.map(b => b.getAttribute('aria-label')).filter(t => /木/.test(t))",
    )
    assert "松の下" in label
    assert page.locator("[data-group] h2", has_text="木かげのいす").count() == 1
    assert "散歩の会" in (page.locator(".credits").text_content() or "")
    page.check("input[name=layer][value=bench]")
    assert page.locator(".entry:not([hidden]) .entry-name").all_text_contents() == ["松の下"]
    assert page.locator(".flags .flag:not([hidden])").count() == 1
    assert "layer=bench" in page.url
    page.locator(".switch summary").click()
    page.locator(".switch a", has_text="はじめの見守り区").click()
    page.wait_for_selector("html[data-ready=true]")
    assert page.url.endswith(f"/{CODE}/watch/w1")
    assert "松の下" in page.locator(".entry .entry-name").all_text_contents()
    page.goto(town.base + "/")
    assert "見守り区" in (page.locator("main").text_content() or "")
    watch.assert_quiet()
