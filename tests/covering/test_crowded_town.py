"""The town of squares from its files through the database to the answer, worked out by hand.

A thousand people live in every square, five hundred of them 75 or older, along the streets between
the middles of the squares. A corner square (A1, D1, A4, D4) has two arms of 250 m, a square of the
rim three, an inner one four; an arm of ten stretches houses 250, 500/3 and 125 of its five hundred.

Who is 75 or older walks 500 m in ten minutes. So a place in the middle of a square has in reach all
of its own square and, of every square beside it, the one arm that leads to it: 250 people of a
corner square, 167 of one of the rim, 125 of an inner one.

| | at | held | for whom |
|---|---|---|---|
| 茶1 | A1 | every Tuesday | だれでも |
| 茶5 | A2 | every Wednesday | 協議体まで |
| 茶6 | D2 | first Monday of a month | 支援関係者まで |
| 茶7 | B2 | every day, members only | 担当者だけ |
| 店9 | C3 | every Tuesday | だれでも |
"""

from __future__ import annotations

from typing import Any

import pytest
from coverage_questions.conftest import WalkTown

from geo.model.audience import Audience
from geo.model.coverage_answer import AreaCoverage
from geo.model.people import PeopleBand

P, C, S, K = Audience.PUBLIC, Audience.COUNCIL, Audience.PARTNERS, Audience.COORDINATOR
OLDER = PeopleBand.FROM_75
MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
TEA = "layers/tea/tea.csv"


def level_of(
    town: WalkTown, level: str, audience: Audience = P, **asked: Any
) -> dict[str, AreaCoverage]:
    answer = town.coverage(audience, level=level, **{"band": OLDER, **asked})
    return {one.area.code: one for one in answer.areas}


def covered(
    town: WalkTown, level: str, audience: Audience = P, *, limit: int = 10, **asked: Any
) -> dict[str, int | None]:
    """Areas where anybody has a place in reach."""
    found = level_of(town, level, audience, **asked)
    return {code: n for code, one in found.items() if (n := one.figure.covered[limit]) != 0}


def every(one: AreaCoverage) -> list[int | None]:
    return [day.every for day in one.weekdays]


def some(one: AreaCoverage) -> list[int | None]:
    return [day.some for day in one.weekdays]


def test_everybody_sees_two_places(crowded: WalkTown) -> None:
    """茶1: A1 500, B1 and A2 167. 店9: C3 500, B3 and C2 125, D3 and C4 167.
    q1 = 500 + 1000/3 = 833; q2 = C2 125; q3 = B3 125; q4 = 500 + 1000/3 = 833.
    s1 = B1 C1 = 167; s2 = A1 A2 B2 C2 = 500 + 167 + 125 = 792; s3 = D1 D2 = 0; s4 = B3 125;
    s5 = 833; s6 = D4 = 0."""
    cells = {"A1": 500, "B1": 167, "A2": 167, "C3": 500, "B3": 125, "C2": 125, "D3": 167, "C4": 167}
    assert covered(crowded, "cell") == cells
    assert covered(crowded, "quarter") == {"q1": 833, "q2": 125, "q3": 125, "q4": 833}
    assert covered(crowded, "strip") == {"s1": 167, "s2": 792, "s4": 125, "s5": 833}


def test_the_council_also_sees_the_hall_in_a2(crowded: WalkTown) -> None:
    """茶5: A2 whole, A1 again, the west arm of B2 (125), the south arm of A3 (167).
    q1 = A1 500 + A2 500 + B1 167 + B2 125 = 1,292; q3 = B3 125 + A3 167 = 292.
    s2 = A1 500 + A2 500 + B2 125 + C2 125 = 1,250; s4 = 292."""
    assert covered(crowded, "quarter", C) == {"q1": 1292, "q2": 125, "q3": 292, "q4": 833}
    assert covered(crowded, "strip", C) == {"s1": 167, "s2": 1250, "s4": 292, "s5": 833}


def test_partners_also_see_the_hall_in_d2(crowded: WalkTown) -> None:
    """茶6: D2 whole, the east arm of C2 (its north arm is 店9's already), D1 250, the south arm of
    D3 (its west arm is 店9's). q2 = C2 250 + D2 500 + D1 250 = 1,000; q4 = C3 500 + D3 333 +
    C4 167 = 1,000. s2 = 1,250 + 125 = 1,375; s3 = D1 250 + D2 500 = 750; s5 = 1,000."""
    assert covered(crowded, "quarter", S) == {"q1": 1292, "q2": 1000, "q3": 292, "q4": 1000}
    assert covered(crowded, "strip", S) == {
        "s1": 167,
        "s2": 1375,
        "s3": 750,
        "s4": 292,
        "s5": 1000,
    }


def test_weekdays_for_partners(crowded: WalkTown) -> None:
    """Tuesdays as everybody sees them. Wednesdays 茶5: q1 = A2 500 + A1 250 + B2 125 = 875, q3 = A3
    167. First Mondays 茶6: q2 = D2 500 + D1 250 + C2 125 = 875, q4 = D3 167; on every Monday: nobody.
    Nothing is known for Thursdays to Sundays."""
    found = level_of(crowded, "quarter", S)
    assert every(found["q1"]) == [0, 833, 875, 0, 0, 0, 0]
    assert every(found["q2"]) == [0, 125, 0, 0, 0, 0, 0]
    assert every(found["q3"]) == [0, 125, 167, 0, 0, 0, 0]
    assert every(found["q4"]) == [0, 833, 0, 0, 0, 0, 0]
    assert some(found["q2"]) == [875, 125, 0, 0, 0, 0, 0]
    assert some(found["q4"]) == [167, 833, 0, 0, 0, 0, 0]
    assert [day.seen for day in found["q2"].weekdays] == [True, True, *[False] * 5]
    assert [day.places for day in found["q1"].weekdays] == [0, 1, 1, 0, 0, 0, 0]
    assert [day.places_some for day in found["q2"].weekdays] == [1, 0, 0, 0, 0, 0, 0]


def test_a_weekday_that_is_asked_for(crowded: WalkTown) -> None:
    """Mondays: nobody, or with 一部の週 the 875 and 167 of 茶6; Wednesdays for だれでも: nobody."""
    assert covered(crowded, "quarter", S, weekday=MON) == {}
    assert covered(crowded, "quarter", S, weekday=MON, some_weeks=True) == {"q2": 875, "q4": 167}
    assert covered(crowded, "quarter", S, weekday=WED) == {"q1": 875, "q3": 167}
    assert covered(crowded, "quarter", P, weekday=WED) == {}
    assert covered(crowded, "strip", S, weekday=WED) == {"s2": 875, "s4": 167}


def test_open_days_for_partners(crowded: WalkTown) -> None:
    """Every Tuesday 茶1, every Wednesday 茶5. Both: the street from A1 to A2, 250 of A1 and 167 of A2:
    417. One: the other arm of A1 250, the two other arms of A2 333, an arm of B1 167 and of B2 125:
    875. None: the rest of 2,000: 708."""
    one = level_of(crowded, "quarter", S)["q1"]
    assert dict(one.open_days) == {0: 708, 1: 875, 2: 417, 3: 0, 4: 0, 5: 0, 6: 0, 7: 0}


@pytest.mark.parametrize(
    ("limit", "wanted"),
    [
        (5, {"q1": 500, "q4": 500}),
        (10, {"q1": 833, "q2": 125, "q3": 125, "q4": 833}),
        (15, {"q1": 1500, "q2": 500, "q3": 500, "q4": 1500}),
    ],
)
def test_five_ten_and_fifteen_minutes(
    crowded: WalkTown, limit: int, wanted: dict[str, int]
) -> None:
    """250 m: A1 and C3, no stretch beyond their borders. 750 m: of every square beside them all, and
    no stretch of the next: q1 = A1 A2 B1, q2 = C2, q3 = B3, q4 = C3 C4 D3."""
    assert covered(crowded, "quarter", limit=limit) == wanted


def test_metres(crowded: WalkTown) -> None:
    """300 m: twelve stretches of every arm: beside A1 two stretches of B1 and of A2 (100/3 each);
    beside C3 two of B3 and C2 (25 each), of D3 and C4 (100/3 each). 800 m: 300 m beyond the next
    middles, so also two stretches of each square after them, from 茶1 and from 店9: see
    test_counting: q1 and q4 = 1,500 + 100, q2 and q3 = 500 + 2 * 200/3 (of 500 a square)."""
    asked = {"limits_m": (300, 800)}
    near = covered(crowded, "quarter", limit=300, **asked)
    assert near == {"q1": 567, "q2": 25, "q3": 25, "q4": 567}
    far = covered(crowded, "quarter", limit=800, **asked)
    assert far == {"q1": 1600, "q2": 633, "q3": 633, "q4": 1600}


def test_who_is_younger_walks_as_far_as_who_was_asked_for(crowded: WalkTown) -> None:
    """One answer has one speed, that of its band: at 50 m a minute 833 of 2,000 people of 75 and
    older, 1,667 of 4,000 people, of any age and of 65 and older. Asked for 65 and older, 60 m a
    minute, 600 m: A1 1,000; of B1 and of A2 the arm that leads there and 100 m of the two others,
    10 + 4 + 4 = 18 of 30 stretches, 600 each: 2,200; half as many of 75 and older."""
    one = level_of(crowded, "quarter")["q1"]
    assert {band: one.bands[band].covered[10] for band in one.bands} == {
        PeopleBand.EVERYBODY: 1667,
        PeopleBand.FROM_65: 1667,
        PeopleBand.FROM_75: 833,
    }
    older = level_of(crowded, "quarter", band=PeopleBand.FROM_65)["q1"]
    assert older.figure.covered[10] == 2200
    assert older.bands[OLDER].covered[10] == 1100


def test_members_only_in_their_own_area_of_every_level(crowded: WalkTown) -> None:
    """Thursdays have 茶7 alone. In its square: B2 500. In its quarter: B2 500, B1 167, A2 167. In its
    strip s2 = A1 A2 B2 C2: B2 500, A2 167, C2 125. Nobody else's, though C2 and B3 are as near."""
    assert covered(crowded, "cell", K, weekday=THU) == {"B2": 500}
    assert covered(crowded, "quarter", K, weekday=THU) == {"q1": 833}
    assert covered(crowded, "strip", K, weekday=THU) == {"s2": 792}
    found = level_of(crowded, "quarter", K)
    assert (found["q1"].members_only, found["q2"].members_only) == (1, 0)
    assert covered(crowded, "quarter", S, weekday=THU) == {}


def test_a_hall_for_members_on_other_days(own_crowded: WalkTown) -> None:
    """茶5 for members only. For the council, Wednesdays: in q1 as before, 875; nobody of q3."""
    own_crowded.write(TEA, "毎週水曜 10時〜,どなたでも", "毎週水曜 10時〜,会員のみ")
    own_crowded.load()
    assert covered(own_crowded, "quarter", C, weekday=WED) == {"q1": 875}
    assert covered(own_crowded, "strip", C, weekday=WED) == {"s2": 875}
    assert covered(own_crowded, "cell", C, weekday=WED) == {"A2": 500}


def test_what_rests_is_in_nobodys_reach(own_crowded: WalkTown) -> None:
    """茶1 おやすみ中, as 茶2 in the same hall is already: what is left is 店9."""
    own_crowded.write(
        TEA, "ホームページ;冊子・印刷,,毎週火曜", "ホームページ;冊子・印刷,おやすみ中,毎週火曜"
    )
    own_crowded.load()
    assert covered(own_crowded, "quarter") == {"q2": 125, "q3": 125, "q4": 833}
    assert not level_of(own_crowded, "quarter")["q1"].weekdays[TUE].seen


def test_what_begins_again_is_in_reach_again(own_crowded: WalkTown) -> None:
    """茶2, 第2・4木, no longer rests: on Thursdays in some weeks what 茶1 has on every Tuesday."""
    own_crowded.write(TEA, "おやすみ中,第2・4木", ",第2・4木")
    own_crowded.load()
    one = level_of(own_crowded, "quarter")["q1"]
    assert every(one) == [0, 833, 0, 0, 0, 0, 0]
    assert some(one) == [0, 833, 0, 833, 0, 0, 0]
    assert covered(own_crowded, "quarter")["q1"] == 833  # and still once on any day


def test_who_is_fetched(own_crowded: WalkTown) -> None:
    """茶1 fetches people: q1 2,000 less the 833 who walk. A column of its own in the list."""
    own_crowded.write(TEA, ",備考,緯度", ",送迎,緯度")
    own_crowded.write(TEA, "朝日がさしこみます。,,,", "朝日がさしこみます。,,あり,")
    own_crowded.load()
    fetched = {c: one.by_transport for c, one in level_of(own_crowded, "quarter").items()}
    assert {code: n for code, n in fetched.items() if n} == {"q1": 1167}


def test_nobody_is_counted_twice(crowded: WalkTown) -> None:
    """8,000 people of 75 and older, 1,916.67 of them with a place in reach, whatever the level: the
    sixteen squares, the four quarters, and the five strips that are drawn (B1 C1; A1 A2 B2 C2; D1
    D2; the two northern quarters) are each the whole town. Told area by area, and rounded there:
    1,918 by squares, 1,916 by quarters, 1,917 by strips. s6 is D4 told once more."""
    sums = {"cell": 1918, "quarter": 1916, "strip": 1917}
    for level, areas in (("cell", 16), ("quarter", 4), ("strip", 6)):
        found = level_of(crowded, level)
        assert len(found) == areas
        drawn = [one for one in found.values() if one.area.drawn]
        assert sum(one.figure.people or 0 for one in drawn) == 8000
        assert sum(one.figure.covered[10] or 0 for one in drawn) == sums[level]
    assert level_of(crowded, "strip")["s6"].figure.people == 500
