"""``/doorstep/…``: where a walk may begin, and what comes of it. Nobody can ask again where it was."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from paper_foundation.printed import pages_mm, text_of
from paper_views.conftest import A2, B1, DOOR_CODE, Ask
from paper_views.told_paper import told_by
from werkzeug.test import TestResponse

from geo.model.audience import Audience

Q1 = f"/doorstep/{DOOR_CODE}/quarter/q1"
HALL = "hall:竹町公民館:1"


def token(client: FlaskClient, address: str = Q1) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(address).text)
    assert found
    return found[1]


def send(client: FlaskClient, headers: dict[str, str] | None = None, **form: str) -> TestResponse:
    """The form, as a browser sends it."""
    return client.post(Q1, data={"csrf": token(client), **form}, headers=headers or {})


def options(html: str) -> dict[str, dict[str, str]]:
    """By group: label to key."""
    groups = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', html, re.S)
    return {
        group: {
            label: key for key, label in re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)<', inner)
        }
        for group, inner in groups
    }


def test_the_page_of_printing_leads_to_it_and_back(ask_door: Ask) -> None:
    client = ask_door()
    at = f"/{DOOR_CODE}/quarter/q1"
    assert f'href="{Q1}">' in client.get(f"{at}?mode=print").text
    assert f'href="{at}?mode=print"' in client.get(Q1).text
    spoken = client.get(f"{at}?mode=print&lang=en&large=1").text
    assert f'href="{Q1}?lang=en&amp;large=1"' in spoken
    assert f'action="{Q1}?lang=en&amp;large=1"' in client.get(f"{Q1}?lang=en&large=1").text


def test_halls_and_landmarks_of_the_area_are_offered_by_name(ask_door: Ask) -> None:
    """The station lies in another quarter. What may not be on paper and on a screen is no hall."""
    assert options(ask_door().get(Q1).text) == {
        "会場": {"松会館": "venue:松会館:1"},
        "公民館・集会所・役所": {"竹町公民館": HALL},
        "神社": {
            "稲荷神社（北から1つめ）": "shrine:稲荷神社:1",
            "稲荷神社（北から2つめ）": "shrine:稲荷神社:2",
        },
    }
    q4 = f"/doorstep/{DOOR_CODE}/quarter/q4"
    assert options(ask_door().get(q4).text)["駅"] == {"空ヶ丘駅": "station:空ヶ丘駅:1"}
    inner = options(ask_door(Audience.COORDINATOR).get(Q1).text)["会場"]
    assert set(inner) == {"松会館", "鶴会館", "風会館", "亀井さん宅"}


def test_a_landmark_gives_the_sheet_of_its_door(ask_door: Ask) -> None:
    """From B1 it is 500 m to 茶1, nine minutes. かぜ会 is as near, on paper only; つる会 on the web."""
    answer = send(ask_door(), landmark=HALL)
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "private, no-store"
    name = answer.headers["Content-Disposition"]
    assert name.startswith("attachment; filename=map.pdf; filename*=UTF-8''")
    assert name.endswith("_doorstep_A4.pdf")
    assert "ETag" not in answer.headers
    said = text_of(answer.data)
    assert "竹町公民館" in said
    assert "茶1あさひ会" in said
    assert "歩いて約9分" in said
    told = told_by(answer.data)
    for hidden in ("かぜ会", "風会館", "つる会", "鶴会館", "ないしょ会", "内部用"):
        assert hidden not in told
    assert pages_mm(answer.data)[0] == pytest.approx((210, 297), abs=0.01)


def test_a_point_and_a_name_of_ones_own_do_as_well(ask_door: Ask) -> None:
    lon, lat = B1
    form = {"lon": str(lon), "lat": str(lat), "name": " 花山\n 花子さん宅 ", "paper": "A3"}
    answer = send(ask_door(), **form, grey="1", readings="1")
    assert answer.status_code == 200
    assert "花山花子さん宅" in text_of(answer.data)
    assert "茶1" in text_of(answer.data)
    assert max(pages_mm(answer.data)[0]) == pytest.approx(420, abs=0.01)
    assert "%E8%8A%B1%E5%B1%B1" not in answer.headers["Content-Disposition"]
    # The landmark is what was chosen last on the page; its own name gives way to a written one.
    both = send(ask_door(), landmark="shrine:稲荷神社:2", name="北村さん宅", lon="0", lat="0")
    said = text_of(both.data)
    assert ("北村さん宅" in said, "稲荷神社" in said) == (True, False)
    assert "歩いて約1分" in said


@pytest.mark.parametrize(
    "form", [{}, {"landmark": ""}, {"landmark": "hall:ないしょ会:1", "name": "木村"}]
)
def test_where_nothing_is_chosen_the_form_comes_back(ask_door: Ask, form: dict[str, str]) -> None:
    answer = send(ask_door(), **form)
    assert answer.status_code == 400
    assert 'role="alert">どこから歩くかを、えらんでください。' in answer.text
    assert ("木村" in answer.text) == ("name" in form)
    assert "ないしょ会" not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "form",
    [
        {"lon": "140.5", "lat": "36.0"},
        {"lon": "36.0", "lat": "138.5"},
        {"lon": "nan", "lat": "36.0"},
        {"lon": "inf", "lat": "36.0"},
        {"lon": "いえ", "lat": "36.0"},
        {"landmark": HALL, "paper": "A1"},
        {"landmark": HALL, "paper": "はがき"},
    ],
)
def test_what_cannot_be_printed_is_said_without_saying_where(
    ask_door: Ask, form: dict[str, str]
) -> None:
    answer = send(ask_door(), **form)
    assert answer.status_code == 400
    for word in ("140.5", "138.5", "いえ", "竹町"):
        assert word not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_only_our_own_form_is_answered(ask_door: Ask) -> None:
    client = ask_door()
    assert client.post(Q1, data={"landmark": HALL}).status_code == 403
    assert client.post(Q1, data={"landmark": HALL, "csrf": "x"}).status_code == 403
    for headers in (
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
    ):
        assert send(client, headers, landmark=HALL).status_code == 403
    own = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert send(client, own, landmark=HALL).status_code == 200
    # A form sent under `no-referrer` has no origin: this page sends one, to itself only.
    assert client.get(Q1).headers["Referrer-Policy"] == "same-origin"
    assert client.get(f"/{DOOR_CODE}/quarter/q1").headers["Referrer-Policy"] == "no-referrer"


def test_what_stands_in_an_address_is_not_heard(ask_door: Ask) -> None:
    client = ask_door()
    asked = f"{Q1}?landmark={HALL}&lon={B1[0]}&lat={B1[1]}&name=花山さん&copy=3"
    page = client.get(asked).text
    assert "花山さん" not in page
    assert " selected" not in page
    answer = client.post(asked, data={"csrf": token(client)})
    assert answer.status_code == 400
    assert "花山さん" not in answer.text


def test_other_places_are_not_found(ask_door: Ask) -> None:
    client = ask_door()
    for address in (f"/doorstep/{DOOR_CODE}/quarter/q9", "/doorstep/13101/quarter/q1"):
        assert client.get(address).status_code == 404
        sent = client.post(address, data={"csrf": token(client), "landmark": HALL})
        assert sent.status_code == 404
        assert sent.headers["Cache-Control"] == "private, no-store"


def test_inner_sheets_say_so_and_carry_the_number_of_their_copy(ask_door: Ask) -> None:
    client = ask_door(Audience.COUNCIL)
    assert 'name="copy"' in client.get(Q1).text
    answer = send(client, landmark=HALL, copy="8")
    assert "内部用協議体までNo.8" in text_of(answer.data)
    assert send(client, landmark=HALL, copy="0").status_code == 400
    assert 'name="copy"' not in ask_door().get(Q1).text
    assert "内部用" not in text_of(send(ask_door(), landmark=HALL, copy="8").data)


def test_the_passphrase_is_asked_first(ask_door: Ask) -> None:
    client = ask_door(Audience.COORDINATOR, passphrase="三つの言葉 を つなぐ")
    assert client.get(Q1).status_code == 303
    lon, lat = A2
    answer = client.post(Q1, data={"lon": str(lon), "lat": str(lat)})
    assert answer.status_code == 403
    assert "138.5" not in answer.text


def test_it_speaks_english_and_large(ask_door: Ask) -> None:
    html = ask_door().get(f"{Q1}?lang=en&large=1").text
    japanese = re.sub(r'<(\w+)[^>]* lang="ja".*?</\1>|<!--.*?-->', "", html, flags=re.S)
    assert "Where does the walk begin?" in japanese
    assert not re.search(
        "[ぁ-ん]", re.sub(r"<title>.*?</title>|<script.*?</script>", "", japanese, flags=re.S)
    )
