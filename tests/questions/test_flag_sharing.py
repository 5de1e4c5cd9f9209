"""Which treasures share a flag."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from geo.model.answers import Flag
from geo.questions.flag_sharing import Spot, share_flags


def test_venue_or_place_is_shared_and_the_lowest_number_leads() -> None:
    flags, flag_of = share_flags(
        [
            Spot(9, 2.0, 2.0),
            Spot(7, 1.0, 1.1, venue=5),
            Spot(3, 1.0, 1.0, venue=5),
            Spot(8, 1.0, 1.1),  # no venue, but where 7 stands
            Spot(4, 2.0, 2.0, approximate=True),
            Spot(6, 2.0, 2.0, venue=5, approximate=True),
        ]
    )
    assert flags == (
        Flag(1.0, 1.0, (3, 7, 8)),
        Flag(2.0, 2.0, (4, 6), approximate=True),
        Flag(2.0, 2.0, (9,)),
    )
    assert flag_of == {3: 0, 7: 0, 8: 0, 4: 1, 6: 1, 9: 2}


def test_a_late_spot_ties_two_flags() -> None:
    flags, _ = share_flags([Spot(1, 0.0, 0.0), Spot(2, 1.0, 1.0, venue=4), Spot(3, 0.0, 0.0, 4)])
    assert [flag.numbers for flag in flags] == [(1, 2, 3)]


SPOTS = st.lists(
    st.tuples(
        st.integers(1, 10**6),
        st.sampled_from([0.0, 1.0, 2.0]),
        st.sampled_from([0.0, 1.0]),
        st.none() | st.integers(1, 4),
        st.booleans(),
    ),
    unique_by=lambda spot: spot[0],
)


@given(SPOTS, st.randoms(use_true_random=False))
def test_flags_are_a_partition(
    spots: list[tuple[int, float, float, int | None, bool]], dice: random.Random
) -> None:
    known = {s[0]: Spot(*s) for s in spots}
    flags, flag_of = share_flags(known.values())
    assert sorted(n for flag in flags for n in flag.numbers) == sorted(known)
    for index, flag in enumerate(flags):
        assert list(flag.numbers) == sorted(flag.numbers)
        assert {flag_of[n] for n in flag.numbers} == {index}
        assert {known[n].approximate for n in flag.numbers} == {flag.approximate}
    for one in known.values():
        for other in known.values():
            alike = (one.venue is not None and one.venue == other.venue) or one[1:3] == other[1:3]
            if one.approximate == other.approximate and alike:
                assert flag_of[one.number] == flag_of[other.number]
    shuffled = list(known.values())
    dice.shuffle(shuffled)
    assert share_flags(shuffled)[0] == flags
