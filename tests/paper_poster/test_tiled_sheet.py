"""The file of tiles: how to put them together, which is which, small, accessible, marked."""

from __future__ import annotations

import dataclasses
import io
import re

import pytest
from paper_district.printed_areas import area_of, said
from paper_foundation.printed import inaccessible, lines_of, pages_mm, sizes_of, tags_of, text_of
from paper_poster.posters import choice_of, drawn_poster, tiled
from pypdf import PdfReader, PdfWriter

from geo.model.audience import Audience
from webmap.paper.paper_choice import Paper
from webmap.paper.setting.accessible_pages import accessible
from webmap.paper.setting.typesetting import untagged
from webmap.paper.sheets.tiled_sheet import TiledSheet

A1_ON_A3 = choice_of(tile=Paper.A3)


@pytest.fixture(scope="module")
def sheet() -> TiledSheet:
    return tiled(area_of([said(n) for n in range(1, 13)]), A1_ON_A3)


@pytest.fixture(scope="module")
def pdf(sheet: TiledSheet) -> bytes:
    return sheet.pdf()


def _page(pdf: bytes, number: int) -> bytes:
    """One page as a file of its own, from 0."""
    out, made = PdfWriter(), io.BytesIO()
    out.add_page(PdfReader(io.BytesIO(pdf)).pages[number])
    out.write(made)
    return made.getvalue()


def test_the_first_page_says_how_the_others_are_put_together(pdf: bytes) -> None:
    text = text_of(_page(pdf, 0))
    assert "東中学校区お宝マップのポスター" in text
    assert "できあがりはA1（横841mm、縦594mm）。A3の紙8枚をつなげます。" in text
    for words in ("「実際のサイズ」（100％）", "番号の順にならべます", "切り取り線", "のりしろ"):
        assert words in text
    words = " ".join(lines_of(_page(pdf, 0))).split()
    assert [word for word in words if word in set("12345678")] == list("12345678")


def test_every_tile_says_which_one_it_is(sheet: TiledSheet, pdf: bytes) -> None:
    assert pages_mm(pdf) == [pytest.approx((297, 420), abs=0.001)] * 9
    assert len(pages_mm(pdf)) == sheet.page_count() == len(sheet.pages(10))
    said_on = [
        re.findall(r"(\d+)枚目／8枚（上から(\d)段目・左から(\d)列目）", text_of(_page(pdf, n)))
        for n in range(9)
    ]
    assert said_on == [[]] + [
        [(str(4 * row + column + 1), str(row + 1), str(column + 1))]
        for row in range(2)
        for column in range(4)
    ]


def test_a_tile_holds_the_text_of_its_own_part(pdf: bytes) -> None:
    assert "東中学校区お宝マップ2026年" not in text_of(_page(pdf, 5))
    assert "第0001番" not in text_of(_page(pdf, 5))
    assert "お問い合わせ" in text_of(_page(pdf, 5)) + text_of(_page(pdf, 6))


def test_those_who_listen_are_told_which_part_a_picture_shows(pdf: bytes) -> None:
    assert inaccessible(pdf) == []
    figures = [alt for tag, alt in tags_of(pdf) if tag == "/Figure"]
    assert figures[0] == "できあがりの図。横に4枚、縦に2枚、左上から右へ番号の順にならびます。"
    assert figures[3] == (
        "東中学校区 お宝マップのポスターの3枚目／8枚（上から1段目・左から3列目）。"
        "文字は、切り分けていないポスターで読めます。"
    )
    assert len(figures) == 9
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert root.xmp_metadata is not None or b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert PdfReader(io.BytesIO(pdf), strict=True).metadata.title == (
        "東中学校区 お宝マップ（A1をA3に分けたもの）"
    )


def test_the_poster_is_in_the_file_once(sheet: TiledSheet, pdf: bytes) -> None:
    poster = sheet.poster
    placed = untagged(poster.template, poster.data, poster.pictures, poster.about)
    assert len(pdf) < len(placed) + 60_000 + 8 * 3_000
    many = tiled(area_of([said(n) for n in range(1, 13)]), choice_of(Paper.A0, tile=Paper.A4))
    assert len(many.pdf()) < len(many.poster.pdf()) + 60_000 + 28 * 3_000


def test_the_same_tiles_are_the_same_bytes(sheet: TiledSheet, pdf: bytes) -> None:
    again = tiled(area_of([said(n) for n in range(1, 13)]), A1_ON_A3)
    assert again.pdf() == sheet.pdf() == pdf


def test_nothing_beside_a_tile_is_smaller_than_nine_points(pdf: bytes) -> None:
    sizes = sizes_of(_page(pdf, 4))
    assert min(size for size in sizes if size) == 9  # what stands on its side has none
    assert "枚目／8枚" in sizes[14]


def test_every_tile_of_what_is_not_for_everybody_says_so() -> None:
    answer = dataclasses.replace(
        area_of([said(n) for n in range(1, 5)]), audience=Audience.PARTNERS
    )
    sheet = tiled(answer, A1_ON_A3, copy=7)
    pdf = sheet.pdf()
    for number in range(9):
        text = text_of(_page(pdf, number))
        assert "内部用" in text
        assert "No.7" in text
    assert str(PdfReader(io.BytesIO(pdf)).metadata.title).startswith("【内部用】")


def test_a_poster_of_two_sheets_is_cut_up_twice() -> None:
    answer = area_of([said(n) for n in range(1, 61)])
    choice = choice_of(tile=Paper.A3)
    sheet = tiled(answer, choice)
    assert sheet.poster.page_count() == 2
    pdf = sheet.pdf()
    assert len(pages_mm(pdf)) == sheet.page_count() == 18
    assert "ポスター2枚のうち1枚目" in text_of(_page(pdf, 1))
    assert "ポスター2枚のうち2枚目" in text_of(_page(pdf, 17))
    assert inaccessible(pdf) == []


def test_characters_that_no_font_has_are_told() -> None:
    answer = area_of([said(1, name="\U00012000の集い")])
    assert (
        tiled(answer, A1_ON_A3).unwritable() == drawn_poster(answer).unwritable() == {"\U00012000"}
    )


@pytest.mark.parametrize(
    "other",
    [b"", b"no PDF", b"startxref\n0\n%%EOF", b"xref\n0 1\n" + b"0" * 20 + b"startxref\n0\n"],
)
def test_a_file_that_is_written_otherwise_is_not_called_accessible(other: bytes) -> None:
    with pytest.raises(ValueError, match=r"objects|otherwise"):
        accessible(other)
