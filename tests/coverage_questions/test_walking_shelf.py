"""What a process keeps between two questions: read once, and read anew when something has changed."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from coverage_questions.conftest import TODAY, OpenSquares, WalkTown
from sqlalchemy import event, text

from geo.model.audience import Audience
from geo.model.coverage_question import CoverageQuestion
from geo.questions import WalkingShelf, coverage

P, K = Audience.PUBLIC, Audience.COORDINATOR


def statements(
    town: WalkTown, shelf: WalkingShelf, audience: Audience = P, today: date = TODAY
) -> list[str]:
    """Which tables a question reads."""
    asked: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        asked.append(statement)

    with town.database.connect(audience) as conn:
        event.listen(conn, "before_cursor_execute", note)
        coverage(conn, CoverageQuestion(), audience=audience, today=today, shelf=shelf)
        event.remove(conn, "before_cursor_execute", note)
    return asked


def reads(asked: list[str], view: str) -> bool:
    """Whether one of the statements names a view."""
    return any(f"FROM {view}" in one for one in asked)


@pytest.fixture(scope="module")
def town(open_squares: OpenSquares) -> Iterator[WalkTown]:
    opened = open_squares("99897")
    yield opened
    opened.database.dispose()


def test_the_second_question_reads_the_town_alone(town: WalkTown) -> None:
    shelf = WalkingShelf()
    first, second = statements(town, shelf), statements(town, shelf)
    for view in ("street_edge", "people_cell", "area", "treasure", "layer"):
        assert reads(first, view), view
    assert len(second) == 2
    assert all("FROM town" in one for one in second)


def test_the_ground_is_one_and_the_places_are_each_audiences_own(town: WalkTown) -> None:
    shelf = WalkingShelf()
    statements(town, shelf)
    asked = statements(town, shelf, K)
    assert reads(asked, "treasure")
    assert not reads(asked, "street_edge")
    assert not reads(asked, "people_cell")
    with town.database.connect(P) as conn:
        told = coverage(conn, CoverageQuestion(), audience=P, today=TODAY, shelf=shelf)
    assert told == town.coverage()


def test_another_day_is_another_book_of_days(town: WalkTown) -> None:
    shelf = WalkingShelf()
    statements(town, shelf)
    asked = statements(town, shelf, today=TODAY + timedelta(days=1))
    assert reads(asked, "treasure")
    assert not reads(asked, "street_edge")
    with town.database.owner() as conn:  # the views' own day: consents begin and end with it
        conn.execute(text("UPDATE town.clock SET today = today + 1"))
    assert reads(statements(town, shelf, today=TODAY + timedelta(days=1)), "treasure")
    with town.database.owner() as conn:
        conn.execute(text("UPDATE town.clock SET today = today - 1"))


def test_what_a_load_changes_is_read_anew(town: WalkTown) -> None:
    shelf = WalkingShelf()
    tea = "layers/tea/tea.csv"
    assert town.area("quarter/q1", shelf=shelf).weekdays[1].every == 22
    town.write(tea, "毎週火曜 10:00〜11:00", "毎週日曜 10:00〜11:00")
    town.load()
    assert town.area("quarter/q1", shelf=shelf).weekdays[1].every == 0
    assert town.area("quarter/q1", shelf=shelf).weekdays[6].every == 22
    assert not reads(statements(town, shelf), "street_edge")  # the streets are as they were

    people = "boundaries/people.geojson"
    town.write(people, '"65歳以上": 10', '"65歳以上": 9')
    town.write("boundaries/people.toml", "as_of = 2026-04-01", "as_of = 2026-04-02")
    town.load()
    assert town.area("quarter/q1", shelf=shelf).figure.people == 36
    town.write(people, '"65歳以上": 9', '"65歳以上": 10')
    town.write("boundaries/people.toml", "as_of = 2026-04-02", "as_of = 2026-04-03")
    town.write(
        "boundaries/municipality.toml", 'code = "99897"', 'code = "99897"\nattach_limit_m = 1'
    )
    town.load()
    told = town.area("cell/A1", shelf=shelf)
    assert told.figure.people == 10
    assert town.coverage(shelf=shelf).method.attach_limit_m == 1
    assert town.area("cell/A1", shelf=shelf) == town.area("cell/A1")


def test_a_longer_walk_after_a_short_one_and_the_other_way_round(town: WalkTown) -> None:
    shelf = WalkingShelf()
    short = {"level": "quarter", "limits_min": (3, 5)}
    long = {"level": "quarter", "limits_min": (5, 15, 25)}
    alone = [town.coverage(**words) for words in (short, long, short)]
    assert [town.coverage(shelf=shelf, **words) for words in (short, long, short)] == alone
    bands = [town.coverage(shelf=shelf, **short, slope=slope) for slope in (True, False)]
    assert bands[0].areas == bands[1].areas  # nobody knows heights here


def test_several_threads_may_ask(town: WalkTown) -> None:
    shelf = WalkingShelf()
    asked = [(audience, day) for audience in Audience for day in (None, 1, 2, 3)]

    def ask(one: tuple[Audience, int | None]) -> Any:
        return town.coverage(one[0], shelf=shelf, weekday=one[1])

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(ask, asked))
    assert together == [town.coverage(audience, weekday=day) for audience, day in asked]
