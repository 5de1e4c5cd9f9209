"""What else a district map says: its address, its scale, its readings, for whom it is."""

from __future__ import annotations

import dataclasses
import io
import re

import msgspec
import numpy as np
import pytest
import zxingcpp
from front import sample
from paper_district.printed_areas import (
    WALK_M_PER_MIN,
    area_of,
    drawn,
    image_of,
    said,
    without_pictures,
)
from paper_foundation.printed import inaccessible, lines_of, sizes_of, tags_of, text_of
from pypdf import PdfReader

from geo.model.audience import Audience
from geo.model.map_answer import MapAnswer
from webmap.paper.paper_choice import Paper, PaperChoice
from webmap.paper.setting.font_characters import writable

A4 = PaperChoice(paper=Paper.A4, landscape=False)
WEB = "https://otakara.example.jp/machi"
PIXELS_PER_MM = 600 / 25.4


def _with(answer: MapAnswer, *, public_url: str | None) -> MapAnswer:
    return dataclasses.replace(answer, town=dataclasses.replace(answer.town, public_url=public_url))


@pytest.mark.parametrize("paper", [Paper.A4, Paper.A3])
@pytest.mark.parametrize("landscape", [True, False])
def test_the_square_leads_to_the_same_view(paper: Paper, landscape: bool) -> None:
    choice = PaperChoice(paper=paper, landscape=landscape)
    sheet = drawn(_with(area_of([said(1)]), public_url=WEB + "/"), choice)
    read = zxingcpp.read_barcodes(np.asarray(image_of(sheet, 200)))
    assert [code.text for code in read] == [f"{WEB}/99999/jhs/J0"]
    assert ("/Figure", f"同じ地図を開くQRコード：{WEB}/99999/jhs/J0") in tags_of(sheet.pdf())


def test_without_an_address_there_is_no_square_and_no_word_of_it() -> None:
    sheet = drawn(area_of([said(1)]))
    assert zxingcpp.read_barcodes(np.asarray(image_of(sheet, 200))) == []
    assert "スマホ" not in text_of(sheet.pdf())


def test_the_scale_bar_is_as_long_as_the_walk() -> None:
    choice = dataclasses.replace(A4, scale=10_000)
    sheet = drawn(area_of([said(1)]), choice)
    assert "歩いて5分（約300m）" in text_of(sheet.pdf())
    foot = sheet.data.frame.foot
    page = np.asarray(image_of(sheet, 600).convert("L"))
    rows = page[int(foot.y * PIXELS_PER_MM) : int((foot.y + 8) * PIXELS_PER_MM)]
    rows = rows[:, : int((foot.x + 60) * PIXELS_PER_MM)]
    longest = max(_longest_run(row < 128) for row in rows)
    expected = 5 * WALK_M_PER_MIN * 1000 / 10_000
    assert longest / PIXELS_PER_MM == pytest.approx(expected, rel=0.003)


def _longest_run(dark: np.ndarray) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], dark, [False]]).astype(int)))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def test_the_edition_and_whom_to_ask_are_said() -> None:
    lines = lines_of(drawn(area_of([said(1)])).pdf())
    text = "".join("".join(lines).split())
    assert "東中学校区お宝マップ" in text
    assert "2026年3月現在" in text
    assert "電話000-123-4567" in text
    assert "国土数値情報" in text


def test_whom_to_ask_is_the_town_where_the_area_has_nobody() -> None:
    answer = area_of([said(1)])
    answer = dataclasses.replace(answer, area=dataclasses.replace(answer.area, contact=None))
    assert "電話000-111-2222" in text_of(drawn(answer).pdf())


def test_a_full_foot_closes_the_list_instead() -> None:
    answer = area_of([said(n) for n in range(1, 5)])
    many = tuple(f"出典：とても長い名前の団体その{n}（CC BY 4.0）" for n in range(30))
    answer = dataclasses.replace(answer, credits=many)
    for choice in (A4, PaperChoice(large=True)):
        text = text_of(drawn(answer, choice).pdf())
        assert all(text.count(f"その{n}（CCBY4.0）") == 1 for n in range(30))


def test_readings_stand_above_names_and_are_read_by_eyes_only() -> None:
    entries = [said(1, name="面瀬台カラオケ愛好会", kana="オモセダイカラオケアイコウカイ")]
    answer = area_of(entries)
    plain = without_pictures(drawn(answer)).pdf()
    read = without_pictures(drawn(answer, PaperChoice(readings=True))).pdf()
    assert "おもせだい" not in text_of(plain)
    sizes = sizes_of(read)
    assert "おもせだい" in sizes[9.0]
    assert "あいこうかい" in sizes[9.0]
    assert "ひがしちゅうがっこうく" in sizes[9.0]
    assert min(sizes) == 9.0
    assert "カラオケ" in sizes[14.0]
    assert inaccessible(read) == []


def test_a_long_reading_stands_behind_the_name() -> None:
    entries = [
        said(
            1,
            name="東町健康長寿推進友の会本部",
            kana="ひがしまちけんこうちょうじゅすいしんともノカイ",
        )
    ]
    text = text_of(drawn(area_of(entries), PaperChoice(readings=True)).pdf())
    assert (
        "東町健康長寿推進友の会本部（ひがしまち" in text.replace("\n", "") or "（ひがしまち" in text
    )


def test_it_is_read_aloud_in_order() -> None:
    answer = _with(area_of([said(1), said(2)]), public_url=WEB)
    unplaced = msgspec.structs.replace(said(3), flag=None)
    answer = dataclasses.replace(answer, entries=(*answer.entries, unplaced))
    pdf = drawn(answer).pdf()
    assert inaccessible(pdf) == []
    tags = tags_of(pdf)
    assert [tag for tag, _ in tags if tag.startswith("/H")] == ["/H1", "/H2"]
    alts = [alt for _, alt in tags if alt]
    assert alts[0].startswith("東中学校区の地図（縮尺1:")
    assert "2件のお宝の旗" in alts[0]
    assert "西中学校区" in alts[0]
    assert "上が北" in alts
    assert "通いの場の旗" in alts


def test_the_same_answer_is_the_same_bytes() -> None:
    answer = _with(area_of([said(n) for n in range(1, 30)]), public_url=WEB)
    assert drawn(answer).pdf() == drawn(answer).pdf()


def test_words_of_a_record_stay_words() -> None:
    answer = sample.map_answer()
    hostile = [
        *(said(n, name=text) for n, text in enumerate(sample.HOSTILE, 1)),
        said(90, name='#eval("1") $x^2$ *太字* @ref <l>', venue="\\u{41} // 注 /* */ [a](b)"),
    ]
    neighbours = tuple(
        dataclasses.replace(one, area=dataclasses.replace(one.area, name="<script>&西"))
        for one in answer.neighbours
    )
    sheet = drawn(area_of(hostile, neighbours=neighbours))
    text = text_of(sheet.pdf())
    for entry in hostile:
        name = "".join(writable(entry.name).replace("\u202e", "").replace("\u202c", "").split())
        assert name in text.replace("\u202e", "").replace("\u202c", ""), entry.name
    assert "\\u{41}//注/**/[a](b)" in text
    assert "<script>" not in sheet.pictures["map"]


def test_nothing_is_printed_that_acts_or_leads_outside() -> None:
    pdf = drawn(_with(area_of([said(1, name="https://example.jp/")]), public_url=WEB)).pdf()
    for key in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/EmbeddedFile"):
        assert key not in pdf
    assert not any(page.get("/Annots") for page in PdfReader(io.BytesIO(pdf)).pages)


def test_grey_is_grey() -> None:
    answer = _with(area_of([said(n) for n in range(1, 20)]), public_url=WEB)
    sheet = drawn(answer, dataclasses.replace(A4, grey=True))
    picture = np.asarray(image_of(sheet, 60)).astype(int)
    assert np.ptp(picture, axis=2).max() <= 4
    in_color = np.asarray(image_of(drawn(answer, A4), 60)).astype(int)
    assert np.ptp(in_color, axis=2).max() > 60


def test_what_is_not_for_everybody_says_so_on_every_page() -> None:
    answer = area_of([said(n) for n in range(1, 60)], audience=Audience.COORDINATOR)
    sheet = drawn(answer, copy=7, stamped=True)
    stamps = [line for line in lines_of(sheet.pdf()) if "内部用" in line]
    assert len(stamps) == len(sheet.pages(20)) > 1
    assert all(re.search(r"No\. ?7", line) for line in stamps)
