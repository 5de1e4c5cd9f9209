"""The page of choices: what it offers, what it says, and what stands in its addresses."""

from __future__ import annotations

import re
from base64 import b64decode

import pytest
from paper_foundation.printed import pages_mm
from paper_views.conftest import CODE, Ask

from geo.model.audience import Audience
from webmap.paper.asking.page_preview import FIRST_PIXELS, MOST_OTHERS, OTHER_PIXELS
from webmap.paper.asking.print_page import SHEET_WORDS
from webmap.paper.sheets.printing import SHEETS

Q1 = f"/{CODE}/quarter/q1"


def page(ask: Ask, query: str = "", audience: Audience = Audience.PUBLIC, area: str = "q1") -> str:
    with ask(audience).get(f"/{CODE}/quarter/{area}?mode=print&{query}") as answer:
        assert answer.status_code == 200
        return answer.get_data(as_text=True)


def chosen(html: str) -> dict[str, list[str]]:
    """What the form would send as it stands."""
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input [^>]*>", html):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        assert name
        assert value
        if ("checkbox" in tag or "radio" in tag) and " checked" not in tag:
            continue
        sent.setdefault(name[1], []).append(value[1])
    for name, options in re.findall(r'<select [^>]*name="(\w+)">(.*?)</select>', html, re.S):
        sent[name] = re.findall(r'<option value="([^"]*)" selected>', options)
    return sent


def test_the_area_page_leads_to_it_and_back(ask: Ask) -> None:
    client = ask()
    assert '<a class="button quiet to-print" href="?mode=print">印刷する</a>' in client.get(Q1).text
    spoken = client.get(f"{Q1}?lang=en&large=1&weekday=火").text
    assert 'href="?mode=print&amp;lang=en&amp;large=1">Print</a>' in spoken
    assert f'href="{Q1}"' in page(ask)
    assert f'href="{Q1}?lang=en&amp;large=1"' in page(ask, "lang=en&large=1")


def test_the_form_keeps_what_is_asked_for(ask: Ask) -> None:
    usual = {"mode": ["print"], "sheet": ["district"]}
    usual |= {"paper": ["A3"], "orientation": ["landscape"], "scale": [""]}
    usual |= {"poster": ["A1"], "week": [""]}
    assert chosen(page(ask)) == usual
    asked = "sheet=list&paper=A4&orientation=portrait&scale=12000&large=1&readings=1&grey=1"
    asked += "&short=1&lang=en"
    assert chosen(page(ask, asked)) == {
        "mode": ["print"],
        "lang": ["en"],
        "sheet": ["list"],
        "paper": ["A4"],
        "orientation": ["portrait"],
        "scale": ["12000"],
        "large": ["1"],
        "readings": ["1"],
        "grey": ["1"],
        "short": ["1"],
        "poster": ["A1"],
        "week": [""],
    }


def test_the_form_keeps_posters_and_weeks(ask: Ask) -> None:
    for query in ("paper=A0&tile=A3", "sheet=poster&paper=A3&poster=A0/A3"):
        sent = chosen(page(ask, query))
        assert (sent["sheet"], sent["paper"]) == (["poster"], ["A3"])
        assert sent["poster"] == ["A0/A3"]
    for week in ("next", "2026-05-09"):
        assert chosen(page(ask, f"sheet=week&week={week}"))["week"] == ["2026-05-04"]
    html = page(ask, "sheet=week")
    assert '<option value="" selected>今週 4月27日〜5月3日</option>' in html
    assert '<option value="2026-05-04">次の週 5月4日〜10日</option>' in html
    assert '<option value="2026-06-22">6月22日〜28日</option>' in html


def test_every_sheet_that_is_made_has_a_name(ask: Ask) -> None:
    assert set(SHEET_WORDS) == set(SHEETS)
    names = re.findall(r'name="sheet" value="([^"]+)"', page(ask))
    assert names == [sheet.value for sheet in SHEETS]
    assert "全部で" in page(ask, "sheet=week")


def test_only_papers_that_are_made_are_offered(ask: Ask) -> None:
    html = page(ask)
    assert re.findall(r'name="paper" value="([^"]+)"', html) == ["A4", "A3"]
    posters = re.findall(r'name="poster" value="([^"]+)"', html)
    assert posters == ["A1", "A1/A4", "A1/A3", "A0", "A0/A4", "A0/A3"]


def test_the_other_language_and_size_keep_the_choices(ask: Ask) -> None:
    html = page(ask, "paper=A4&grey=1")
    assert f'href="{Q1}?paper=A4&amp;grey=1&amp;mode=print&amp;lang=en"' in html
    assert f'href="{Q1}?paper=A4&amp;grey=1&amp;mode=print&amp;large=1"' in html


def test_it_says_how_much_is_printed_and_what_is_not(ask: Ask) -> None:
    """q2 has うめ会 (on the web only); nothing is said of what is on paper only."""
    html = page(ask, area="q2")
    assert "紙にのせる同意をいただいていないもの（1件）は、ここには出ません。" in html
    assert "<strong>全部で1ページ</strong> お宝 " in html
    html = page(ask)
    assert "紙にのせる同意" not in html
    assert "お宝 1件" in html
    assert "あさひ会" not in html


def test_inner_screens_ask_for_the_number_of_the_copy(ask: Ask) -> None:
    assert 'name="copy"' not in page(ask, "copy=3")
    html = page(ask, "copy=3", Audience.COUNCIL)
    assert chosen(html)["copy"] == ["3"]
    assert 'class="internal"' in html


def test_it_speaks_english_and_says_that_paper_does_not(ask: Ask) -> None:
    html = page(ask, "lang=en")
    assert "Make the PDF" in html
    assert "What is printed is in Japanese." in html
    japanese = re.sub(r'<(\w+)[^>]* lang="ja".*?</\1>|<!--.*?-->', "", html, flags=re.S)
    assert "印刷" not in re.sub(r"<title>.*?</title>", "", japanese, flags=re.S)
    assert "日本語です" not in page(ask)


@pytest.mark.parametrize("query", ["", "sheet=list", "sheet=week", "paper=A1"])
def test_all_pages_are_shown_or_counted(ask: Ask, query: str) -> None:
    html = page(ask, query)
    pages = int(re.search(r"全部で(\d+)ページ", html)[1])  # type: ignore[index]
    pictures = re.findall(r'src="data:image/png;base64,([^"]+)" width="(\d+)" height="(\d+)"', html)
    rest = re.search(r"このあとに、(\d+)ページあります", html)
    assert len(pictures) + int(rest[1] if rest else 0) == pages
    assert len(pictures) == min(pages, MOST_OTHERS + 1)
    for n, (data, *size) in enumerate(pictures):
        png = b64decode(data)
        assert png.startswith(b"\x89PNG")
        assert max(map(int, size)) == pytest.approx(OTHER_PIXELS if n else FIRST_PIXELS, abs=1)
        assert f"{n + 1}ページ目の見本" in html


def test_of_a_poster_in_parts_the_whole_is_shown_and_the_parts_are_counted(ask: Ask) -> None:
    whole, cut = page(ask, "paper=A1"), page(ask, "paper=A1&tile=A3")
    assert re.findall('base64,[^"]+', cut) == re.findall('base64,[^"]+', whole)
    assert "貼り合わせ方は、1枚目にのっています。" in cut
    assert "貼り合わせ方" not in whole
    with ask().get(f"{Q1}.pdf?paper=A1&tile=A3") as answer:
        assert f"全部で{len(pages_mm(answer.data))}ページ" in cut


@pytest.mark.parametrize("audience", list(Audience), ids=lambda a: a.word)
def test_an_answer_is_tagged_and_asked_for_again(ask: Ask, audience: Audience) -> None:
    client = ask(audience)
    first = client.get(f"{Q1}?mode=print&paper=A4")
    again = client.get(
        f"{Q1}?paper=a4&mode=print", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (first.status_code, again.status_code) == (200, 304)
    assert client.get(f"{Q1}?mode=print").headers["ETag"] != first.headers["ETag"]
