"""Short sheets: name, when, where, for whom and the fee, and whom to ask for the rest."""

from __future__ import annotations

import pytest
from paper_district import printed_areas
from paper_foundation.printed import text_of
from paper_sheets.paper_answers import area

from webmap.paper.paper_choice import PaperChoice
from webmap.paper.sheets.list_sheet import list_sheet

ASK = "くわしいことは、お問い合わせください。"


def _district(short: str) -> str:
    answer = printed_areas.area_of([printed_areas.said(n) for n in range(1, 9)])
    return text_of(printed_areas.drawn(answer, PaperChoice.from_args({"short": short})).pdf())


def _list(short: str) -> str:
    return text_of(
        list_sheet(area(8), PaperChoice.from_args({"sheet": "list", "short": short})).pdf()
    )


def test_a_short_map_says_when_where_for_whom_and_the_fee() -> None:
    short, full = _district("1"), _district("")
    for n in range(1, 9):
        assert short.count(f"第{n:04}番の集い毎週火曜日10:00〜11:30（{n}）東町{n}丁目公会堂") == 1
    assert short.count("どなたでも100円（お茶代）") == 8
    assert ("体操、お茶とおしゃべり" in short, short.count(ASK)) == (False, 1)
    assert ("体操、お茶とおしゃべり" in full, full.count(ASK)) == (True, 0)


def test_a_short_list_as_well() -> None:
    short, full = _list("1"), _list("")
    assert [short.count(f"第{n}集会所") for n in range(1, 9)] == [1] * 8
    assert short.count("100円") == 8
    assert (short.count("内容："), short.count("☎000-111-2222"), short.count(ASK)) == (0, 0, 1)
    assert (full.count("内容："), full.count("☎000-111-2222"), full.count(ASK)) == (8, 8, 0)


@pytest.mark.parametrize("words", [{}, {"sheet": "list"}])
def test_where_nothing_is_listed_nothing_is_left_out(words: dict[str, str]) -> None:
    choice = PaperChoice.from_args({"short": "1", **words})
    sheet = (
        list_sheet(area(0), choice)
        if words
        else printed_areas.drawn(printed_areas.area_of([]), choice)
    )
    assert ASK not in text_of(sheet.pdf())
