"""Seats within a walk in the crowded town of squares, from its files to the answer, by hand."""

from __future__ import annotations

from typing import Any

import pytest
from coverage_questions.conftest import TODAY, WalkTown

from geo.errors import WordsError
from geo.model.audience import Audience
from geo.model.coverage_question import CoverageQuestion
from geo.model.people import PeopleBand
from geo.model.seats_answer import SeatsAnswer
from geo.questions import shared_seats

TEA = "layers/tea/tea.csv"


def seats(town: WalkTown, audience: Audience = Audience.PUBLIC, **asked: Any) -> SeatsAnswer:
    question = CoverageQuestion(**{"band": PeopleBand.FROM_75, **asked})
    with town.database.connect(audience) as conn:
        return shared_seats(conn, question, audience=audience, today=TODAY)


def test_twenty_seats_in_a1(own_crowded: WalkTown) -> None:
    """茶1 has 20 seats; 500 people of 75 and older live in every square. Within 250 m all of A1, 500,
    weight 1; within 500 m ten of thirty stretches of B1 and of A2, 333, weight 0.68; within 750 m
    the other twenty, 667, weight 0.22: 873.3 weighed people. 2.29 seats for a hundred of A1; for a
    hundred of B1 or A2 the (0.68 * 10 + 0.22 * 20) / 30 of that: 0.86. q1: 20 seats for 2,000: 1.0.
    Of 店9, the other place, nobody says how many seats it has."""
    own_crowded.write(TEA, ",備考,緯度", ",定員,緯度")
    own_crowded.write(TEA, "朝日がさしこみます。,,,", "朝日がさしこみます。,,20,")
    # The column 備考 becomes 定員: its words go.
    own_crowded.write(TEA, "だれにも言わない", "")
    own_crowded.write(TEA, "番地は出さない約束", "")
    own_crowded.load()
    cells = seats(own_crowded, level="cell")
    assert {code: n for (_, code), n in cells.seats_per_100.items() if n} == {
        "A1": 2.3,
        "B1": 0.9,
        "A2": 0.9,
    }
    assert (cells.places, cells.uncounted) == (1, 1)
    quarters = seats(own_crowded, level="quarter")
    assert list(quarters.seats_per_100.values()) == [1.0, 0.0, 0.0, 0.0]
    assert quarters.coverage.method.limits == (5, 10, 15)
    alone = seats(own_crowded, level="quarter", code="q1", weekday=1)
    assert alone.seats_per_100 == {("quarter", "q1"): 1.0}
    assert seats(own_crowded, level="quarter", weekday=2).places == 0


def test_where_nobody_says_how_many_seats(crowded: WalkTown) -> None:
    answer = seats(crowded, level="quarter")
    assert set(answer.seats_per_100.values()) == {0.0}
    assert (answer.places, answer.uncounted) == (0, 2)


def test_two_zones_have_no_weights(crowded: WalkTown) -> None:
    with pytest.raises(WordsError, match="2 limits instead of 3"):
        seats(crowded, limits_min=(5, 10))


def test_of_a_few_people_nothing_is_told(own_crowded: WalkTown) -> None:
    """Five people of 75 and older in the square A1, twenty in its quarter."""
    own_crowded.folder.joinpath("boundaries/people.geojson").write_text(
        own_crowded.folder.joinpath("boundaries/people.geojson")
        .read_text("utf-8")
        .replace('"75歳以上": 500', '"75歳以上": 5'),
        "utf-8",
    )
    own_crowded.load()
    assert set(seats(own_crowded, level="cell").seats_per_100.values()) == {None}
    assert set(seats(own_crowded, level="quarter").seats_per_100.values()) == {0.0}
