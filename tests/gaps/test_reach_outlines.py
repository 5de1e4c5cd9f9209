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


def test_a_short_street_is_held_by_an_outline_thirty_metres_around_it() -> None:
    """From (0, 0) to (10, 0), on dots of the raster. The dot (25, 0) is 15 m from its end, (50, 0)
    40 m: the outline crosses where that would be 30 m, at 40 m. In the west (-25, 0) is 25 m off,
    (-50, 0) 50 m: -30 m. In the north (0, 25) and (0, 50) likewise: 30 m. The exact shape, half
    circles of 30 m and 10 m between them, has 3,427 m²; corners cut off some of it.
    """
    shape = around(((0, 0), (10, 0)))
    assert len(shape.geoms) == 1
    assert np.allclose(shape.bounds, (-30, -30, 40, 30))
    assert 0.85 * 3427 < shape.area < 3427
    assert shape.geoms[0].exterior.is_ccw
    assert np.isclose(shape.intersection(shapely.box(-99, 0, 99, 99)).area, shape.area / 2)


def test_the_inside_of_a_block_is_filled_unless_a_street_in_it_is_out_of_reach() -> None:
    """Streets around a block of 151 m. The dots from 50 to 125 m are 38 m and more from them: a
    hole of 4 x 4 dots. It is filled, and stays where a street in its middle is out of reach. Its
    sides lie 30 m from the streets, at about 42 m and 133 m (a little less, for places are 12 m
    apart), and its corners are cut by 8 m: 91 x 91 less 4 x 32, about 8,150 m².
    """
    block = ring(151)
    assert [len(part.interiors) for part in around(*block).geoms] == [0]
    inside = ((75, 75), (95, 75))
    shape = around(*block, inside, without=(4,))
    assert [len(part.interiors) for part in shape.geoms] == [1]
    hole = shape.geoms[0].interiors[0]
    assert np.allclose(hole.bounds, (42, 42, 133, 133), atol=0.6)
    assert 8_150 < shapely.Polygon(hole).area < 8_400
    assert not hole.is_ccw


def test_a_wide_hole_stays() -> None:
    """A block of 401 m is a park or a hill: nobody reaches it by these streets."""
    assert [len(part.interiors) for part in around(*ring(401)).geoms] == [1]


def test_a_street_within_a_hole_is_a_polygon_of_its_own() -> None:
    shape = around(*ring(401), ((200, 200), (220, 200)))
    assert sorted(len(part.interiors) for part in shape.geoms) == [0, 1]
    assert shape.is_valid


def test_streets_more_than_sixty_metres_apart_are_two_polygons() -> None:
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
    assert outer[0] == outer[-1]
    assert all(abs(lon - 138.5) < 6e-4 and abs(lat - 36) < 5e-4 for lon, lat in outer)
