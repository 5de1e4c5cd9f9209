"""Odd areas on paper: every word in its place, every treasure once."""

from __future__ import annotations

import pytest
from paper_foundation.printed import text_of
from paper_odd.odd_pages import PAGES, OddPage, OddSheets, OddTown
from paper_odd.word_boxes import outside, over_each_other, words_of

from webmap.paper.paper_choice import PaperChoice

ONCE = tuple(
    {(page.area, page.words): page for page in PAGES if page.name != "2000_places"}.values()
)


@pytest.mark.parametrize("page", ONCE, ids=lambda page: page.name)
def test_no_word_leaves_the_paper_or_lies_over_another(
    page: OddPage, odd_sheets: OddSheets
) -> None:
    words = words_of(odd_sheets.of(page).pdf())
    assert len(words) > 10
    assert outside(words, page.choice.page_mm) == []
    assert over_each_other(words) == []


def test_three_hundred_are_on_the_list_once_each(odd_towns: dict[str, OddTown]) -> None:
    made = odd_towns["odd"].area("odd", "crowd", PaperChoice(), None)
    listed = [entry.mark + entry.name for entry in made.answer.entries]
    assert len(listed) == 300
    read = text_of(made.sheet.pdf())
    assert [said for said in listed if read.count(said) != 1] == []
