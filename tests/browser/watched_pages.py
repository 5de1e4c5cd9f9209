"""Watched pages of a browser, each in a context of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from browser.watching import Watch
from playwright.sync_api import Browser, Page

OpenWatched = Callable[..., Page]


@contextmanager
def watched_pages(chromium: Browser) -> Iterator[OpenWatched]:
    """``open_watched(base, path, size=(1366, 768), script=True, **others of the context)``.

    Afterwards every page is closed, and nothing may have gone out, gone wrong or been blocked.
    """
    opened: list[tuple[Page, Watch]] = []

    def open_watched(
        base: str,
        path: str,
        *,
        size: tuple[int, int] = (1366, 768),
        script: bool = True,
        **others: Any,
    ) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, **others
        )
        page = context.new_page()
        watch = Watch(base)
        watch.attach(page)
        opened.append((page, watch))
        page.goto(base + path)
        return page

    yield open_watched
    for page, watch in opened:
        # A connection cut off in the middle of a font leaves its file open in werkzeug's server.
        page.wait_for_load_state("networkidle")
        page.context.close()
        watch.assert_quiet()
