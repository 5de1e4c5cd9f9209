"""Hands and eyes for stickers on the wall: what is dropped, where, and what has arrived."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from browser.watching import Watch
from playwright.sync_api import Page
from stickers.conftest import StickerTown

AREA = ("quarter", "q1")
OpenHall = Callable[..., tuple[Page, Watch]]


def ready(page: Page) -> None:
    page.wait_for_selector("html[data-ready=true]")


def letters(page: Page) -> list[str]:
    return page.locator(".sticker-paper").all_inner_texts()


def ground(page: Page, share_x: float = 0.3, share_y: float = 0.2) -> tuple[float, float]:
    """A point of the map, in pixels of the window."""
    box = page.locator(".hall-map").bounding_box()
    assert box
    return box["x"] + box["width"] * share_x, box["y"] + box["height"] * share_y


def arrived(town: StickerTown, count: int, page: Page) -> list[tuple[str, str]]:
    """Letter and word in the box, once there are so many."""
    found: list[tuple[str, str]] = []
    for _ in range(400):
        found = [(one.letter, one.word) for one in town.box.read().stickers]
        if len(found) == count:
            return found
        page.wait_for_timeout(50)
    raise AssertionError(found)


def words_arrived(town: StickerTown, wanted: list[tuple[str, str]], page: Page) -> None:
    for _ in range(400):
        if [(one.letter, one.word) for one in town.box.read().stickers] == wanted:
            return
        page.wait_for_timeout(50)
    assert [(one.letter, one.word) for one in town.box.read().stickers] == wanted


def answered(page: Page) -> None:
    """The tab knows that all have arrived: until then the browser asks before it leaves."""
    page.wait_for_function(
        """() => Object.entries(sessionStorage)
          .filter(([key]) => key.startsWith('otakara-stickers'))
          .every(([, kept]) => JSON.parse(kept).all.every((one) => one.sent === one.version))"""
    )


def middle(page: Page, index: int) -> tuple[float, float]:
    box = page.locator(".sticker-paper").nth(index).bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def save(page: Page, tmp_path: Path) -> Path:
    with page.expect_download() as waiting:
        page.click("text=ファイルに残す")
    target = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target
