"""From the first treasure to the last: by the keys of a remote, by mouse, online and from a file."""

from __future__ import annotations

import re

import pytest
from browser.test_every_page import AXE, AXE_RULES
from hall.conftest import OpenHall
from hall.hall_answers import LONG_NAME, many, members
from hall.hall_screen import Screen
from playwright.sync_api import Page

from geo.model.map_answer import MapAnswer
from webmap.hall import hall_page
from webmap.showing import Mode, Showing, TourOrder

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize("file", [False, True], ids=["online", "file"])
ASK = "ほかにもありませんか？ 教えてください"


def at_end(page: Page) -> bool:
    return page.get_attribute("[data-hall-turn='1']", "aria-disabled") == "true"


def walk(page: Page, key: str) -> list[Screen]:
    """Every screen from here to the end."""
    screens = [Screen.of(page)]
    while not at_end(page):
        page.keyboard.press(key)
        screens.append(Screen.of(page))
        assert len(screens) < 400
    return screens


def steps(screens: list[Screen]) -> list[str]:
    """The cards, each once however many screens it took."""
    cards = [screen.card for screen in screens]
    return [card for i, card in enumerate(cards) if i == 0 or cards[i - 1] != card]


@pytest.mark.parametrize(
    ("file", "key"),
    [(False, "ArrowRight"), (True, "PageDown")],
    ids=["online", "file"],
)
def test_every_treasure_by_keyboard_only(
    open_hall: OpenHall, answers: dict[str, MapAnswer], file: bool, key: str
) -> None:
    page = open_hall("MANY", file=file, size=(1920, 1080), calm=True)
    screens = walk(page, key)
    assert steps(screens) == ["opening", *map(str, range(1, 37)), "rest"]
    marks = {entry.number: entry.mark for entry in answers["MANY"].entries}
    for screen in screens:
        assert ASK in " ".join(line.text for line in screen.lines("around"))
        if screen.card.isdecimal():
            number = int(screen.card)
            assert screen.raw["count"] == f"{number} / 36"
            assert screen.raw["said"].startswith(f"{number} / 36 {number}番 ")
            (pressed,) = screen.raw["pressed"]
            assert pressed.startswith(marks[number])
        else:
            assert screen.raw["pressed"] == []
    text = page.inner_text("[data-hall-card='rest']")
    assert "地図にのせていないお宝" in text
    for word in ("37番 三人のお茶のみ", f"38番 {LONG_NAME}", "39番 場所さがし中の体操"):
        assert word in text
    page.keyboard.press("Home")
    assert Screen.of(page).card == "opening"
    page.keyboard.press("End")
    assert Screen.of(page).card == "rest"


@BOTH
def test_there_and_back(open_hall: OpenHall, file: bool) -> None:
    page = open_hall("MANY", file=file, size=(800, 600))
    there = []
    for _ in range(12):
        there.append(Screen.of(page))
        page.keyboard.press(" ")
    back = []
    for key in ["ArrowLeft", "PageUp", "ArrowUp"] * 4:
        page.keyboard.press(key)
        back.append(Screen.of(page))
    seen = [[line.text for line in screen.visible()] for screen in there]
    assert [[line.text for line in screen.visible()] for screen in reversed(back)] == seen


def test_the_last_screen_stays(open_hall: OpenHall) -> None:
    page = open_hall("FEW")
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert Screen.of(page).card == "rest"
    assert "ほかにもありませんか？" in page.inner_text("[data-hall-card='rest']")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    assert Screen.of(page).card == "opening"


@BOTH
def test_by_mouse_and_by_flag(open_hall: OpenHall, file: bool) -> None:
    page = open_hall("FEW", file=file, calm=True)
    page.click("[data-hall-turn='1']")
    assert Screen.of(page).card == "1"
    assert page.evaluate("document.activeElement === document.querySelector('[data-hall]')")
    page.keyboard.press(" ")  # goes on, although a button was pressed last
    assert Screen.of(page).card == "4"
    page.locator(".hall .flag", has_text="移10").locator(".flag-cloth").click()
    assert Screen.of(page).card == "10"
    page.click("[data-hall-turn='-1']")
    assert Screen.of(page).card == "4"


def test_a_shared_flag_leads_to_each_of_its_treasures(
    open_hall: OpenHall, answers: dict[str, MapAnswer]
) -> None:
    page = open_hall("MANY", size=(1920, 1080), calm=True)
    marks = {entry.number: entry.mark for entry in answers["MANY"].entries}
    index = next(entry.flag for entry in answers["MANY"].entries if entry.number == 30)
    flag = page.locator(f'.hall .flag[data-index="{index}"]')
    for number in (30, 31, 30):
        flag.locator(".flag-cloth").first.click()
        screen = Screen.of(page)
        assert screen.card == str(number)
        assert screen.raw["pressed"][0].startswith(f"{marks[number]}ほか1 ")
    assert "同じ会場に 31番も" in page.inner_text("[data-hall-card='30']")


@pytest.mark.parametrize("order", ["area", "weekday"])
@BOTH
def test_the_order_can_be_chosen(open_hall: OpenHall, file: bool, order: str) -> None:
    page = open_hall("MANY", file=file)
    page.click("[data-hall-menu] > summary")
    page.click(f"[data-hall-order={order}]")
    if not file:
        assert f"order={order}" in page.url
    expected = hall_page(
        many(), Showing(mode=Mode.HALL, order=TourOrder(order)), members=members(many())
    )
    numbers = [str(card.number) for card in expected.cards]
    screens = walk(page, "PageDown")
    assert steps(screens) == ["opening", *numbers, "rest"]
    parts = [s.raw["part"] for s in screens if s.card == numbers[0]]
    count = len(expected.script_data["tours"][order][0]["numbers"])
    heading = {"area": "東小学校区", "weekday": "火曜日"}[order]
    assert parts[0] == f"{heading} 1 / {count}"


def test_the_url_chooses_and_a_reload_comes_back(open_hall: OpenHall) -> None:
    page = open_hall("MANY", "&order=weekday")
    for _ in range(3):
        page.keyboard.press("PageDown")
    before = Screen.of(page)
    assert before.raw["part"].startswith("火曜日 ")
    assert page.url.endswith(f"&order=weekday#hall-{before.card}")
    page.reload()
    page.wait_for_selector("html.hall-open[data-ready=true]")
    assert Screen.of(page).card == before.card


def test_a_list_of_marks_is_walked_in_its_order(open_hall: OpenHall) -> None:
    page = open_hall("MANY", "&marks=5,通1,999,38")
    assert "きょうは、このうち3か所を紹介します。" in page.inner_text("[data-hall-card=opening]")
    assert "1件は、この画面には見つかりませんでした" in page.inner_text("[data-hall-card=opening]")
    screens = walk(page, "PageDown")
    assert steps(screens) == ["opening", "5", "1", "rest"]
    assert [s.raw["count"] for s in screens if s.card == "1"] == ["2 / 2"]
    rest = page.inner_text("[data-hall-card=rest]")
    assert "38番" in rest
    assert "37番" not in rest


def test_a_flag_outside_of_the_list_is_looked_at_in_between(open_hall: OpenHall) -> None:
    page = open_hall("FEW", "&marks=10,1", calm=True)
    page.keyboard.press("PageDown")
    assert Screen.of(page).card == "10"
    page.locator(".hall .flag", has_text="老4").locator(".flag-cloth").click()
    aside = Screen.of(page)
    assert (aside.card, aside.raw["count"]) == ("4", "")
    page.keyboard.press("PageDown")
    assert Screen.of(page).card == "1"


def test_the_form_takes_a_typed_list(open_hall: OpenHall) -> None:
    page = open_hall("MANY")
    page.click("[data-hall-menu] > summary")
    page.fill("#hall-marks", "7番")
    page.press("#hall-marks", "ArrowLeft")  # in the field, not on the wall
    page.type("#hall-marks", "、 3")
    assert Screen.of(page).card == "opening"
    page.press("#hall-marks", "Enter")
    page.wait_for_url(re.compile("marks="))
    page.wait_for_selector("html.hall-open[data-ready=true]")
    assert page.locator("[data-hall-order=chosen]").count() == 1


def test_escape_closes_the_menu_and_then_leads_to_the_ordinary_page(open_hall: OpenHall) -> None:
    page = open_hall("FEW", "&lang=en")
    page.click("[data-hall-menu] > summary")
    page.keyboard.press("Escape")
    assert page.locator("[data-hall-menu][open]").count() == 0
    assert "mode=hall" in page.url
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"/99999/jhs/FEW\?lang=en$"))


def test_a_file_holds_both_and_goes_back_to_its_list(open_hall: OpenHall) -> None:
    page = open_hall("FEW", file=True)
    assert page.url.endswith("#hall")
    assert page.locator(".top").first.is_visible() is False
    page.keyboard.press("PageDown")
    page.keyboard.press("Escape")
    assert page.locator("[data-hall]").is_visible() is False
    assert page.locator(".entry").first.is_visible()
    assert "#hall" not in page.url
    button = page.locator("[data-open-hall]").first
    button.focus()
    page.keyboard.press("Enter")
    assert Screen.of(page).card == "1"  # where one was
    page.keyboard.press("Escape")
    assert button.evaluate("e => e === document.activeElement")
    # The ordinary page's own keys are its own again.
    page.keyboard.press("PageDown")
    assert page.locator("[data-hall]").is_visible() is False


def test_without_a_place_there_is_a_list(open_hall: OpenHall) -> None:
    page = open_hall("NOPLACE", size=(1920, 1080))
    screens = walk(page, "PageDown")
    assert steps(screens) == ["opening", "rest"]
    assert len(screens) > 3
    assert page.locator(".hall-map").count() == 0


def test_where_nothing_was_found_the_wall_asks(open_hall: OpenHall) -> None:
    page = open_hall("NONE", size=(1920, 1080))
    assert at_end(page)
    words = page.inner_text("[data-hall]")
    assert "まだ見つかっていません。" in words
    assert ASK in words
    assert page.locator(".hall-map .leaflet-container").is_visible()


def test_without_scripts_every_card_is_listed(open_hall: OpenHall) -> None:
    page = open_hall("MANY", script=False)
    cards = page.locator("[data-hall-card]")
    assert cards.count() == 38
    assert all(cards.nth(i).is_visible() for i in range(38))
    assert page.locator("[data-hall] .hall-nav").is_visible() is False
    page.click("[data-hall-menu] > summary")
    page.click("[data-hall-order=weekday]")
    assert "order=weekday" in page.url


def test_without_scripts_a_file_shows_its_list_only(open_hall: OpenHall) -> None:
    page = open_hall("FEW", file=True, script=False)
    assert page.locator("[data-hall]").is_visible() is False
    assert page.locator(".entry").count() == 3


@pytest.mark.parametrize(
    ("code", "file"),
    [("MANY", False), ("MANY", True), ("NONE", False), ("NOPLACE", False), ("INNER", False)],
)
def test_no_fault_of_accessibility(open_hall: OpenHall, code: str, file: bool) -> None:
    page = open_hall(code, file=file, size=(1024, 768), bypass_csp=True)
    page.evaluate(AXE.read_text("utf-8"))

    def faults() -> list[str]:
        found = page.evaluate("rules => axe.run(document, rules)", AXE_RULES)
        return [f"{v['id']}: {n['target']}" for v in found["violations"] for n in v["nodes"]]

    assert faults() == []
    page.click("[data-hall-menu] > summary")
    assert faults() == []
    page.keyboard.press("Escape")
    if code == "MANY":
        for _ in range(4):
            page.keyboard.press("PageDown")
        assert faults() == []
    page.keyboard.press("End")
    assert faults() == []
