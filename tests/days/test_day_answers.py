"""Days through the real database: the same for page, data and audience; the hidden stay hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pytest
from flask.testing import FlaskClient
from opened_apps import opened_apps
from sqlalchemy import text
from town_copy import copy_of_squares

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.audience import Audience
from geo.settings import Settings

CODE = "99719"
TODAY = date(2026, 4, 10)
"""A Friday; the period is from Monday, 6 April to Sunday, 7 June."""

Ask = Callable[..., FlaskClient]


@pytest.fixture(scope="module")
def ask(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ask]:
    """``ask(audience)``: a client of the town of squares, on that day."""
    town = copy_of_squares(tmp_path_factory.mktemp("days") / "town", CODE)
    settings = make_settings(town)
    load_town(settings)
    database = TownDatabase(settings, CODE)
    with database.owner() as conn:
        conn.execute(text("UPDATE town.clock SET today = :today"), {"today": TODAY})
    database.dispose()
    with opened_apps() as open_app:
        yield partial(open_app, settings)


def data(client: FlaskClient, area: str) -> dict:
    with client.get(f"/{CODE}/quarter/{area}.json") as answer:
        assert answer.status_code == 200
        return answer.get_json()


def page(client: FlaskClient, area: str, query: str = "") -> str:
    with client.get(f"/{CODE}/quarter/{area}?{query}") as answer:
        assert answer.status_code == 200
        return answer.get_data(as_text=True)


def told(answer: dict) -> dict[str, list[int] | None]:
    """Name of every treasure and the first days that are known of it."""
    facets = answer["days"]["facets"]
    return {
        entry["name"]: None
        if entry["days"] is None
        else [day for day, _ in facets[entry["days"]]["days"]][:3]
        for entry in answer["entries"]
    }


def test_days_are_counted_from_the_monday_of_the_week(ask: Ask) -> None:
    """毎週火曜 is held on the 7th, 14th, 21st of April; ゆうひ会 is おやすみ中."""
    answer = data(ask(), "q1")
    assert (answer["days"]["first"], answer["days"]["today"]) == ("2026-04-06", 4)
    assert (answer["days"]["last"], answer["days"]["resting"]) == (62, 1)
    assert told(answer) == {"あさひ会": [1, 8, 15], "ゆうひ会": None}
    # 毎月1日: the 1st of May and of June.
    assert told(data(ask(), "q2")) == {"うめ会": [25, 56]}


def test_each_audience_is_told_the_days_of_what_it_sees(ask: Ask) -> None:
    """つる会 (毎週水曜) is for the council, ないしょ会 (毎朝) for coordinators only."""
    wednesdays = 'name="weekday" value="水"><span>水曜</span> <span class="count">{}件</span>'
    for audience, count in (
        (Audience.PUBLIC, 0),
        (Audience.COUNCIL, 1),
        (Audience.PARTNERS, 1),
        (Audience.COORDINATOR, 2),
    ):
        assert wednesdays.format(count) in page(ask(audience), "q1"), audience
    assert set(told(data(ask(), "q1"))) == {"あさひ会", "ゆうひ会"}
    assert len(data(ask(), "q1")["days"]["facets"]) == 1


def test_the_address_narrows_the_page_without_any_script(ask: Ask) -> None:
    """On Tuesdays 雪町角 (11:20) and not そら会 (月曜); そら会 has no place and is in the list."""
    html = page(ask(), "q4", "weekday=火")
    assert "次は 4月14日(火) 11時20分から" in html
    shown = {name for name in ("そら会", "雪町角") if " hidden><details>" not in _item(html, name)}
    assert shown == {"雪町角"}
    assert "お宝 2件のうち <strong>1件</strong>" in " ".join(html.split())


def test_an_address_of_another_spelling_is_the_same_page(ask: Ask) -> None:
    client = ask()
    tags = set()
    for query in (
        "weekday=火&when=week",
        "when=week&weekday=火",
        "weekday=%E7%81%AB&when=week&x=1",
    ):
        with client.get(f"/{CODE}/quarter/q4?{query}") as answer:
            tags.add(answer.headers["ETag"])
    assert len(tags) == 1


def _item(html: str, name: str) -> str:
    """The markup of a line of the list, up to its name."""
    before = html[: html.index(f">{name}</span>")]
    return before[before.rindex("<li ") :]
