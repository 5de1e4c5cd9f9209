"""How words stand on the district map: what belongs together on one line, nothing on each other."""

from __future__ import annotations

import dataclasses
import re

import numpy as np
import pytest
from paper_district.printed_areas import area_of, drawn, image_of, said, without_pictures, words_of
from paper_foundation.printed import lines_of, text_of

from webmap.paper.paper_choice import Paper, PaperChoice

A4 = PaperChoice(paper=Paper.A4, landscape=False)
CHOICES = (PaperChoice(), A4, PaperChoice(large=True))


def _lines(choice: PaperChoice, **more: object) -> list[str]:
    """As printed, without blanks, of five treasures of which the second is of interest."""
    entries = [said(n) for n in (1, 3, 4, 5)]
    entries.insert(1, said(2, **more))
    pdf = without_pictures(drawn(area_of(entries), choice)).pdf()
    return ["".join(line.split()) for line in lines_of(pdf)]


@pytest.mark.parametrize("choice", CHOICES)
def test_a_sign_stays_with_its_number(choice: PaperChoice) -> None:
    """However long the words before it are."""
    for length in range(1, 14):
        fields = (("連絡先", f"{'社' * length} ☎ 000-123-4567"),)
        lines = _lines(choice, fields=fields)
        assert sum("☎000-123-4567" in line for line in lines) == 1, length


@pytest.mark.parametrize("choice", CHOICES)
def test_whom_to_ask_stands_on_whole_lines(choice: PaperChoice) -> None:
    answer = area_of([said(1)])
    asked = dataclasses.replace(answer.area, contact="みなと市社協 中央地区担当 ☎ 000-123-4567")
    pdf = without_pictures(drawn(dataclasses.replace(answer, area=asked), choice)).pdf()
    lines = ["".join(line.split()) for line in lines_of(pdf)]
    assert sum("☎000-123-4567" in line for line in lines) == 1
    assert sum("中央地区担当" in line for line in lines) == 1


@pytest.mark.parametrize("choice", CHOICES)
def test_facts_remarks_hours_and_short_words_are_not_torn(choice: PaperChoice) -> None:
    for length in range(1, 12):
        lines = _lines(
            choice,
            for_whom="あ" * length,
            fee="1回300円（お茶代）",
            schedule=f"{'毎' * length} 13:30〜15:00（雨天中止）",
            venue=f"{'東' * length}コミュニティ広場",
        )
        for whole in ("1回300円（お茶代）", "13:30〜15:00", "（雨天中止）", "コミュニティ"):
            assert sum(whole in line for line in lines) == 1, (whole, length)


def test_a_mark_never_stands_alone() -> None:
    for length in range(1, 16):
        lines = _lines(PaperChoice(), name="な" * length)
        assert sum(line.startswith("サ2" + "な" * min(length, 2)) for line in lines) == 1


def test_signs_that_begin_no_line_are_torn_rather_than_let_out_of_the_paper() -> None:
    for name in ("ー" * 60, "茶" + "…" * 80, "A" * 90):
        for choice in CHOICES:
            sheet = without_pictures(drawn(area_of([said(1, name=name)]), choice))
            right = choice.page_mm[0] - 7.5
            assert max(word[2] for page in words_of(sheet.pdf()) for word in page) <= right
            assert name in text_of(sheet.pdf())


def test_a_bracket_that_begins_a_line_stands_in_line() -> None:
    """Typst lets half of it out, where it would be blank in type of full width."""
    fields = (("内容", "体操体操体操体操体操体操体操（お茶とおしゃべりとうた）"),)
    pages = words_of(without_pictures(drawn(area_of([said(1, fields=fields)]))).pdf())
    frame = drawn(area_of([said(1)])).data.frame
    column = [word for word in pages[0] if word[0] > frame.list.x - 3]
    assert min(left for left, top, *_ in column if top > frame.list.y) >= frame.list.x - 0.1


def test_the_map_has_a_frame_on_every_side() -> None:
    sheet = drawn(area_of([said(1)]))
    box, per_mm = sheet.data.frame.map, 150 / 25.4
    page = np.asarray(image_of(sheet, 150).convert("L")).astype(int)
    left, top = round(box.x * per_mm), round(box.y * per_mm)
    right, bottom = round(box.right * per_mm), round(box.bottom * per_mm)
    sides = (
        page[top:bottom, left - 2 : left + 3].min(axis=1),
        page[top:bottom, right - 2 : right + 3].min(axis=1),
        page[top - 2 : top + 3, left:right].min(axis=0),
        page[bottom - 2 : bottom + 3, left:right].min(axis=0),
    )
    assert [bool((side < 110).all()) for side in sides] == [True] * 4


def test_a_list_that_goes_on_leaves_its_last_page_to_be_written_on() -> None:
    """Treasures and remarks once; lines instead of an empty page, and never a page for them alone."""
    for count in range(8, 24, 3):
        sheet = without_pictures(drawn(area_of([said(n) for n in range(1, count)]), A4))
        pages = [page.split() for page in _pages(sheet.pdf())]
        assert "".join(pages[-1]).count("ほかにもあります") <= 1
        assert re.search(r"第\d{4}番の集い", "".join(pages[-1])), count


def _pages(pdf: bytes) -> list[str]:
    import io

    from pypdf import PdfReader

    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
