"""People spread along the streets of their piece of census."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Point, box
from towns.square_streets import all_squares, square, streets_of, town_streets

from geo.coverage.homes import Homes, house_people
from geo.coverage.stretches import cut_stretches
from geo.model.ground import StreetKind, WayMark
from geo.walking.walk_streets import WalkStreets

LIMIT_M = 300.0


def housed(cells: list[object], streets: WalkStreets) -> Homes:
    return house_people(cells, streets, cut_stretches(streets), LIMIT_M)


def of_cell(homes: Homes, cell: int) -> list[tuple[float, float, float, int]]:
    return [
        (round(float(homes.x[n]), 3), round(float(homes.y[n]), 3), float(homes.share[n]), e)
        for n, e in enumerate(homes.spots.edge.tolist())
        if homes.cell[n] == cell
    ]


def test_the_squares_of_the_town() -> None:
    """A1 has two arms of 250 m: 20 pieces, each a twentieth of its people. B1 has three: 30;
    B2 four: 40. The 24 streets are 480 pieces, and none lies in two squares."""
    homes = housed(all_squares(), town_streets())
    assert len(homes) == 480
    assert np.bincount(homes.cell).reshape(4, 4).tolist() == [
        [20, 30, 30, 20],
        [30, 40, 40, 30],
        [30, 40, 40, 30],
        [20, 30, 30, 20],
    ]
    a1 = of_cell(homes, 0)
    east = [(x, 250.0, 1 / 20, 0) for x in np.arange(262.5, 500, 25)]
    north = [(250.0, y, 1 / 20, 12) for y in np.arange(262.5, 500, 25)]
    assert a1 == east + north
    assert homes.spots.away_m.max() == 0.0


@pytest.mark.parametrize(
    ("kind", "mark"),
    [
        (StreetKind.MOTORWAY, WayMark.NONE),
        (StreetKind.STEPS, WayMark.NONE),
        (StreetKind.CORRIDOR, WayMark.NONE),
        (StreetKind.LOCAL, WayMark.BRIDGE),
        (StreetKind.LOCAL, WayMark.TUNNEL),
        (StreetKind.FOOTWAY, WayMark.STEPS | WayMark.PAVED),
    ],
)
def test_nobody_lives_on_a_bridge(kind: StreetKind, mark: WayMark) -> None:
    """Everybody on the local street; where there is nothing else, on the bridge after all."""
    lines = [[(0.0, 0.0), (100.0, 0.0)], [(100.0, 0.0), (600.0, 0.0)]]
    streets = streets_of(lines, kinds=[kind, StreetKind.LOCAL], marks=[mark, WayMark.PAVED])
    homes = housed([box(-1, -1, 601, 1), box(-1, -1, 100, 1)], streets)
    assert set(homes.spots.edge[homes.cell == 0].tolist()) == {1}
    assert set(homes.spots.edge[homes.cell == 1].tolist()) == {0}


def test_people_are_spread_by_metres_not_by_pieces() -> None:
    """Two streets, 30 m (two pieces of 15 m) and 500 m: 30 of 530 live on the first."""
    streets = streets_of([[(0.0, 0.0), (30.0, 0.0)], [(30.0, 0.0), (530.0, 0.0)]])
    homes = housed([box(-1, -1, 531, 1)], streets)
    assert homes.share[homes.spots.edge == 0].sum() == pytest.approx(30 / 530)


def test_a_square_without_a_street_steps_on_the_nearest() -> None:
    """Its inner point is 200 m from the street: known. At 400 m nobody knows, and its people are
    points of a grid, for the areas they lie in."""
    streets = streets_of([[(0.0, 0.0), (1000.0, 0.0)]])
    homes = housed([box(400, 150, 500, 250), box(400, 350, 500, 450)], streets)
    near = of_cell(homes, 0)
    assert near == [(450.0, 200.0, 1.0, 0)]
    assert homes.spots.at[0] == pytest.approx(0.45)
    assert homes.spots.away_m[0] == pytest.approx(200.0)
    far = of_cell(homes, 1)
    assert len(far) == 64  # 12.5 m apart
    assert {edge for *_, edge in far} == {-1}
    assert {share for _, _, share, _ in far} == {1 / 64}
    assert all(400 < x < 500 and 350 < y < 450 for x, y, *_ in far)


def test_a_point_steps_on_the_nearest_street_or_none() -> None:
    streets = streets_of([[(0.0, 0.0), (1000.0, 0.0)]])
    homes = housed([Point(250, 300), Point(250, 300.01)], streets)
    assert of_cell(homes, 0) == [(250.0, 300.0, 1.0, 0)]
    assert of_cell(homes, 1) == [(250.0, 300.01, 1.0, -1)]


def test_without_streets_everybody_lives_somewhere() -> None:
    homes = housed([square("A1"), Point(3, 3)], streets_of([]))
    assert np.bincount(homes.cell, weights=homes.share) == pytest.approx([1.0, 1.0])
    assert set(homes.spots.edge.tolist()) == {-1}
    assert len(housed([], streets_of([]))) == 0


def test_who_lives_on_a_courtyard_steps_on_the_street_beside_it() -> None:
    """40 m of path connected to nothing, 10 m from the street."""
    streets = streets_of([[(0.0, 0.0), (1000.0, 0.0)], [(100.0, 10.0), (140.0, 10.0)]])
    homes = housed([box(90, 5, 150, 15)], streets)
    assert homes.spots.edge.tolist() == [0, 0]
    assert homes.x == pytest.approx([110.0, 130.0])
    assert homes.spots.at == pytest.approx([0.11, 0.13])
    assert homes.spots.away_m == pytest.approx([10.0, 10.0])


def test_a_street_on_a_border_houses_one_side() -> None:
    """The street between two cells: the people of the first live on it. The second has a street
    of its own; a third has only the border."""
    streets = streets_of(
        [[(0.0, 0.0), (500.0, 0.0)], [(0.0, 0.0), (0.0, 50.0)], [(0.0, 50.0), (100.0, 50.0)]]
    )
    south, north, beside = box(-9, -50, 500, 0), box(10, 0, 500, 60), box(-9, 0, 0, 60)
    homes = housed([south, north, beside], streets)
    assert set(homes.spots.edge[homes.cell == 0].tolist()) == {0}
    assert set(homes.spots.edge[homes.cell == 1].tolist()) == {2}
    assert set(homes.spots.edge[homes.cell == 2].tolist()) == {1}


def test_parts_and_holes_are_held_as_drawn() -> None:
    island = MultiPolygon([square("A1"), square("D4")])
    homes = housed([island], town_streets())
    assert len(homes) == 40
    assert homes.share == pytest.approx(1 / 40)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[st.floats(-300, 2300)] * 4), min_size=1, max_size=6))
def test_everybody_lives_once(corners: list[tuple[float, float, float, float]]) -> None:
    """The parts of a cell make one, whatever the cell; and they lie in it, or it has no street."""
    cells = [box(min(a, c), min(b, d), max(a, c) + 1, max(b, d) + 1) for a, b, c, d in corners]
    homes = housed(cells, town_streets())
    assert np.bincount(homes.cell, weights=homes.share, minlength=len(cells)) == pytest.approx(1.0)
    assert (homes.share > 0).all()
    assert (np.diff(homes.cell) >= 0).all()
    for n in range(len(homes)):
        assert cells[homes.cell[n]].buffer(1e-6).covers(Point(homes.x[n], homes.y[n]))
