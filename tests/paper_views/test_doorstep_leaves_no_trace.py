"""Where the door is and whose it is: in no log, no store, no cookie, no header, no error."""

from __future__ import annotations

import base64
import json
import logging
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from paper_foundation.printed import text_of
from paper_views.conftest import B1, Ask
from paper_views.test_doorstep_page import Q1, send, token
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from geo.model.audience import Audience
from webmap.context import CONTEXT, AppContext
from webmap.edition_shelf import EditionShelf

NAME = "かなりあ山ヌヘ子さん宅"
DOOR = {"lon": "138.508147", "lat": "36.002281", "name": NAME}
TRACES = (NAME, "かなりあ", "138.508147", "36.002281", "138.5081", "36.00228")


def hold(told: str) -> None:
    """Fail when a text tells of the door."""
    for trace in TRACES:
        assert trace not in told


def headers_of(answer: TestResponse) -> str:
    return "\n".join(f"{name}: {value}" for name, value in answer.headers)


def kept_by(shelf: EditionShelf[Any, Any, Any]) -> dict[Any, Any]:
    return dict(shelf._values)


def test_neither_logs_nor_output_tell_of_it(
    ask_door: Ask, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    client = ask_door()
    with caplog.at_level(logging.DEBUG):
        answer = send(client, **DOOR)
        assert NAME in text_of(answer.data)
        hold(headers_of(answer))
        send(client, **DOOR, paper="はがき")
        send(client, **{**DOOR, "lon": "138.508147x"})
        client.post(Q1, data=DOOR)
    out, err = capfd.readouterr()
    hold(caplog.text + out + err)


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.COORDINATOR], ids=lambda a: a.word)
def test_the_process_keeps_nothing_of_it(ask_door: Ask, audience: Audience) -> None:
    """What is kept after it is what was kept before: the area, and the streets of the town."""
    client = ask_door(audience)
    context: AppContext = client.application.extensions[CONTEXT]
    send(client, landmark="hall:竹町公民館:1")
    answers, pages = kept_by(context.answers), kept_by(context.cache)
    streets = dict(context.walking()._kept)
    assert answers
    assert send(client, **DOOR).status_code == 200
    assert kept_by(context.answers) == answers
    assert kept_by(context.cache) == pages
    assert context.walking()._kept.keys() == streets.keys()
    for slot, kept in context.walking()._kept.items():
        assert kept is streets[slot]


def test_the_cookie_holds_the_token_and_nothing_else(ask_door: Ask) -> None:
    client = ask_door()
    assert send(client, **DOOR).status_code == 200
    cookie = client.get_cookie("otakara")
    assert cookie is not None
    said = cookie.value.split(".")[0]
    session = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    assert session == {"csrf": token(client)}
    assert cookie.http_only
    assert cookie.same_site == "Strict"


def test_the_database_is_asked_the_same_for_neighbours(ask_door: Ask) -> None:
    """Doors twenty metres apart, with other names: every statement and every value is the same."""
    client = ask_door()
    assert send(client, **DOOR).status_code == 200  # what a process keeps of the town is read once
    asked: list[list[Any]] = []

    def listen(_conn: Any, _cursor: Any, statement: str, given: Any, *_: Any) -> None:
        asked[-1].append((statement, given))

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        for away, name in ((0.0, "北村さん宅"), (0.0002, "南村さん宅")):
            asked.append([])
            form = {"lon": str(B1[0] + away), "lat": str(B1[1]), "name": name}
            assert send(client, **form).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    assert len(asked[0]) > 5
    assert asked[0] == asked[1]
    assert not re.search("138\\.508|村さん", repr(asked))


def test_an_error_names_its_kind_and_its_place_in_the_program(
    ask_door: Ask, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(_: Any, lon: float, lat: float, **how: Any) -> None:
        raise ValueError(f"{lon} {lat} {how['name']}")

    client = ask_door()
    monkeypatch.setattr("webmap.paper.sheets.doorstep_printing.print_doorstep", broken)
    answer = send(client, **DOOR)
    assert answer.status_code == 500
    assert answer.headers["Cache-Control"] == "private, no-store"
    _, err = capfd.readouterr()
    assert "ValueError" in err
    hold(answer.text + err)


def test_no_address_leads_to_a_sheet(ask_door: Ask) -> None:
    """A doorstep sheet is made by POST alone."""
    client: FlaskClient = ask_door()
    for address in (f"{Q1}.pdf", f"{Q1}.json", f"{Q1}.csv"):
        assert client.get(address).status_code == 404
    assert client.get("/99910/quarter/q1.pdf?sheet=doorstep&lon=1&lat=2").status_code == 400
    for method in ("PUT", "DELETE", "PATCH"):
        assert client.open(Q1, method=method).status_code == 405
