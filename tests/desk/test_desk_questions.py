"""What could be two places, what is only nearly known, and what has moved: the clerk is asked."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from desk.conftest import LAYER, QUESTIONS, DeskTown, token_of
from flask.testing import FlaskClient


@pytest.fixture(scope="module")
def town(make_desk_town: Callable[..., DeskTown]) -> DeskTown:
    return make_desk_town("99734", questions=True)


@pytest.fixture(scope="module")
def clerk(town: DeskTown, make_desk_client: Callable[..., FlaskClient]) -> FlaskClient:
    return make_desk_client(town)


@pytest.fixture(autouse=True)
def as_it_was(town: DeskTown) -> None:
    (town.folder / "layers" / LAYER / "places.csv").unlink(missing_ok=True)
    (town.folder / "layers" / LAYER / "club.csv").write_text(QUESTIONS, "utf-8")


def url_of(clerk: FlaskClient, name: str) -> str:
    page = clerk.get("/desk/place").text
    found = re.search(rf'<a href="([^"]+)"[^>]*>\s*<span class="record-name">{name}<', page)
    assert found
    return found[1]


def send(clerk: FlaskClient, url: str, **said: str):
    return clerk.post(url, data={"csrf": token_of(clerk.get("/desk/load").text), **said})


def asks(clerk: FlaskClient) -> dict[str, str]:
    """What the list at the left says of each record."""
    page = clerk.get("/desk/place").text
    return {
        name: (re.search(r'record-asks">([^<]*)<', rest) or ("", ""))[1]
        for name, rest in re.findall(r'record-name">([^<]+)</span>(.*?)</a>', page, re.DOTALL)
    }


def test_the_list_says_what_is_asked(clerk: FlaskClient) -> None:
    said = asks(clerk)
    assert said["まよう会"] == "候補が2つあります"
    assert said["およその会"] == "およその位置：この位置でよいですか"
    assert said["決まる会"] == "会場名で一致"
    assert said["引っこす会"] == ""


def test_candidates_are_buttons(clerk: FlaskClient, town: DeskTown) -> None:
    url = url_of(clerk, "まよう会")
    page = clerk.get(url).text
    assert "場所の候補がいくつもあります" in page
    found = re.findall(r'data-candidate="(\d)" data-name="([^"]+)" data-lon="([\d.]+)"', page)
    assert {lon for _, _, lon in found} == {"138.5223", "138.5271"}
    chosen = next(number for number, _, lon in found if lon == "138.5271")
    assert send(clerk, url, candidate=chosen, lon="1", lat="1").status_code == 303
    (line,) = town.pins().splitlines()[1:]
    assert line.startswith("Q1,34.7491000,138.5271000,会場名で一致,")


def test_without_a_script_the_button_places(clerk: FlaskClient, town: DeskTown) -> None:
    send(clerk, url_of(clerk, "まよう会"), choose="0", candidate="")
    assert "会場名で一致" in town.pins()


def test_a_block_is_confirmed(clerk: FlaskClient, town: DeskTown) -> None:
    url = url_of(clerk, "およその会")
    page = clerk.get(url).text
    assert "この位置でよいですか" in page
    assert "この位置でよい</button>" in page
    assert re.search(r'data-lon="138\.\d+" data-lat="34\.\d+"', page)
    assert send(clerk, f"{url}/confirm").status_code == 303
    assert ",町丁目まで," in town.pins()
    assert asks(clerk)["およその会"] == "町丁目まで（およその位置）"
    assert "この位置でよいですか" not in clerk.get(url).text
    send(clerk, f"{url}/undo")
    assert asks(clerk)["およその会"] == "およその位置：この位置でよいですか"


def move(town: DeskTown, venue: str) -> None:
    path = town.folder / "layers" / LAYER / "club.csv"
    path.write_text(QUESTIONS.replace("古い集会所", venue), "utf-8")


def test_a_moved_address_asks_again(clerk: FlaskClient, town: DeskTown) -> None:
    url = url_of(clerk, "引っこす会")
    send(clerk, url, lon="138.53", lat="34.75")
    move(town, "新しい集会所")
    assert asks(clerk)["引っこす会"] == "住所が変わりました"
    page = clerk.get(url).text
    assert "前は「古い集会所」でした" in page
    assert 'data-lon="138.53" data-lat="34.75"' in page
    send(clerk, f"{url}/confirm")
    assert "新しい集会所" in town.pins()
    assert asks(clerk)["引っこす会"] == "地図で指定"


def test_an_undo_asks_about_the_moved_one_again(clerk: FlaskClient, town: DeskTown) -> None:
    url = url_of(clerk, "引っこす会")
    send(clerk, url, lon="138.53", lat="34.75")
    move(town, "新しい集会所")
    send(clerk, f"{url}/confirm")
    send(clerk, f"{url}/undo")
    assert asks(clerk)["引っこす会"] == ""
    assert "Q4" not in town.pins()


def test_a_new_address_that_is_known_is_offered(clerk: FlaskClient, town: DeskTown) -> None:
    url = url_of(clerk, "引っこす会")
    send(clerk, url, lon="138.53", lat="34.75")
    move(town, "北の会館")
    page = clerk.get(url).text
    assert 'data-candidate="0" data-name="北の会館" data-lon="138.528"' in page
    send(clerk, url, candidate="0")
    assert "Q4,34.7570000,138.5280000,会場名で一致" in town.pins()
