"""The rules of the browser alone, pages with timetables behind a server, and a file on its day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from days.timetable_page import with_days
from front import sample
from front.page_server import served
from playwright.sync_api import Browser, Page

from webmap.assets import STATIC
from webmap.offline.one_file import offline_map

RULES = ("words.js", "days.js", "filters.js")
OpenDay = Callable[..., Page]


@pytest.fixture(scope="session")
def rules(chromium: Browser) -> Iterator[Page]:
    """An empty page that holds the scripts of the rules and nothing else."""
    page = chromium.new_page()
    for name in RULES:
        page.add_script_tag(content=(STATIC / "app" / name).read_text("utf-8"))
    yield page
    page.close()


@pytest.fixture(scope="session")
def timetables() -> Iterator[str]:
    """Base address of a server of a page with timetables, and of one without."""
    answer = with_days()
    plain = replace(sample.map_answer(), days=None)
    with served({"J0": answer, "PLAIN": plain}, {"/": sample.town_answer()}) as base:
        yield base


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """``watched(url, width, height, script=, clock=)``; afterwards no page may have complained."""
    contexts, troubles = [], []

    def opened(
        url: str,
        width: int = 1366,
        height: int = 768,
        *,
        script: bool = True,
        clock: date | None = None,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            timezone_id="Asia/Tokyo",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: troubles.append(m.text) if m.type != "log" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        if clock:
            page.clock.set_fixed_time(datetime.combine(clock, time(0, 30)))
        page.goto(url)
        if script:
            page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture(scope="session")
def taken_home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of an offline file of the page with timetables."""
    target: Path = tmp_path_factory.mktemp("file") / "東中学校区.html"
    target.write_bytes(offline_map(with_days()).content)
    return target.as_uri()
