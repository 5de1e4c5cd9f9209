"""The desk in a real browser: by keyboard alone, at every size, and nothing goes out."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser.test_every_page import _axe
from browser.watching import SIZES, ServedTown, Watch
from desk.conftest import LAYER, DeskTown
from desk.test_desk_lists import XSS, workbook
from playwright.sync_api import BrowserContext, Page, expect

from geo.loading import is_loaded

pytestmark = pytest.mark.browser

Tab = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def town(make_desk_town: Callable[..., DeskTown]) -> DeskTown:
    return make_desk_town("99733", rows=12)


@pytest.fixture(scope="module")
def served(town: DeskTown, serve_desk: Callable[[DeskTown], ServedTown]) -> ServedTown:
    return serve_desk(town)


@pytest.fixture(autouse=True)
def no_pins(town: DeskTown) -> None:
    (town.folder / "layers" / LAYER / "places.csv").unlink(missing_ok=True)


def opened(context: BrowserContext, served: ServedTown, path: str) -> tuple[Page, Watch]:
    page = context.new_page()
    watch = Watch(served.base)
    watch.attach(page)
    page.goto(served.base + path)
    wait_for_map(page)
    return page, watch


def wait_for_map(page: Page) -> None:
    if page.locator("[data-map]").count():
        page.wait_for_selector("html[data-ready=true]")


def pins(town: DeskTown) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(town.pins())))


def focused(page: Page) -> str:
    words: str = page.evaluate(
        "() => { const e = document.activeElement; return e.getAttribute('aria-label') || e.textContent.trim() }"
    )
    return words


def tab_to(page: Page, words: str, *, most: int = 60) -> None:
    """Press Tab until something that says these words has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if words in focused(page):
            return
    raise AssertionError(f"Tab never came to {words}")


def test_by_keyboard_from_the_overview_to_a_flag(
    desk_tab: Tab, served: ServedTown, town: DeskTown
) -> None:
    page, watch = opened(desk_tab(), served, "/")
    tab_to(page, "一覧を用意する")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk")
    tab_to(page, "場所を決める")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/place")
    wait_for_map(page)
    heading = page.locator(".place-list h1")
    expect(heading).to_contain_text("場所が決まっていない 13件")

    # Enter places nothing before a place has been chosen.
    tab_to(page, "縁台の会")
    page.keyboard.press("Enter")
    expect(page.locator(".place-work h2")).to_have_text("縁台の会")
    wait_for_map(page)
    tab_to(page, "地図。矢印キー")
    outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineWidth")
    assert float(outline.removesuffix("px")) >= 3, "the focus is visible"
    expect(page.locator(".keys")).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page.locator("[data-readout]")).to_have_text("先に、地図の上で場所をえらんでください。")
    assert pins(town) == []

    start = page.evaluate("() => document.querySelector('.cross').getBoundingClientRect().x")
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowUp", "+"):
        page.keyboard.press(key)
    moved = page.evaluate("() => document.querySelector('.cross').getBoundingClientRect().x")
    assert moved > start
    expect(page.locator("[data-readout]")).to_contain_text("十字の場所：")
    asked = [page.input_value(f"#place input[name={name}]") for name in ("lon", "lat")]
    page.keyboard.press("Enter")

    expect(page.locator(".done")).to_contain_text("置きました：縁台の会")
    expect(heading).to_contain_text("12件")
    (pin,) = pins(town)
    assert [f"{float(pin[name]):.6f}" for name in ("lon", "lat")] == asked
    assert pin["how"] == "地図で指定"
    assert focused(page) == "3番目の会" or focused(page) != "縁台の会"

    # The map of the area shows its flag after the load, which goes on by itself.
    expect(page.locator("[data-load-line]")).to_have_text("地図に出しました。", timeout=30_000)
    assert is_loaded(town.settings)
    page.goto(served.base + "/")
    areas = page.eval_on_selector_all(
        '.level-block:first-of-type a[href^="/99733/welfare_district/"]',
        "all => all.map(a => a.href)",
    )
    shown = 0
    for area in areas:
        page.goto(area)
        wait_for_map(page)
        shown += page.locator('.flags .flag button[aria-label*="縁台の会"]').count()
    assert shown >= 1
    watch.assert_quiet()


def test_a_finger_places_and_takes_back(desk_tab: Tab, served: ServedTown, town: DeskTown) -> None:
    page, watch = opened(desk_tab("phone"), served, "/desk/place")
    name = page.locator(".place-work h2").inner_text()
    box = page.locator(".treasure-map").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.5)
    expect(page.locator("[data-readout]")).to_contain_text("十字の場所：")
    page.click("button:has-text('ここに置く')")
    expect(page.locator(".done")).to_contain_text(f"置きました：{name}")
    assert len(pins(town)) == 1
    page.click("button:has-text('元に戻す')")
    expect(page.locator(".place-list")).to_contain_text("元に戻しました。")
    expect(page.locator(".place-work h2")).to_have_text(name)
    assert pins(town) == []
    watch.assert_quiet()


def test_a_crosshair_can_be_dragged(desk_tab: Tab, served: ServedTown) -> None:
    page, watch = opened(desk_tab(), served, "/desk/place")
    cross = page.locator(".cross").bounding_box()
    assert cross
    x, y = cross["x"] + cross["width"] / 2, cross["y"] + cross["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y - 30, steps=4)
    page.mouse.up()
    after = page.locator(".cross").bounding_box()
    assert after
    assert abs(after["x"] - cross["x"] - 60) < 3
    assert page.input_value("#place input[name=lon]")
    watch.assert_quiet()


def test_every_record_is_reached_by_keyboard(desk_tab: Tab, served: ServedTown) -> None:
    page, _ = opened(desk_tab(), served, "/desk/place")
    names = page.locator(".records .record-name").all_inner_texts()
    assert len(names) == 13
    for name in names:
        tab_to(page, name, most=30)


def test_outside_the_town_is_said(desk_tab: Tab, served: ServedTown) -> None:
    page, _ = opened(desk_tab(), served, "/desk/place")
    box = page.locator(".treasure-map").bounding_box()
    assert box
    page.mouse.click(box["x"] + 20, box["y"] + 20)
    expect(page.locator("[data-readout]")).to_have_text(
        "十字は、どの地区の中にもありません。場所をたしかめてください。"
    )


def test_without_scripts_a_place_can_be_typed(
    desk_tab: Tab, served: ServedTown, town: DeskTown
) -> None:
    page = desk_tab(script=False).new_page()
    page.goto(served.base + "/desk/place")
    page.click("summary:has-text('緯度と経度')")
    page.fill("input[name=lat]:visible", "34.7505")
    page.fill("input[name=lon]:visible", "138.5223")
    page.click("button:has-text('この緯度と経度に置く')")
    assert "置きました" in page.locator(".done").inner_text()
    assert len(pins(town)) == 1
    page.click("button:has-text('地図に出す')")
    page.wait_for_url("**/desk")
    assert "地図に出しました。" in page.locator("main").inner_text()
    assert is_loaded(town.settings)


def test_a_workbook_to_the_map(
    desk_tab: Tab, served: ServedTown, town: DeskTown, tmp_path: Path
) -> None:
    file = tmp_path / "サロン一覧.xlsx"
    file.write_bytes(workbook())
    page, watch = opened(desk_tab(), served, "/desk")
    page.click("text=一覧をえらぶ")
    page.set_input_files("#list", file)
    page.click("text=読んでみる")
    expect(page.locator("h1")).to_have_text("「サロン一覧.xlsx」を読みました")
    expect(page.locator(".layer-draft .big")).to_have_text(
        "3件を読み込みました。だれでも見られるもの 0件、担当者だけ 3件"
    )
    expect(page.locator(".layer-draft")).to_contain_text(XSS)
    assert _axe(page) == []
    expect(page.locator("#basis-field")).to_be_hidden()
    page.click("text=はい。一覧を全部")
    expect(page.locator("#basis")).to_have_value("公表済みの冊子に掲載")
    page.click("button:has-text('この一覧を使う')")
    expect(page.locator("main")).to_contain_text("だれでも見られるものは 0件 から 3件")
    assert _axe(page) == []
    page.click("button:has-text('だれでも見られるようにする')")
    page.wait_for_url("**/desk", timeout=30_000)
    expect(page.locator(".done")).to_contain_text(
        "3件を入れました。だれでも見られるようにしました。"
    )
    assert is_loaded(town.settings)
    page.click("a.button:has-text('場所を決める')")
    expect(page.locator(".records")).to_contain_text(XSS)
    watch.assert_quiet()


@pytest.mark.parametrize("size", sorted(SIZES))
def test_no_page_is_in_the_way_of_anybody(
    desk_tab: Tab, served: ServedTown, tmp_path: Path, size: str
) -> None:
    context = desk_tab(size)
    width, _ = SIZES[size]
    file = tmp_path / "一覧.xlsx"
    file.write_bytes(workbook(sheet=f"サロン{size}"))

    def check(page: Page, watch: Watch) -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert _axe(page) == []
        watch.assert_quiet()

    for path in ("/", "/desk", "/desk/place", "/desk/new"):
        page, watch = opened(context, served, path)
        check(page, watch)
        if path == "/desk/place":
            small: list[Any] = page.eval_on_selector_all(
                "main button:not([hidden]), main .records a, main summary",
                "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < 44)"
                ".map(e => e.textContent)",
            )
            assert small == []
            page.focus(".leaflet-container")
            page.keyboard.press("ArrowLeft")
            check(page, watch)
        if path == "/desk/new":
            page.set_input_files("#list", file)
            page.click("text=読んでみる")
            page.wait_for_url("**/desk/new/*")
            check(page, watch)
            page.click("text=やめる")
            page.wait_for_url("**/desk")
            check(page, watch)
        page.close()


def test_a_large_file_is_told_before_it_is_sent(
    desk_tab: Tab, served: ServedTown, tmp_path: Path
) -> None:
    file = tmp_path / "写真つき.xlsx"
    file.write_bytes(b"PK" + b"\x00" * (21 * 1024 * 1024))
    page, watch = opened(desk_tab(), served, "/desk/new")
    page.set_input_files("#list", file)
    expect(page.locator("[data-file-note]")).to_contain_text("大きすぎます")
    page.click("text=読んでみる")
    assert page.url.endswith("/desk/new")
    watch.assert_quiet()


def test_a_town_that_cannot_be_loaded_says_why(
    desk_tab: Tab, served: ServedTown, town: DeskTown
) -> None:
    manifest = town.folder / "layers" / LAYER / "layer.toml"
    words = manifest.read_text("utf-8")
    manifest.write_text(words.replace("#7a2f6b", "むらさき"), "utf-8")
    try:
        page, watch = opened(desk_tab(), served, "/desk/load")
        expect(page.locator("h1")).to_have_text("まだ地図に出せません")
        expect(page.locator(".problems")).to_contain_text("むらさき")
        expect(page.locator("main")).to_contain_text("地図は、前のままです。")
        assert _axe(page) == []
        # On the placing page the same is one quiet line, and pins are saved all the same.
        page.goto(served.base + "/desk/place")
        wait_for_map(page)
        expect(page.locator("[data-load-line]")).to_contain_text("まだ地図に出せません")
        assert _axe(page) == []
        watch.console = [line for line in watch.console if "409" not in line]
        watch.assert_quiet()
    finally:
        manifest.write_text(words, "utf-8")


def test_when_all_are_placed_the_page_says_so(
    desk_tab: Tab,
    make_desk_town: Callable[..., DeskTown],
    serve_desk: Callable[[DeskTown], ServedTown],
) -> None:
    town = make_desk_town("99735")
    for layer in (town.folder / "layers").iterdir():
        if layer.is_dir() and layer.name != LAYER:
            shutil.rmtree(layer)
    (town.folder / "layers" / LAYER / "club.csv").write_text(
        "ID,名称,緯度,経度\nE1,月見の会,34.7505,138.5223\n", "utf-8"
    )
    page, _ = opened(desk_tab(), serve_desk(town), "/desk/place")
    expect(page.locator("h1")).to_have_text("すべての場所が決まりました")
    expect(page.locator(".place-work h2")).to_have_text("おつかれさまでした")
    assert _axe(page) == []
