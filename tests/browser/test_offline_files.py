"""The file for a USB stick, of every level of both towns, opened by ``file://``."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from browser.test_every_page import AXE, AXE_RULES
from browser.watching import SIZES, ServedTown, Watch
from playwright.sync_api import Browser

from geo.database import TownDatabase
from geo.model.audience import Audience, Medium
from geo.model.map_answer import MapAnswer
from geo.questions import revision, town_overview, treasure_map
from webmap.offline import offline_map

pytestmark = pytest.mark.browser

LARGEST_BYTES = 5_000_000


def _one_area_of_every_level(town: ServedTown) -> list[MapAnswer]:
    """The area of each level that holds most."""
    database = TownDatabase(town.settings, town.code)
    asked: dict[str, Any] = {"audience": Audience.PUBLIC, "medium": Medium.WEB}
    try:
        with database.connect(Audience.PUBLIC) as conn:
            asked["today"] = revision(conn)[1]
            rows = town_overview(conn, **asked).rows
            fullest = {
                row.area.level: row.area.code
                for row in sorted(rows, key=lambda row: sum(row.treasures.values()))
            }
            return [treasure_map(conn, **asked, level=k, code=c) for k, c in fullest.items()]
    finally:
        database.dispose()


def _assert_good(chromium: Browser, target: Path, answer: MapAnswer) -> None:
    width, height = SIZES["laptop"]
    # The policy of the file lets no other script in; axe is ours, for this run only.
    for with_axe in (False, True):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale="ja-JP", bypass_csp=with_axe
        )
        context.set_default_timeout(60_000)
        page = context.new_page()
        requests: list[str] = []
        page.on("request", lambda request, seen=requests: seen.append(request.url))
        watch = Watch("file://")
        watch.attach(page)
        page.goto(target.as_uri())
        page.wait_for_selector("html[data-ready=true]")
        if with_axe:
            page.evaluate(AXE.read_text("utf-8"))
            found = page.evaluate("rules => axe.run(document, rules)", AXE_RULES)
            assert [
                f"{v['id']}: {n['target']}" for v in found["violations"] for n in v["nodes"]
            ] == []
            context.close()
            continue
        listed = page.eval_on_selector_all(".entry", "all => all.map(e => +e.dataset.number)")
        assert sorted(listed) == sorted(e.number for e in answer.entries)
        labels = page.eval_on_selector_all(
            ".flags .flag button", "all => all.map(b => b.getAttribute('aria-label'))"
        )
        assert len(labels) == len(answer.flags)
        for entry in answer.entries:
            if entry.flag is not None:
                assert any(
                    entry.mark in label or ("ほか" in label and entry.name in label)
                    for label in labels
                ), entry.mark
        if answer.entries:
            page.fill("input[name=q]", answer.entries[-1].name)
            page.wait_for_function("location.search.includes('q=') || location.hash.includes('q=')")
            address = urlsplit(page.url)
            kept = parse_qs(address.query or address.fragment)
            assert kept["q"] == [answer.entries[-1].name]
            shown = page.locator(".entry:not([hidden])").count()
            assert 1 <= shown <= len(answer.entries)
            assert requests == [target.as_uri()]
            page.goto(page.url)
            page.wait_for_selector("html[data-ready=true]")
            assert page.locator(".entry:not([hidden])").count() == shown
        assert {urlsplit(url).path for url in requests if not url.startswith("data:")} == {
            urlsplit(target.as_uri()).path
        }
        watch.assert_quiet()
        context.close()


def _check(chromium: Browser, town: ServedTown, folder: Path, levels: int) -> None:
    answers = _one_area_of_every_level(town)
    assert len(answers) == levels
    for answer in answers:
        made = offline_map(answer)
        print(f"{answer.area.level}/{answer.area.code} {len(made.content):,} bytes")
        assert len(made.content) < LARGEST_BYTES
        target = folder / f"{answer.area.level}.html"
        target.write_bytes(made.content)
        _assert_good(chromium, target, answer)


def test_of_the_demonstration_town(chromium: Browser, minato: ServedTown, tmp_path: Path) -> None:
    _check(chromium, minato, tmp_path, 4)


@pytest.mark.realdata
def test_of_the_real_town(chromium: Browser, real_town: ServedTown, tmp_path: Path) -> None:
    _check(chromium, real_town, tmp_path, 3)
