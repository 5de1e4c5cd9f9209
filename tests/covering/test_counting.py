"""The numbers of a level, worked out by hand on the town of squares.

A street of 500 m is twenty stretches of 25 m, whose middles are 12.5, 37.5 … 487.5 m along it; half
of them lie in each square. A1 has two arms (20 stretches), B1 three (30), B2 four (40); ten people,
five of them 75 or older, live in every square, so a stretch of A1 houses 10/20, of B1 10/30, of B2
10/40 people. In ten minutes everybody walks 800 m, who is 65 or older 600 m, 75 or older 500 m.
"""

from __future__ import annotations

import numpy as np
import pytest
from shapely import Point
from towns.square_streets import SQUARES, all_squares
from towns.square_walks import Place, counted, town_counts

ASAHI = Place(250, 250, every=(1,))  # 茶1 in A1, every Tuesday
CORNER = Place(1250, 1250, every=(1,))  # 店9 in C3, every Tuesday
ALL, OLD, OLDER, OLDEST = range(4)


def by_square(values: np.ndarray) -> dict[str, float]:
    return {name: float(v) for name, v in zip(SQUARES, values, strict=True) if v > 1e-9}


def test_nobody_has_a_place_in_reach_where_there_is_none() -> None:
    found = counted([])
    assert found.people[:, ALL] == pytest.approx([40] * 4)
    assert found.unknown == pytest.approx(0)
    assert found.covered == pytest.approx(0)
    assert found.open_days[:, OLDER] == pytest.approx(np.array([[20] + [0] * 7] * 4))
    assert not found.seen.any()


def test_ten_minutes_at_75_from_one_hall() -> None:
    """From A1 500 m eastwards and northwards, the far ends exactly at the limit: all of A1 (5), ten
    of the thirty stretches of B1 and of A2 (5 / 3 each)."""
    cells = counted([ASAHI], "cell")
    assert by_square(cells.covered[:, OLDER, 1]) == pytest.approx(
        {"A1": 5, "B1": 5 / 3, "A2": 5 / 3}
    )
    quarters = counted([ASAHI])
    assert quarters.covered[:, OLDER, 1] == pytest.approx([25 / 3, 0, 0, 0])


def test_five_and_fifteen_minutes_at_75() -> None:
    """250 m: ten stretches of either arm, the whole of A1: 5. 750 m: 250 m beyond the middles of B1
    and A2, so all of B1 and A2; not a stretch of B2, C1 or A3, whose first middle is 262.5 m on."""
    found = counted([ASAHI], "cell")
    assert by_square(found.covered[:, OLDER, 0]) == pytest.approx({"A1": 5})
    assert by_square(found.covered[:, OLDER, 2]) == pytest.approx({"A1": 5, "B1": 5, "A2": 5})


def test_everybody_walks_farther() -> None:
    """800 m, both places. From A1: A1, and 300 m beyond the middles of B1 and A2: all of these, two
    stretches of C1, A3 and twice of B2. From C3: C3, and 300 m beyond the middles of B3, D3, C2 and
    C4: all of these; two stretches of A3, B4 (twice), B2 (twice), C1, D2 (twice), D4 (twice).
    B2: 8 of 40 = 2; C1, A3, B4, D2: 4 of 30 = 4/3; D4: 4 of 20 = 2. Nobody of D1 and A4.
    q1 = 30 + 2, q2 = 10 + 8/3, q3 = 10 + 8/3, q4 = 30 + 2."""
    cells = counted([ASAHI, CORNER], "cell")
    whole = dict.fromkeys(["A1", "B1", "A2", "C2", "B3", "C3", "D3", "C4"], 10.0)
    part = dict.fromkeys(["C1", "A3", "B4", "D2"], 4 / 3)
    assert by_square(cells.covered[:, ALL, 1]) == pytest.approx(whole | part | {"B2": 2, "D4": 2})
    quarters = counted([ASAHI, CORNER])
    assert quarters.covered[:, ALL, 1] == pytest.approx([32, 38 / 3, 38 / 3, 32])


def test_strips_straddle_quarters_and_count_their_own() -> None:
    """75+, 500 m, both places. A1 5, B1 and A2 5/3; C3 5, B3 and C2 10 of 40 = 5/4, D3 and C4 5/3.
    s1 = B1 C1: 5/3. s2 = A1 A2 B2 C2: 5 + 5/3 + 5/4. s3 = D1 D2: 0. s4 = A3 B3 A4 B4: 5/4.
    s5 = C3 D3 C4 D4: 5 + 10/3. s6, not drawn, is D4, which also lies in s5: 0 of 5."""
    found = counted([ASAHI, CORNER], "strip")
    assert found.people[:, OLDER] == pytest.approx([10, 20, 10, 20, 20, 5])
    assert found.covered[:, OLDER, 1] == pytest.approx([5 / 3, 95 / 12, 0, 5 / 4, 25 / 3, 0])
    assert found.covered[5, ALL, 1] == pytest.approx(2)  # 4 of the 20 stretches of D4
    assert found.covered[4, ALL, 1] == pytest.approx(32)  # and once more among the 32 of s5


def test_weekdays_every_week_and_some_weeks() -> None:
    """茶1 every Tuesday in A1, 茶6 on first Mondays in D2 (1750, 750): arms to C2, D1 and D3, 500 m:
    all of D2 (5), 10 of 40 of C2 (5/4), 10 of 20 of D1 (5/2), 10 of 30 of D3 (5/3)."""
    hato = Place(1750, 750, some=(0,))
    found = counted([ASAHI, hato])
    assert found.every[0, OLDER] == pytest.approx([0, 25 / 3, 0, 0, 0, 0, 0])
    assert found.some[0, OLDER] == pytest.approx([0, 25 / 3, 0, 0, 0, 0, 0])
    assert found.every[1, OLDER] == pytest.approx(0)
    assert found.some[1, OLDER] == pytest.approx([5 + 5 / 4 + 5 / 2, 0, 0, 0, 0, 0, 0])
    assert found.some[3, OLDER, 0] == pytest.approx(5 / 3)
    assert found.seen[:, OLDER, :2].tolist() == [
        [False, True],
        [True, False],
        [False] * 2,
        [True, False],
    ]
    # As asked: any day counts both, Monday nothing, Monday in some weeks the second only.
    assert found.covered[1, OLDER, 1] == pytest.approx(8.75)
    assert counted([ASAHI, hato], weekday=0).covered[:, OLDER, 1] == pytest.approx(0)
    some = counted([ASAHI, hato], weekday=0, some_weeks=True)
    assert some.covered[:, OLDER, 1] == pytest.approx([0, 8.75, 0, 5 / 3])


def test_open_days() -> None:
    """A1 on Tuesday, and a place in B1 (750, 250) on Tuesday and Friday. 75+, 500 m: B1 reaches all
    of A1's eastern arm, B1 itself, C1's western arm and B2's southern arm. Along A1's eastern street
    two days (10 stretches of A1, 10 of B1); along A1's northern street one day (10 of A1, 10 of A2).
    B1's other twenty, B2's ten and C1's ten: two days, too, for the place itself is open on two.
    q1: two days = 10/20·5 + 5 + 10/40·5 = 8.75; one day = 2.5 + 5/3; none = the rest of 20."""
    found = counted([ASAHI, Place(750, 250, every=(1, 4))])
    one = 2.5 + 5 / 3
    assert found.open_days[0, OLDER] == pytest.approx([20 - one - 8.75, one, 8.75, 0, 0, 0, 0, 0])
    assert found.open_days[1, OLDER, 2] == pytest.approx(5 / 3)
    assert found.every[0, OLDER] == pytest.approx([0, one + 8.75, 0, 0, 8.75, 0, 0])


def test_members_only_count_for_their_own_area() -> None:
    """茶7 in B2 (750, 750), for members: everybody within 500 m is all of B2, and ten stretches of
    B1, A2 (30 each), B3 and C2 (40 each). In its square: B2's own 5. In its quarter: 5 + 2 · 5/3; the
    people of C2 and B3 live in other quarters. In its strip s2 = A1 A2 B2 C2: 5 + 5/3 + 5/4."""
    members = [Place(750, 750, every=(0, 1, 2, 3, 4, 5, 6), members_only=True)]
    assert by_square(counted(members, "cell").covered[:, OLDER, 1]) == pytest.approx({"B2": 5})
    quarters = counted(members)
    assert quarters.covered[:, OLDER, 1] == pytest.approx([25 / 3, 0, 0, 0])
    assert quarters.open_days[0, OLDER, 7] == pytest.approx(25 / 3)
    strips = counted(members, "strip")
    assert strips.covered[:, OLDER, 1] == pytest.approx([0, 95 / 12, 0, 0, 0, 0])
    everybody = counted([Place(750, 750)], "cell")
    assert by_square(everybody.covered[:, OLDER, 1]) == pytest.approx(
        {"B2": 5, "B1": 5 / 3, "A2": 5 / 3, "B3": 5 / 4, "C2": 5 / 4}
    )


def test_members_of_an_area_nobody_has_drawn() -> None:
    """A place for members in D4 (1750, 1750) lies in s6, which consists of D4, and in s5, which holds
    D4: 5 for s6; for s5 also ten of the thirty stretches of C4 and of D3."""
    found = counted([Place(1750, 1750, members_only=True)], "strip")
    assert found.covered[:, OLDER, 1] == pytest.approx([0, 0, 0, 0, 5 + 10 / 3, 5])


def test_who_is_fetched_is_a_class_of_its_own() -> None:
    """茶1 fetches people. q1: 20 people 75+, 25/3 walk, the rest could be fetched; no other quarter
    has such a place. On Friday it is not held, so nobody is."""
    fetching = [Place(250, 250, every=(1,), transport=True), CORNER]
    found = counted(fetching)
    assert found.by_transport[:, OLDER] == pytest.approx([20 - 25 / 3, 0, 0, 0])
    assert counted(fetching, weekday=4).by_transport == pytest.approx(0)
    assert counted(fetching, weekday=1).by_transport[:, OLDER] == pytest.approx([35 / 3, 0, 0, 0])


def test_away_from_the_street_both_ways() -> None:
    """A hall 100 m south of the middle of A1: 500 m are 100 m to the street and 400 m along each
    arm: 16 of the 20 stretches of either, ten of them in A1."""
    found = counted([Place(250, 150)], "cell")
    assert by_square(found.covered[:, OLDER, 1]) == pytest.approx(
        {"A1": 5, "B1": 6 * 5 / 30, "A2": 6 * 5 / 30}
    )


def test_in_the_middle_of_a_street() -> None:
    """On the border of A1 and B1 (500, 250), 250 m: the whole street between them and no more: half
    of A1, a third of B1. The same-edge case: no junction is passed."""
    limits = np.full((4, 1), 2500)
    found = counted([Place(500, 250)], "cell", limits_dm=limits, sentence=0)
    assert by_square(found.covered[:, OLDER, 0]) == pytest.approx({"A1": 2.5, "B1": 5 / 3})
    nearer = counted([Place(500, 250)], "cell", limits_dm=limits - 126, sentence=0)
    assert by_square(nearer.covered[:, OLDER, 0]) == pytest.approx({"A1": 2.25, "B1": 1.5})


def test_farther_than_300_m_from_every_street_is_in_nobodys_reach() -> None:
    found = counted([Place(250, -60)])
    assert found.covered == pytest.approx(0)


def test_who_lives_far_from_every_street_is_unknown() -> None:
    """Twenty people at (10, 10), the corner of A1, 339 m from its middle, where the streets begin:
    nobody knows how far they walk. q1 has 60, of 20 of whom that is unknown; of the 40 others 32 -
    see above - have a place in reach on Tuesday, 8 on no day."""
    cells = [*all_squares(), Point(10, 10)]
    counts = np.vstack([town_counts(), [20.0, 20.0, 20.0, np.nan]])
    found = counted([ASAHI, CORNER], counts=counts, cells=cells)
    assert found.people[:, ALL] == pytest.approx([60, 40, 40, 40])
    assert found.unknown[:, ALL] == pytest.approx([20, 0, 0, 0])
    assert found.sets[0, ALL, 0] == pytest.approx(40)
    assert found.covered[0, ALL, 1] == pytest.approx(32)
    assert found.open_days[0, ALL] == pytest.approx([8, 32, 0, 0, 0, 0, 0, 0])


def test_what_a_cell_does_not_tell_is_left_out_and_said() -> None:
    """A1 does not tell its 75+: 15 of q1 are known, of whom B1 and A2 have 10/3 in reach."""
    counts = town_counts()
    counts[0, OLDER] = np.nan
    found = counted([ASAHI], counts=counts)
    assert found.people[0, OLDER] == pytest.approx(15)
    assert found.covered[0, OLDER, 1] == pytest.approx(10 / 3)
    assert found.cells_unknown[:, OLDER].tolist() == [1, 0, 0, 0]
    assert found.cells_unknown[:, OLDEST].tolist() == [4, 4, 4, 4]
    assert found.tells.tolist() == [[True, True, True, False]] * 4


def test_sets_know_which_holds_which() -> None:
    """茶1 on Tuesday and a place in D4 on Wednesday: in q1 nobody is in Wednesday's set, which so
    lies in Tuesday's; Tuesday's does not lie in it. Five minutes lie in ten, ten in fifteen."""
    found = counted([ASAHI, Place(1750, 1750, every=(2,))])
    every = 1 + found.limits
    holds = found.holds[0, OLDER]
    assert holds[every + 2, every + 1]
    assert not holds[every + 1, every + 2]
    assert holds[1, 2]
    assert holds[2, 3]
    assert not holds[3, 2]
    assert holds[2, every + 1]  # ten minutes on any day is Tuesday, here
    assert found.holds[:, :, range(2, 19), 0].all()  # all of them are people who are known


def test_empty_streets_hold_nobody_apart() -> None:
    """A place in B1 on Friday and Tuesday, 茶1 on Tuesday: Friday lies in Tuesday. Nobody lives in
    A1 and A2, so Tuesday lies in Friday, too: both reach the same people."""
    counts = town_counts()
    places = [ASAHI, Place(750, 250, every=(1, 4))]
    friday, tuesday = 1 + 3 + 4, 1 + 3 + 1
    found = counted(places, counts=counts)
    assert found.holds[0, OLDER, friday, tuesday]
    assert not found.holds[0, OLDER, tuesday, friday]
    counts[[SQUARES.index("A1"), SQUARES.index("A2")]] = 0
    found = counted(places, counts=counts)
    assert found.holds[0, OLDER, tuesday, friday]
