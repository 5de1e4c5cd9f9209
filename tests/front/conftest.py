"""The hand-made answers behind a small server, and a Chromium that watches."""

from __future__ import annotations

from types import ModuleType

import pytest
from front import sample as made
from front.page_server import served


@pytest.fixture(scope="session")
def sample() -> ModuleType:
    return made


@pytest.fixture(scope="session")
def front(sample: ModuleType):
    """Base address of a server of every page kind."""
    answers = {
        "J0": sample.map_answer(),
        "EMPTY": sample.map_answer(empty=True),
        "NOPLACE": sample.unplaced_answer(),
        "INNER": sample.map_answer(audience=sample.Audience.COORDINATOR),
        "BIG": sample.big_answer(2000),
        "AROUND": sample.around_answer(),
    }
    towns = {"/": sample.town_answer(), "/99999/nb/": sample.town_answer("nb")}
    with served(answers, towns) as base:
        yield base


@pytest.fixture
def open_page(chromium, front):
    """Open a path; afterwards nothing may have gone wrong or outside."""
    contexts, troubles = [], []

    def opened(path: str, *, width: int = 1366, height: int = 768, script: bool = True):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=script
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(90_000)
        page.on("console", lambda m: troubles.append(m.text) if m.type != "log" else None)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "request",
            lambda r: troubles.append(r.url) if not r.url.startswith((front, "data:")) else None,
        )
        page.on("dialog", lambda d: (troubles.append(f"dialog {d.message}"), d.dismiss()))
        page.goto(front + path, timeout=90_000)
        if script and page.locator("[data-map]").count():
            page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []
