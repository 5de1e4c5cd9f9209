"""Where the parts of a sheet lie: the model exactly, every paper by the same rules."""

from __future__ import annotations

from itertools import combinations

import pytest
from paper_foundation.probe_sheet import frame_of

from webmap.paper.paper_choice import Paper, PaperChoice, Sheet
from webmap.paper.sheet_frame import LEAST_MARGIN_MM, STAMP_MM, Box, district_frame
from webmap.paper.type_sizes import TypeSizes, type_sizes

PT_MM = 25.4 / 72
CHOICES = [
    PaperChoice(Sheet.POSTER if paper.is_poster else Sheet.DISTRICT, paper, landscape, large=large)
    for paper in Paper
    for landscape in (True, False)
    for large in (True, False)
]


def _said(choice: PaperChoice) -> str:
    return f"{choice.paper}-{'landscape' if choice.landscape else 'portrait'}-{choice.large}"


def test_the_model_is_a3_landscape() -> None:
    frame = district_frame(PaperChoice())
    assert frame.page == Box(0, 0, 420, 297)
    assert frame.map == Box(10, 28, 245, 235)
    assert frame.list == Box(260, 28, 150, 235)
    assert frame.columns == 2
    assert frame.type_scale == 1


@pytest.mark.parametrize("stamped", [False, True])
@pytest.mark.parametrize("choice", CHOICES, ids=_said)
def test_parts_lie_within_the_margins_and_beside_each_other(
    choice: PaperChoice, stamped: bool
) -> None:
    frame = frame_of(choice, stamped=stamped)
    assert (frame.page.width, frame.page.height) == choice.page_mm
    upper = LEAST_MARGIN_MM + STAMP_MM * stamped
    for pages in (
        (frame.title, frame.map, frame.list, frame.foot),
        (frame.running, frame.more),
    ):
        for part in pages:
            assert part.width > 0 < part.height
            assert part.x >= LEAST_MARGIN_MM
            assert part.y >= upper
            assert part.right <= frame.page.width - LEAST_MARGIN_MM + 1e-9
            assert part.bottom <= frame.page.height - LEAST_MARGIN_MM + 1e-9
        for one, other in combinations(pages, 2):
            assert not _overlap(one, other)


@pytest.mark.parametrize("choice", CHOICES, ids=_said)
def test_a_line_of_the_list_holds_at_least_fifteen_characters(choice: PaperChoice) -> None:
    frame = frame_of(choice)
    sizes = type_sizes(choice, frame.type_scale)
    for box, columns in ((frame.list, frame.columns), (frame.more, frame.more_columns)):
        line = (box.width - (columns - 1) * frame.gutter) / columns
        assert line / (sizes.body * PT_MM) >= 15


@pytest.mark.parametrize("choice", CHOICES, ids=_said)
def test_the_map_takes_the_largest_part_of_the_first_page(choice: PaperChoice) -> None:
    frame = frame_of(choice)
    if not choice.paper.is_poster:  # there the list says how much it needs
        assert frame.map.width * frame.map.height > frame.list.width * frame.list.height
    title = type_sizes(choice, frame.type_scale, frame.title_scale).title * PT_MM
    assert frame.title.height > title


def test_type_sizes_are_those_eyes_of_75_can_read() -> None:
    assert type_sizes(PaperChoice()) == TypeSizes(28, 14, 12, 10.5, 9)
    assert type_sizes(PaperChoice(large=True)).body == 16
    assert type_sizes(PaperChoice(Sheet.POSTER, Paper.A1), 1.5, 2) == TypeSizes(
        56, 21, 18, 15.75, 13.5
    )


def test_a_smaller_rectangle_keeps_its_middle() -> None:
    box = Box(10, 20, 100, 50).inset(5)
    assert box == Box(15, 25, 90, 40)
    assert (box.right, box.bottom) == (105, 65)


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )
