"""Odd areas on paper, looked at as images."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from paper_odd.approved_images import TOLERANCE, in_few_colours, require_approved, worst_difference
from paper_odd.odd_pages import PAGES, OddPage, OddSheets, page_named
from paper_odd.word_boxes import words_of
from PIL import Image


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_it_looks_as_approved(page: OddPage, odd_sheets: OddSheets, tmp_path: Path) -> None:
    require_approved(page.name, odd_sheets.image(page), tmp_path)


def test_a_digit_that_has_gone_is_seen_and_a_darker_page_is_not(odd_sheets: OddSheets) -> None:
    """The last digit of the time of the island's first treasure is painted white."""
    island = page_named("island")
    whole = Image.open(io.BytesIO(odd_sheets.image(island))).convert("RGB")
    approved = _kept(whole)
    assert worst_difference(approved, approved) == 0.0
    assert (
        worst_difference(approved, _kept(whole.point(lambda value: value * 49 // 50))) < TOLERANCE
    )
    words = words_of(odd_sheets.of(island).pdf())
    time = next(word for word in words if word.text == "9:00〜10:30")
    digit = ((time.right * 10 + time.left) / 11, time.top, time.right, time.bottom)
    dots_per_mm = island.dots_per_inch / 25.4
    changed = whole.copy()
    changed.paste((255, 255, 255), tuple(round(side * dots_per_mm) for side in digit))
    assert worst_difference(approved, _kept(changed)) > TOLERANCE
    assert worst_difference(approved, _kept(whole.resize((400, 300)))) == 255.0


def _kept(page: Image.Image) -> Image.Image:
    png = io.BytesIO()
    page.save(png, "PNG")
    return in_few_colours(png.getvalue())
