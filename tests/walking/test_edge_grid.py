"""Points on the nearest of all edges: against every distance there is, and by hand."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo.walking.attaching import attach
from geo.walking.edge_grid import EdgeGrid
from geo.walking.spots import NOWHERE, Spots
from geo.walking.walk_streets import WalkStreets

Line = list[tuple[float, float]]


def streets_of(lines: list[Line], pieces: list[int] | None = None) -> WalkStreets:
    """Every line an edge between two nodes of its own."""
    count = len(lines)
    x, y = np.array([point for line in lines for point in line], dtype=float).T
    first = np.concatenate([[0], np.cumsum([len(line) for line in lines])]).astype(np.int64)
    ends = np.stack([first[:-1], first[1:] - 1], axis=1).ravel()
    return WalkStreets(
        node_x=x[ends],
        node_y=y[ends],
        node_height_m=np.full(2 * count, np.nan, dtype=np.float32),
        component=np.repeat(pieces or [0] * count, 2).astype(np.int32),
        edge_from=np.arange(0, 2 * count, 2, dtype=np.int32),
        edge_to=np.arange(1, 2 * count, 2, dtype=np.int32),
        length_m=np.array([shapely.LineString(line).length for line in lines]),
        kind=np.full(count, 4, dtype=np.uint8),
        marks=np.zeros(count, dtype=np.int32),
        name=np.full(count, -1, dtype=np.int32),
        names=(),
        first=first,
        x=x,
        y=y,
    )


def at_points(streets: WalkStreets, points: Line, limit_m: float) -> Spots:
    x, y = np.array(points, dtype=float).T
    return EdgeGrid(streets, np.arange(streets.edges)).nearest(x, y, limit_m)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("limit_m", [3.0, 60.0, 5000.0])
def test_every_distance_there_is(seed: int, limit_m: float) -> None:
    """Crooked lines from a few metres to kilometres, points among them and far outside."""
    dice = np.random.default_rng(seed)
    lines = []
    for _ in range(int(dice.integers(1, 40))):
        size = 10.0 ** dice.uniform(0, 3)
        start = dice.uniform(0, 1000, 2)
        bends = dice.normal(0, size, (int(dice.integers(1, 6)), 2)).cumsum(axis=0)
        lines.append([tuple(start), *map(tuple, start + bends)])
    streets = streets_of(lines)
    points = np.concatenate([dice.uniform(0, 1000, (150, 2)), dice.uniform(-3000, 4000, (50, 2))])
    spots = at_points(streets, list(map(tuple, points)), limit_m)
    shapes = [shapely.LineString(line) for line in lines]
    away = shapely.distance(shapely.points(points)[:, None], np.array(shapes)[None, :])
    near = away.min(axis=1) <= limit_m
    assert spots.known.tolist() == near.tolist()
    assert spots.edge[near].tolist() == away.argmin(axis=1)[near].tolist()
    assert spots.away_m[near] == pytest.approx(away.min(axis=1)[near], abs=1e-9)
    assert np.isnan(spots.at[~near]).all()
    assert np.isnan(spots.away_m[~near]).all()
    on = np.array(shapes)[spots.edge[near]]
    along = shapely.line_locate_point(on, shapely.points(points[near]), normalized=True)
    assert spots.at[near] == pytest.approx(along, abs=1e-9)


def test_an_edge_by_hand() -> None:
    """100 m east, then 100 m north: a spot 30 m up the second half is at 0.65 of it."""
    streets = streets_of([[(0, 0), (100, 0), (100, 100)]])
    spots = at_points(streets, [(110, 30), (-3, -4), (50, 7)], 10.0)
    assert spots.edge.tolist() == [0, 0, 0]
    assert spots.at.tolist() == [0.65, 0.0, 0.25]
    assert spots.away_m.tolist() == [10.0, 5.0, 7.0]


def test_of_edges_equally_near_the_first() -> None:
    """Four arms from one crossing, in the middle of a square of them, and one line drawn twice."""
    arms: list[Line] = [[(0, 0), (0, 9)], [(9, 0), (0, 0)], [(0, 0), (0, -9)], [(0, 0), (-9, 0)]]
    for turn in range(4):
        streets = streets_of([*arms[turn:], *arms[:turn]])
        assert at_points(streets, [(0, 0), (3, 3), (-3, -3)], 5.0).edge[0] == 0
    twice = streets_of([[(0, 50), (9, 50)], [(0, 0), (100, 0)], [(100, 0), (0, 0)]])
    assert at_points(twice, [(40, 5)], 10.0).edge.tolist() == [1]


def test_exactly_as_far_as_the_limit_is_near_enough() -> None:
    streets = streets_of([[(0, 0), (1000, 0)]])
    points = [(500, 30), (500, -30), (500, np.nextafter(30, 31)), (1040, 30), (-400, 300)]
    assert at_points(streets, points, 30.0).edge.tolist() == [0, 0, NOWHERE, NOWHERE, NOWHERE]
    assert at_points(streets, points, 50.0).edge.tolist() == [0, 0, 0, 0, NOWHERE]
    assert at_points(streets, points, 500.0).away_m.tolist()[3:] == [50.0, 500.0]


@pytest.mark.parametrize("line", [[(5, 5), (5, 5)], [(0, 0), (3000, 0)], [(0, 0), (0, 3000)]])
def test_ground_without_width(line: Line) -> None:
    """A street of one place, one due east, one due north: the grid has a side of nothing."""
    streets = streets_of([line])
    spots = at_points(streets, [(9, 8), (-4e5, 0)], 1e6)
    assert spots.edge.tolist() == [0, 0]
    away = shapely.distance(shapely.LineString(line), shapely.points([(9, 8), (-4e5, 0)]))
    assert spots.away_m == pytest.approx(away)
    assert ((spots.at >= 0) & (spots.at <= 1)).all()


def test_a_small_piece_is_taken_only_where_nothing_else_is_near() -> None:
    """A courtyard of 40 m beside a street of 600 m; less than 500 m of streets is a small piece."""
    streets = streets_of([[(0, 10), (40, 10)], [(0, 0), (600, 0)]], pieces=[1, 0])
    x, y = np.array([20.0, 20.0, 20.0]), np.array([9.0, 30.0, 31.0])
    assert attach(streets, x, y, 30.0).edge.tolist() == [1, 1, 0]
    assert attach(streets, x, y, 30.0, least_piece_m=40.0).edge.tolist() == [0, 0, 0]
    assert attach(streets, x, y + 50, 30.0).edge.tolist() == [NOWHERE] * 3


def test_no_streets_and_no_points() -> None:
    none = streets_of([[(0, 0), (1, 1)]])
    assert len(attach(none, np.zeros(0), np.zeros(0), 10.0)) == 0
    bare = WalkStreets(
        *(np.zeros(0),) * 2, np.zeros(0, np.float32), *(np.zeros(0, np.int32),) * 3, np.zeros(0),
        np.zeros(0, np.uint8), np.zeros(0, np.int32), np.zeros(0, np.int32), (),
        np.zeros(1, np.int64), *(np.zeros(0),) * 2,
    )  # fmt: skip
    assert attach(bare, np.zeros(2), np.zeros(2), 10.0).edge.tolist() == [NOWHERE, NOWHERE]


def test_a_point_that_is_no_number_is_near_nothing() -> None:
    streets = streets_of([[(0, 0), (1000, 0)]])
    points = [(np.nan, 0.0), (500.0, np.inf), (-np.inf, np.nan), (1e15, 0.0), (500.0, 1.0)]
    spots = at_points(streets, points, 300.0)
    assert spots.edge.tolist() == [NOWHERE] * 4 + [0]
    assert spots.at[4] == 0.5
