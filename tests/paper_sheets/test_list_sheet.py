"""社会資源リスト, read from the PDF: everything on it, and no map."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import msgspec
import pytest
from paper_district.printed_areas import words_of
from paper_foundation.printed import inaccessible, pages_mm, sizes_of, tags_of, text_of
from paper_sheets.paper_answers import area, area_of, nothing_yet, treasure
from pypdf import PdfReader

from geo.model.audience import Audience
from webmap.paper.paper_choice import PaperChoice
from webmap.paper.sheets.list_sheet import list_sheet

PAPERS = [
    {"paper": paper, "orientation": orientation, "large": large}
    for paper in ("A4", "A3")
    for orientation in ("portrait", "landscape")
    for large in ("", "1")
]


def choice(**words: str) -> PaperChoice:
    return PaperChoice.from_args({"sheet": "list", **words})


@pytest.mark.parametrize("words", PAPERS)
def test_every_treasure_stands_on_it_once(words: dict[str, str]) -> None:
    asked = choice(**words)
    pdf = list_sheet(area(40), asked).pdf()
    said = text_of(pdf)
    assert sorted(re.findall(r"第(\d{4})", said)) == [f"{n:04}" for n in range(1, 41)]
    assert sorted(map(int, re.findall(r"第(\d+)集会所", said))) == list(range(1, 41))
    assert said.count("☎000-111-2222") == 40
    assert said.count("おやすみ中") == 3
    for page in pages_mm(pdf):
        assert page == pytest.approx(asked.page_mm, abs=0.01)
    assert inaccessible(pdf) == []
    sizes = sizes_of(pdf)
    body = 16 if words["large"] else 12
    assert min(sizes) == (10.5 if words["large"] else 9)
    assert "体操" in sizes[body]
    assert "出典" not in sizes[body]


def test_three_hundred_in_the_order_of_the_legend() -> None:
    answer = area(300)
    said = text_of(list_sheet(answer, choice()).pdf())
    marks = [mark for mark in re.findall(r"[通移サ老]\d{1,3}", said) if mark != "通1000"]
    ordered = sorted(
        answer.entries,
        key=lambda e: ([layer.id for layer in answer.layers].index(e.layer), e.number),
    )
    assert marks == [entry.mark for entry in ordered]
    for layer in answer.layers:
        assert f"{layer.title}75件" in said


def test_a_name_of_five_hundred_characters_is_not_cut() -> None:
    name = "長" * 499 + "末"
    long = msgspec.structs.replace(treasure(1), name=name)
    for words in PAPERS:
        said = text_of(list_sheet(area_of(long, treasure(2)), choice(**words)).pdf())
        assert said.count("長") == 499
        assert said.count("末") == 1


def test_nothing_yet_is_kind_and_leaves_room() -> None:
    answer = nothing_yet()
    said = text_of(list_sheet(answer, choice()).pdf())
    assert "お宝は、まだ見つかっていません。ご存じでしたら教えてください。" in said
    assert "ほかにもあります（書きこんでください）" in said
    assert answer.area.contact is not None
    assert "".join(answer.area.contact.split()) in said


def test_it_leads_to_the_map_and_says_of_when_it_is() -> None:
    pdf = list_sheet(area(3), choice()).pdf()
    assert "2026年3月現在" in text_of(pdf)
    figures = [alt for tag, alt in tags_of(pdf) if tag == "/Figure"]
    assert figures == ["同じ地図を開くQRコード：https://otakara.example.jp/99999/jhs/J0"]
    quiet = replace(area(3), town=replace(area(3).town, public_url=None))
    assert "/Figure" not in {tag for tag, _ in tags_of(list_sheet(quiet, choice()).pdf())}


def test_readings_above_kanji() -> None:
    answer = area_of(treasure(1, kana="たかはしさんちのおちゃのみば"))
    assert list_sheet(answer, choice(readings="1")).data.layers[0].rows[0].name[0].ruby
    assert not list_sheet(answer, choice()).data.layers[0].rows[0].name[0].ruby


def test_above_everybody_every_page_says_so() -> None:
    answer = replace(area(40), audience=Audience.PARTNERS)
    sheet = list_sheet(answer, choice(), copy=12)
    pdf = sheet.pdf()
    assert text_of(pdf).count("内部用支援関係者までNo.12") == len(pages_mm(pdf))
    assert sheet.about.title.startswith("【内部用】")


def test_the_same_list_is_the_same_bytes() -> None:
    assert list_sheet(area(20), choice()).pdf() == list_sheet(area(20), choice()).pdf()


def test_a_long_name_of_an_area_stays_out_of_the_margin() -> None:
    """The foot is one line; the title, which has room, says all of it."""
    answer = area(3)
    name = "面瀬・松岩・階上・大島・唐桑・本吉三丁目連合自治会地区社会福祉協議会" * 2
    answer = replace(answer, area=replace(answer.area, name=name))
    for words in PAPERS:
        pdf = list_sheet(answer, choice(**words)).pdf()
        assert f"{name}社会資源リスト" in text_of(pdf)
        lowest = max(bottom for page in words_of(pdf) for *_, bottom in page)
        assert lowest <= choice(**words).page_mm[1] - 8


def test_an_endless_timetable_is_set_whole() -> None:
    """Typst gives up on a paragraph of five hundred hours; ours comes in parts."""
    told = "、".join(f"{n % 24}:{n % 60:02}〜" for n in range(600))
    said = text_of(list_sheet(area_of(treasure(1, told, fields=())), choice()).pdf())
    assert said.count("〜") == 600  # over several pages, with what stands at their feet between


def test_room_to_write_on_fills_the_last_page_and_asks_for_no_other() -> None:
    """Heading, lines and whom to ask stand on one page, whatever is above them."""
    for count in range(1, 12):
        pages = _pages(list_sheet(area(count), choice()).pdf())
        (last,) = [page for page in pages if "ほかにもあります" in page]
        assert "お問い合わせ" in last, count
        assert pages[-1] == last
        alone = not re.search(r"第\d{4}", last)
        assert not (alone and len(pages) == 1)


def _pages(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
