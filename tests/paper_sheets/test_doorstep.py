"""What can be walked to from a doorstep, worked out by head on the town of squares.

Streets lead through the middles of the squares, 500 m from each other; 60 m a minute, so 300, 600
and 900 m. For だれでも there are 茶1 in the middle of A1 and 店9 in the middle of C3, both on
Tuesdays; 協議体まで also know 茶5 in the middle of A2.
"""

from __future__ import annotations

import math

import pytest
from paper_sheets.conftest import DoorTown

from geo.errors import AudienceError, WordsError
from geo.model.audience import Audience, Medium
from geo.model.doorstep_answer import Measure, NearPlace
from geo.questions import WalkingShelf
from geo.questions.doorstep import doorstep

A1 = (138.502773091, 36.002253277)
B1 = (138.508320500, 36.002253000)
A2 = (138.502773249, 36.006759893)
B2 = (138.508319747, 36.006759637)
C3 = (138.513867033, 36.011265737)
NOWHERE = (138.60, 36.10)


def test_along_the_streets(with_streets: DoorTown) -> None:
    """From B1 it is 500 m to 茶1, nine minutes; to 店9 1,500 m."""
    answer = with_streets.ask(B1)
    assert answer.measure is Measure.STREETS
    assert (answer.speed_m_per_min, answer.limits_min) == (60, (5, 10, 15))
    assert answer.near == (NearPlace(1, 10, 9, 500, is_straight=False),)
    (entry,) = answer.shown.entries
    assert (entry.mark, entry.name, entry.flag) == ("茶1", "あさひ会", 0)
    assert answer.shown.flags[0].numbers == (1,)
    assert [layer.id for layer in answer.shown.layers] == ["tea"]
    assert answer.shown.days is not None
    facet = answer.shown.days.of(1)
    assert facet is not None
    assert facet.every == (1,)


def test_the_way_counts_and_not_the_bird(with_streets: DoorTown) -> None:
    """From B2 茶1 and 店9 are 707 m away as the crow flies, and 1,000 m on foot."""
    assert with_streets.ask(B2).near == ()


def test_at_the_door_it_is_a_minute(with_streets: DoorTown) -> None:
    (near,) = with_streets.ask(A1).near
    assert (near.number, near.limit_min, near.minutes) == (1, 5, 1)


def test_what_rests_or_has_no_place_is_not_told_and_counted(with_streets: DoorTown) -> None:
    """茶2 rests. 茶3 is known to its block, 茶4 to its area, 茶8 stands nowhere."""
    answer = with_streets.ask(A1)
    assert {place.number for place in answer.near} == {1}
    assert answer.unplaced == 3


def test_an_audience_sees_its_own(with_streets: DoorTown) -> None:
    public, council = (with_streets.ask(A2, who) for who in (Audience.PUBLIC, Audience.COUNCIL))
    assert [place.number for place in public.near] == [1]
    assert [place.number for place in council.near] == [5, 1]


def test_one_shelf_serves_many_doors(with_streets: DoorTown) -> None:
    shelf = WalkingShelf()
    for at in (A1, B1, A2, B2, C3, NOWHERE):
        for who in (Audience.PUBLIC, Audience.COUNCIL):
            assert with_streets.ask(at, who, shelf) == with_streets.ask(at, who)


def test_without_streets_it_is_straight_and_said(without_streets: DoorTown) -> None:
    answer = without_streets.ask(B2)
    assert answer.measure is Measure.NO_STREETS
    assert answer.near == (
        NearPlace(1, 15, 12, 710, is_straight=True),
        NearPlace(9, 15, 12, 710, is_straight=True),
    )


def test_far_from_every_street_it_is_straight(with_streets: DoorTown) -> None:
    answer = with_streets.ask(NOWHERE)
    assert answer.measure is Measure.FAR_FROM_STREETS
    assert answer.near == ()


@pytest.mark.parametrize("at", [(math.nan, 36.0), (138.5, math.inf), (999.0, 36.0), (138.5, 90.0)])
def test_no_place_on_earth_is_said_without_naming_it(
    with_streets: DoorTown, at: tuple[float, float]
) -> None:
    with pytest.raises(WordsError) as refused:
        with_streets.ask(at)
    assert str(refused.value) == "no place on earth"
    assert refused.value.message_ja == "その場所は、地図の上にありません。"


def test_the_door_is_that_of_the_audience(with_streets: DoorTown) -> None:
    with (
        with_streets.database.connect(Audience.COUNCIL, Medium.PRINT) as conn,
        pytest.raises(AudienceError),
    ):
        doorstep(conn, *A1, audience=Audience.PUBLIC, today=with_streets.ask(A1).shown.today)
