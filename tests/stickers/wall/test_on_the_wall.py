"""Stickers on the wall, in a real browser: by tap and key, into the queue."""

from __future__ import annotations

import math
from typing import Any

import pytest
from browser.test_every_page import _axe
from playwright.sync_api import expect
from stickers.conftest import StickerTown
from stickers.wall.wall_kit import (
    OpenHall,
    answered,
    arrived,
    ground,
    letters,
    middle,
    ready,
    words_arrived,
)

pytestmark = pytest.mark.browser

LAW = "このふせんは、担当者だけが見ます。人の名前や電話番号は書かないでください。"


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
