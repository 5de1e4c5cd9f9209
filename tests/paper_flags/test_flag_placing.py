"""No flag over another, none outside, each as near to its place as is free."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from webmap.paper.flag_placing import CELL_MM, GAP_MM, Kept, PlacedFlag, Wanted, place_flags

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
    assert placed == place_flags(wanted, width, height)


def test_alone_a_flag_stands_where_it_would() -> None:
    (at,) = place_flags([_wanted(50, 40)], 100, 80)
    assert at == PlacedFlag(50.0, 40.0, 0.0)
    assert not at.has_line


def test_the_second_at_a_spot_goes_above_the_first() -> None:
    """Flags of 10 x 6 mm: 6.4 mm up is nearer than 10.4 mm aside; the grid makes it 6.5 mm."""
    first, second = place_flags([_wanted(50, 40), _wanted(50, 40)], 100, 80)
    assert first == PlacedFlag(50.0, 40.0, 0.0)
    assert second == PlacedFlag(50.0, 33.5, 6.5)
    assert second.has_line


def test_at_the_edge_a_flag_stays_inside() -> None:
    (at,) = place_flags([_wanted(0, 0)], 100, 80)
    assert (at.x, at.y) == (5.0, 3.0)


def test_what_is_kept_free_stays_free() -> None:
    (at,) = place_flags([_wanted(5, 70)], 100, 80, [Kept(0, 60, 30, 20)])
    assert at.y <= 60 - 3 - GAP_MM
    assert at.y > 60 - 3 - GAP_MM - CELL_MM


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
