"""The page of choices: what it offers, what it says, and what stands in its addresses."""

from __future__ import annotations

import re

import pytest
from paper_views.conftest import CODE, Ask

from geo.model.audience import Audience
from webmap.paper.print_page import SHEET_WORDS
from webmap.paper.printing import SHEETS

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
    selected = re.search(r'<option value="([^"]*)" selected>', html)
    assert selected
    return sent | {"scale": [selected[1]]}


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
    assert chosen(page(ask)) == usual
    asked = "sheet=list&paper=A4&orientation=portrait&scale=12000&large=1&readings=1&grey=1&lang=en"
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
    }


def test_every_sheet_that_is_made_has_a_name(ask: Ask) -> None:
    assert set(SHEET_WORDS) == set(SHEETS)
    names = re.findall(r'name="sheet" value="([^"]+)"', page(ask))
    assert names == [sheet.value for sheet in SHEETS]
    assert "全部で" in page(ask, "sheet=week")


def test_only_papers_that_are_made_are_offered(ask: Ask) -> None:
    assert re.findall(r'name="paper" value="([^"]+)"', page(ask)) == ["A4", "A3"]


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


def test_the_picture_is_in_the_page_and_is_a_png(ask: Ask) -> None:
    found = re.search(
        r'<img src="data:image/png;base64,([^"]+)" width="420" height="297"', page(ask)
    )
    assert found
    assert found[1].startswith("iVBORw0KGgo")


@pytest.mark.parametrize("audience", list(Audience), ids=lambda a: a.word)
def test_an_answer_is_tagged_and_asked_for_again(ask: Ask, audience: Audience) -> None:
    client = ask(audience)
    first = client.get(f"{Q1}?mode=print&paper=A4")
    again = client.get(
        f"{Q1}?paper=a4&mode=print", headers={"If-None-Match": first.headers["ETag"]}
    )
    assert (first.status_code, again.status_code) == (200, 304)
    assert client.get(f"{Q1}?mode=print").headers["ETag"] != first.headers["ETag"]
