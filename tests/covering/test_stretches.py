"""Streets cut into pieces of 25 m."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from towns.square_streets import streets_of, town_streets

from geo.coverage.stretches import cut_stretches, points_along


def test_an_edge_of_500_m_is_twenty_pieces_of_25_m() -> None:
    stretches = cut_stretches(town_streets())
    assert len(stretches) == 24 * 20
    assert stretches.length_m == pytest.approx(25.0)
    first = slice(0, 20)  # the street from the middle of A1 eastwards
    assert stretches.edge[first].tolist() == [0] * 20
    assert stretches.x[first] == pytest.approx(np.arange(262.5, 750, 25))
    assert stretches.y[first] == pytest.approx(250.0)
    assert stretches.start[first] == pytest.approx(np.arange(20) / 20)
    assert stretches.stop[first] == pytest.approx(np.arange(1, 21) / 20)


def test_a_hair_more_than_500_m_is_no_piece_more() -> None:
    streets = streets_of([[(0.0, 0.0), (500.01, 0.0)], [(0.0, 0.0), (0.0, 500.1)]])
    stretches = cut_stretches(streets)
    assert np.bincount(stretches.edge).tolist() == [20, 21]


def test_the_middle_of_a_bent_piece_lies_on_the_bend() -> None:
    """30 m east, then 10 m north: two pieces of 20 m, their middles 10 m and 30 m along."""
    streets = streets_of([[(0.0, 0.0), (30.0, 0.0), (30.0, 0.0), (30.0, 10.0)]])
    stretches = cut_stretches(streets)
    assert stretches.x == pytest.approx([10.0, 30.0])
    assert stretches.y == pytest.approx([0.0, 0.0])
    x, y = points_along(streets, np.array([0, 0, 0], dtype=np.int32), np.array([0.0, 0.875, 1.0]))
    assert x == pytest.approx([0.0, 30.0, 30.0])
    assert y == pytest.approx([0.0, 5.0, 10.0])


def test_a_length_the_source_gives_is_cut_not_the_drawn_one() -> None:
    """A source says 60 m of a street drawn as 40 m: three pieces, their middles where drawn."""
    from dataclasses import replace

    streets = replace(streets_of([[(0.0, 0.0), (40.0, 0.0)]]), length_m=np.array([60.0]))
    stretches = cut_stretches(streets)
    assert stretches.length_m == pytest.approx([20.0] * 3)
    assert stretches.x == pytest.approx([40 / 6, 20.0, 200 / 6])


def test_a_town_without_streets_has_no_pieces() -> None:
    assert len(cut_stretches(streets_of([]))) == 0


@given(st.lists(st.floats(0.01, 2000), min_size=1, max_size=8), st.floats(1, 100))
def test_pieces_of_an_edge_are_equal_short_and_all_of_it(lengths: list[float], most: float) -> None:
    lines = [[(0.0, float(n)), (length, float(n))] for n, length in enumerate(lengths)]
    stretches = cut_stretches(streets_of(lines), most)
    assert stretches.length_m.max() <= most * 1.0011
    whole = np.bincount(stretches.edge, weights=stretches.length_m)
    assert whole == pytest.approx(lengths)
    assert np.all(stretches.stop > stretches.start)
    assert stretches.y.tolist() == stretches.edge.tolist()
    assert (stretches.x <= np.array(lengths)[stretches.edge]).all()
