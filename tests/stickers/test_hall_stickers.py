"""Stickers on the wall, in a real browser: by tap and key, online and from a file, into the queue."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.test_every_page import _axe
from browser.watching import ServedTown, Watch
from playwright.sync_api import Browser, BrowserContext, Page, expect
from stickers.conftest import StickerTown, meeting_file
from typed_command import typed_on

from geo.database import TownDatabase
from geo.model.audience import Audience, Medium
from geo.model.sticker import read_meeting
from geo.questions import revision, treasure_map
from geo.stickers import sticker_box
from webmap.offline import offline_map

pytestmark = pytest.mark.browser

AREA = ("quarter", "q1")
LAW = "このふせんは、担当者だけが見ます。人の名前や電話番号は書かないでください。"
OpenHall = Callable[..., tuple[Page, Watch]]


@pytest.fixture(scope="module")
def town(make_town: Callable[[str], StickerTown]) -> StickerTown:
    return make_town("99766")


@pytest.fixture(scope="module")
def served(town: StickerTown, serve_town: Callable[..., ServedTown]) -> ServedTown:
    return serve_town(town)


@pytest.fixture(scope="module")
def offline(town: StickerTown, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The area's file, as it lies on a USB stick."""
    database = TownDatabase(town.settings, town.code)
    level, code = AREA
    try:
        with database.connect(Audience.PUBLIC, Medium.WEB) as conn:
            answer = treasure_map(
                conn,
                audience=Audience.PUBLIC,
                medium=Medium.WEB,
                level=level,
                code=code,
                today=revision(conn)[1],
            )
    finally:
        database.dispose()
    path = tmp_path_factory.mktemp("usb") / "南西区.html"
    path.write_bytes(offline_map(answer).content)
    return path


@pytest.fixture(autouse=True)
def empty(town: StickerTown, monkeypatch: pytest.MonkeyPatch) -> None:
    town.empty()
    monkeypatch.setattr(sticker_box, "MOST_A_MINUTE", 1000)


@pytest.fixture
def browsing(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    contexts: list[BrowserContext] = []

    def make(width: int = 1920, height: int = 1080) -> BrowserContext:
        contexts.append(
            chromium.new_context(
                viewport={"width": width, "height": height},
                locale="ja-JP",
                timezone_id="Asia/Tokyo",
            )
        )
        contexts[-1].set_default_timeout(20_000)
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def open_hall(browsing: Callable[..., BrowserContext], served: ServedTown) -> OpenHall:
    """``open_hall(width, height, context=...)``: the hall of the area, watched; no dialog opens."""

    def opened(
        width: int = 1920, height: int = 1080, *, context: BrowserContext | None = None
    ) -> tuple[Page, Watch]:
        page = (context or browsing(width, height)).new_page()
        watch = Watch(served.base)
        watch.attach(page)
        page.on("dialog", lambda dialog: watch.console.append(f"dialog: {dialog.message}"))
        page.goto(f"{served.base}/{served.code}/{'/'.join(AREA)}?mode=hall")
        ready(page)
        return page, watch

    return opened


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


def test_three_in_a_row_by_keyboard_alone(open_hall: OpenHall, town: StickerTown) -> None:
    page, watch = open_hall()
    expect(page.locator(".sticker-bar")).to_be_hidden()
    count = page.locator("[data-hall-count]").inner_text()
    for _ in range(3):
        page.keyboard.press("s")
    assert letters(page) == ["あ", "い", "う"]
    spots = [middle(page, index) for index in range(3)]
    assert min(math.dist(a, b) for a in spots for b in spots if a is not b) > 60, "none covers one"
    assert arrived(town, 3, page) == [("あ", ""), ("い", ""), ("う", "")]

    # Typing is not forced; the tour goes on, and the bar makes room.
    page.keyboard.press("ArrowRight")
    assert page.locator("[data-hall-count]").inner_text() != count
    expect(page.locator(".sticker-law")).to_be_hidden()
    expect(page.locator(".sticker-count")).to_have_text("ふせん 3枚")

    page.keyboard.press("s")
    expect(page.locator(".sticker-law")).to_have_text(LAW)
    page.keyboard.press("Enter")
    page.keyboard.type("朝市 sss")
    assert letters(page) == ["あ", "い", "う", "え"], "an s in a word is a letter"
    here = page.locator("[data-hall-count]").inner_text()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Space")
    assert page.locator("[data-hall-count]").inner_text() == here
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.matches('[data-hall]')")
    words_arrived(town, [("あ", ""), ("い", ""), ("う", ""), ("え", "朝市 ss s")], page)
    page.keyboard.press("ArrowLeft")
    assert page.locator("[data-hall-count]").inner_text() == count
    watch.assert_quiet()


def test_shift_and_arrows_move_the_last_one(open_hall: OpenHall, town: StickerTown) -> None:
    page, watch = open_hall()
    page.keyboard.press("s")
    (first,) = arrived(town, 1, page) and town.box.read().stickers
    count = page.locator("[data-hall-count]").inner_text()
    x, y = middle(page, 0)
    for key in ("ArrowRight", "ArrowRight", "ArrowUp"):
        page.keyboard.press(f"Shift+{key}")
    assert middle(page, 0) == pytest.approx((x + 20, y - 10), abs=1.5)
    assert page.locator("[data-hall-count]").inner_text() == count
    for _ in range(400):
        (moved,) = town.box.read().stickers
        if moved.lon != first.lon:
            break
        page.wait_for_timeout(50)
    assert moved.lon > first.lon
    assert moved.lat > first.lat
    assert (moved.id, moved.met_at) == (first.id, first.met_at)
    watch.assert_quiet()


def test_a_finger_drops_writes_moves_and_takes_back(open_hall: OpenHall, town: StickerTown) -> None:
    page, watch = open_hall()
    for share in (0.2, 0.4, 0.6):
        page.mouse.click(*ground(page, share))
    assert letters(page) == ["あ", "い", "う"]
    assert middle(page, 1) == pytest.approx(ground(page, 0.4), abs=1.5), "where the finger was"
    page.fill(".sticker-field input", "井戸端")
    page.keyboard.press("Enter")
    page.locator(".sticker-paper").first.click()
    assert letters(page) == ["あ", "い", "う"], "a tap on a sticker opens it"
    expect(page.locator(".sticker-letter")).to_have_text("あ")
    page.fill(".sticker-field input", "大根をくれる人")
    page.mouse.click(*ground(page, 0.8))  # the word is kept without Enter
    expect(page.locator(".sticker-field input")).to_have_value("")
    words_arrived(town, [("あ", "大根をくれる人"), ("い", ""), ("う", "井戸端"), ("え", "")], page)
    page.click("text=元に戻す")
    assert letters(page) == ["あ", "い", "う"]
    page.mouse.click(*ground(page, 0.8))
    assert letters(page) == ["あ", "い", "う", "え"], "the letter is free again"

    x, y = middle(page, 0)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 40, steps=5)
    page.mouse.up()
    assert middle(page, 0) == pytest.approx((x + 30, y + 40), abs=3)
    assert len(letters(page)) == 4
    watch.assert_quiet()


def test_flags_and_the_bar_are_no_ground(open_hall: OpenHall) -> None:
    page, watch = open_hall()
    page.locator(".flags .flag button").first.click()
    assert letters(page) == []
    page.keyboard.press("s")
    page.locator(".sticker-law").click()
    page.locator(".sticker-count").dblclick()
    assert letters(page) == ["あ"]
    watch.assert_quiet()


def test_taking_back_by_key(open_hall: OpenHall, town: StickerTown) -> None:
    page, watch = open_hall()
    for _ in range(3):
        page.keyboard.press("s")
    arrived(town, 3, page)
    page.keyboard.press("Backspace")
    assert letters(page) == ["あ", "い"]
    page.keyboard.press("Enter")
    page.keyboard.type("ab")
    page.keyboard.press("Backspace")
    page.keyboard.press("Control+z")
    assert letters(page) == ["あ", "い"], "in the field they belong to the field"
    page.keyboard.press("Escape")
    assert page.locator("html.hall-open").count() == 1, "Escape leaves the field, not the hall"
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert letters(page) == []
    expect(page.locator(".sticker-bar")).to_be_hidden()
    page.keyboard.press("Control+z")
    words_arrived(town, [], page)
    watch.assert_quiet()


def test_a_word_that_is_being_composed_is_not_sent_off(
    open_hall: OpenHall, town: StickerTown
) -> None:
    """Enter chooses a kanji, S spells a kana: neither confirms nor drops."""
    page, watch = open_hall()
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    keys = page.context.new_cdp_session(page)
    composed = {"text": "あさいt", "selectionStart": 4, "selectionEnd": 4}
    keys.send("Input.imeSetComposition", composed)
    page.evaluate(
        """() => {
          const field = document.querySelector('.sticker-field input');
          const press = (more) => field.dispatchEvent(new KeyboardEvent('keydown',
            {isComposing: true, bubbles: true, cancelable: true, ...more}));
          press({key: 'Enter'});
          press({key: 'Process', code: 'KeyS'});
        }"""
    )
    assert page.evaluate("document.activeElement.matches('.sticker-field input')")
    expect(page.locator(".sticker-field input")).to_have_value("あさいt")
    assert letters(page) == ["あ"]
    page.wait_for_timeout(1500)  # longer than a hand rests
    assert arrived(town, 1, page) == [("あ", "")]
    keys.send("Input.insertText", {"text": "朝市"})
    page.keyboard.press("Enter")
    words_arrived(town, [("あ", "朝市")], page)
    watch.assert_quiet()


def test_after_a_reload_they_stand_where_they_stood(open_hall: OpenHall, town: StickerTown) -> None:
    page, watch = open_hall()
    page.mouse.click(*ground(page, 0.3))
    page.keyboard.press("Enter")
    page.keyboard.type("朝市")
    page.keyboard.press("Enter")
    page.mouse.click(*ground(page, 0.5))
    words_arrived(town, [("あ", "朝市"), ("い", "")], page)
    answered(page)
    spots = [middle(page, index) for index in range(2)]
    page.reload()
    ready(page)
    assert letters(page) == ["あ", "い"]
    assert [middle(page, i) for i in range(2)] == [pytest.approx(s, abs=2) for s in spots]
    page.keyboard.press("Backspace")
    words_arrived(town, [("あ", "朝市")], page)
    page.keyboard.press("s")
    assert letters(page) == ["あ", "い"]
    # Another tab of the same browser does not show them.
    other, _ = open_hall(context=page.context)
    assert letters(other) == []
    watch.assert_quiet()


def test_when_the_machine_is_away_nothing_is_lost(open_hall: OpenHall, town: StickerTown) -> None:
    page, watch = open_hall()
    page.route("**/stickers", lambda route: route.abort())
    page.keyboard.press("s")
    expect(page.locator(".sticker-count")).to_have_text(
        "ふせん 1枚（1枚は、まだ届いていません。つながりしだい送ります）", timeout=20_000
    )
    page.keyboard.press("Enter")
    page.keyboard.type("朝市")
    page.keyboard.press("Enter")
    page.keyboard.press("s")
    assert town.words() == []
    page.unroute("**/stickers")
    words_arrived(town, [("あ", "朝市"), ("い", "")], page)
    expect(page.locator(".sticker-count")).to_have_text("ふせん 2枚", timeout=20_000)
    watch.console = [line for line in watch.console if "ERR_FAILED" not in line]
    watch.assert_quiet()


def test_a_machine_started_anew_takes_the_rest(open_hall: OpenHall, town: StickerTown) -> None:
    """Its sessions are gone; the page asks for a new token by itself."""
    page, watch = open_hall()
    page.keyboard.press("s")
    arrived(town, 1, page)
    page.context.clear_cookies()
    page.keyboard.press("s")
    assert arrived(town, 2, page) == [("あ", ""), ("い", "")]
    watch.console = [line for line in watch.console if "403" not in line]
    watch.assert_quiet()


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


def save(page: Page, tmp_path: Path) -> Path:
    with page.expect_download() as waiting:
        page.click("text=ファイルに残す")
    target = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


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


def test_forty_six_kana_then_a_second_round(open_hall: OpenHall) -> None:
    page, watch = open_hall()
    found: list[str] = page.evaluate(
        "() => Array.from({length: 139}, (_, i) => Otakara.stickerLetter(i))"
    )
    assert "".join(found[:46]) == (
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
    )
    assert found[46:48] == ["あ2", "い2"]
    assert (found[91], found[92], found[138]) == ("ん2", "あ3", "あ4")
    assert len(set(found)) == 139
    watch.assert_quiet()


def test_hostile_words_are_only_words(open_hall: OpenHall, town: StickerTown) -> None:
    page, watch = open_hall()
    words = '<img src=x onerror=alert(1)>"=cmd\u202e\u0007'
    page.keyboard.press("s")
    page.fill(".sticker-field input", words)
    page.keyboard.press("Enter")
    words_arrived(town, [("あ", '<img src=x onerror=alert(1)>"=cmd')], page)
    answered(page)
    page.reload()
    ready(page)
    assert page.locator("img[src=x]").count() == 0
    watch.assert_quiet()


@pytest.mark.parametrize(
    ("width", "height"), [(1920, 1080), (1024, 768), (800, 600), (390, 844)], ids=str
)
def test_nothing_is_in_the_way_of_anybody(open_hall: OpenHall, width: int, height: int) -> None:
    """The bar stays on the map; letters are large; the hall still passes axe with it."""
    page, watch = open_hall(width, height)
    page.keyboard.press("s")
    page.keyboard.press("s")
    assert _axe(page) == []
    hall, bar = (page.locator(name).bounding_box() for name in (".hall-map", ".sticker-bar"))
    assert hall
    assert bar
    assert bar["x"] >= hall["x"] - 0.5
    assert bar["x"] + bar["width"] <= hall["x"] + hall["width"] + 0.5
    assert bar["y"] + bar["height"] == pytest.approx(hall["y"] + hall["height"], abs=1)
    assert bar["height"] <= 0.62 * hall["height"], "the map is still seen"
    paper = page.locator(".sticker-current .sticker-paper").bounding_box()
    assert paper
    assert paper["width"] >= max(58, 0.07 * min(width, height))
    size = page.evaluate(
        "() => parseFloat(getComputedStyle(document.querySelector('.sticker-paper')).fontSize)"
    )
    assert size >= 0.04 * min(width, height), "read from the back of the hall"
    assert paper["y"] + paper["height"] <= bar["y"], "the sticker is not under the bar"
    small: list[Any] = page.eval_on_selector_all(
        ".sticker-bar button:not([hidden]), .sticker-bar input",
        "all => all.filter(e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML)",
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("ArrowRight")
    assert _axe(page) == []
    watch.assert_quiet()
