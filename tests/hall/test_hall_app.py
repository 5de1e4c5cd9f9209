"""The hall behind the real app over a real database: だれでも only, whoever runs it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient
from town_copy import copy_of_squares

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.answers import AreaLink, AreaMembers
from geo.model.audience import Audience, Medium
from geo.questions import finer_areas, revision, treasure_map
from geo.settings import Settings
from webmap.app import create_app
from webmap.context import CONTEXT

CODE = "99741"
INNER_NAMES = ("つる会", "はと会", "ないしょ会", "花岡さん宅", "亀会館", "鶴会館")
BANNER = "の内容を映しています"


@pytest.fixture(scope="module")
def settings(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    folder = copy_of_squares(tmp_path_factory.mktemp("hall_town") / "town", CODE)
    made = make_settings(folder)
    load_town(made)
    return made


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Callable[[Audience], FlaskClient]]:
    made: dict[Audience, FlaskClient] = {}

    def of(audience: Audience) -> FlaskClient:
        if audience not in made:
            made[audience] = create_app(settings, audience=audience).test_client()
        return made[audience]

    yield of
    for one in made.values():
        one.application.extensions[CONTEXT].database.dispose()


def cards(html: str) -> set[int]:
    """Numbers with a card, and numbers of the last list."""
    placed = re.findall(r'data-hall-card="(\d+)"', html)
    listed = re.findall(r'class="hall-item-name"><b>(\d+)番', html)
    return {int(number) for number in (*placed, *listed)}


@pytest.mark.parametrize("served", list(Audience))
def test_the_hall_begins_with_everybodys(
    client: Callable[[Audience], FlaskClient], served: Audience
) -> None:
    seen = {}
    for area in ("q1", "q2", "q3", "q4"):
        answer = client(served).get(f"/{CODE}/quarter/{area}?mode=hall")
        assert answer.status_code == 200
        assert not [name for name in INNER_NAMES if name in answer.text]
        assert BANNER not in answer.text
        assert ("as=council" in answer.text) == (served > Audience.PUBLIC)
        seen[area] = cards(answer.text)
    assert seen == {"q1": {1, 2}, "q2": {3}, "q3": {4}, "q4": {8, 9}}


@pytest.mark.parametrize("served", list(Audience))
@pytest.mark.parametrize("wanted", list(Audience))
def test_more_is_shown_by_hand_only_and_said(
    client: Callable[[Audience], FlaskClient], served: Audience, wanted: Audience
) -> None:
    answer = client(served).get(f"/{CODE}/quarter/q1?mode=hall&as={wanted.word}")
    shown = min(served, wanted)
    assert (
        cards(answer.text)
        == {
            Audience.PUBLIC: {1, 2},
            Audience.COUNCIL: {1, 2, 5},
            Audience.PARTNERS: {1, 2, 5},
            Audience.COORDINATOR: {1, 2, 5, 7},
        }[shown]
    )
    assert (f"{shown.label_ja}{BANNER}" in answer.text) == (shown > Audience.PUBLIC)
    assert ("ないしょ会" in answer.text) == (shown is Audience.COORDINATOR)


def test_a_hidden_mark_is_one_that_was_not_found(
    client: Callable[[Audience], FlaskClient],
) -> None:
    hidden = client(Audience.PUBLIC).get(f"/{CODE}/quarter/q1?mode=hall&marks=2,7").text
    unknown = client(Audience.PUBLIC).get(f"/{CODE}/quarter/q1?mode=hall&marks=2,77").text
    assert hidden.replace("2、7", "2、77").replace("2%2C7", "2%2C77") == unknown
    assert "1件は、この画面には見つかりませんでした" in hidden


def test_each_way_to_show_has_its_own_etag(client: Callable[[Audience], FlaskClient]) -> None:
    page = f"/{CODE}/quarter/q1"
    one = client(Audience.COORDINATOR)
    tags = {
        one.get(page + more).headers["ETag"]
        for more in ("", "?mode=hall", "?mode=hall&as=council", "?mode=hall&order=weekday")
    }
    assert len(tags) == 4
    again = one.get(f"{page}?mode=hall", headers={"If-None-Match": next(iter(tags))})
    assert again.status_code in {200, 304}
    assert "no-store" in one.get(f"{page}?mode=hall").headers["Cache-Control"]


def test_data_and_files_know_no_hall(client: Callable[[Audience], FlaskClient]) -> None:
    one = client(Audience.COORDINATOR)
    for suffix in (".json", ".geojson", ".csv"):
        page = f"/{CODE}/quarter/q1{suffix}"
        assert one.get(page).data == one.get(f"{page}?mode=hall").data


def test_which_treasures_lie_in_which_finer_area(settings: Settings) -> None:
    database = TownDatabase(settings, CODE)

    def ask(audience: Audience, code: str) -> tuple[AreaMembers, ...]:
        with database.connect(audience, Medium.WEB) as conn:
            answer = treasure_map(
                conn,
                audience=audience,
                medium=Medium.WEB,
                level="quarter",
                code=code,
                today=revision(conn)[1],
            )
            return finer_areas(conn, answer)

    try:
        ours = AreaLink("strip", "s2", "鶴亀の会")
        assert ask(Audience.PUBLIC, "q1") == (AreaMembers(ours, (1, 2)),)
        assert ask(Audience.COUNCIL, "q1") == (AreaMembers(ours, (1, 2, 5)),)
        assert ask(Audience.COORDINATOR, "q1") == (AreaMembers(ours, (1, 2, 5, 7)),)
        assert [(m.area.code, m.numbers) for m in ask(Audience.PUBLIC, "q4")] == [
            ("s5", (9,)),
            ("s6", (8,)),
        ]
    finally:
        database.dispose()
