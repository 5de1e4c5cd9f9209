"""The queue in a real browser: at every size, with the keyboard, and without scripts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser.test_every_page import _axe
from browser.watching import SIZES, ServedTown, Watch
from playwright.sync_api import Browser, BrowserContext, Page, expect
from stickers.conftest import StickerTown, hexed, meeting_file, sticker

from geo.model.audience import Audience
from geo.model.sticker import StickerState

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def town(make_town: Callable[[str], StickerTown]) -> StickerTown:
    return make_town("99767")


@pytest.fixture(scope="module")
def served(town: StickerTown, serve_town: Callable[..., ServedTown]) -> ServedTown:
    return serve_town(town, Audience.COORDINATOR)


@pytest.fixture(autouse=True)
def queue(town: StickerTown) -> None:
    town.empty()
    town.box.take(
        [
            sticker(1, "あ", "朝市" * 15),
            sticker(2, "い", "<script>alert(1)</script>"),
            sticker(3, "う", "w" * 60, state=StickerState.DONE),
            sticker(4, "あ", meeting=hexed(8), code="q2", area="南東区"),
        ]
    )


@pytest.fixture
def browsing(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    contexts: list[BrowserContext] = []

    def make(size: str = "laptop", *, script: bool = True) -> BrowserContext:
        width, height = SIZES[size]
        contexts.append(
            chromium.new_context(
                viewport={"width": width, "height": height},
                locale="ja-JP",
                java_script_enabled=script,
            )
        )
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


def opened(context: BrowserContext, served: ServedTown, path: str) -> tuple[Page, Watch]:
    page = context.new_page()
    watch = Watch(served.base)
    watch.attach(page)
    page.on("dialog", lambda dialog: watch.console.append(f"dialog: {dialog.message}"))
    page.goto(served.base + path)
    return page, watch


@pytest.mark.parametrize("size", sorted(SIZES))
def test_no_page_is_in_the_way_of_anybody(
    browsing: Callable[..., BrowserContext], served: ServedTown, size: str
) -> None:
    page, watch = opened(browsing(size), served, "/desk/drafts")
    page.locator("summary").click()
    assert _axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    small = page.eval_on_selector_all(
        "main button, main textarea, main summary, main input[type=file]",
        "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)"
        ".map(e => e.textContent)",
    )
    assert small == []
    page.goto(f"{served.base}/desk")
    expect(page.locator("main")).to_contain_text("待っているふせん 3枚")
    assert _axe(page) == []
    watch.assert_quiet()


def test_from_a_sticker_to_the_list(
    browsing: Callable[..., BrowserContext],
    served: ServedTown,
    tmp_path: Path,
) -> None:
    page, watch = opened(browsing(), served, "/desk")
    page.click("text=ふせんを見る")
    first = page.locator(".meeting:first-of-type .draft").first
    assert first.locator("textarea").first.input_value().startswith("鶴亀の会／茶7")
    first.locator("textarea").nth(1).fill("組長さんに電話した")
    first.locator("button:has-text('たずねた')").click()
    expect(page.locator(".done")).to_contain_text("「たずねた」にしました。")
    with page.expect_download() as waiting:
        page.click("text=一覧に足すための行を書き出す")
    rows = tmp_path / "rows.csv"
    waiting.value.save_as(rows)
    assert "組長さんに電話した" in rows.read_text("utf-8-sig")
    assert len(rows.read_text("utf-8-sig").splitlines()) == 4

    file = tmp_path / "ふせん.json"
    file.write_text(json.dumps(meeting_file(11, 12)), "utf-8")
    page.set_input_files("#meeting", file)
    page.click("button:has-text('取り込む')")
    expect(page.locator(".done")).to_contain_text("ふせんを2枚、取り込みました。")
    expect(page.locator("h1")).to_have_text("集まりで出たふせん 5枚")
    watch.assert_quiet()


def test_without_scripts(
    browsing: Callable[..., BrowserContext], served: ServedTown, town: StickerTown
) -> None:
    page = browsing("phone", script=False).new_page()
    page.goto(f"{served.base}/desk/drafts")
    page.locator(".draft button:has-text('足さない')").first.click()
    expect(page.locator(".done")).to_contain_text("「足さない」にしました。")
    states = sorted(one.state.value for one in town.box.read().stickers)
    assert states == ["done", "dropped", "new", "new"]
