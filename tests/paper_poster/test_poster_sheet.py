"""The poster: everything on one sheet where that can be, in the largest type, read from afar."""

from __future__ import annotations

import dataclasses
from itertools import product
from pathlib import Path

import pytest
from front import sample
from paper_district.printed_areas import area_of, said, without_pictures, words_of
from paper_foundation.printed import inaccessible, pages_mm, sizes_of, text_of
from paper_poster.posters import HandmadeArea, choice_of, drawn_poster
from paper_poster.reassembled import pages_of

from geo.model.audience import Audience
from webmap.paper.paper_choice import Paper, PaperChoice
from webmap.paper.sheet_frame import LEAST_MARGIN_MM, DistrictFrame
from webmap.paper.sheets.poster_frame import (
    LEAST_TYPE,
    PosterStep,
    larger_maps,
    poster_frame,
    smaller_maps,
    smaller_types,
    usual_step,
)

FULL = {Paper.A1: 841 / 420, Paper.A0: 1189 / 420}
CHOICES = [
    choice_of(paper, landscape=landscape)
    for paper, landscape in product((Paper.A1, Paper.A0), (True, False))
]
TALL = {
    "type": "Polygon",
    "coordinates": [
        [
            (sample.CENTER[0] + x, sample.CENTER[1] + y)
            for x, y in (
                (-0.004, -0.02),
                (0.004, -0.02),
                (0.004, 0.02),
                (-0.004, 0.02),
                (-0.004, -0.02),
            )
        ]
    ],
}


def _name(choice: PaperChoice) -> str:
    return f"{choice.paper}-{'wide' if choice.landscape else 'high'}"


def _steps(choice: PaperChoice) -> list[PosterStep]:
    """Every way a poster may be shared."""
    first = [usual_step(choice, beside=beside) for beside in (True, False)]
    return [
        wide
        for one in first
        for kind in smaller_types(one)
        for small in smaller_maps(choice, kind)
        for wide in larger_maps(small)
    ]


@pytest.mark.parametrize("choice", CHOICES, ids=_name)
def test_every_way_to_share_a_poster_keeps_its_parts_apart_and_readable(
    choice: PaperChoice,
) -> None:
    times = FULL[choice.paper]
    for step in _steps(choice):
        frame = poster_frame(choice, step, stamped=True)
        assert (frame.page.width, frame.page.height) == choice.page_mm
        parts = (frame.title, frame.map, frame.list, frame.foot)
        for n, one in enumerate(parts):
            assert one.width > 0 < one.height
            assert one.x >= LEAST_MARGIN_MM
            assert one.right <= frame.page.width - LEAST_MARGIN_MM
            assert one.bottom <= frame.page.height - LEAST_MARGIN_MM
            for other in parts[n + 1 :]:
                assert (
                    one.right <= other.x + 1e-9
                    or one.bottom <= other.y + 1e-9
                    or other.right <= one.x + 1e-9
                    or other.bottom <= one.y + 1e-9
                )
        assert LEAST_TYPE <= frame.type_scale <= times == frame.title_scale
        assert frame.type_scale <= frame.map_scale <= times
        assert min(frame.map.width, frame.map.height) >= 90 * times
        line = (frame.list.width - (frame.columns - 1) * frame.gutter) / frame.columns
        assert line / (12 * frame.type_scale * 25.4 / 72) >= 15


@pytest.mark.parametrize("choice", CHOICES, ids=_name)
def test_an_ordinary_area_is_on_one_sheet_whole(choice: PaperChoice) -> None:
    answer = area_of([said(n) for n in range(1, 26)])
    sheet = drawn_poster(answer, choice)
    pdf = sheet.pdf()
    assert pages_mm(pdf) == [pytest.approx(choice.page_mm, abs=0.001)]
    text = text_of(pdf)
    for entry in answer.entries:
        assert text.count(entry.name) == 1, entry.name
    assert "東中学校区お宝マップ" in text
    assert "ほかにもあります" in text
    assert inaccessible(pdf) == []
    width, height = choice.page_mm
    for left, _, right, bottom in words_of(without_pictures(sheet).pdf())[0]:
        assert left >= 7.5
        assert right <= width - 7.5
        assert bottom <= height - 7


@pytest.mark.parametrize("choice", CHOICES, ids=_name)
@pytest.mark.parametrize("count", [2, 25, 33])
def test_it_is_read_from_two_metres(choice: PaperChoice, count: int) -> None:
    sheet = drawn_poster(area_of([said(n) for n in range(1, count + 1)]), choice)
    found = sizes_of(without_pictures(sheet).pdf())
    sizes = sheet.data.sizes
    assert sizes.title == pytest.approx(28 * FULL[choice.paper], abs=0.01)
    assert sizes.name >= 20
    assert sizes.body >= 18
    assert min(size for size in found) >= 9 * LEAST_TYPE
    assert "第0001番の集い" in found[round(sizes.name, 1)]


def test_few_are_in_the_largest_type_beside_a_large_map() -> None:
    frame = drawn_poster(area_of([said(1), said(2)])).data.frame
    assert frame.type_scale == pytest.approx(841 / 420)
    assert frame.map.width / (frame.map.width + frame.list.width) > 0.6


def test_the_type_is_the_largest_with_which_the_list_fits() -> None:
    answer = area_of([said(n) for n in range(1, 26)])
    choice = choice_of()
    frame = drawn_poster(answer, choice).data.frame
    assert LEAST_TYPE < frame.type_scale < 841 / 420
    area = HandmadeArea(answer, choice)
    beside = frame.map.right < frame.list.x
    larger = PosterStep(frame.type_scale / 0.93, 0.5, beside)
    assert area.draw(poster_frame(choice, larger)).page_count() == 2


def test_what_does_not_fit_goes_on_on_another_poster() -> None:
    answer = area_of([said(n) for n in range(1, 61)])
    sheet = drawn_poster(answer)
    pdf = sheet.pdf()
    assert len(pages_mm(pdf)) == sheet.page_count() == 2
    text = text_of(pdf)
    assert all(text.count(entry.name) == 1 for entry in answer.entries)
    assert "つづきは、次のポスターへ" in text
    assert "うら" not in text


def test_far_too_many_take_the_fewest_sheets_and_few_trials() -> None:
    answer = area_of([said(n) for n in range(1, 301)])
    drawn: list[DistrictFrame] = []

    class Counting(HandmadeArea):
        __slots__ = ()

        def draw(self, frame: DistrictFrame, *, bare: bool = False) -> object:  # type: ignore[override]
            drawn.append(frame)
            return HandmadeArea.draw(self, frame, bare=bare)

    from webmap.paper.sheets.poster_sheet import poster_sheet

    sheet = poster_sheet(Counting(answer, choice_of(Paper.A0)), choice_of(Paper.A0))
    assert len(drawn) == 2
    frame = sheet.data.frame
    assert frame.type_scale == LEAST_TYPE
    assert frame.map.width > 0.4 * frame.page.width
    text = text_of(sheet.pdf())
    assert [entry.name for entry in answer.entries if text.count(entry.name) != 1] == []


def test_a_tall_area_stands_beside_its_list_on_a_tall_poster() -> None:
    entries = [said(n) for n in range(1, 9)]
    tall = drawn_poster(area_of(entries, outline=TALL), choice_of(landscape=False)).data.frame
    assert tall.map.right < tall.list.x
    assert tall.map.height > 1.5 * tall.map.width
    square = drawn_poster(area_of(entries), choice_of(landscape=False)).data.frame
    assert square.map.bottom < square.list.y


def test_nothing_at_all_is_still_a_poster_to_write_on(tmp_path: Path) -> None:
    sheet = drawn_poster(area_of([]))
    pdf = sheet.pdf()
    assert "まだ見つかっていません" in text_of(pdf)
    (page,) = pages_of(pdf, tmp_path / "page", dots_per_inch=20)
    room = sheet.data.frame.list
    left, top, right, bottom = (
        int(mm * 20 / 25.4) for mm in (room.x, room.y, room.right, room.bottom)
    )
    rows = (page[top:bottom, left:right] < 200).mean(axis=1) > 0.9
    assert rows.sum() >= 18
    assert rows[-rows.size // 6 :].any()


def test_without_any_place_there_is_the_list_alone() -> None:
    answer = area_of([said(n) for n in range(1, 9)], flags=False, outline=None)
    sheet = drawn_poster(answer)
    assert "map" not in sheet.pictures
    text = text_of(sheet.pdf())
    assert all(text.count(entry.name) == 1 for entry in answer.entries)


def test_a_scale_that_is_asked_for_changes_nothing_about_the_size_of_the_map() -> None:
    answer = area_of([said(n) for n in range(1, 26)])
    free, asked = (drawn_poster(answer, choice_of(scale=scale)) for scale in (None, 2500))
    assert asked.data.scale == "縮尺 1:2,500" != free.data.scale
    assert asked.data.frame.map == free.data.frame.map


def test_a_poster_that_is_not_for_everybody_says_so() -> None:
    answer = dataclasses.replace(area_of([said(1)]), audience=Audience.PARTNERS)
    sheet = drawn_poster(answer, copy=12)
    assert "内部用" in text_of(sheet.pdf())
    assert "No.12" in text_of(sheet.pdf())


def test_the_same_poster_is_the_same_bytes() -> None:
    answer = area_of([said(n) for n in range(1, 9)])
    assert drawn_poster(answer).pdf() == drawn_poster(answer).pdf()
