"""Pages of hand-made coverage behind a small server, and a watched Chromium."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import pytest
from browser.watched_pages import watched_pages
from coverage_pages import hand_made
from front import sample
from front.page_server import serving
from playwright.sync_api import Browser, Page

from geo.model.audience import Audience
from webmap.coverage.coverage_asked import CoverageAsked
from webmap.coverage.coverage_page import coverage_page
from webmap.coverage.level_page import coverage_level_page
from webmap.coverage.reach_data import reach_as_json
from webmap.pages import render

OpenCoverage = Callable[..., Page]


def answers() -> dict[str, Any]:
    """By code of the area."""
    inner = hand_made.answer_of(audience=Audience.COORDINATOR)
    empty = hand_made.area_coverage(
        figure=hand_made.figure(1180, (0, 0, 0)),
        weekdays=tuple(hand_made.weekday(day, 0, seen=False) for day in range(7)),
        open_days={0: 1180},
        by_transport=0,
        places=0,
        members_only=0,
        bands={},
    )
    return {
        "USUAL": hand_made.gaps_of(),
        "J0": hand_made.gaps_of(),  # where its own links lead
        "INNER": hand_made.gaps_of(inner),
        "EMPTY": replace(hand_made.gaps_of(hand_made.answer_of(empty)), gaps=()),
    }


def _body(path: str, query: str) -> tuple[str, bytes]:
    asked = CoverageAsked.from_args(dict(parse_qsl(query)))
    area_map = hand_made.SAMPLE
    if path.endswith("/"):
        town = sample.town_answer(level="jhs")
        page: Any = coverage_level_page(hand_made.answer_of(), town, asked)
        return "text/html", render(page).encode()
    code = path.rsplit("/", 1)[1]
    if code.endswith(".map.json"):
        value = reach_as_json(
            hand_made.streets(), area_map, hand_made.answer_of(), hand_made.streets(12)
        )
        return "application/json", json.dumps(value).encode()
    gaps = answers()[code]
    page = coverage_page(gaps, area_map, asked, served=gaps.coverage.audience)
    return "text/html", render(page).encode()


@pytest.fixture(scope="session")
def coverage_base() -> Iterator[str]:
    """Base address of a server of the hand-made pages."""

    with serving(_body) as base:
        yield base


@pytest.fixture
def open_coverage(chromium: Browser, coverage_base: str) -> Iterator[OpenCoverage]:
    """``open_coverage("USUAL", "?weekday=火", size=(360, 740))``; what it did is judged at the end."""
    with watched_pages(chromium) as open_watched:

        def open_one(code: str, more: str = "", *, script: bool = True, **others: Any) -> Page:
            path = f"/coverage/99999/jhs/{code}{more}"
            page = open_watched(coverage_base, path, script=script, locale="ja-JP", **others)
            page.context.set_default_timeout(20_000)
            if script and page.locator("[data-map]").count():
                page.wait_for_selector("html[data-ready=true]", state="attached")
            if script:
                page.evaluate("document.fonts.ready.then(() => true)")
            return page

        yield open_one
