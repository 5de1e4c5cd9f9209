"""Tiles put together are the poster: dot by dot at 150 to the inch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from paper_district.printed_areas import area_of, said
from paper_poster.posters import choice_of, tiled
from paper_poster.reassembled import further_than_a_dot, pages_of, reassembled

from webmap.paper.paper_choice import Paper, PaperChoice
from webmap.paper.sheets.tiling import tiling

DPI = 150


@pytest.mark.parametrize(
    "choice",
    [
        choice_of(tile=Paper.A4),
        choice_of(landscape=False, tile=Paper.A3, grey=True),
        choice_of(Paper.A0, tile=Paper.A3),
    ],
    ids=["A1-A4", "A1-high-A3-grey", "A0-A3"],
)
def test_tiles_put_together_are_the_poster(choice: PaperChoice, tmp_path: Path) -> None:
    sheet = tiled(area_of([said(n) for n in range(1, 25)]), choice)
    (poster,) = pages_of(sheet.poster.pdf(), tmp_path / "poster", dots_per_inch=DPI)
    assert choice.tile is not None
    cut = tiling(choice, choice.tile)
    pages = pages_of(sheet.pdf(), tmp_path / "tiles", dots_per_inch=DPI)[1:]
    whole = reassembled(pages, cut, poster, DPI)
    assert (whole < 128).mean() == pytest.approx((poster < 128).mean(), rel=0.01)
    assert further_than_a_dot(whole, poster, shades=16) == 0
    # A line thinner than a dot may fall on two, each half as dark.
    assert further_than_a_dot(poster, whole, shades=64) == 0
    assert (np.abs(whole.astype(np.int16) - poster) > 16).mean() < 0.005


def test_the_comparison_sees_what_is_two_dots_off() -> None:
    one = np.full((60, 60), 255, np.uint8)
    one[20:22, 10:50] = 0
    assert further_than_a_dot(one, np.roll(one, 1, axis=0), shades=4) == 0
    assert further_than_a_dot(one, np.roll(one, 2, axis=0), shades=4) > 0
