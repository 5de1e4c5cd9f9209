"""Every page in English of a town without a Japanese record says nothing in Japanese."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient
from words.ascii_town import CODE, Reader

from geo.model.audience import Audience

MakeClient = Callable[..., FlaskClient]
EN = {"lang": "en"}
NEVER_ENGLISH = ("/desk", "/static")


def read(client: FlaskClient, address: str, status: int = 200) -> Reader:
    answer = client.get(address)
    assert answer.status_code == status, address
    page = Reader(answer.get_data(as_text=True))
    assert page.language == "en"
    assert page.japanese() == [], address
    return page


def crawl(client: FlaskClient, query: str) -> set[str]:
    """Every page that can be reached, each read; every link keeps what the first address said.

    A choice (a weekday, a limit) is followed once, on the first page that offers it: pages of
    coverage offer hundreds together.
    """
    wanted = parse_qs(query)
    waiting, seen = [f"/?{query}"], set()
    chosen: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        for link in read(client, address).links:
            href = link.get("href") or link.get("action") or "#"
            url = urlsplit(href)
            if {"data-view", "download"} & link.keys() or href.startswith(("#", *NEVER_ENGLISH)):
                continue
            assert not url.netloc
            said = parse_qs(url.query) | {
                # A form that asks takes along what stands in its fields, not in its address.
                name[1:]: [value]
                for name, value in link.items()
                if name.startswith("=")
            }
            kept = {key: value for key, value in said.items() if key in wanted}
            assert kept == wanted, (address, href)
            choices = {one for one in url.query.split("&") if one.partition("=")[0] not in wanted}
            if "href" in link and (choices <= {""} or not choices <= chosen):
                chosen |= choices
                waiting.append(urljoin(address, href).partition("#")[0])
    return {urlsplit(address).path for address in seen}


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("query", ["lang=en", "lang=en&large=1"])
def test_every_page_of_every_audience(
    make_client: MakeClient, audience: Audience, query: str
) -> None:
    paths = crawl(make_client(audience), query)
    # The town, three levels; sixteen squares, four quarters, six strips, one of them never drawn.
    assert len([path for path in paths if path.count("/") == 3]) == 3 + 16 + 4 + 6
    assert f"/{CODE}/strip/s6" in paths


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.COORDINATOR])
def test_every_page_of_printing(make_client: MakeClient, audience: Audience) -> None:
    client = make_client(audience)
    for area in ("quarter/q1", "strip/s6", "cell/A1"):
        for more in ("", "&large=1", "&paper=A4&orientation=portrait&scale=5000&grey=1"):
            page = read(client, f"/{CODE}/{area}?mode=print&lang=en{more}")
            (form,) = (link for link in page.links if "action" in link)
            assert (form["=mode"], form["=lang"]) == ("print", "en")
            assert form.get("=large") == ("1" if "large" in more else None)


@pytest.mark.parametrize("audience", list(Audience))
def test_every_hall(make_client: MakeClient, audience: Audience) -> None:
    client = make_client(audience)
    for area in ("quarter/q1", "quarter/q2", "strip/s6", "cell/A1"):
        for more in ("", "&order=area", "&order=weekday", "&marks=2,1", "&as=coordinator"):
            read(client, f"/{CODE}/{area}?mode=hall&lang=en{more}")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "In all: 2 treasures"),
        ("&q=zzz", "Out of 2: 0 treasures"),
        ("&status=paused", "Out of 2: 1 treasure"),
    ],
)
def test_filtered_pages_count_in_english(make_client: MakeClient, query: str, said: str) -> None:
    page = read(make_client(), f"/{CODE}/quarter/q1?lang=en{query}")
    assert said in " ".join("".join(page.said).split())


def test_the_form_takes_the_language_along(make_client: MakeClient) -> None:
    html = make_client().get(f"/{CODE}/quarter/q1?lang=en&large=1").get_data(as_text=True)
    assert '<input type="hidden" name="lang" value="en">' in html
    assert '<input type="hidden" name="large" value="1">' in html
    plain = make_client().get(f"/{CODE}/quarter/q1").get_data(as_text=True)
    assert 'type="hidden"' not in plain
    assert "data-kept" not in plain
    assert 'id="words"' not in plain


def test_the_other_language_and_size_keep_the_filters(make_client: MakeClient) -> None:
    html = make_client().get(f"/{CODE}/quarter/q1?q=a&layer=tea&lang=en").get_data(as_text=True)
    here = f"/{CODE}/quarter/q1?layer=tea&q=a"
    links = {link["data-view"]: link["href"] for link in Reader(html).links if "data-view" in link}
    assert links == {
        "lang=": here,
        "large=1": f"{here}&lang=en&large=1",
        "mode=hall": "?layer=tea&q=a&mode=hall&lang=en",
    }


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/nothing?lang=en", 404, "This page was not found."),
        (f"/{CODE}/quarter/none?lang=en", 404, "This page was not found."),
        (f"/{CODE}/quarter/q1?lang=en&q={'a' * 3000}", 400, "This request cannot be answered."),
    ],
)
def test_errors_are_english_pages(
    make_client: MakeClient, address: str, status: int, said: str
) -> None:
    page = read(make_client(), address, status)
    assert said in page.said
    assert {"href": "/?lang=en", "class": "button"} in page.links


def test_an_error_in_the_wrong_method(make_client: MakeClient) -> None:
    answer = make_client().post("/?lang=en", headers={"Origin": "http://localhost"})
    assert answer.status_code == 405
    assert Reader(answer.get_data(as_text=True)).japanese() == []


def test_the_passphrase_page_keeps_the_language(make_client: MakeClient) -> None:
    client = make_client(Audience.COUNCIL, passphrase="three open words")
    asked = f"/{CODE}/quarter/q1?q=a&lang=en&large=1"
    sent = client.get(asked)
    assert (sent.status_code, sent.location.split("?")[0]) == (303, "/passphrase")
    page = read(client, sent.location)
    (form,) = [link for link in page.links if "action" in link]
    assert form["action"] == "/passphrase?lang=en&large=1"
    html = client.get(sent.location).get_data(as_text=True)
    token = html.split('name="csrf" value="')[1].split('"')[0]
    words = {"csrf": token, "next": asked, "passphrase": "wrong words"}
    wrong = client.post(form["action"], data=words)
    assert wrong.status_code == 403
    assert Reader(wrong.get_data(as_text=True)).japanese() == []
    right = client.post(form["action"], data=words | {"passphrase": "three open words"})
    assert (right.status_code, right.location) == (303, asked)


def test_dates_and_closed_words(make_client: MakeClient) -> None:
    said = " ".join(read(make_client(), f"/{CODE}/quarter/q1?lang=en").said)
    for words in (
        "as of 1 April 2026",
        "Please ask first",
        "On a break",
        "Staying healthy",
        "When",
    ):
        assert words in said
