"""No flag over another, none outside, each as near to its place as is free."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from webmap.paper.drawing.flag_placing import PlacedFlag, Wanted, place_flags
from webmap.paper.drawing.flag_room import CELL_MM, GAP_MM, Kept

WIDTHS = (9.0, 10.5, 12.0, 23.5)


def _wanted(x: float, y: float, width: float = 10.0, height: float = 6.0) -> Wanted:
    return Wanted(x, y, x, y, width, height)


@st.composite
def layouts(draw: st.DrawFn) -> tuple[list[Wanted], float, float]:
    """Flags anywhere, also outside; many of them at one spot."""
    width, height = draw(st.sampled_from([(120.0, 80.0), (245.0, 235.0), (60.0, 200.0)]))
    spread = draw(st.sampled_from([2.0, 20.0, 400.0]))
    middle = width / 2, height / 2
    part = st.floats(-0.5, 0.5)
    flags = draw(
        st.lists(
            st.tuples(part, part, st.sampled_from(WIDTHS), st.sampled_from((5.7, 9.6))),
            min_size=1,
            max_size=40,
        )
    )
    return (
        [_wanted(middle[0] + x * spread, middle[1] + y * spread, w, h) for x, y, w, h in flags],
        width,
        height,
    )


def _apart(a: PlacedFlag, wa: Wanted, b: PlacedFlag, wb: Wanted) -> bool:
    return (
        abs(a.x - b.x) >= (wa.width + wb.width) / 2 + GAP_MM - 1e-9
        or abs(a.y - b.y) >= (wa.height + wb.height) / 2 + GAP_MM - 1e-9
    )


@settings(max_examples=1000, deadline=None)
@given(layouts())
def test_no_two_flags_overlap(layout: tuple[list[Wanted], float, float]) -> None:
    wanted, width, height = layout
    placed = place_flags(wanted, width, height)
    standing = [(at, flag) for at, flag in zip(placed, wanted, strict=True) if at is not None]
    for at, flag in standing:
        assert flag.width / 2 <= at.x <= width - flag.width / 2
        assert flag.height / 2 <= at.y <= height - flag.height / 2
    for (a, wa), (b, wb) in itertools.combinations(standing, 2):
        assert _apart(a, wa, b, wb)


def test_the_same_flags_stand_at_the_same_places() -> None:
    wanted = [_wanted(60 + n % 7, 40 + n % 5, 9.0 + n % 3) for n in range(30)]
    assert place_flags(wanted, 120, 80) == place_flags(wanted, 120, 80)


def test_alone_a_flag_stands_where_it_would() -> None:
    (at,) = place_flags([_wanted(50, 40)], 100, 80)
    assert at == PlacedFlag(50.0, 40.0, 0.0)
    assert not at.has_line


def test_others_at_a_spot_stand_around_it() -> None:
    """Flags of 10 x 6 mm above their place: one above, one below, one on each side of it."""
    placed = place_flags([Wanted(50, 40, 50, 35.7, 10, 6)] * 4, 100, 80)
    assert [(at.x, at.y) for at in placed if at] == [(50, 35.5), (50, 42.5), (39, 37.5), (61, 37.5)]
    assert [at.has_line for at in placed if at] == [False, True, True, True]


def test_a_flag_rather_stands_below_its_place_than_over_that_of_another() -> None:
    own, other = (Kept(49.3, y - 0.7, 1.4, 1.4) for y in (40, 35))
    wanted = Wanted(50, 40, 50, 35.7, 10, 6)
    (free,) = place_flags([wanted], 100, 80, places=[own])
    (aside,) = place_flags([wanted], 100, 80, places=[own, other])
    assert free is not None
    assert aside is not None
    assert free.y < 36
    assert abs(aside.x - 50) > 5.7 or abs(aside.y - 35) > 3.7
    assert abs(aside.x - 50) > 5.7 or abs(aside.y - 40) > 3.7


def test_a_line_goes_under_no_flag_and_through_no_place() -> None:
    """A wall of flags above: the free side below is taken, although the wall's far side is free."""
    wall = [Wanted(x, 30, x, 30, 10, 6) for x in (39.0, 50.0, 61.0)]
    placed = place_flags([*wall, Wanted(50, 34.5, 50, 30.2, 10, 6)], 100, 80)
    last = placed[-1]
    assert last is not None
    assert last.y > 34


def test_what_is_farther_than_allowed_is_left_out() -> None:
    """Two flags reach their place within 5 mm of where they would stand; others would not."""
    placed = place_flags([Wanted(50, 40, 50, 35.7, 10, 6)] * 9, 100, 80, farthest_mm=7.0)
    standing = [at for at in placed if at is not None]
    assert 2 <= len(standing) < 9
    assert max(at.shifted_mm for at in standing) <= 7.0


def test_at_the_edge_a_flag_stays_inside() -> None:
    (at,) = place_flags([_wanted(0, 0)], 100, 80)
    assert (at.x, at.y) == (5.0, 3.0)


def test_what_is_kept_free_stays_free() -> None:
    (at,) = place_flags([_wanted(5, 70)], 100, 80, [Kept(0, 60, 30, 20)])
    assert at.y <= 60 - 3 - GAP_MM
    assert at.y > 60 - 3 - GAP_MM - 2 * CELL_MM


def test_a_place_far_outside_has_its_flag_at_the_rim() -> None:
    (at,) = place_flags([_wanted(1e6, -1e6)], 100, 80)
    assert (at.x, at.y) == (95.0, 3.0)


def test_no_room_is_said() -> None:
    """A map of 21 x 13 mm has room for two columns and two rows of flags of 10 x 6 mm."""
    placed = place_flags([_wanted(10, 6)] * 6, 21, 13)
    assert sum(at is not None for at in placed) <= 4
    assert placed[-1] is None
    assert place_flags([_wanted(5, 5, 200.0)], 100, 80) == (None,)


def test_nothing_to_place() -> None:
    assert place_flags([], 100, 80) == ()
