"""Which area a point lies in, and how many people live in each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point, box
from towns.square_streets import SQUARES, all_squares, square, squares, town_streets
from towns.square_walks import lying_of

from geo.coverage.area_people import people_of_areas
from geo.coverage.homes import house_people
from geo.coverage.in_areas import areas_of
from geo.coverage.lying import lying_in, nested_in
from geo.coverage.stretches import cut_stretches


def test_the_first_outline_that_holds_a_point() -> None:
    """On a border: the first. Outside: -1. An area nobody has drawn holds nothing."""
    x = np.array([250.0, 500.0, 750.0, 2500.0, 500.0])
    y = np.array([250.0, 250.0, 250.0, 250.0, 500.0])
    outlines = [None, square("B1"), square("A1"), squares("A1", "B1", "A2")]
    assert areas_of(x, y, outlines).tolist() == [2, 1, 1, -1, 1]
    assert areas_of(x, y, []).tolist() == [-1] * 5
    assert areas_of(x[:0], y[:0], outlines).tolist() == []
    assert areas_of(x, y, [None]).tolist() == [-1] * 5


@given(
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=30),
    st.lists(st.tuples(*[st.integers(0, 20)] * 4), max_size=6),
)
def test_as_asking_one_by_one(
    points: list[tuple[int, int]], corners: list[tuple[int, int, int, int]]
) -> None:
    outlines = [box(min(a, c), min(b, d), max(a, c) + 1, max(b, d) + 1) for a, b, c, d in corners]
    wanted = [next((n for n, o in enumerate(outlines) if o.covers(Point(p))), -1) for p in points]
    flat = np.array(points, dtype=float).reshape(-1, 2)
    assert areas_of(flat[:, 0], flat[:, 1], outlines).tolist() == wanted


def town_homes() -> tuple[object, np.ndarray]:
    streets = town_streets()
    homes = house_people(all_squares(), streets, cut_stretches(streets), 300.0)
    return homes, np.tile([10.0, 10.0, 5.0, np.nan], (16, 1))


def test_people_of_the_strips() -> None:
    """s1 = B1 C1: 20; s2 = A1 A2 B2 C2: 40; s3 = D1 D2: 20; s4, s5: 40. Nobody has drawn s6, which
    consists of D4: its ten are told of s6 and of s5, where D4 lies. 85+ is not given anywhere."""
    homes, counts = town_homes()
    strips = [
        squares("B1", "C1"),
        squares("A1", "A2", "B2", "C2"),
        squares("D1", "D2"),
        squares("A3", "B3", "A4", "B4"),
        squares("C3", "D3", "C4", "D4"),
        None,
    ]
    of_home = areas_of(homes.x, homes.y, strips)
    in_d4 = np.flatnonzero(areas_of(homes.x, homes.y, [square("D4")]) == 0)
    found = people_of_areas(homes, counts, lying_in(of_home, 6, {5: in_d4}))
    assert found.people[:, 0] == pytest.approx([20, 40, 20, 40, 40, 10])
    assert found.people[:, 1] == pytest.approx([20, 40, 20, 40, 40, 10])
    assert found.people[:, 2] == pytest.approx([10, 20, 10, 20, 20, 5])
    assert np.isnan(found.people[:, 3]).all()
    assert found.cells_unknown[:, 0].tolist() == [0] * 6
    assert found.cells_unknown[:, 3].tolist() == [2, 4, 2, 4, 4, 1]


def test_an_area_that_cuts_a_square() -> None:
    """The west half of the town up to x = 600: A1 .. A4 whole, and of the B's what lies on their
    western arms between 500 and 600 m: 4 of the 30 pieces of B1 and B4, 4 of 40 of B2 and B3."""
    homes, counts = town_homes()
    of_home = areas_of(homes.x, homes.y, [box(0, 0, 600, 2000), box(600, 0, 2000, 2000)])
    found = people_of_areas(homes, counts, lying_in(of_home, 2))
    west = 40 + 2 * 10 * 4 / 30 + 2 * 10 * 4 / 40
    assert found.people[:, 0] == pytest.approx([west, 160 - west])


def test_what_is_not_told_is_not_zero() -> None:
    """A1 does not tell its 75+; q1 knows 15 of B1, A2, B2 and says that one square is missing.
    An area outside of every cell has nobody who is known."""
    homes, counts = town_homes()
    counts[0, 2] = np.nan
    of_home = areas_of(homes.x, homes.y, [squares("A1", "B1", "A2", "B2"), square("A1")])
    found = people_of_areas(homes, counts, lying_in(of_home, 3))
    assert found.people[0].tolist()[:3] == pytest.approx([40, 40, 15])
    assert found.cells_unknown[0].tolist() == [0, 0, 1, 4]
    assert np.isnan(found.people[1:]).all()
    only = areas_of(homes.x, homes.y, [square("A1")])
    alone = people_of_areas(homes, counts, lying_in(only, 1))
    assert alone.people[0, :2] == pytest.approx([10.0, 10.0])
    assert np.isnan(alone.people[0, 2])


@given(st.lists(st.sampled_from(SQUARES), min_size=1, max_size=12), st.integers(1, 1999))
def test_nobody_is_counted_twice_in_a_level(names: list[str], cut: int) -> None:
    """Areas that overlap and leave gaps: the people of all of them and of nowhere are the town's."""
    homes, counts = town_homes()
    outlines = [*(square(name) for name in names), box(0, 0, cut, 2000)]
    of_home = areas_of(homes.x, homes.y, outlines)
    nowhere = np.where(of_home < 0, len(outlines), of_home).astype(np.int32)
    found = people_of_areas(homes, counts, lying_in(nowhere, len(outlines) + 1))
    assert np.nansum(found.people[:, :3], axis=0) == pytest.approx([160, 160, 80])


def test_areas_that_make_up_another_exactly() -> None:
    """Squares make up quarters and strips exactly. Of the strips s4 and s5 are q3 and q4; the others
    straddle, or (s3) leave half of a quarter to one that does. s6 is told of D4 once more: it makes
    up nothing, but the square D4 makes it up."""
    homes, _ = town_homes()
    cell, quarter, strip = (lying_of(homes.x, homes.y, n) for n in ("cell", "quarter", "strip"))
    assert nested_in(cell, quarter).reshape(4, 4).tolist() == [
        [0, 0, 1, 1],
        [0, 0, 1, 1],
        [2, 2, 3, 3],
        [2, 2, 3, 3],
    ]
    assert nested_in(strip, quarter).tolist() == [-1, -1, -1, 2, 3, -1]
    assert nested_in(quarter, strip).tolist() == [-1, -1, 3, 4]
    drawn, undrawn = strip.part(undrawn=False), strip.part(undrawn=True)
    assert nested_in(cell, drawn).reshape(4, 4).tolist() == [
        [1, 0, 0, 2],
        [1, 1, 1, 2],
        [3, 3, 4, 4],
        [3, 3, 4, 4],
    ]
    assert nested_in(cell, undrawn).tolist() == [-1] * 15 + [5]


def test_an_area_with_a_gap_is_made_up_of_nothing() -> None:
    """q1 less one square: the squares lie in it, but B2's people are in no square that is asked."""
    homes, _ = town_homes()
    quarter = lying_of(homes.x, homes.y, "quarter")
    few = lying_in(areas_of(homes.x, homes.y, [square("A1"), square("B1"), square("A2")]), 3)
    assert nested_in(few, quarter).tolist() == [-1, -1, -1]
    assert nested_in(lying_in(np.zeros(0, np.int32), 2), quarter).tolist() == [-1, -1]
