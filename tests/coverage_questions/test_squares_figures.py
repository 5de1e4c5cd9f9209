"""Coverage of the town of squares, worked out by head.

Streets run through the centres of the squares: in a corner square (A1) they are 500 m long, at the
rim (B1) 750 m, inside (B2) 1,000 m. Ten people of 65 and older live along them, five of them 75 and
older. At 60 m a minute, 5, 10 and 15 minutes are 300, 600 and 900 m.

For だれでも there are two places: 茶1 in the middle of A1 and 店9 in the middle of C3, both every
Tuesday. (茶2 rests, 茶3 is known to its block and 茶4 to its area, 茶8 stands nowhere.)
"""

from __future__ import annotations

from datetime import date

import pytest
from coverage_questions.conftest import WalkTown

from geo.model.audience import Audience, Medium
from geo.model.coverage_answer import AreaCoverage, Figure
from geo.model.held_days import Period
from geo.model.people import PeopleBand

P, C, S, K = Audience.PUBLIC, Audience.COUNCIL, Audience.PARTNERS, Audience.COORDINATOR
TUESDAY, WEDNESDAY = 1, 2


def test_ten_minutes_from_two_places(squares: WalkTown) -> None:
    """南西区: all of A1 lies within 250 m of 茶1. Of B1 the west arm (250 m of street, 250-500 m
    away), and of each of its other two arms the first 100 m: 450 of 750 m, 6 of 10 people. A2 is
    B1 mirrored, B2 begins 750 m away. 10 + 6 + 6 = 22 of 40.

    北東区: all of C3 (10), D3 and C4 at the rim like B1 (6 and 6): 22 of 40. D4 begins 750 m away.

    南東区 and 北西区 each have one square beside C3 inside the town, of which the arm towards it and
    100 m of the three others are reached: 550 of 1,000 m, 5.5 people, which is not told.
    """
    told = {one.area.code: one for one in squares.coverage(level="quarter").areas}
    assert {code: one.figure.people for code, one in told.items()} == dict.fromkeys(
        ("q1", "q2", "q3", "q4"), 40
    )
    assert {code: one.figure.covered[10] for code, one in told.items()} == {
        "q1": 22,
        "q2": None,
        "q3": None,
        "q4": 22,
    }
    assert {one.figure.unknown for one in told.values()} == {0}


def test_five_and_fifteen_minutes(squares: WalkTown) -> None:
    """Five minutes, 300 m: of 北東区 all of C3 and 50 of 750 m of D3 and of C4: 11.33, told as 11.
    南西区 has as many, but it stays untold: the half people of 南東区 and 北西区 are hidden, and who knew
    the sum of the town would know that they are few.

    Fifteen minutes, 900 m: A1, B1 and A2 whole; of B2 the first 150 m of its four arms, two of them
    reached from 茶1 and two from 店9: 600 of 1,000 m. 36 of 40 people: 4 are left, so it is not told.
    """
    figure = squares.area("quarter/q4").figure
    assert figure == Figure(people=40, unknown=0, covered={5: 11, 10: 22, 15: None})
    figure = squares.area("quarter/q1").figure
    assert figure == Figure(people=40, unknown=0, covered={5: None, 10: 22, 15: None})


def test_weekdays_are_those_of_the_places(squares: WalkTown) -> None:
    one = squares.area("quarter/q1")
    assert [day.every for day in one.weekdays] == [0, 22, 0, 0, 0, 0, 0]
    assert [day.some for day in one.weekdays] == [0, 22, 0, 0, 0, 0, 0]
    assert [day.places for day in one.weekdays] == [0, 1, 0, 0, 0, 0, 0]
    assert [day.seen for day in one.weekdays] == [False, True, *[False] * 5]
    assert one.places == 1
    assert squares.area("quarter/q1", weekday=TUESDAY).figure == one.figure
    assert squares.area("quarter/q1", weekday=WEDNESDAY).figure.covered == {5: 0, 10: 0, 15: 0}


def test_an_audience_sees_its_own_places(squares: WalkTown) -> None:
    """協議体まで also know 茶5 in the middle of A2, every Wednesday: all ten people of A2.

    Of 南西区 that are, with 7 of A1 (its north arm and 100 of 250 m of the other) and 5.5 of B2, 22.5;
    of A3 in 北西区 6. The 6 may not be told, and so neither the only others.
    """
    assert squares.area("cell/A2", C, weekday=WEDNESDAY).figure.covered[10] == 10
    assert squares.area("cell/A2", P, weekday=WEDNESDAY).figure.covered[10] == 0
    quarters = squares.coverage(C, level="quarter", weekday=WEDNESDAY).areas
    assert [one.figure.covered[10] for one in quarters] == [None, 0, None, 0]
    assert [day.places for day in quarters[0].weekdays] == [0, 1, 1, 0, 0, 0, 0]


def test_members_count_in_their_own_area_only(squares: WalkTown) -> None:
    """茶7 (担当者だけ, 会員のみ, every morning) stands in the middle of B2, in s2 but not in s1.

    Thursdays are its alone. s2 is A1 A2 B2 C2: B2 whole, and of A2 the east arm (250 m of 750) and
    100 m of each of the two others: 450 of 750 m, 6; C2 inside: 5.5; A1 begins 750 m away. 21.5
    but for a hair, told as 21 of 40. s1 is B1 C1: the north arm of B1 is reached, too, but it is not for its people.
    """
    thursday = 3
    own = squares.area("strip/s2", K)
    assert own.weekdays[thursday].every == 21
    assert (own.places, own.members_only) == (3, 1)
    other = squares.area("strip/s1", K)
    assert other.weekdays[thursday].every == 0
    assert other.members_only == 0


def test_bands_and_speeds(squares: WalkTown) -> None:
    """75 and older, five a square, at 50 m a minute: ten minutes are 500 m, which is all of A1 and
    the west arm of B1 (250 of 750 m) and of A2: 5 + 1.67 + 1.67 = 8.3 people: not told.
    """
    answer = squares.coverage(level="quarter", code="q1", band=PeopleBand.FROM_75)
    assert answer.method.speed_m_per_min == 50
    (one,) = answer.areas
    assert one.figure.people == 20
    assert one.figure.covered[10] is None
    faster = squares.coverage(level="quarter", code="q1", speed_m_per_min=80, limits_min=(3, 10))
    assert faster.method.limits == (3, 10)
    assert faster.areas[0].figure.covered[3] == 10  # 240 of 250 m of the arms are 9.6 people
    assert set(one.bands) == {PeopleBand.EVERYBODY, PeopleBand.FROM_65, PeopleBand.FROM_75}


def test_metres_instead_of_minutes(squares: WalkTown) -> None:
    answer = squares.coverage(level="quarter", code="q4", limits_m=(300, 600))
    assert answer.method.in_metres
    assert answer.limit == 600
    assert dict(answer.areas[0].figure.covered) == {300: 11, 600: 22}
    assert not answer.method.uses_slope
    assert answer.method.steps_factor == 1.0


def test_what_the_answer_says_of_itself(squares: WalkTown) -> None:
    answer = squares.coverage()
    assert answer.band is PeopleBand.FROM_65
    assert answer.limit == 10
    assert [(layer.id, layer.count) for layer in answer.layers] == [("tea", 1), ("stop", 1)]
    assert answer.unplaced == 3  # 茶3, 茶4 and 茶8
    assert answer.off_streets == 0
    assert answer.cells_unknown == 0
    assert answer.period == Period.around(date(2026, 4, 10))
    assert answer.as_of == date(2026, 4, 1)
    method = answer.method
    assert method.sentence_ja == "道のりから計算した目安で、実際に通う人数ではありません。"
    assert (method.uses_slope, method.edges_without_slope) == (False, 0)  # nobody knows heights
    assert method.people_credit == "出典：テスト（CC0-1.0）"
    assert method.streets_title == "道"
    assert {one.area.level for one in answer.areas} == {"quarter", "strip", "cell"}
    assert len(answer.areas) == 4 + 6 + 16


def test_an_area_nobody_has_drawn_has_the_people_of_its_members(squares: WalkTown) -> None:
    """s6 consists of D4, which is at a corner: ten people, none within 600 m of a place."""
    one = squares.area("strip/s6")
    assert not one.area.drawn
    assert one.figure == Figure(people=10, unknown=0, covered={5: 0, 10: 0, 15: None})


def test_the_same_area_has_the_same_figures_alone(squares: WalkTown) -> None:
    every = {(one.area.level, one.area.code): one for one in squares.coverage().areas}
    for (level, code), one in every.items():
        assert squares.area(f"{level}/{code}") == one


def test_layers_are_chosen(squares: WalkTown) -> None:
    """Without the stop in C3 nothing of 北東区 is within reach."""
    one = squares.area("quarter/q4", layers=("tea",))
    assert dict(one.figure.covered) == {5: 0, 10: 0, 15: 0}
    assert not one.weekdays[TUESDAY].seen


def test_hours(squares: WalkTown) -> None:
    """茶1 is open from 10 to 11, 店9 from 11:20 to 11:40."""

    def covered(hours: tuple[int, int], weekday: int | None = TUESDAY) -> list[int | None]:
        answer = squares.coverage(level="quarter", hours=hours, weekday=weekday)
        return [one.figure.covered[10] for one in answer.areas]

    assert covered((9 * 60, 11 * 60)) == [22, 0, 0, 0]
    assert covered((11 * 60, 12 * 60)) == [0, None, None, 22]
    assert covered((10 * 60 + 59, 11 * 60 + 21), None) == [22, None, None, 22]
    assert covered((12 * 60, 13 * 60)) == [0, 0, 0, 0]


@pytest.mark.parametrize("medium", list(Medium))
def test_paper_has_its_own_consents(squares: WalkTown, medium: Medium) -> None:
    """Everything here is agreed for both, so both tell the same."""
    assert squares.area("quarter/q1", P, medium).figure.covered[10] == 22


def all_figures(area: AreaCoverage) -> list[int | None]:
    """Every figure of people an area tells."""
    figures = [area.figure, *area.bands.values()]
    told = [f.people for f in figures] + [f.unknown for f in figures]
    told += [people for f in figures for people in f.covered.values()]
    told += [people for day in area.weekdays for people in (day.every, day.some)]
    return [*told, *area.open_days.values(), area.by_transport]


@pytest.mark.parametrize("audience", list(Audience))
def test_no_figure_means_somebody(squares: WalkTown, audience: Audience) -> None:
    for one in squares.coverage(audience).areas:
        assert not [n for n in all_figures(one) if n is not None and 0 < n < 10], one.area
