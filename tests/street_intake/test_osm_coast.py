"""Coast -> sea: the water is to the right of the line."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from street_intake.osm_xml import OsmXml, geometry, read_items, shapes

from geo.model.ground import GroundKind
from geo.street_intake.coast import BrokenCoastError, Coast

_BOX = (0.0, 0.0, 10.0, 10.0)
_COAST = {"natural": "coastline"}


def _coast(*lines: list[tuple[float, float]]) -> Coast:
    numbers: dict[tuple[float, float], int] = {}
    coast = Coast()
    for line in lines:
        nodes = [numbers.setdefault(point, len(numbers)) for point in line]
        coast.add(nodes, [x for x, _ in line], [y for _, y in line])
    return coast


def _sea(*lines: list[tuple[float, float]]) -> shapely.Geometry:
    sea = _coast(*lines).sea(_BOX)
    assert sea is not None
    assert sea.is_valid
    return sea


def test_the_sea_is_to_the_right() -> None:
    assert _sea([(4, -1), (4, 11)]).equals(shapely.box(4, 0, 10, 10))
    assert _sea([(4, 11), (4, -1)]).equals(shapely.box(0, 0, 4, 10))
    assert _sea([(-1, 3), (11, 3)]).equals(shapely.box(0, 0, 10, 3))


def test_pieces_in_any_order_are_one_coast() -> None:
    sea = _sea([(4, 5), (4, 8)], [(4, 8), (4, 11)], [(4, -1), (4, 5)])
    assert sea.equals(shapely.box(4, 0, 10, 10))


def test_a_bay_across_a_corner_of_the_box() -> None:
    assert _sea([(6, 11), (6, 6), (11, 6)]).equals(
        shapely.difference(shapely.box(*_BOX), shapely.box(6, 6, 10, 10))
    )
    assert _sea([(11, 6), (6, 6), (6, 11)]).equals(shapely.box(6, 6, 10, 10))


def test_two_coasts_of_a_strait() -> None:
    assert _sea([(3, -1), (3, 11)], [(7, 11), (7, -1)]).equals(shapely.box(3, 0, 7, 10))


def test_two_coasts_of_a_peninsula() -> None:
    sea = _sea([(3, 11), (3, -1)], [(7, -1), (7, 11)])
    assert sea.equals(shapely.union(shapely.box(0, 0, 3, 10), shapely.box(7, 0, 10, 10)))


def test_an_island_is_not_sea() -> None:
    island = [(2, 2), (4, 2), (4, 4), (2, 4), (2, 2)]
    assert _sea(island).area == 100 - 4
    assert _sea([(1, -1), (1, 11)], island).area == 90 - 4
    assert not _sea(island).contains(shapely.Point(3, 3))


def test_a_coast_that_leaves_and_comes_back_is_two() -> None:
    sea = _sea([(2, 11), (2, 5), (-1, 5), (-1, 2), (2, 2), (2, -1)])
    # Land to the left of the line: east of it; the sea is the west without what is cut off.
    assert sea.area == pytest.approx(2 * 5 + 2 * 2)


def test_a_coast_cut_a_little_inside_the_box_is_drawn_out_to_it() -> None:
    assert _sea([(4, 0.2), (4, 9.8)]).equals(shapely.box(4, 0, 10, 10))


def test_in_a_box_nobody_told_the_sea_ends_where_the_coast_does() -> None:
    sea = _coast([(4, 0), (4, 9.5)]).sea(_BOX, told=False)
    assert sea is not None
    assert sea.equals(shapely.box(4, 0, 10, 9.5))
    with pytest.raises(BrokenCoastError):
        _coast([(4, 0), (4, 8)]).sea(_BOX, told=False)


@pytest.mark.parametrize(
    "line",
    [
        [(4, -1), (4, 5)],
        [(4, 5), (4, 11)],
        [(4, 4), (6, 6)],
    ],
)
def test_a_coast_that_ends_within_is_broken(line: list[tuple[float, float]]) -> None:
    with pytest.raises(BrokenCoastError):
        _coast(line).sea(_BOX)


def test_coasts_that_contradict_each_other_are_broken() -> None:
    with pytest.raises(BrokenCoastError):
        _coast([(3, -1), (3, 11)], [(7, -1), (7, 11)]).sea(_BOX)


def test_a_long_coast_that_crosses_itself_is_broken() -> None:
    """Three thousand strokes across each other would make two million crossings."""
    strokes = [(1 + 8 * (i % 2), 1 + 8 * ((i * 7919) % 3000) / 3000) for i in range(3000)]
    with pytest.raises(BrokenCoastError):
        _coast([*strokes, strokes[0]]).sea(_BOX)


def test_without_a_coast_there_is_no_sea() -> None:
    assert _coast().sea(_BOX) is None
    assert _coast([(20, 0), (20, 10)]).sea(_BOX) is None


@given(
    radii=st.lists(st.floats(0.5, 4.5), min_size=3, max_size=12),
    cuts=st.sets(st.integers(1, 11), max_size=4),
    shuffled=st.randoms(use_true_random=False),
)
def test_sea_and_island_are_the_whole_box(
    radii: list[float], cuts: set[int], shuffled: object
) -> None:
    """An island of any shape, its coast in pieces in any order."""
    count = len(radii)
    corners = [
        (5 + r * math.cos(2 * math.pi * i / count), 5 + r * math.sin(2 * math.pi * i / count))
        for i, r in enumerate(radii)
    ]
    ring = [*corners, corners[0]]
    ends = [0, *sorted(cut for cut in cuts if cut < count), count]
    pieces = [ring[a : b + 1] for a, b in pairwise(ends)]
    shuffled.shuffle(pieces)  # type: ignore[attr-defined]
    sea = _sea(*pieces)
    island = shapely.Polygon(ring)
    assert sea.area + island.area == pytest.approx(100)
    assert shapely.intersection(sea, island).area == pytest.approx(0, abs=1e-9)


@given(
    heights=st.lists(st.floats(1, 9), min_size=2, max_size=10),
    beyond=st.floats(0, 3),
)
def test_the_sea_under_any_coast_from_west_to_east(heights: list[float], beyond: float) -> None:
    """Its area is what lies under the line, summed up by hand."""
    last = len(heights) - 1
    line = [(10 * i / last, y) for i, y in enumerate(heights)]
    out = [(-beyond, heights[0])] if beyond else []
    back = [(10 + beyond, heights[-1])] if beyond else []
    sea = _sea([*out, *line, *back])
    under = sum((a + b) / 2 * 10 / last for a, b in pairwise(heights))
    assert sea.area == pytest.approx(under)


def test_the_sea_of_a_file_is_closed_against_its_box(tmp_path: Path) -> None:
    town = OsmXml(
        {1: (4, -1), 2: (4, 5), 3: (4, 11)},
        ways={7: ([2, 3], _COAST), 8: ([1, 2], _COAST)},
        box=(135.0, 35.0, 135.01, 35.01),
    )
    items, problems = read_items(town.write(tmp_path))
    assert problems == []
    (sea,) = shapes(items, GroundKind.SEA)
    assert geometry(sea).symmetric_difference(shapely.box(135.004, 35, 135.01, 35.01)).area < 1e-12


def test_a_broken_coast_is_said_and_the_sea_left_out(tmp_path: Path) -> None:
    town = OsmXml(
        {1: (4, -1), 2: (4, 5), 3: (1, 1), 4: (2, 1)},
        ways={7: ([1, 2], _COAST), 8: ([3, 4], {"highway": "residential"})},
        box=(135.0, 35.0, 135.01, 35.01),
    )
    items, problems = read_items(town.write(tmp_path))
    assert shapes(items, GroundKind.SEA) == []
    assert len(shapes(items, GroundKind.STREET)) == 1
    assert [(p.code, p.is_error) for p in problems] == [("coast-broken", False)]
    assert "海はかきません" in problems[0].message_ja
