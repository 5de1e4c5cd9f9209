"""``….pdf`` of the real application: whose sheet, how kept, what is in it."""

from __future__ import annotations

import pytest
from paper_foundation.printed import pages_mm, tags_of, text_of
from paper_views.conftest import CODE, Ask
from paper_views.told_paper import cells_of, told_by, told_by_book

from geo.model.audience import Audience
from webmap.paper.sheets.list_book import MEDIA_TYPE

HERE = f"/{CODE}/quarter"
HIDDEN = ("つる会", "鶴会館", "はと会", "鳩会館", "ないしょ会", "亀井さん宅", "花岡さん宅")
HIDDEN += ("番地は出さない約束", "だれにも言わない")

QUERIES = (
    *("", "paper=A4&large=1&readings=1", "short=1", "sheet=week", "sheet=week&week=next"),
    *("sheet=list", "paper=A1", "paper=A1&tile=A3"),
)


def pdf(ask: Ask, area: str, query: str = "", audience: Audience = Audience.PUBLIC) -> bytes:
    with ask(audience).get(f"{HERE}/{area}.pdf?{query}") as answer:
        assert answer.status_code == 200
        return answer.data


def test_the_sheet_of_an_area_is_a_pdf_kept_and_tagged_like_its_page(ask: Ask) -> None:
    client = ask()
    first = client.get(f"{HERE}/q1.pdf")
    assert first.status_code == 200
    assert first.content_type == "application/pdf"
    assert first.data.startswith(b"%PDF-")
    assert first.headers["Cache-Control"] == "no-cache"
    name = first.headers["Content-Disposition"]
    assert name.startswith("attachment; filename=map.pdf; filename*=UTF-8''")
    assert name.endswith("_A3.pdf")
    assert "default-src 'none'" in first.headers["Content-Security-Policy"]
    again = client.get(f"{HERE}/q1.pdf", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    # A second application sets the same bytes.
    assert pdf(ask, "q1") == first.data
    assert ("/Document", None) in tags_of(first.data)


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("", (420, 297)),
        ("paper=A4&orientation=portrait", (210, 297)),
        ("paper=a3&orientation=portrait&grey=1&large=1&readings=1", (297, 420)),
    ],
)
def test_the_url_chooses_the_paper(ask: Ask, query: str, page: tuple[int, int]) -> None:
    for size in pages_mm(pdf(ask, "q1", query)):
        assert size == pytest.approx(page, abs=0.01)


@pytest.mark.parametrize(
    ("query", "week"),
    [
        ("", "4月27日〜5月3日"),
        ("&week=next", "5月4日〜10日"),
        ("&week=2026-05-07", "5月4日〜10日"),
        ("&week=2026-06-22", "6月22日〜28日"),
    ],
)
def test_the_url_chooses_the_week(ask: Ask, query: str, week: str) -> None:
    """The same dates as on the screen."""
    assert week in text_of(pdf(ask, "q1", f"sheet=week{query}"))
    assert week in ask().get(f"{HERE}/q1?mode=week{query}").text


def test_one_week_has_one_tag(ask: Ask) -> None:
    client = ask()
    same = ("sheet=week&week=2026-05-04", "sheet=week&week=2026-05-10&copy=3")
    assert len({client.get(f"{HERE}/q1.pdf?{query}").headers["ETag"] for query in same}) == 1
    # Of another sheet the week says nothing.
    for query in ("", "week=next", "week=tomorrow"):
        tag = client.get(f"{HERE}/q1.pdf?{query}").headers["ETag"]
        assert tag == client.get(f"{HERE}/q1.pdf").headers["ETag"]


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("paper=A1", (841, 594)),
        ("sheet=poster&paper=A0&orientation=portrait", (841, 1189)),
        ("sheet=poster&paper=A3&poster=A1", (841, 594)),
    ],
)
def test_a_poster_is_a_paper_or_a_word_of_the_form(
    ask: Ask, query: str, page: tuple[int, int]
) -> None:
    made = pdf(ask, "q1", query)
    assert pages_mm(made)[0] == pytest.approx(page, abs=0.01)
    assert "ゆうひ会" in text_of(made)


def test_a_poster_is_cut_for_the_papers_of_an_office(ask: Ask) -> None:
    cut = pdf(ask, "q1", "paper=A1&tile=A3")
    assert len(pages_mm(cut)) > 4
    assert {tuple(sorted(map(round, size))) for size in pages_mm(cut)} == {(297, 420)}
    assert pdf(ask, "q1", "sheet=poster&paper=A4&poster=A1/A3") == cut


def test_the_url_chooses_the_scale(ask: Ask) -> None:
    assert "縮尺1:25,000" in text_of(pdf(ask, "q1", "scale=1:25000"))


def test_one_sheet_has_one_tag_however_its_address_is_written(ask: Ask) -> None:
    client = ask()
    same = ("", "paper=A3", "paper=a3&orientation=landscape&grey=0&x=1", "copy=4")
    tags = {client.get(f"{HERE}/q1.pdf?{query}").headers["ETag"] for query in same}
    assert len(tags) == 1
    assert client.get(f"{HERE}/q1.pdf?grey=1").headers["ETag"] not in tags


@pytest.mark.parametrize(
    "query",
    [
        *("paper=B4", "scale=3", "orientation=up", "grey=yes", "short=2", "sheet=doorstep"),
        *("tile=A4", "paper=A1&tile=A0", "paper=A1&sheet=week", "sheet=poster&paper=A3"),
        *("sheet=poster&poster=A3", "sheet=poster&poster=A1/B4", "sheet=week&week=tomorrow"),
        *("sheet=week&week=2026-02-02", "sheet=week&week=2099-01-01"),
    ],
)
def test_what_cannot_be_printed_is_said_and_not_guessed(ask: Ask, query: str) -> None:
    for address in (f"{HERE}/q1.pdf?{query}", f"{HERE}/q1?mode=print&{query}"):
        answer = ask().get(address)
        assert answer.status_code == 400
        assert "<h1>" in answer.text


def test_an_unknown_area_is_not_found(ask: Ask) -> None:
    client = ask()
    for address in (f"{HERE}/q9.pdf", f"/{CODE}/none/q1.pdf", "/13101/quarter/q1.pdf"):
        assert client.get(address).status_code == 404
    assert client.get(f"{HERE}/q9?mode=print").status_code == 404


def test_each_audience_has_its_own_sheet_and_the_inner_ones_say_so(ask: Ask) -> None:
    """あさひ会 may be on paper only: what goes out over the web does not have it."""
    seen = {a: text_of(pdf(ask, "q1", audience=a)) for a in Audience}
    assert {a: "ゆうひ会" in said for a, said in seen.items()} == dict.fromkeys(Audience, True)
    assert {a: "つる会" in said for a, said in seen.items()} == {
        Audience.PUBLIC: False,
        Audience.COUNCIL: True,
        Audience.PARTNERS: True,
        Audience.COORDINATOR: True,
    }
    assert [a for a, said in seen.items() if "ないしょ会" in said] == [Audience.COORDINATOR]
    assert [a for a, said in seen.items() if "あさひ会" in said] == [Audience.COORDINATOR]
    assert {a: "内部用" in said for a, said in seen.items()} == {
        a: a is not Audience.PUBLIC for a in Audience
    }


def test_inner_sheets_are_never_kept_and_carry_the_number_of_their_copy(ask: Ask) -> None:
    client = ask(Audience.COUNCIL)
    for address in (f"{HERE}/q1.pdf?copy=12", f"{HERE}/q1?mode=print&copy=12"):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "Cookie" in answer.headers["Vary"]
    said = text_of(client.get(f"{HERE}/q1.pdf?copy=12").data)
    assert "内部用協議体までNo.12" in said
    assert "No.＿＿＿" in text_of(client.get(f"{HERE}/q1.pdf").data)
    for wrong in ("0", "10000", "x", "-1"):
        assert client.get(f"{HERE}/q1.pdf?copy={wrong}").status_code == 400


def test_no_byte_of_a_sheet_for_everybody_holds_what_is_hidden(ask: Ask) -> None:
    """うめ会 is on the web only, あさひ会 on paper only: neither is on a sheet from the web."""
    for area in ("q1", "q2", "q3", "q4"):
        for query in QUERIES:
            told = told_by(pdf(ask, area, query))
            for hidden in (*HIDDEN, "うめ会", "梅の花", "あさひ会", "朝日がさしこみ"):
                assert hidden not in told, (area, query, hidden)
    assert "ゆうひ会" in told_by(pdf(ask, "q1"))


def test_the_list_is_an_excel_file_as_well(ask: Ask) -> None:
    client = ask()
    first = client.get(f"{HERE}/q1.xlsx")
    assert first.status_code == 200
    assert first.content_type == MEDIA_TYPE
    assert first.headers["Cache-Control"] == "no-cache"
    name = first.headers["Content-Disposition"]
    assert name.startswith("attachment; filename=map.xlsx; filename*=UTF-8''")
    assert name.endswith("_list.xlsx")
    assert "ゆうひ会" in cells_of(first.data)
    again = client.get(f"{HERE}/q1.xlsx?copy=2", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert ask().get(f"{HERE}/q1.xlsx").data == first.data
    assert client.get(f"{HERE}/q9.xlsx").status_code == 404


def test_no_part_of_a_workbook_holds_what_is_hidden(ask: Ask) -> None:
    for area in ("q1", "q2", "q3", "q4"):
        told = told_by_book(ask().get(f"{HERE}/{area}.xlsx").data)
        for hidden in (*HIDDEN, "うめ会", "梅の花", "あさひ会", "朝日がさしこみ", "内部用"):
            assert hidden not in told, (area, hidden)


def test_inner_workbooks_are_never_kept_and_say_so(ask: Ask) -> None:
    answer = ask(Audience.COUNCIL).get(f"{HERE}/q1.xlsx?copy=12")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Cookie" in answer.headers["Vary"]
    cells = cells_of(answer.data)
    assert "内部用　協議体まで　No. 12" in cells
    assert ("つる会" in cells, "あさひ会" in cells, "ないしょ会" in cells) == (True, False, False)
    assert ask(Audience.COUNCIL).get(f"{HERE}/q1.xlsx?copy=x").status_code == 400


def test_a_treasure_that_leaves_takes_nothing_else_along(ask: Ask) -> None:
    """あさひ会 shared the flag of ゆうひ会, whose number stays 2."""
    said = text_of(pdf(ask, "q1"))
    assert "茶2" in said
    assert "茶1" not in said
    assert "1件のお宝の旗があります" in "".join(alt or "" for _, alt in tags_of(pdf(ask, "q1")))


def test_a_town_behind_a_passphrase_hands_out_no_sheet(ask: Ask) -> None:
    client = ask(Audience.COORDINATOR, passphrase="三つの言葉 を つなぐ")
    for address in (f"{HERE}/q1.pdf", f"{HERE}/q1.xlsx", f"{HERE}/q1?mode=print"):
        answer = client.get(address)
        assert answer.status_code == 303
        assert answer.location.startswith("/passphrase?next=")
