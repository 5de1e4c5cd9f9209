"""Where a poster is cut: everything is on some sheet, neighbours overlap, printers reach it."""

from __future__ import annotations

from itertools import product

import pytest
from paper_poster.posters import choice_of

from webmap.paper.paper_choice import Paper
from webmap.paper.sheet_frame import LEAST_MARGIN_MM, STAMP_MM
from webmap.paper.sheets.tiling import CAPTION_MM, DOT_MM, MARKS_MM, OVERLAP_MM, Tiling, tiling

POSTERS, PAPERS = (Paper.A1, Paper.A0), (Paper.A4, Paper.A3)
CUTS = [
    (tiling(choice_of(poster, landscape=landscape), paper, stamped=stamped), stamped)
    for poster, landscape, paper, stamped in product(POSTERS, (True, False), PAPERS, (False, True))
]
ALL = [cut for cut, _ in CUTS]


@pytest.mark.parametrize("cut", ALL)
def test_every_part_of_the_poster_is_on_some_sheet(cut: Tiling) -> None:
    assert len(cut.tiles) == cut.rows * cut.columns
    assert [tile.number for tile in cut.tiles] == list(range(1, len(cut.tiles) + 1))
    first, last = cut.tiles[0].part, cut.tiles[-1].part
    assert (first.x, first.y) == (0, 0)
    assert last.right == pytest.approx(cut.poster.width, abs=DOT_MM)
    assert last.bottom == pytest.approx(cut.poster.height, abs=DOT_MM)
    places = {(tile.row, tile.column): tile.part for tile in cut.tiles}
    for (row, column), part in places.items():
        beside, below = places.get((row, column + 1)), places.get((row + 1, column))
        assert beside is None or part.right - beside.x == pytest.approx(OVERLAP_MM, abs=DOT_MM)
        assert below is None or part.bottom - below.y == pytest.approx(OVERLAP_MM, abs=DOT_MM)


@pytest.mark.parametrize(("cut", "stamped"), CUTS)
def test_picture_marks_and_caption_lie_where_a_printer_reaches(cut: Tiling, stamped: bool) -> None:
    least = LEAST_MARGIN_MM + MARKS_MM - DOT_MM
    picture = cut.picture
    assert picture.x >= least
    assert picture.y >= least + STAMP_MM * stamped
    assert picture.right <= cut.page.width - least
    assert picture.bottom + MARKS_MM <= cut.caption.y + DOT_MM
    assert cut.caption.height == CAPTION_MM
    assert cut.caption.bottom == cut.page.height - LEAST_MARGIN_MM
    assert {(tile.part.width, tile.part.height) for tile in cut.tiles} == {
        (picture.width, picture.height)
    }


@pytest.mark.parametrize("cut", ALL)
def test_parts_begin_on_dots_of_a_printer(cut: Tiling) -> None:
    for box in (cut.picture, *(tile.part for tile in cut.tiles)):
        assert box.x / DOT_MM == pytest.approx(round(box.x / DOT_MM))
        assert box.y / DOT_MM == pytest.approx(round(box.y / DOT_MM))


@pytest.mark.parametrize(
    ("poster", "landscape", "paper", "sheets"),
    [
        (Paper.A1, True, Paper.A4, 15),
        (Paper.A1, True, Paper.A3, 8),
        (Paper.A1, False, Paper.A4, 16),
        (Paper.A1, False, Paper.A3, 8),
        (Paper.A0, True, Paper.A4, 28),
        (Paper.A0, True, Paper.A3, 15),
        (Paper.A0, False, Paper.A4, 25),
        (Paper.A0, False, Paper.A3, 15),
    ],
)
def test_the_paper_is_turned_so_that_it_takes_the_fewest_sheets(
    poster: Paper, landscape: bool, paper: Paper, sheets: int
) -> None:
    assert len(tiling(choice_of(poster, landscape=landscape), paper).tiles) == sheets
