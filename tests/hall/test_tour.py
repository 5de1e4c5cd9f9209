"""In which order the hall steps: numbers in, numbers out."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest
from hall.conftest import OpenHall
from hall.hall_answers import few, many, members

from geo.model.answers import AreaLink, AreaMembers, Entry
from webmap.hall.tour import TourPart, by_area, by_number, by_weekday, chosen
from webmap.showing import Showing

DAYS = ("月", "火", "水", "木", "金", "土", "日")


@pytest.fixture(scope="module")
def entries() -> tuple[Entry, ...]:
    """1 to 6 with a place, 7 without."""
    given = sorted(many().entries, key=lambda entry: entry.number)[:7]
    return tuple(
        msgspec.structs.replace(entry, flag=None if entry.number == 7 else i)
        for i, entry in enumerate(given)
    )[::-1]


def test_by_number_holds_what_is_on_the_map(entries: tuple[Entry, ...]) -> None:
    assert by_number(entries) == (TourPart(None, (1, 2, 3, 4, 5, 6)),)
    assert by_number(()) == ()


def test_by_area_each_once_and_the_rest_last(entries: tuple[Entry, ...]) -> None:
    north, south, west = (AreaLink("nb", str(i), f"{i}区") for i in range(3))
    lying = [AreaMembers(north, (2, 5, 7)), AreaMembers(south, (2, 3)), AreaMembers(west, (7, 99))]
    assert by_area(entries, lying, "ほか") == (
        TourPart("0区", (2, 5), True),
        TourPart("1区", (3,), True),
        TourPart("ほか", (1, 4, 6)),
    )
    assert by_area(entries, (), "ほか") == ()


def test_by_weekday_a_treasure_stands_at_its_first(entries: tuple[Entry, ...]) -> None:
    days = {
        1: frozenset({3}),
        2: frozenset({1, 3, 6}),
        3: frozenset({1}),
        5: frozenset(),
        7: frozenset({0}),
    }
    assert by_weekday(entries, days, DAYS, "なし") == (
        TourPart("火", (2, 3)),
        TourPart("木", (1,)),
        TourPart("なし", (4, 5, 6)),
    )
    assert by_weekday(entries, {7: frozenset({0})}, DAYS, "なし") == ()


def test_chosen_by_mark_or_number_in_the_order_of_the_list(entries: tuple[Entry, ...]) -> None:
    marks = {entry.number: entry.mark for entry in entries}
    asked = ("5", marks[2], "３番", "2", "7", "999", "通0", marks[1].upper())
    found = chosen(entries, asked)
    assert found.tour == (TourPart(None, (5, 2, 3, 1)),)
    assert found.unplaced == (7,)
    assert found.missing == 2
    assert chosen(entries, ()).tour == ()


@pytest.mark.browser
def test_a_file_reads_a_typed_list_in_the_same_way(open_hall: OpenHall) -> None:
    page = open_hall("MANY", file=True)
    listed = many().entries
    for text in (
        "5,通1、3番 ７",
        "サ３　通１, 通1 99番 0",
        "5 5番 ５",
        "、 ,",
        "ｻ3 移2",
        "番 -1 x5",
    ):
        expected = chosen(listed, Showing.from_args({"mode": "hall", "marks": text}).marks)
        got = page.evaluate(
            """text => Otakara.chosenNumbers(
                text, JSON.parse(document.getElementById("hall-data").textContent).marks)""",
            text,
        )
        numbers = [*(n for part in expected.tour for n in part.numbers), *expected.unplaced]
        assert (sorted(got["numbers"]), got["missing"]) == (sorted(numbers), expected.missing), text
    page.click("[data-hall-menu] > summary")
    page.fill("#hall-marks", "9、通1、5番")
    page.press("#hall-marks", "Enter")
    assert page.inner_text("[data-hall-count]") == "1 / 3"
    for number, count in (("9", "1 / 3"), ("1", "2 / 3"), ("5", "3 / 3")):
        shown = page.locator("[data-hall-card]:visible")
        assert shown.get_attribute("data-hall-card") == number
        assert page.inner_text("[data-hall-count]") == count
        page.keyboard.press("PageDown")
    page.keyboard.press("Home")
    page.click("[data-hall-menu] > summary")
    page.fill("#hall-marks", "999、5")
    page.press("#hall-marks", "Enter")
    assert "1件は、この画面には見つかりませんでした" in page.inner_text("[data-hall-missing]")


def test_every_order_visits_the_same_treasures() -> None:
    answer = many()
    placed = {entry.number for entry in answer.entries if entry.flag is not None}
    lying = members(answer)
    days = {entry.number: frozenset({entry.number % 6}) for entry in answer.entries}
    for tour in (
        by_number(answer.entries),
        by_area(answer.entries, lying, "ほか"),
        by_weekday(answer.entries, days, DAYS, "なし"),
    ):
        steps = [number for part in tour for number in part.numbers]
        assert len(steps) == len(set(steps))
        assert set(steps) == placed


def test_no_area_is_walked_that_holds_nothing_with_a_place() -> None:
    answer = dataclasses.replace(few(), flags=())
    nowhere = tuple(msgspec.structs.replace(entry, flag=None) for entry in answer.entries)
    assert by_area(nowhere, members(answer), "ほか") == ()
