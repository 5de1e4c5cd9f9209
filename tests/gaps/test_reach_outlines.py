"""Polygons around streets within reach, worked out by hand."""

from __future__ import annotations

import numpy as np
import shapely
from gaps.drawn_streets import METRIC, Vertex, drawn_streets, shape_of

from geo.coverage.reach_raster import reach_outline
from geo.coverage.stretches import cut_stretches


def around(*lines: tuple[Vertex, ...], without: tuple[int, ...] = ()) -> shapely.MultiPolygon:
    """The outline of drawn streets, of which the lines ``without`` are out of reach."""
    streets = drawn_streets(*lines)
    stretches = cut_stretches(streets)
    return shape_of(reach_outline(streets, stretches, ~np.isin(stretches.edge, without)))


def ring(size: float) -> list[tuple[Vertex, Vertex]]:
    """Four streets around a block, 12 m off the dots of the raster."""
    low, high = 12.0, 12.0 + size
    return [
        ((low, low), (high, low)),
        ((high, low), (high, high)),
        ((high, high), (low, high)),
        ((low, high), (low, low)),
    ]


def test_a_short_street_in_one_square_is_that_square_with_a_rim_and_cut_corners() -> None:
    """Within the square from (0, 0) to (25, 25): all four dots inside; the outline runs 12.5 m
    outside, its corners cut by 12.5 m: 50 x 50 less four corners of 12.5 x 12.5 / 2 = 2187.5 m².
    """
    shape = around(((10, 10), (20, 20)))
    assert len(shape.geoms) == 1
    assert shape.area == 2187.5
    assert shape.bounds == (-12.5, -12.5, 37.5, 37.5)
    assert sorted(set(shape.geoms[0].exterior.coords)) == sorted(
        [
            *[(-12.5, 0), (0, -12.5), (25, -12.5), (37.5, 0)],
            *[(37.5, 25), (25, 37.5), (0, 37.5), (-12.5, 25)],
        ]
    )
    assert shape.geoms[0].exterior.is_ccw


def test_the_inside_of_a_block_is_filled_unless_a_street_in_it_is_out_of_reach() -> None:
    """Streets around a block of 151 m. Their squares leave the dots 50 to 125 m out: a hole of 4 x 4
    dots, 10,000 m². It is filled, and stays where a street in its middle is out of reach.
    """
    block = ring(151)
    assert [len(part.interiors) for part in around(*block).geoms] == [0]
    inside = ((75, 75), (95, 75))
    shape = around(*block, inside, without=(4,))
    assert [len(part.interiors) for part in shape.geoms] == [1]
    hole = shape.geoms[0].interiors[0]
    # 4 x 4 dots are 75 m from dot to dot and 12.5 m more on every side, the corners cut.
    assert shapely.Polygon(hole).area == 100**2 - 4 * 12.5**2 / 2
    assert not hole.is_ccw


def test_a_wide_hole_stays() -> None:
    """A block of 401 m is a park or a hill: nobody reaches it by these streets."""
    assert [len(part.interiors) for part in around(*ring(401)).geoms] == [1]


def test_a_street_within_a_hole_is_a_polygon_of_its_own() -> None:
    shape = around(*ring(401), ((200, 200), (220, 200)))
    assert sorted(len(part.interiors) for part in shape.geoms) == [0, 1]
    assert shape.is_valid


def test_two_squares_that_meet_at_a_corner_are_drawn_without_touching_themselves() -> None:
    """Streets in the squares (0, 0) and (2, 2) do not meet; in (0, 0) and (1, 1) they share a dot."""
    apart = around(((5, 5), (10, 5)), ((65, 65), (70, 65)))
    assert len(apart.geoms) == 2
    assert apart.is_valid
    meeting = around(((5, 5), (10, 5)), ((35, 35), (40, 35)))
    assert len(meeting.geoms) == 1
    assert meeting.is_valid


def test_the_raster_stands_still_and_what_is_far_away_changes_nothing() -> None:
    one = around(((10, 10), (20, 20)))
    both = around(((10, 10), (20, 20)), ((5010, 10), (5020, 20)))
    assert one.geoms[0].equals_exact(both.geoms[0], 0)


def test_nothing_within_reach_is_no_polygon() -> None:
    streets = drawn_streets(((10, 10), (20, 20)))
    outline = reach_outline(streets, cut_stretches(streets), np.zeros(1, dtype=bool))
    assert len(outline) == 0
    assert outline.as_geojson(METRIC) == {"type": "MultiPolygon", "coordinates": []}


def test_geojson_has_rings_of_longitude_and_latitude() -> None:
    """The origin of zone 8 is 36° N, 138.5° E."""
    streets = drawn_streets(((10, 10), (20, 20)))
    drawn = reach_outline(streets, cut_stretches(streets), np.ones(1, dtype=bool))
    (polygon,) = drawn.as_geojson(METRIC)["coordinates"]
    (outer,) = polygon
    assert len(outer) == 9
    assert outer[0] == outer[-1]
    assert all(abs(lon - 138.5) < 5e-4 and abs(lat - 36) < 4e-4 for lon, lat in outer)
