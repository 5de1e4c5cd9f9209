"""How words stand on the district map: what belongs together on one line, nothing on each other."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterable

import numpy as np
import pytest
from paper_district.printed_areas import area_of, drawn, image_of, said, without_pictures, words_of
from paper_foundation.printed import lines_of, text_of
from pypdf import PdfReader

from geo.model.answers import Entry
from webmap.paper.paper_choice import Paper, PaperChoice

A4 = PaperChoice(paper=Paper.A4, landscape=False)
CHOICES = (PaperChoice(), A4, PaperChoice(large=True))


def _lines(choice: PaperChoice, entries: Iterable[Entry]) -> list[str]:
    """As printed, without blanks."""
    pdf = without_pictures(drawn(area_of(entries), choice)).pdf()
    return ["".join(line.split()) for line in lines_of(pdf)]


def _times(lines: Iterable[str], whole: str) -> int:
    return sum(line.count(whole) for line in lines)


@pytest.mark.parametrize("choice", CHOICES)
def test_a_sign_stays_with_its_number(choice: PaperChoice) -> None:
    """However long the words before it are."""
    fields = [(("連絡先", f"{'社' * length} ☎ 000-123-4567"),) for length in range(14)]
    lines = _lines(choice, (said(n, fields=told) for n, told in enumerate(fields, 1)))
    assert _times(lines, "☎000-123-4567") == 14


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
    entries = [
        said(
            length,
            for_whom="あ" * length,
            fee="1回300円（お茶代）",
            schedule=f"{'毎' * length} 13:30〜15:00（雨天中止）",
            venue=f"{'東' * length}コミュニティ広場",
        )
        for length in range(1, 13)
    ]
    lines = _lines(choice, entries)
    for whole in ("1回300円（お茶代）", "13:30〜15:00", "（雨天中止）", "コミュニティ"):
        assert _times(lines, whole) == 12, whole


def test_a_mark_never_stands_alone() -> None:
    lines = _lines(PaperChoice(), (said(n, name="な" * n) for n in range(1, 17)))
    for n in range(1, 17):
        beginning = re.compile(rf"^[移サ老通]{n}な{{{min(n, 2)},}}")
        assert sum(bool(beginning.match(line)) for line in lines) == 1, n


def test_signs_that_begin_no_line_are_torn_rather_than_let_out_of_the_paper() -> None:
    names = ("ー" * 60, "茶" + "…" * 80, "A" * 90)
    entries = [said(n, name=name) for n, name in enumerate(names, 1)]
    for choice in CHOICES:
        pdf = without_pictures(drawn(area_of(entries), choice)).pdf()
        right = choice.page_mm[0] - 7.5
        assert max(word[2] for page in words_of(pdf) for word in page) <= right
        assert all(name in text_of(pdf) for name in names)


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
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
