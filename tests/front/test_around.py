"""What lies around an area, as words of the page and as dots of the map."""

from __future__ import annotations

import dataclasses
import re

import pytest
from playwright.sync_api import expect

from webmap import exports, map_data, pages

AT = "/99999/jhs/AROUND"
BROKEN = "() => document.documentElement.dataset.broken ?? null"


def _page(answer, **others) -> pages.MapPage:
    return pages.map_page(answer, **others)


def test_distances_are_said_as_people_say_them(sample) -> None:
    across = _page(sample.around_answer()).around.across
    lines = [*across.lines, *across.folded]
    assert [line.distance for line in lines] == [
        *("この地区の中", "境のすぐそば", "境のすぐそば", "境から約50m", "境から約50m"),
        *("境から約150m", "境から約200m", "境から約250m", "境から約300m"),
        *("境から約350m", "境から約350m", "境から約400m"),
    ]
    assert (len(across.lines), len(across.folded), across.more) == (4, 8, 3)
    assert lines[0].area_url == "/99999/jhs/J1"
    assert lines[4].status_label == "おやすみ中"
    assert [label for label, _ in lines[0].lead] == ["日時", "会場"]


@pytest.mark.parametrize(("near", "seen"), [(1, 1), (4, 4), (5, 5), (6, 4), (12, 4)])
def test_a_fold_never_hides_a_single_line(sample, near: int, seen: int) -> None:
    across = _page(sample.around_answer(near, 0)).around.across
    assert (len(across.lines), len(across.folded)) == (seen, near - seen)


def test_what_there_is_nothing_of_is_not_said(sample) -> None:
    page = pages.render(_page(sample.map_answer()))
    assert "across" not in re.sub(r"<script [^>]*>", "", page)
    assert "似た地区" not in page
    few = dataclasses.replace(sample.around_answer(2, 0), alike=())
    page = pages.render(_page(few))
    assert "歩いて行けそうなお宝" in page
    assert "地区の境からまっすぐ測って約450m以内です。道のりではありません。" in page
    assert "across-rest" not in page
    assert "ほか0件" not in page
    assert "似た地区" not in page


def test_a_like_area_says_in_what_and_what_it_found(sample) -> None:
    answer = sample.around_answer()
    first, second = _page(answer).around.alike
    assert first.alike_in == ("広さ", "お宝の種類の割合")
    assert second.alike_in == ("広さ", "広さあたりのお宝の数", "お宝の種類の割合")
    assert [(f.kind, f.is_function, f.mark.text, f.url) for f in first.finds] == [
        ("移動販売", False, "移300", "/99999/jhs/J1#t300"),
        ("情報交換", True, "通301", "/99999/jhs/J1#t301"),
    ]
    page = pages.render(_page(answer))
    assert "「移動販売」があります" in page
    assert "ほかの地区で見つかったものは、この地区にもあるかもしれません。" in page
    bare = dataclasses.replace(answer, alike=answer.alike[1:])
    assert "ほかの地区で見つかったもの" not in pages.render(_page(bare))
    # The town's own word for its treasures
    own = dataclasses.replace(answer, town=dataclasses.replace(answer.town, word="宝物"))
    assert "歩いて行けそうな宝物" in pages.render(_page(own))
    assert _page(own).around.alike[0].alike_in == ("広さ", "宝物の種類の割合")


def test_a_file_to_take_away_has_the_words_and_no_links(sample) -> None:
    page = _page(sample.around_answer(), offline=True)
    assert {line.area_url for line in page.around.across.lines} == {None}
    assert {find.url for line in page.around.alike for find in line.finds} == {None}
    assert {line.url for line in page.around.alike} == {None}
    assert len(page.data["across"]) == 11


def test_what_is_another_areas_is_in_no_list_to_take_away(sample) -> None:
    answer = sample.around_answer()
    data = map_data.as_json(answer)
    assert data["across"][0]["entries"][0] == {
        "number": 200,
        "mark": "通200",
        "symbol": "通",
        "name": "団地のお茶会",
    }
    assert [len(place["entries"]) for place in data["across"]] == [1] * 10 + [2]
    plain = dataclasses.replace(answer, across=None, alike=())
    for key in ("entries", "flags", "layers", "bounds"):
        assert data[key] == map_data.as_json(plain)[key]
    assert exports.as_csv(answer) == exports.as_csv(plain)
    assert exports.as_geojson(answer) == exports.as_geojson(plain)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "height"), [(390, 844), (1366, 768)])
def test_a_dot_leads_to_its_line(open_page, sample, width: int, height: int) -> None:
    page = open_page(AT, width=width, height=height)
    answer = sample.around_answer()
    on_phone = width < 500
    dots = page.locator(".across-dot")
    assert dots.count() == 11
    labels = dots.evaluate_all("all => all.map(dot => dot.getAttribute('aria-label'))")
    said = "、".join(f"{n.entry.mark} {n.entry.name[:60]}" for n in answer.across.near[10:])
    assert labels[10] == f"となりの地区：{said}"
    assert page.locator(".flag:not([hidden])").count() == len(answer.flags)
    assert page.locator("[data-result]").text_content() == "お宝 39件"
    if on_phone:
        page.locator("[data-to-view=map]").click()
    # By a click of its own: at this zoom some dots lie under the buttons or beyond the edge.
    dots.nth(10).evaluate("dot => dot.click()")
    page.locator("#near-210.across-chosen:focus").wait_for()  # unfolded, or it were not visible
    expect(page.locator("#near-210")).to_be_in_viewport(ratio=1)
    if on_phone:
        page.locator("[data-to-view=map]").click()
    dots.nth(1).evaluate("dot => dot.click()")
    page.locator("#near-201.across-chosen:focus").wait_for()
    assert page.locator(".across-chosen").count() == 1
    assert page.evaluate(BROKEN) is None
    assert page.locator("img, iframe, .across b").count() == 0


@pytest.mark.browser
def test_dots_are_no_flags(open_page) -> None:
    """No Tab stop, no arrow leads to one, they lie under every flag, and a filter leaves them."""
    page = open_page(AT)
    page.locator(".flag-button[tabindex='0']").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.className") == "flag-button"
    assert page.locator(".leaflet-across-pane [tabindex='0']").count() == 0
    under = page.evaluate(
        "['across', 'marker'].map(name =>"
        " +getComputedStyle(document.querySelector(`.leaflet-${name}-pane`)).zIndex)"
    )
    assert under[0] < under[1]
    page.locator("label.check", has_text="サロン").click()
    assert page.locator(".across-dot").count() == 11
    assert "のうち" in page.locator("[data-result]").text_content()


@pytest.mark.browser
def test_without_script_every_line_can_be_read(open_page) -> None:
    page = open_page(AT, script=False)
    assert page.locator("#near-200").is_visible()
    page.locator(".across-rest summary").click()
    assert page.locator("#near-211").is_visible()
    assert page.locator(".across-more").text_content() == "ほか3件"
