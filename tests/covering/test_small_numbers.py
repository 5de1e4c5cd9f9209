"""The law of small numbers, and that it hides no more than it has to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from towns.square_walks import Place, counted, lying_of, town_counts, town_homes

from geo.coverage.counting import Counted
from geo.coverage.lying import nested_in
from geo.coverage.small_numbers import (
    HIDDEN,
    Published,
    publish,
    publish_people,
    told,
    whole_people,
)

ASAHI = Place(250, 250, every=(1,))
CORNER = Place(1250, 1250, every=(1,))
ALL, OLD, OLDER, OLDEST = range(4)


def is_small(figure: int) -> bool:
    return 1 <= figure <= 9


def made(
    sets: list[list[float]], *, people: list[float], unknown: list[float] | None = None
) -> Counted:
    """A level with one band, one limit, and nothing on any weekday; ``sets``: known, covered."""
    areas = len(people)
    whole = np.zeros((areas, 1, 17))
    whole[:, 0, :2] = sets
    days = np.zeros((areas, 1, 8))
    days[:, 0, 0] = whole[:, 0, 0]
    return Counted(
        tells=np.ones((areas, 1), dtype=bool),
        cells_unknown=np.zeros((areas, 1), dtype=np.int64),
        people=np.array(people)[:, None],
        unknown=np.array(unknown or [0.0] * areas)[:, None],
        sets=whole,
        holds=np.ones((areas, 1, 17, 17), dtype=bool),
        open_days=days,
        by_transport=np.zeros((areas, 1)),
        seen=np.zeros((areas, 1, 7), dtype=bool),
        sentence=0,
    )


@pytest.mark.parametrize(
    ("covered", "shown"),
    [(0, 0), (0.4, 0), (0.5, None), (1, None), (9.4, None), (9.5, 10), (90, 90), (90.6, None),
     (99, None), (99.6, 100), (100, 100)],
)  # fmt: skip
def test_one_to_nine_and_all_but_one_to_nine(covered: float, shown: int | None) -> None:
    found = publish(made([[100, covered]], people=[100]))
    assert told(found.people[0, 0]) == 100
    assert told(found.covered[0, 0, 0]) == shown


def test_people_of_whom_nothing_is_known_count_against_what_is() -> None:
    """120 people, of 20 of whom nobody knows: 95 of 100 leave 5. Of 105 with 5 unknown neither the
    5 is shown nor what would give it away: 105 - 100."""
    first = publish(made([[100, 95]], people=[120], unknown=[20]))
    assert (first.people[0, 0], first.unknown[0, 0], first.covered[0, 0, 0]) == (120, 20, HIDDEN)
    second = publish(made([[100, 100]], people=[105], unknown=[5]))
    assert (second.people[0, 0], second.unknown[0, 0], second.covered[0, 0, 0]) == (105, -1, -1)


def test_all_but_a_few_unknown_is_not_said() -> None:
    """105 people, nobody knows of 100: not shown, for it leaves 5. Of 200 it leaves 100."""
    assert publish(made([[5, 0]], people=[105], unknown=[100])).unknown[0, 0] == HIDDEN
    assert publish(made([[100, 0]], people=[200], unknown=[100])).unknown[0, 0] == 100


def test_a_sum_does_not_give_an_area_away() -> None:
    """Three areas have 4, 30 and 60 people covered; the town's 94 may be known from elsewhere: the 30
    gives way with the 4. With two of 4 and 5, together 9, the 30 gives way as well."""
    found = publish(made([[100, 4], [100, 30], [100, 60]], people=[100] * 3))
    assert found.covered[:, 0, 0].tolist() == [HIDDEN, HIDDEN, 60]
    found = publish(made([[100, 4], [100, 5], [100, 30], [100, 60]], people=[100] * 4))
    assert found.covered[:, 0, 0].tolist() == [HIDDEN, HIDDEN, HIDDEN, 60]
    found = publish(made([[100, 4], [100, 7], [100, 30]], people=[100] * 3))
    assert found.covered[:, 0, 0].tolist() == [HIDDEN, HIDDEN, 30]


def test_an_area_where_nobody_is_in_reach_cannot_give_way() -> None:
    """Nobody hides behind nobody: of 4, 0, 30 and 60 the 30 gives way, and the 0 is told."""
    found = publish(made([[100, 4], [100, 0], [100, 30], [100, 60]], people=[100] * 4))
    assert found.covered[:, 0, 0].tolist() == [HIDDEN, 0, HIDDEN, 60]


def test_nor_does_a_sum_of_those_left_out() -> None:
    """96 of 100 and all of 40: to hide the 40 as well leaves 4 + 0 out, so the 70, too: 4 + 30."""
    found = publish(made([[100, 96], [40, 40], [100, 70]], people=[100, 40, 100]))
    assert found.covered[:, 0, 0].tolist() == [HIDDEN, HIDDEN, HIDDEN]


def test_nor_does_the_sum_of_another_level() -> None:
    """Two districts of two blocks each: 4 and 50, 60 and 7 covered. Each district's sum is shown at
    its own level, so within each the other block gives way; of the level alone 4 and 7 are enough."""
    level = made([[100, 4], [100, 50], [100, 60], [100, 7]], people=[100] * 4)
    assert publish(level).covered[:, 0, 0].tolist() == [HIDDEN, 50, 60, HIDDEN]
    district = np.array([0, 0, 1, 1], dtype=np.int32)
    assert publish(level, [district]).covered[:, 0, 0].tolist() == [HIDDEN] * 4
    torn = np.array([0, 0, -1, -1], dtype=np.int32)
    assert publish(level, [torn]).covered[:, 0, 0].tolist() == [HIDDEN, HIDDEN, 60, HIDDEN]


def test_people_alone() -> None:
    """5 people do not stand beside the town's sum; what nobody can say hides nobody."""
    people = np.array([[5.0], [40.0], [70.0], [np.nan]])
    assert publish_people(people)[:, 0].tolist() == [HIDDEN, HIDDEN, 70, HIDDEN]
    apart = [np.array([-1, 0, 0, -1], dtype=np.int32)]
    assert publish_people(people, apart)[:, 0].tolist() == [HIDDEN] * 4


def test_where_everything_is_large_nothing_is_hidden() -> None:
    """The town with 1,000 people a square: every figure of every quarter is shown, as rounded."""
    level = counted([ASAHI, CORNER], counts=town_counts() * 100)
    found = publish(level)
    assert found.people[:, OLDER].tolist() == [2000] * 4
    assert found.covered[0, OLDER].tolist() == [500, 833, 1500]
    assert found.every[0, OLDER].tolist() == [0, 833, 0, 0, 0, 0, 0]
    assert found.open_days[0, OLDER].tolist() == [1167, 833, 0, 0, 0, 0, 0, 0]
    for one in (found.people, found.covered, found.every, found.some, found.open_days):
        assert (one[:, :OLDEST] != HIDDEN).all()
        assert (one[:, OLDEST] == HIDDEN).all()  # 85+ is not given
    assert (found.unknown[:, :OLDEST] == 0).all()


def test_the_quarters_of_the_town() -> None:
    """Everybody, ten minutes: 32, 38/3, 38/3, 32 of forty. 32 leave 8 and are not shown; 13 leave 27
    and are. 75+: 25/3 and nobody else's: not shown, and q2, q3 (3 and 3): not shown either."""
    found = publish(counted([ASAHI, CORNER]))
    assert found.covered[:, ALL, 1].tolist() == [HIDDEN, 13, 13, HIDDEN]
    assert found.covered[:, OLDER, 1].tolist() == [HIDDEN] * 4


def test_five_minutes_give_way_to_ten() -> None:
    """Two halls; ten minutes reach 120 of 400 people, five 115: 5 people live between."""
    level = made([[400, 120]], people=[400])
    sets = np.insert(level.sets, 1, 115.0, axis=2)
    from dataclasses import replace

    holds = np.ones((1, 1, 18, 18), dtype=bool)
    found = publish(replace(level, sets=sets, holds=holds, sentence=1))
    assert found.covered[0, 0].tolist() == [HIDDEN, 120]
    found = publish(replace(level, sets=sets, holds=holds, sentence=0))
    assert found.covered[0, 0].tolist() == [115, HIDDEN]


def test_days_that_only_overlap_keep_their_figures() -> None:
    """On Monday 50 people, on Tuesday 53, none of them the same: nobody is three people."""
    from dataclasses import replace

    level = made([[400, 103]], people=[400])
    sets, holds = level.sets.copy(), np.zeros((1, 1, 17, 17), dtype=bool)
    sets[0, 0, 2:4] = 50, 53
    found = publish(replace(level, sets=sets, holds=holds))
    assert found.every[0, 0].tolist()[:2] == [50, 53]
    holds[0, 0, 2, 3] = True  # all who have Monday have Tuesday: three have Tuesday only
    found = publish(replace(level, sets=sets, holds=holds))
    assert found.every[0, 0].tolist()[:2] == [50, HIDDEN]


def test_open_days_are_not_told_by_their_sums() -> None:
    """300 people: 200 none, 60 one, 36 two, 4 three days. The 4 gives way, and with it 36 and 60."""
    from dataclasses import replace

    level = made([[300, 0]], people=[300])
    days = np.zeros((1, 1, 8))
    days[0, 0, :4] = 200, 60, 36, 4
    found = publish(replace(level, open_days=days))
    assert found.open_days[0, 0].tolist() == [200, -1, -1, -1, 0, 0, 0, 0]
    days[0, 0, :4] = 200, 50, 50, 0
    found = publish(replace(level, open_days=days))
    assert found.open_days[0, 0].tolist() == [200, 50, 50, 0, 0, 0, 0, 0]


def test_who_is_fetched_goes_with_who_walks() -> None:
    """q1: 25/3 of 20 walk: not shown, so the 35/3 others are not either. A hundred times as many
    people: 833 and 1,167, and together the 2,000 of the quarter."""
    fetching = [Place(250, 250, every=(1,), transport=True)]
    assert publish(counted(fetching)).by_transport[:, OLDER].tolist() == [HIDDEN, 0, 0, 0]
    many = publish(counted(fetching, counts=town_counts() * 100))
    assert many.by_transport[:, OLDER].tolist() == [1167, 0, 0, 0]


def test_figures_that_stand_alone() -> None:
    people = np.array([0.0, 0.49, 0.5, 9.49, 9.5, 1e6])
    assert whole_people(people).tolist() == [0, 0, HIDDEN, HIDDEN, 10, 1_000_000]


def test_a_half_is_rounded_up_however_it_was_added() -> None:
    assert whole_people(np.array([sum([0.1] * 105), 10.5, 10.5 - 1e-12])).tolist() == [11, 11, 11]


def figures(found: Published, area: int, band: int) -> list[int]:
    """As the sets of `Counted`, from its second to its last but one."""
    row = (found.covered, found.every, found.some)
    return [int(n) for part in row for n in part[area, band]]


def check_rows(level: Counted, found: Published) -> None:
    for area, band in np.ndindex(level.tells.shape):
        people, unknown = int(found.people[area, band]), int(found.unknown[area, band])
        row = figures(found, area, band)
        alone = [
            people,
            unknown,
            *row,
            *found.open_days[area, band],
            found.by_transport[area, band],
        ]
        assert not any(is_small(int(n)) for n in alone)
        shown = [(n, one) for n, one in enumerate(row, start=1) if one != HIDDEN]
        for n, one in shown:
            assert people == HIDDEN or not is_small(people - one)
            assert HIDDEN in (people, unknown) or not is_small(people - unknown - one)
            for m, other in shown:
                if level.holds[area, band, n, m]:
                    assert not is_small(abs(one - other))
        if HIDDEN not in (people, unknown):
            assert not is_small(people - unknown)
        check_days(level, found, area, band)


def check_days(level: Counted, found: Published, area: int, band: int) -> None:
    hidden = found.open_days[area, band] == HIDDEN
    gone = np.count_nonzero(hidden)
    assert gone == 0 or gone >= 3
    if HIDDEN in (found.people[area, band], found.unknown[area, band]):
        assert gone == 8
    elif gone < 8:
        rounded = np.floor(level.open_days[area, band] + 0.5 + 1e-9).astype(int)
        assert not is_small(int(rounded[hidden].sum()))
    if (found.every[area, band] == HIDDEN).any():
        assert gone >= 3


def nested_areas(level: str) -> list[np.ndarray]:
    homes = town_homes()
    fine = lying_of(homes.x, homes.y, level)
    others = [other for other in ("quarter", "strip", "cell") if other != level]
    return [nested_in(fine, lying_of(homes.x, homes.y, other)) for other in others]


def check_columns(level: Counted, found: Published, areas: np.ndarray) -> None:
    """Nothing of these areas can be had from their sum, unless nothing was left to hide."""
    whole = np.concatenate([level.people[..., None], level.sets[..., 1:-1]], axis=2)
    shown = np.concatenate(
        [found.people[..., None], found.covered, found.every, found.some], axis=2
    )
    for band, one in np.ndindex(whole.shape[1:]):
        rounded = np.floor(whole[:, band, one] + 0.5 + 1e-9).astype(int)
        hidden = shown[:, band, one] == HIDDEN
        gone = hidden & level.tells[:, band] & areas
        if gone.any() and (rounded[~hidden & areas] > 0).any():
            assert not is_small(int(rounded[gone].sum()))
            assert np.count_nonzero(rounded[gone]) != 1


places = st.builds(
    Place,
    st.sampled_from([250.0, 400.0, 750.0, 1250.0, 1600.0, 1750.0]),
    st.sampled_from([250.0, 750.0, 1250.0, 1750.0]),
    every=st.sets(st.integers(0, 6), max_size=3),
    some=st.sets(st.integers(0, 6), max_size=3),
    members_only=st.booleans(),
    transport=st.booleans(),
)
people = st.lists(
    st.one_of(st.just(0.0), st.floats(0, 30), st.floats(0, 3000), st.just(np.nan)),
    min_size=64,
    max_size=64,
).map(lambda numbers: np.array(numbers).reshape(16, 4))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(places, max_size=6),
    people,
    st.sampled_from(["quarter", "strip", "cell"]),
    st.sampled_from([None, 0, 1]),
    st.integers(0, 2),
)
def test_the_law_holds(
    found_places: list[Place],
    counts: np.ndarray,
    level: str,
    weekday: int | None,
    sentence: int,
) -> None:
    whole = counted(found_places, level, weekday=weekday, counts=counts, sentence=sentence)
    above = nested_areas(level)
    shown = publish(whole, above)
    check_rows(whole, shown)
    check_columns(whole, shown, np.ones(len(whole.people), dtype=bool))
    for within in above:
        for one in np.unique(within[within >= 0]):
            check_columns(whole, shown, within == one)
    rounded = np.floor(whole.sets[:, :, 1:-1] + 0.5 + 1e-9).astype(int)
    row = np.concatenate([shown.covered, shown.every, shown.some], axis=2)
    assert ((row == rounded) | (row == HIDDEN)).all()  # hidden or true, never another number
