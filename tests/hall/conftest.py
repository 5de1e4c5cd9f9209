"""The hand-made areas behind a small server and in files, and a watched Chromium."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.watching import Watch
from front.page_server import served
from hall.hall_answers import few, many, members, none, unplaced
from playwright.sync_api import Browser, BrowserContext, Page

from geo.model.audience import Audience
from geo.model.map_answer import MapAnswer
from webmap.offline import write_map

ANSWERS = {
    code: dataclasses.replace(answer, area=dataclasses.replace(answer.area, code=code))
    for code, answer in {
        "MANY": many(),
        "FEW": few(),
        "NONE": none(),
        "NOPLACE": unplaced(),
        "INNER": few(Audience.COUNCIL),
    }.items()
}
MEMBERS = {code: members(answer) for code, answer in ANSWERS.items()}

OpenHall = Callable[..., Page]


@pytest.fixture(scope="session")
def hall_base() -> Iterator[str]:
    """Base address of a server of the hand-made areas."""
    with served(ANSWERS, {}, MEMBERS) as base:
        yield base


@pytest.fixture(scope="session")
def hall_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same areas as files for a USB stick."""
    folder = tmp_path_factory.mktemp("hall")
    files = {code: folder / f"{code}.html" for code in ANSWERS if code != "INNER"}
    for code, file in files.items():
        write_map(ANSWERS[code], file, members=MEMBERS[code])
    return files


@pytest.fixture(scope="session")
def answers() -> dict[str, MapAnswer]:
    return ANSWERS


@pytest.fixture
def open_hall(
    chromium: Browser, hall_base: str, request: pytest.FixtureRequest
) -> Iterator[OpenHall]:
    """``open_hall("MANY", "&order=area", size=(1024, 768), file=True)``; afterwards all was quiet."""
    contexts: list[BrowserContext] = []
    watches: list[Watch] = []

    def opened(
        code: str,
        more: str = "",
        *,
        size: tuple[int, int] = (1366, 768),
        file: bool = False,
        script: bool = True,
        calm: bool = False,
        bypass_csp: bool = False,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="ja-JP",
            java_script_enabled=script,
            reduced_motion="reduce" if calm else "no-preference",
            bypass_csp=bypass_csp,
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        address = f"{hall_base}/99999/jhs/{code}?mode=hall{more}"
        if file:
            address = f"{request.getfixturevalue('hall_files')[code].as_uri()}#hall"
        watch = Watch("file://" if file else hall_base)
        watch.attach(page)
        watches.append(watch)
        page.goto(address)
        if script:
            page.wait_for_selector("html.hall-open[data-ready=true]")
            page.evaluate("document.fonts.ready.then(() => true)")
        return page

    yield opened
    for context in contexts:
        context.close()
    for watch in watches:
        watch.assert_quiet()
