"""The list of a sheet: everything once, nothing outside of the paper, nothing torn or shrunk."""

from __future__ import annotations

import dataclasses
import re

import pytest
from paper_district.printed_areas import (
    CHOICES,
    SHAPES,
    area_of,
    drawn,
    paused,
    said,
    without_pictures,
    words_of,
)
from paper_foundation.printed import lines_of, pages_mm, sizes_of, text_of

from geo.model.answers import Flag
from webmap.paper.paper_choice import Paper, PaperChoice
from webmap.paper.sheet_frame import district_frame
from webmap.paper.type_sizes import type_sizes

MOST = 300
LONG_NAME = "島じゅうのみんなが集まって体をうごかしお茶を飲んで大きな声で笑うひだまり広場の会"


def _name(choice: PaperChoice) -> str:
    return f"{choice.paper.value}-{'wide' if choice.landscape else 'high'}{'-large' * choice.large}"


@pytest.mark.parametrize("choice", CHOICES, ids=_name)
def test_everything_is_there_once_and_within_the_margins(choice: PaperChoice) -> None:
    answer = area_of([said(n) for n in range(1, 61)])
    sheet = drawn(answer, choice)
    pdf = sheet.pdf()
    text = text_of(pdf)
    for entry in answer.entries:
        assert text.count(entry.name) == 1, entry.name
        assert text.count(f"（{entry.number}）") == 1
    width, height = choice.page_mm
    pages = words_of(pdf)
    assert len(pages) == len(pages_mm(pdf)) > 1
    for words in pages:
        assert min(left for left, *_ in words) >= 7.5
        assert max(right for _, _, right, _ in words) <= width - 7.5
        assert max(bottom for *_, bottom in words) <= height - 7


@pytest.mark.parametrize("choice", CHOICES, ids=_name)
def test_on_the_first_page_the_list_ends_above_the_foot(choice: PaperChoice) -> None:
    frame = district_frame(choice)
    sheet = without_pictures(drawn(area_of([said(n) for n in range(1, 61)]), choice))
    lowest = frame.list.bottom + 1.2  # a descender
    between = [
        word
        for word in words_of(sheet.pdf())[0]
        if frame.list.x - 1 <= word[0] <= frame.list.right and word[1] < frame.list.bottom
    ]
    assert between
    assert max(bottom for *_, bottom in between) <= lowest


def test_three_hundred_places_have_three_hundred_flags_and_entries() -> None:
    answer = area_of([said(n) for n in range(1, MOST + 1)])
    sheet = drawn(answer, PaperChoice())
    (part,) = sheet.data.parts
    lines = re.findall(r">([通移サ老]?\d+(?:・[通移サ老]?\d+)*)</text>", sheet.pictures["map"])
    on_map = {int(number) for line in lines for number in re.findall(r"\d+", line)}
    assert on_map == set(range(1, MOST + 1))
    assert {one.mark for one in part.entries} == {one.mark for one in answer.entries}
    text = text_of(sheet.pdf())
    assert [one.name for one in answer.entries if text.count(one.name) != 1] == []


def test_numbers_that_the_map_has_no_room_for_are_told_at_the_beginning() -> None:
    sheet = drawn(area_of([said(n) for n in range(1, 1201)]))
    (told,) = [part for part in sheet.data.parts if part.heading == "地図に入りきらなかったお宝"]
    count = len(told.entries)
    assert 0 < count < 1200
    assert sheet.data.opening == (
        f"お宝が多いので、{count:,}件は、地図に番号がなく点だけです。"
        "一覧の「地図に入りきらなかったお宝」にあります。"
    )
    assert drawn(area_of([said(1)])).data.opening == ""


def test_one_that_is_longer_than_a_page_is_told_to_its_end() -> None:
    endless = "".join(f"〔{n:04}〕体操とお茶。" for n in range(900))
    entries = [said(1), said(2, fields=(("内容", endless),)), said(3)]
    pdf = drawn(area_of(entries), PaperChoice(paper=Paper.A4)).pdf()
    text = text_of(pdf)
    assert all(text.count(f"〔{n:04}〕") == 1 for n in range(900))
    assert all(text.count(entry.name) == 1 for entry in entries)
    assert "ほかにもあります" in text
    for words in words_of(pdf):
        assert max(bottom for *_, bottom in words) <= 210 - 7


def test_one_that_is_higher_than_the_first_list_goes_on_whole() -> None:
    high = said(1, fields=(("内容", "体操とお茶、" * 100),))
    frame = district_frame(PaperChoice(paper=Paper.A4, landscape=False))
    pages = words_of(without_pictures(drawn(area_of([high]), _a4_high())).pdf())
    assert len(pages) == 2
    below = [w for w in pages[0] if frame.list.y + 1 < w[1] < frame.list.bottom - 8]
    assert below == []


def _a4_high() -> PaperChoice:
    return PaperChoice(paper=Paper.A4, landscape=False)


@pytest.mark.parametrize("large", [False, True])
def test_type_is_as_large_as_promised(large: bool) -> None:
    choice = PaperChoice(large=large)
    sizes = type_sizes(choice)
    found = sizes_of(without_pictures(drawn(area_of([said(1), paused(2)]), choice)).pdf())
    assert "東中学校区お宝マップ" in found[sizes.title].replace(" ", "")
    assert "第0001番の集い" in found[sizes.name]
    assert "毎週火曜日" in found[sizes.body]
    assert "どなたでも" in found[sizes.body]
    assert "体操、お茶" in found[sizes.body]
    assert "生活支援コーディネーター" in found[sizes.body]
    assert "通いの場" in found[sizes.note]
    assert "国土数値情報" in found[sizes.credit]
    assert min(found) == sizes.credit
    assert (sizes.body, sizes.note, sizes.credit) == ((16, 14, 10.5) if large else (12, 10.5, 9))


def test_a_name_of_forty_characters_and_rare_ones_stay_whole() -> None:
    names = (LONG_NAME, "髙﨑さんと𠮷田さんの縁側～①番茶～🍵")
    for choice in CHOICES:
        entries = [said(n, name=name) for n, name in enumerate(names, 1)]
        text = text_of(drawn(area_of(entries), choice).pdf())
        assert [text.count(name) for name in names] == [1, 1]


def test_why_something_has_no_flag_is_said_above_it() -> None:
    answer = area_of([said(1), said(2), said(3)])
    far = Flag(139.9, 36.9, (2,))
    flags = (answer.flags[0], far, answer.flags[2])
    unplaced = said(4)
    answer = area_of([said(1), said(2), said(3)], flags=True)
    answer = type(answer)(
        **{
            **{name: getattr(answer, name) for name in answer.__dataclass_fields__},
            "flags": flags,
            "entries": (*answer.entries, unplaced),
        }
    )
    parts = {part.heading: [one.mark for one in part.entries] for part in drawn(answer).data.parts}
    assert parts == {
        "": [answer.entries[0].mark, answer.entries[2].mark],
        "この地図の外にあるお宝": [answer.entries[1].mark],
        "地図にのせていないお宝": [unplaced.mark],
    }
    lines = lines_of(drawn(answer).pdf())
    assert "地図にのせていないお宝" in lines


def test_what_has_a_rest_says_so() -> None:
    lines = "".join(lines_of(drawn(area_of([said(1), paused(2)])).pdf()))
    assert lines.count("おやすみ中") == 1


def test_an_area_without_treasures_asks_for_them() -> None:
    for choice in CHOICES:
        text = text_of(drawn(area_of([]), choice).pdf())
        assert "まだ見つかっていません" in text
        assert "ほかにもあります" in text
        assert "地図の番号と" not in text


def test_an_area_without_any_place_has_its_list_alone() -> None:
    answer = area_of(
        [said(1), said(2)], flags=False, outline=None, bounds=None, neighbours=(), sub_areas=()
    )
    sheet = drawn(answer)
    text = text_of(sheet.pdf())
    assert "map" not in sheet.pictures
    assert "地図にのせるものは、まだありません。" in text
    assert "地図にのせていないお宝" not in text  # nothing is on a map
    assert "縮尺" not in text
    # The whole page is the list's: more than one column would hold.
    many = area_of([said(n) for n in range(1, 13)], flags=False, outline=None, bounds=None)
    assert len(drawn(dataclasses.replace(many, neighbours=(), sub_areas=())).pages(20)) == 1


def test_more_pages_say_where_the_list_goes_on_and_which_page_this_is() -> None:
    long = lines_of(drawn(area_of([said(n) for n in range(1, 61)])).pdf())
    assert "つづきは、うら（次のページ）へ→" in "".join(long).replace(" ", "")
    assert any(line.endswith("2 / 3") for line in long)
    short = "".join(lines_of(drawn(area_of([said(1)])).pdf()))
    assert "つづき" not in short
    assert "/ 1" not in short


def test_marks_keep_the_shape_of_their_layer() -> None:
    sheet = drawn(area_of([said(n) for n in range(1, 9)]))
    assert [one.picture for one in sheet.data.legend] == [f"flag-{n}" for n in SHAPES.values()]
    assert len({sheet.pictures[one.picture] for one in sheet.data.legend}) == len(SHAPES)
