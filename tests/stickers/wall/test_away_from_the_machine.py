"""Stickers where the machine is not, or refuses: as one file, into the queue."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser.watching import Watch
from playwright.sync_api import BrowserContext, expect
from stickers.conftest import StickerTown, meeting_file
from stickers.wall.wall_kit import (
    OpenHall,
    ground,
    letters,
    ready,
    save,
)
from typed_command import typed_on

from geo.model.sticker import read_meeting

pytestmark = pytest.mark.browser


def test_on_another_computer_the_page_makes_a_file(
    open_hall: OpenHall, town: StickerTown, tmp_path: Path
) -> None:
    page, watch = open_hall()
    page.route(
        "**/stickers/door",
        lambda route: route.fulfill(json={"takes": False, "csrf": None}),
    )
    page.keyboard.press("s")
    expect(page.locator(".sticker-save")).to_be_visible()
    expect(page.locator(".sticker-count")).to_have_text(
        "ふせん 1枚（まだファイルに残していません）"
    )
    saved = save(page, tmp_path)
    assert [one.letter for one in read_meeting(saved.read_bytes()).stickers] == ["あ"]
    assert town.words() == []
    watch.assert_quiet()


def test_a_machine_that_goes_on_refusing_is_not_asked_for_ever(
    open_hall: OpenHall, town: StickerTown
) -> None:
    """As behind a proxy that hides who is asking."""
    page, watch = open_hall()
    asked: list[str] = []

    def refuse(route: Any) -> None:
        asked.append(route.request.method)
        route.fulfill(status=403, json={"status": 403})

    page.route("**/stickers", refuse)
    page.keyboard.press("s")
    expect(page.locator(".sticker-save")).to_be_visible(timeout=20_000)
    page.keyboard.press("s")
    expect(page.locator(".sticker-count")).to_have_text(
        "ふせん 2枚（まだファイルに残していません）"
    )
    count = len(asked)
    assert count >= 3
    page.wait_for_timeout(2500)
    assert len(asked) == count
    assert town.words() == []
    watch.console = [line for line in watch.console if "403" not in line]
    watch.assert_quiet()


def test_a_file_on_a_usb_stick_ends_in_the_queue(
    browsing: Callable[..., BrowserContext],
    offline: Path,
    town: StickerTown,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    context = browsing()
    page = context.new_page()
    watch = Watch("file://")
    watch.attach(page)
    page.goto(f"{offline.as_uri()}#hall")
    ready(page)
    for _ in range(3):
        page.keyboard.press("s")
    page.keyboard.press("Enter")
    page.keyboard.type("<b>太字</b>の会")
    page.keyboard.press("Enter")
    page.mouse.click(*ground(page, 0.7))
    assert letters(page) == ["あ", "い", "う", "え"]
    expect(page.locator(".sticker-count")).to_have_text(
        "ふせん 4枚（まだファイルに残していません）"
    )

    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.accept()))
    page.reload()
    ready(page)
    assert dialogs == ["beforeunload"], "an accidental reload is asked about"
    assert letters(page) == ["あ", "い", "う", "え"]
    page.goto("about:blank")
    page.close()
    page = context.new_page()  # even the tab may be closed
    watch.attach(page)
    page.goto(f"{offline.as_uri()}#hall")
    ready(page)
    assert letters(page) == ["あ", "い", "う", "え"]

    saved = save(page, tmp_path)
    assert saved.name.startswith("ふせん_南西区_20")
    assert saved.suffix == ".json"
    expect(page.locator(".sticker-count")).to_have_text("ふせん 4枚")
    page.on("dialog", lambda dialog: (dialogs.append(dialog.type), dialog.accept()))
    page.reload()
    ready(page)
    assert dialogs == ["beforeunload", "beforeunload"], "saved: nobody is asked any more"
    assert page.evaluate("localStorage.length") == 0, "what was saved leaves this computer"

    run = typed_on(town.settings.town, monkeypatch, capsys, cluster=town.settings.cluster)
    taken = run("drafts", "--take", str(saved))
    assert (taken.returncode, taken.stdout) == (0, "ふせんを4枚、取り込みました。\n")
    assert run("drafts", "--take", str(saved)).stdout.startswith("ふせんを0枚")
    told = run("drafts").stdout
    assert "南西区の集まり：残り 4枚" in told
    assert "<b>太字</b>の会" in told
    watch.assert_quiet()


def test_the_file_leaves_nothing_behind_where_nothing_may_be_kept(
    browsing: Callable[..., BrowserContext], offline: Path, tmp_path: Path
) -> None:
    page = browsing().new_page()
    watch = Watch("file://")
    watch.attach(page)
    page.add_init_script(
        """for (const kind of ['localStorage', 'sessionStorage'])
             Object.defineProperty(window, kind, { get() { throw new DOMException('no') } });"""
    )
    page.goto(f"{offline.as_uri()}#hall")
    ready(page)
    page.keyboard.press("s")
    page.keyboard.press("s")
    file = json.loads(save(page, tmp_path).read_text("utf-8"))
    assert [one["letter"] for one in file["stickers"]] == ["あ", "い"]
    assert set(file) == set(meeting_file())
    watch.assert_quiet()


def test_the_ordinary_page_of_the_file_has_no_stickers(
    browsing: Callable[..., BrowserContext], offline: Path
) -> None:
    page = browsing(1366, 768).new_page()
    page.goto(offline.as_uri())
    ready(page)
    page.keyboard.press("s")
    page.locator(".treasure-map").first.click(position={"x": 40, "y": 40})
    assert letters(page) == []
