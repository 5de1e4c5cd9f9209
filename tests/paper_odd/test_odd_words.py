"""Odd areas on paper: every word in its place, every treasure once."""

from __future__ import annotations

import pytest
from paper_foundation.printed import text_of
from paper_odd.odd_pages import PAGES, OddPage, OddSheets, OddTown
from paper_odd.word_boxes import outside, over_each_other, words_of

from webmap.paper.paper_choice import PaperChoice

ONCE = tuple(
    {
        (page.area, page.words): page
        for page in PAGES
        if page.name != "2000_places" and page.choice.tile is None
    }.values()
)


@pytest.mark.parametrize("page", ONCE, ids=lambda page: page.name)
def test_no_word_leaves_the_paper_or_lies_over_another(
    page: OddPage, odd_sheets: OddSheets
) -> None:
    words = words_of(odd_sheets.of(page).pdf())
    assert len(words) > 10
    assert outside(words, page.choice.page_mm) == []
    assert over_each_other(words) == []


@pytest.mark.parametrize(
    ("area", "count"),
    [
        ("odd/odd/crowd", 300),
        ("odd/odd/parts", 14),
        ("odd/odd/valley", 18),
        ("odd/odd/forty", 16),
        ("odd/odd/endless", 14),
        ("odd/odd/kinds", 24),
        ("list/ward/1", 17),
    ],
)
def test_every_treasure_is_on_the_list_once(
    area: str, count: int, odd_towns: dict[str, OddTown]
) -> None:
    town, level, code = area.split("/")
    made = odd_towns[town].area(level, code, PaperChoice(), None)
    listed = [_read(entry.mark + entry.name) for entry in made.answer.entries]
    assert len(listed) == count
    read = text_of(made.sheet.pdf())
    assert [said for said in listed if read.count(said) != 1] == []


def _read(said: str) -> str:
    """Without blanks, and without what turns the direction of reading: paper has none of it."""
    return "".join(said.replace("\u202e", "").split())
