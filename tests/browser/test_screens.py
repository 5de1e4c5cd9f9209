"""Phone, tablet, laptop, wall: measured in Chromium, on pages that are hard to show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browser import wide_answers as wide
from browser.test_every_page import AXE, AXE_RULES
from browser.watching import Watch
from front import sample
from front.page_server import served
from playwright.sync_api import Browser, BrowserContext, Page, expect

pytestmark = pytest.mark.browser

PHONES = {"360": (360, 740), "390": (390, 844), "320": (320, 568), "across": (740, 360)}
WIDE = {
    "upright": (768, 1024),
    "tablet": (1024, 768),
    "laptop": (1366, 768),
    "laptop-125": (1024, 576),
    "wall": (1920, 1080),
}
AREA = "/99999/jhs/"
PAGES = (
    AREA + "PLAIN",
    AREA + "LONG",
    AREA + "EMPTY",
    AREA + "ONE",
    AREA + "PLAIN?lang=en",
    AREA + "PLAIN?large=1",
    "/",
    "/99999/nb/",
    "/error",
)
SMALLEST = 44  # CSS pixels of what a finger must meet
BAR_BUTTON = 48

Opened = Callable[..., Page]


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    areas = {
        "PLAIN": wide.area_answer(40, names=("ひだまり",)),
        "LONG": wide.with_long_names(),
        "HARD": wide.area_answer(12, names=(wide.NAME_40, wide.NAME_200, "会")),
        "EMPTY": sample.map_answer(empty=True),
        "ONE": wide.area_answer(1),
        "MANY": wide.area_answer(300),
        "INNER": sample.map_answer(audience=sample.Audience.COORDINATOR),
    }
    towns = {"/": sample.town_answer(), "/99999/nb/": wide.town_of(300, level="nb")}
    with served(areas, towns) as address:
        yield address


@pytest.fixture
def open_at(chromium: Browser, base: str) -> Iterator[Opened]:
    """``open_at(path, (width, height))``: a watched page; what it did is judged at the end."""
    made: list[tuple[BrowserContext, Watch]] = []

    def opened(path: str, size: tuple[int, int], **more: Any) -> Page:
        width, height = size
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            **{"has_touch": size in PHONES.values(), "locale": "ja-JP"} | more,
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        watch = Watch(base)
        watch.attach(page)
        made.append((context, watch))
        page.goto(base + path)
        if more.get("java_script_enabled", True) and page.locator("[data-map]").count():
            page.wait_for_selector("html[data-ready]", state="attached")
        return page

    yield opened
    for context, watch in made:
        context.close()
        watch.assert_quiet()


def _axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("rules => axe.run(document, rules)", AXE_RULES)
    return [f"{v['id']}: {n['target']}" for v in found["violations"] for n in v["nodes"]]


def _box(page: Page, selector: str) -> dict[str, float]:
    box = page.locator(selector).first.bounding_box()
    assert box is not None, selector
    return dict(box)


def _assert_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = page.evaluate(
        """() => [...document.querySelectorAll(
             'h1, h2, .button, .bar-button span, .views a, .check, .switch > summary, label')]
           .filter(e => e.checkVisibility({visibilityProperty: true}))
           .filter(e => { const b = e.getBoundingClientRect();
             return b.left < -1 || b.right > innerWidth + 1 || e.scrollWidth > e.clientWidth + 2
               && getComputedStyle(e).display !== 'inline'; })
           .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert cut == []


def _assert_large_enough(page: Page) -> None:
    """What is pressed to get on: not links inside a sentence or small print."""
    small = page.evaluate(
        """least => [...document.querySelectorAll(
             '.button, button, summary, .check, .views a, .area-links a, tbody th a, input[type=search], .telephone')]
           .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.flags'))
           .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect()])
           .filter(([, b]) => b.height && (b.height < least - 0.5 || b.width < least - 0.5))
           .map(([e, b]) => `${e} ${b.width}x${b.height}`)""",
        SMALLEST,
    )
    assert small == []


def _views(page: Page) -> list[str]:
    """The parts of the page that stand in front one after the other on a phone, the list last."""
    offered = [button.get_attribute("data-to-view") for button in page.locator(".bar-button").all()]
    return sorted(filter(None, offered), key="list".__eq__)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_every_phone(open_at: Opened, path: str) -> None:
    page = open_at(path, PHONES["360"])
    for width, height in PHONES.values():
        page.set_viewport_size({"width": width, "height": height})
        _assert_fits(page)
        for view in _views(page):
            page.locator(f"[data-to-view={view}]").click()
            _assert_fits(page)
            _assert_large_enough(page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_every_wider_screen(open_at: Opened, path: str) -> None:
    page = open_at(path, WIDE["laptop"])
    for width, height in WIDE.values():
        page.set_viewport_size({"width": width, "height": height})
        _assert_fits(page)
        _assert_large_enough(page)


@pytest.mark.parametrize("size", PHONES | WIDE)
@pytest.mark.parametrize("path", [AREA + "HARD", "/", "/error"])
def test_every_screen_is_accessible(open_at: Opened, path: str, size: str) -> None:
    page = open_at(path, (PHONES | WIDE)[size])
    assert _axe(page) == []
    for view in _views(page) if size in PHONES else ():
        page.locator(f"[data-to-view={view}]").click()
        assert _axe(page) == [], view


@pytest.mark.parametrize("size", PHONES)
def test_on_a_phone_the_list_is_first_and_the_thumb_reaches_the_rest(
    open_at: Opened, size: str
) -> None:
    width, height = PHONES[size]
    page = open_at(AREA + "PLAIN", (width, height))
    assert page.locator(".map-pane").is_hidden()
    assert page.locator(".filters").is_hidden()
    assert page.locator(".entry").first.is_visible()
    for button in page.locator(".bar-button").all():
        box = button.bounding_box()
        assert box
        assert box["height"] >= BAR_BUTTON
        assert box["width"] >= BAR_BUTTON
        if height > width:
            assert box["y"] > height * 2 / 3
        else:
            assert box["x"] > width * 2 / 3
    assert page.locator(".bar-button").all_inner_texts() == ["一覧", "地図", "さがす"]
    expect(page.locator(".bar [aria-current]")).to_have_text("一覧")


@pytest.mark.parametrize("size", PHONES)
def test_the_buttons_cover_neither_the_end_nor_what_has_the_focus(
    open_at: Opened, size: str
) -> None:
    width, height = PHONES[size]
    page = open_at(AREA + "PLAIN", (width, height))
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    bar = _box(page, ".bar")
    last = _box(page, ".foot > :last-child")
    assert last["y"] + last["height"] <= bar["y"] or last["x"] + last["width"] <= bar["x"]
    page.evaluate("scrollTo(0, 0)")
    strip_height = _box(page, ".result")["height"]
    for _ in range(30):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => { const e = document.activeElement; const b = e.getBoundingClientRect();
              return e.closest('.bar, .top, .skip') ? null : [b.top, b.bottom, b.right]; }"""
        )
        if seen:
            assert seen[0] >= -1
            assert seen[1] <= bar["y"] + 1 or seen[2] <= bar["x"] + 1
    assert strip_height < height / 4


def test_a_field_stays_in_sight_when_the_keyboard_comes(open_at: Opened) -> None:
    page = open_at(AREA + "PLAIN", PHONES["360"], is_mobile=True)
    page.locator("[data-to-view=find]").tap()
    page.locator("#q").tap()
    page.set_viewport_size({"width": 360, "height": 400})  # what the keyboard leaves
    field = _box(page, "#q")
    assert field["y"] >= 0
    assert field["y"] + field["height"] <= 400
    assert page.locator(".bar").is_hidden()
    page.locator("#q").fill("ひだまりその7")
    page.keyboard.press("Enter")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.locator(".filters").is_hidden()
    assert page.locator(".entry:visible").count() == 1
    assert page.locator(".bar").is_visible()
    expect(page.locator("[data-asked]")).to_have_text("「ひだまりその7」")


@pytest.mark.parametrize("size", ["360", "across"])
def test_from_an_entry_to_its_flag_and_back_to_the_same_place(open_at: Opened, size: str) -> None:
    width, height = PHONES[size]
    page = open_at(AREA + "PLAIN", (width, height))
    entry = page.locator("#t15")
    entry.locator("summary").tap()
    entry.locator(".show-on-map").evaluate("e => e.scrollIntoView({block: 'center'})")
    before = page.evaluate("scrollY")
    assert before > 0
    entry.locator(".show-on-map").tap()
    flag = page.locator(".flag-selected .flag-drawing")
    expect(flag).to_be_visible()
    page.wait_for_timeout(600)  # the map glides
    box, card = flag.bounding_box(), _box(page, "[data-card]")
    pane, strip = _box(page, ".map-pane"), _box(page, ".result")
    assert box
    assert box["x"] >= pane["x"]
    assert box["x"] + box["width"] <= pane["x"] + pane["width"]
    assert box["y"] >= strip["y"] + strip["height"] - 1
    foot = box["y"] + box["height"]
    assert foot <= card["y"] + 1 or box["x"] >= card["x"] + card["width"] - 1
    assert page.url.endswith("#t15")
    page.locator("[data-back]").tap()
    expect(page.locator(".map-pane")).to_be_hidden()
    expect(page.locator("#t15 summary")).to_be_focused()
    assert page.evaluate("scrollY") == before
    # The same by the browser's own button.
    entry.locator(".show-on-map").tap()
    expect(page.locator(".map-pane")).to_be_visible()
    page.go_back()
    expect(page.locator(".map-pane")).to_be_hidden()
    assert page.evaluate("scrollY") == before
    assert "PLAIN" in page.url


def test_a_flag_leads_to_its_entry_wherever_the_list_stood(open_at: Opened) -> None:
    page = open_at(AREA + "PLAIN", PHONES["390"])
    page.locator("#t30 summary").tap()
    page.locator("[data-to-view=map]").tap()
    page.locator('.flag-button[aria-label^="移2 "]').dispatch_event("click", {"detail": 1})
    expect(page.locator("[data-card] .telephone")).to_be_visible()
    page.locator("[data-back]").tap()
    expect(page.locator("#t2 summary")).to_be_focused()
    page.wait_for_timeout(300)
    top, strip, bar = _box(page, "#t2 summary"), _box(page, ".result"), _box(page, ".bar")
    assert top["y"] >= strip["y"] + strip["height"] - 1
    assert top["y"] + top["height"] <= bar["y"]
    page.go_back()  # not into the map again
    assert "PLAIN" not in page.url


def test_a_search_is_one_step_back(open_at: Opened) -> None:
    page = open_at(AREA + "PLAIN", PHONES["390"])
    page.locator("[data-to-view=find]").tap()
    page.locator("label.check").nth(0).tap()
    page.locator("label.check").nth(1).tap()
    expect(page.locator("[data-result]")).to_have_text("お宝 40件のうち 8件")
    page.locator("[data-see]").tap()
    expect(page.locator(".entry:visible")).to_have_count(8)
    expect(page.locator("[data-asked]")).to_have_text("通いの場 / 移動販売")
    page.locator("[data-to-view=map]").tap()
    expect(page.locator(".flag:not([hidden])")).to_have_count(8)
    assert page.locator("[data-result]").is_visible()
    assert page.locator("[data-asked]").is_visible()
    page.go_back()
    expect(page.locator(".map-pane")).to_be_hidden()
    expect(page.locator(".entry:visible")).to_have_count(8)
    page.go_back()
    expect(page.locator(".entry:visible")).to_have_count(40)
    assert page.locator(".filters").is_hidden()


def test_turning_the_phone_changes_nothing_but_the_shape(open_at: Opened) -> None:
    page = open_at(AREA + "PLAIN", PHONES["390"])
    page.locator("[data-to-view=find]").tap()
    page.locator("label.check").nth(2).tap()
    page.locator("[data-to-view=map]").tap()
    page.set_viewport_size({"width": 844, "height": 390})
    assert page.locator(".map-pane").is_visible()
    expect(page.locator(".flag:not([hidden])")).to_have_count(4)
    pane = _box(page, ".leaflet-container")
    assert pane["width"] > pane["height"]
    page.locator("[data-to-view=list]").tap()
    assert page.locator(".entry:visible").count() == 4
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.locator(".entry:visible").count() == 4
    assert page.locator(".map-pane").is_hidden()


def test_three_taps_from_the_town_to_a_telephone(open_at: Opened) -> None:
    """A welfare commissioner at a doorstep: area, entry, and the third tap calls."""
    page = open_at("/", PHONES["360"])
    link = page.locator("tbody th a").first
    assert _box(page, "tbody th a")["y"] < PHONES["360"][1]  # without scrolling
    page.evaluate("link => link.setAttribute('href', '/99999/jhs/PLAIN')", link.element_handle())
    link.tap()  # 1
    page.wait_for_selector("html[data-ready]", state="attached")
    entry = page.locator(".entry").first
    expect(entry.locator(".entry-lead").first).to_contain_text("第2・4木曜日")
    entry.locator("summary").tap()  # 2
    call = entry.locator("a.telephone")
    expect(call).to_have_text(wide.PHONE)
    assert call.get_attribute("href") == "tel:" + wide.PHONE.replace("-", "")
    assert call.is_visible()  # 3
    assert (entry.text_content() or "").count(wide.CONTACT) == 1


TELEPHONES = {
    "電話 054-123-4567": ["0541234567"],
    "０５４−１２３−４５６７（山田）": ["0541234567"],
    "0544(22)1234、090-1234-5678": ["0544221234", "09012345678"],
    "(054)123-4567": ["0541234567"],
    "フリーダイヤル 0120-123-456": ["0120123456"],
    "FAX 054-123-4568": [],
    "ファックス：054-123-4568": [],
    "電話とFAX 054-123-4568": [],
    "2026-03-31": [],
    "事業所番号 0170400123": [],
    "〒054-0821": [],
    "054-123-45678": [],
    "10時-11時": [],
    "1-054-123-4567": [],
    "090-123-4567": [],
}


@pytest.mark.parametrize("text", TELEPHONES)
def test_only_what_is_a_telephone_for_certain_can_be_called(open_at: Opened, text: str) -> None:
    page = open_at(AREA + "ONE", PHONES["360"])
    pieces = page.evaluate("text => Otakara.telephonesIn(text)", text)
    assert "".join(piece["text"] for piece in pieces) == text
    assert [p["href"].removeprefix("tel:") for p in pieces if "href" in p] == TELEPHONES[text]


def test_with_a_mouse_a_number_stays_text(open_at: Opened) -> None:
    page = open_at(AREA + "ONE", WIDE["laptop"])
    page.locator(".entry summary").first.click()
    assert page.locator(".entry a").count() == 0


@pytest.mark.parametrize("size", WIDE)
def test_map_and_list_share_a_wider_screen(open_at: Opened, size: str) -> None:
    width, height = WIDE[size]
    page = open_at(AREA + "MANY", (width, height))
    assert page.locator(".bar").is_hidden()
    pane, listed, top = _box(page, ".map-pane"), _box(page, ".list-pane"), _box(page, ".top")
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    if size == "upright":
        assert pane["width"] == listed["width"] == width
        assert pane["y"] + pane["height"] <= listed["y"] + 1
        assert listed["y"] + listed["height"] == pytest.approx(height, abs=1)
    else:  # no band is left over
        assert pane["width"] + listed["width"] == pytest.approx(width, abs=2)
        assert pane["y"] == pytest.approx(top["y"] + top["height"], abs=1)
        assert pane["y"] + pane["height"] == pytest.approx(height, abs=1)
    # A treasure stands in the first screen, and stays readable: at most 45 letters a line.
    assert _box(page, ".entry")["y"] + 40 < height
    letters = page.evaluate(
        "() => { const e = document.querySelector('.entry-head'); "
        "return e.clientWidth / parseFloat(getComputedStyle(e).fontSize) }"
    )
    assert 10 <= letters <= 45
    # The list scrolls under what was asked; the map stays.
    page.locator(".entry").last.scroll_into_view_if_needed()
    assert _box(page, ".map-pane") == pane
    assert _box(page, ".result")["y"] == pytest.approx(listed["y"], abs=1)


def test_inner_pages_say_so_over_the_map_as_well(open_at: Opened) -> None:
    page = open_at(AREA + "INNER", PHONES["360"])
    page.evaluate("scrollTo(0, 600)")
    for view in ("map", "find"):
        page.locator(f"[data-to-view={view}]").tap()
        box, strip = _box(page, ".internal"), _box(page, ".result")
        assert box["y"] == 0
        assert strip["y"] >= box["height"] - 1


@pytest.mark.parametrize("size", ["360", "320"])
def test_without_scripts_the_phone_has_all_of_it(open_at: Opened, size: str) -> None:
    page = open_at(AREA + "PLAIN?layer=layer2", PHONES[size], java_script_enabled=False)
    assert page.locator(".bar").is_hidden()
    assert page.locator(".entry").count() == 40
    assert page.locator(".entry:visible").count() == 4
    assert page.locator(".filters").is_visible()
    assert page.locator(".map-wait").is_visible()
    assert page.locator(".see").is_hidden()


@pytest.mark.parametrize("size", [(683, 384), (512, 384), (320, 256), (320, 180)])
def test_magnified_two_to_four_times(open_at: Opened, size: tuple[int, int]) -> None:
    """200 % of 1366x768 and 1024x768, 400 % of 1280x1024 and of 1280x720."""
    page = open_at(AREA + "LONG", size)
    _assert_fits(page)
    page.locator("[data-to-view=map]").click()
    assert _box(page, ".map-pane")["height"] >= size[1] / 3
    page.locator("[data-to-view=find]").click()
    page.locator("#q").scroll_into_view_if_needed()
    assert page.locator("#q").is_visible()


@pytest.mark.parametrize("times", [2, 4])
def test_larger_letters_alone_reflow(open_at: Opened, times: int) -> None:
    """Letters twice and four times as large, as the browser's own setting makes them."""
    page = open_at(AREA + "PLAIN", (1366, 768))
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    page.evaluate("size => document.documentElement.style.fontSize = size", f"{size * times}px")
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(
    "wish",
    [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"reduced_motion": "reduce"}],
)
@pytest.mark.parametrize("size", ["360", "laptop"])
def test_the_wishes_of_the_reader(open_at: Opened, size: str, wish: dict[str, str]) -> None:
    page = open_at(AREA + "PLAIN", (PHONES | WIDE)[size], **wish)
    assert _axe(page) == []
    if "color_scheme" in wish:  # paper stays light; the system is told so
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == (
            "rgb(247, 242, 232)"
        )
        said = page.evaluate("getComputedStyle(document.documentElement).colorScheme")
        assert sorted(said.split()) == ["light", "only"]
    if "forced_colors" in wish and size == "360":
        colours = page.eval_on_selector_all(
            ".bar-button", "all => all.map(e => getComputedStyle(e).backgroundColor)"
        )
        assert len(set(colours)) == 2  # which one is in front is seen without our colours


def test_on_paper_the_whole_list_and_a_word_about_the_map(open_at: Opened) -> None:
    page = open_at(AREA + "PLAIN", WIDE["laptop"])
    page.emulate_media(media="print")
    assert page.locator(".map-pane").is_hidden()
    assert page.locator(".paper-only").is_visible()
    assert page.locator(".filters").is_hidden()
    for pressed in (".top .switch", ".views", ".to-hall", ".bar"):
        assert page.locator(pressed).is_hidden()
    assert page.evaluate("getComputedStyle(document.body).overflow") == "visible"
    height = page.evaluate("document.querySelector('.list-pane').scrollHeight")
    assert _box(page, ".list-pane")["height"] == pytest.approx(height, abs=2)
    assert page.locator(".entry").last.is_visible()
    assert page.locator(".entry .facts dd", has_text=wide.PHONE).last.is_visible()
    assert page.evaluate(
        "getComputedStyle(document.querySelector('.entry')).contentVisibility"
    ) == ("visible")


def test_the_skip_link_leads_into_the_list(open_at: Opened) -> None:
    page = open_at(AREA + "PLAIN", WIDE["laptop"])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "list"
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.list-pane')")


def test_a_map_that_cannot_be_read_says_so(chromium: Browser, base: str) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    page.route("**/PLAIN.json", lambda route: route.fulfill(status=503, body=""))
    page.goto(base + AREA + "PLAIN")
    wait = page.locator("[data-map-wait]")
    expect(wait).to_contain_text("読み込めませんでした")
    assert wait.is_hidden()  # the list is in front
    page.locator("[data-to-view=map]").tap()
    assert wait.is_visible()
    context.close()
