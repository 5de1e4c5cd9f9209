"""The weeks behind a small server, and a watched Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from browser.watched_pages import watched_pages
from front.page_server import served
from playwright.sync_api import Browser, Page
from week.week_answers import empty, full, small

OpenWeek = Callable[..., Page]


@pytest.fixture(scope="session")
def sheets() -> Iterator[str]:
    """Base address of a server of the weeks."""
    weeks = {"SMALL": small(), "FULL": full(), "EMPTY": empty()}
    areas = {
        code: replace(answer, area=replace(answer.area, code=code))
        for code, answer in weeks.items()
    }
    with served(areas, {}) as base:
        yield base


@pytest.fixture
def open_week(chromium: Browser, sheets: str) -> Iterator[OpenWeek]:
    """``open_week("FULL", "&week=next", width=360)``; without scripts, as the sheet needs none."""
    with watched_pages(chromium) as open_watched:

        def open_one(code: str, more: str = "", width: int = 1366, *, script: bool = True) -> Page:
            path = f"/99999/jhs/{code}?mode=week{more}"
            return open_watched(sheets, path, size=(width, 768), script=script)

        yield open_one
