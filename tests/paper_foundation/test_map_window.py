"""The map's piece of the earth: true to scale, whole, at a round scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from front import sample
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from geo.crs import STORAGE_CRS, plane_crs, transformer
from geo.model.answers import Flag
from geo.model.map_answer import MapAnswer
from webmap.paper.drawing.map_window import (
    ALONE_M,
    RIM_MM,
    ROUND_SCALES,
    MapWindow,
    area_window,
    best_window,
    outline_points,
)
from webmap.paper.sheet_frame import Box

ZONE_10 = plane_crs(10)
BOX = Box(10, 28, 245, 235)
MIDDLE = (141.55, 38.9)


def _square(side_m: float, *, east: float = 0, north: float = 0) -> list[tuple[float, float]]:
    """Corners in degrees of a square around ``MIDDLE``, moved by metres."""
    x, y = transformer(STORAGE_CRS, ZONE_10).transform(*MIDDLE)
    half = side_m / 2
    corners = [(x + east + i, y + north + j) for i in (-half, half) for j in (-half, half)]
    back = transformer(ZONE_10, STORAGE_CRS)
    return [back.transform(*corner) for corner in corners]


def test_a_walk_of_a_kilometre_is_as_long_on_paper_as_on_the_ground() -> None:
    """1 km on the ellipsoid is 200 mm at 1:5000, to a hundredth of a per cent of each other."""
    window = best_window([MIDDLE], ZONE_10, BOX, 5000)
    assert window is not None
    for azimuth in range(0, 360, 30):
        lon, lat, _ = Geod(ellps="GRS80").fwd(*MIDDLE, azimuth, 1000)
        x, y = window.to_mm([MIDDLE[0], lon], [MIDDLE[1], lat])
        assert np.hypot(np.ptp(x), np.ptp(y)) == pytest.approx(200, rel=2e-4)


def test_north_is_up_and_east_is_right() -> None:
    window = best_window([MIDDLE], ZONE_10, BOX, 5000)
    assert window is not None
    x, y = window.to_mm(
        [MIDDLE[0], MIDDLE[0] + 0.001, MIDDLE[0]], [MIDDLE[1], MIDDLE[1], MIDDLE[1] + 0.001]
    )
    assert (x[0], y[0]) == (pytest.approx(BOX.width / 2), pytest.approx(BOX.height / 2))
    assert x[1] > x[0]
    assert y[2] < y[0]


@pytest.mark.parametrize(
    ("side_m", "scale"),
    [
        # 235 - 2 * 6 = 223 mm are free: 223 m at 1:1000.
        (222, 1000),
        (224, 1500),
        (1100, 5000),
        (1130, 6000),
        (40_000, 200_000),
        (60_000, 300_000),
    ],
)
def test_the_largest_round_scale_that_shows_everything(side_m: float, scale: int) -> None:
    window = best_window(_square(side_m), ZONE_10, BOX)
    assert window is not None
    assert window.scale == scale


@given(
    st.lists(st.tuples(st.floats(140.9, 142.1), st.floats(38.2, 39.6)), min_size=1, max_size=30),
    st.sampled_from([BOX, Box(8, 23.5, 196, 155), Box(8, 23.5, 194, 128)]),
)
def test_everything_lies_within_the_rim(points: Sequence[tuple[float, float]], box: Box) -> None:
    window = best_window(points, ZONE_10, box)
    assert window is not None
    assert window.scale in ROUND_SCALES
    x, y = window.to_mm(*np.array(points).T)
    assert all(window.holds(a, b, RIM_MM - 1e-6) for a, b in zip(x, y, strict=True))
    west, south, east, north = window.bounds
    corners = np.array([(a, b) for a in (0, box.width) for b in (0, box.height)], float) - np.array(
        [box.width / 2, box.height / 2]
    )
    back = transformer(ZONE_10, STORAGE_CRS)
    for a, b in corners * window.scale / 1000:
        lon, lat = back.transform(window.centre[0] + a, window.centre[1] + b)
        assert west < lon < east
        assert south < lat < north


def test_metres_and_degrees_fall_on_the_same_millimetre() -> None:
    window = MapWindow(ZONE_10, (57_000.0, -121_000.0), 10_000, BOX)
    lon, lat = transformer(ZONE_10, STORAGE_CRS).transform(57_321.0, -120_456.0)
    x, y = window.to_mm([lon], [lat])
    assert (x[0], y[0]) == (pytest.approx(154.6), pytest.approx(63.1))
    assert window.metres_to_mm(57_321.0, -120_456.0) == (
        pytest.approx(154.6),
        pytest.approx(63.1),
    )
    assert window.bounds_metres == (55_775.0, -122_175.0, 58_225.0, -119_825.0)


def test_a_scale_asked_for_is_kept() -> None:
    window = best_window(_square(5000), ZONE_10, BOX, 2500)
    assert window is not None
    assert window.scale == 2500
    x, y = window.to_mm(*np.array(_square(5000)).T)
    assert not any(window.holds(a, b) for a, b in zip(x, y, strict=True))


def test_a_place_alone_is_shown_with_its_neighbourhood() -> None:
    window = best_window([MIDDLE], ZONE_10, BOX, least_m=ALONE_M)
    assert window is not None
    assert window.scale == 3000
    assert best_window([], ZONE_10, BOX) is None


def test_every_corner_of_every_kind_of_outline() -> None:
    ring = [[1.0, 2.0], [3.0, 2.0], [3.0, 4.0], [1.0, 2.0]]
    polygon = {"type": "Polygon", "coordinates": [ring]}
    two = {"type": "MultiPolygon", "coordinates": [[ring], [ring]]}
    assert outline_points(None).shape == (0, 2)
    assert outline_points(polygon).tolist() == ring
    assert outline_points(two).tolist() == ring + ring
    both = {"type": "GeometryCollection", "geometries": [polygon, two]}
    assert outline_points(both).shape == (12, 2)


def _answer(side_m: float | None, *flags: tuple[float, float]) -> MapAnswer:
    """An area with a square outline and flags so many metres east and north of its middle."""
    south_west, north_west, south_east, north_east = _square(side_m or 1)
    ring = [south_west, south_east, north_east, north_west, south_west]
    places = [_square(0, east=east, north=north)[0] for east, north in flags]
    return replace(
        sample.map_answer(empty=True),
        outline=None if side_m is None else {"type": "Polygon", "coordinates": [ring]},
        flags=tuple(Flag(lon, lat, (n,)) for n, (lon, lat) in enumerate(places)),
    )


def test_flags_a_little_outside_of_their_area_are_on_the_map() -> None:
    window = area_window(_answer(1000, (0, 0), (700, 100)), ZONE_10, BOX)
    assert window is not None
    assert window.scale == 6000
    assert window.holds(
        *(float(v[0]) for v in window.to_mm(*np.array([_square(0, east=700)[0]]).T))
    )


def test_flags_far_away_do_not_make_their_area_small() -> None:
    """20 km away; the area of a kilometre stays as large as without it."""
    alone = area_window(_answer(1000), ZONE_10, BOX)
    assert area_window(_answer(1000, (0, 0), (20_000, 0)), ZONE_10, BOX) == alone
    assert alone is not None
    assert alone.scale == 5000


def test_an_area_nobody_has_drawn_is_shown_by_its_flags() -> None:
    one = area_window(_answer(None, (0, 0)), ZONE_10, BOX)
    two = area_window(_answer(None, (0, 0), (2000, 0)), ZONE_10, BOX)
    assert one is not None
    assert two is not None
    assert (one.scale, two.scale) == (3000, 10_000)
    assert area_window(_answer(None), ZONE_10, BOX) is None


def test_a_scale_asked_for_keeps_the_area_in_the_middle() -> None:
    window = area_window(_answer(1000, (700, 0)), ZONE_10, BOX, 2500)
    assert window is not None
    assert window.scale == 2500
    assert window.centre == pytest.approx(transformer(STORAGE_CRS, ZONE_10).transform(*MIDDLE))
