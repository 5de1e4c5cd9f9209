"""The sheet of the real app over a real database: by audience, and only what may stand on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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

CODE = "99742"
Ask = Callable[..., FlaskClient]


@pytest.fixture(scope="module")
def ask(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ask]:
    """``ask(audience)``: the town of squares on Friday, 1 May 2026; うめ会 agreed to the web only."""
    town = copy_of_squares(tmp_path_factory.mktemp("week") / "town", CODE)
    tea = town / "layers/tea/tea.csv"
    rows = tea.read_text("utf-8").splitlines(keepends=True)
    both, web = "ホームページ;冊子・印刷", "ホームページ"
    rows = [row.replace(both, web) if row.startswith("T3,") else row for row in rows]
    tea.write_text("".join(rows), "utf-8")
    settings = make_settings(town)
    load_town(settings)
    database = TownDatabase(settings, CODE)
    with database.owner() as conn:
        conn.execute(text("UPDATE town.clock SET today = DATE '2026-05-01'"))
    database.dispose()
    with opened_apps() as open_app:
        yield partial(open_app, settings)


def page(client: FlaskClient, area: str, query: str = "") -> str:
    with client.get(f"/{CODE}/quarter/{area}?{query}") as answer:
        assert answer.status_code == 200
        return answer.get_data(as_text=True)


def names(html: str) -> list[str]:
    return re.findall(r'class="slot-name">(.+?)</span>', html)


def test_each_audience_has_its_own_sheet(ask: Ask) -> None:
    """あさひ会 on Tuesday, つる会 (council) on Wednesday, ないしょ会 every day; ゆうひ会 rests."""
    seen = {audience: names(page(ask(audience), "q1", "mode=week")) for audience in Audience}
    assert seen[Audience.PUBLIC] == ["あさひ会", "ゆうひ会"]
    assert seen[Audience.COUNCIL] == ["あさひ会", "つる会", "ゆうひ会"]
    assert seen[Audience.PARTNERS] == seen[Audience.COUNCIL]
    assert sorted(set(seen[Audience.COORDINATOR])) == [
        "あさひ会",
        "つる会",
        "ないしょ会",
        "ゆうひ会",
    ]
    assert 'class="internal"' in page(ask(Audience.COUNCIL), "q1", "mode=week")
    assert 'class="internal"' not in page(ask(), "q1", "mode=week")


def test_nothing_hidden_is_in_the_sheet_of_everybody(ask: Ask) -> None:
    client = ask()
    for area in ("q1", "q2", "q3", "q4"):
        for week in ("", "&week=next", "&week=2026-06-01", "&as=coordinator"):
            html = page(client, area, f"mode=week{week}")
            for hidden in ("つる会", "はと会", "ないしょ会", "花岡さん宅", "番地は出さない約束"):
                assert hidden not in html, (area, week)


def test_what_agreed_to_the_web_only_is_on_the_map_and_not_on_the_sheet(ask: Ask) -> None:
    """うめ会 (毎月1日) is held on this very day."""
    client = ask()
    assert "うめ会" in page(client, "q2")
    html = page(client, "q2", "mode=week")
    assert "うめ会" not in html
    assert "紙にのせる同意をいただいていないもの（1件）は、ここには出ません。" in html


def test_the_area_page_leads_to_the_sheet_and_back(ask: Ask) -> None:
    client = ask()
    here = f"/{CODE}/quarter/q1"
    assert f'href="{here}?mode=week"' in page(client, "q1")
    large = f'href="{here}?lang=en&amp;large=1&amp;mode=week"'
    assert large in page(client, "q1", "lang=en&large=1&weekday=火")
    assert f'href="{here}"' in page(client, "q1", "mode=week")


def test_a_week_has_one_tag_whatever_day_names_it(ask: Ask) -> None:
    client = ask()
    tags = set()
    for query in ("mode=week&week=2026-05-04", "week=2026-05-10&mode=week&x=1"):
        with client.get(f"/{CODE}/quarter/q1?{query}") as answer:
            tags.add(answer.headers["ETag"])
    with client.get(f"/{CODE}/quarter/q1?mode=week") as answer:
        assert answer.headers["ETag"] not in tags
    assert len(tags) == 1
