"""Overlaps worked out by hand on 500 m squares, and laws that hold for any partition."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.crs import reproject
from geo.model.town import Area, Member
from geo.overlap import Share, measure_overlaps, shares

METRIC = "EPSG:6676"


def drawn(level: str, code: str, *shapes: shapely.Geometry) -> Area:
    """An area from shapes in metres of the plane zone."""
    whole = shapely.union_all(list(shapes))
    outline = shapely.MultiPolygon([whole] if whole.geom_type == "Polygon" else list(whole.geoms))
    return Area(
        level, code, code, outline_wkb=shapely.to_wkb(reproject(outline, METRIC, "EPSG:4326"))
    )


def square(column: int, row: int, side: float = 500.0) -> shapely.Polygon:
    return shapely.box(column * side, row * side, (column + 1) * side, (row + 1) * side)


def table(found: list[Share]) -> dict[tuple[str, str], float]:
    return {
        (f"{s.level}/{s.code}", f"{s.other_level}/{s.other_code}"): round(s.share, 6) for s in found
    }


def test_squares():
    """Two quarters of 1,000 x 1,000 m side by side; a strip of three squares (750,000 m2) with two
    in the west (66.7 %) and one in the east (33.3 %); a strip wholly in the east. The west
    quarter (1,000,000 m2) is 50 % in the first strip; the east is 25 % in each."""
    west = drawn("quarter", "w", *(square(c, r) for c in (0, 1) for r in (0, 1)))
    east = drawn("quarter", "e", *(square(c, r) for c in (2, 3) for r in (0, 1)))
    long = drawn("strip", "long", *(square(c, 0) for c in (0, 1, 2)))
    short = drawn("strip", "short", square(3, 0))
    measured = measure_overlaps([west, east, long, short], metric_crs=METRIC)
    assert table(list(measured.shares)) == {
        ("strip/long", "quarter/w"): 0.666667,
        ("strip/long", "quarter/e"): 0.333333,
        ("strip/short", "quarter/e"): 1.0,
        ("quarter/w", "strip/long"): 0.5,
        ("quarter/e", "strip/long"): 0.25,
        ("quarter/e", "strip/short"): 0.25,
    }
    assert measured.within_level == ()
    assert measured.area_m2["quarter", "w"] == pytest.approx(1_000_000, abs=0.01)
    assert measured.area_m2["strip", "long"] == pytest.approx(750_000, abs=0.01)


def test_listed_from_one_percent():
    """A strip of 4.9 m of a 500 m square is 0.98 %, one of 5.1 m is 1.02 %."""
    block = drawn("block", "1", square(0, 0))
    below = drawn("town", "below", shapely.box(-2000, 0, 4.9, 500))
    above = drawn("town", "above", shapely.box(494.9, 0, 2500, 500))
    assert table(shares([block, below, above], metric_crs=METRIC)) == {
        ("block/1", "town/above"): 0.0102
    }


def test_areas_of_one_level_that_overlap_are_a_fault_of_the_data():
    first = drawn("block", "1", square(0, 0))
    second = drawn("block", "2", shapely.box(450, 0, 950, 500))
    touching = drawn("block", "3", shapely.box(950, 0, 1450, 500))
    measured = measure_overlaps([first, second, touching], metric_crs=METRIC)
    assert measured.shares == ()
    assert table(list(measured.within_level)) == {
        ("block/1", "block/2"): 0.1,
        ("block/2", "block/1"): 0.1,
    }


def test_a_hole_is_not_part_of_an_area():
    ring = drawn("town", "ring", square(0, 0, 1500).difference(square(1, 1)))
    core = drawn("block", "core", square(1, 1))
    assert shares([ring, core], metric_crs=METRIC) == []


def test_an_area_nobody_has_drawn_is_its_members_when_all_are_drawn():
    blocks = [drawn("block", str(n), square(n, 0)) for n in range(3)]
    town = drawn("town", "t", square(0, 0), square(1, 0))
    both = Area("group", "both", "both", members=(Member("block", "1"), Member("block", "2")))
    some = Area("group", "some", "some", members=(Member("block", "1"), Member("block", "9")))
    measured = measure_overlaps([*blocks, town, both, some], metric_crs=METRIC)
    found = table(list(measured.shares))
    assert found["group/both", "town/t"] == 0.5
    assert found["block/1", "group/both"] == 1.0
    assert not any("group/some" in pair for key in found for pair in key)
    assert ("group", "both") not in measured.area_m2


def test_nothing_to_measure():
    assert shares([], metric_crs=METRIC) == []
    assert shares([Area("a", "1", "1")], metric_crs=METRIC) == []


cuts = st.lists(st.floats(1.0, 999.0), max_size=5, unique_by=lambda x: round(x)).map(sorted)


@settings(max_examples=40, deadline=None)
@given(columns=cuts, rows=cuts, left=st.floats(0, 900), low=st.floats(0, 900))
def test_shares_of_a_partition_sum_to_one(columns, rows, left, low):
    xs, ys = [0.0, *columns, 1000.0], [0.0, *rows, 1000.0]
    parts = [
        drawn("part", f"{i}-{j}", shapely.box(xs[i], ys[j], xs[i + 1], ys[j + 1]))
        for i in range(len(xs) - 1)
        for j in range(len(ys) - 1)
    ]
    one = drawn("one", "x", shapely.box(left, low, left + 100, low + 100))
    found = shares([*parts, one], metric_crs=METRIC)
    mine = [s.share for s in found if s.level == "one"]
    assert all(0.009999 <= share <= 1.0 for share in mine)
    # Parts below 1 % are not listed: at most that much is missing for each of them.
    assert 1.0 - 0.01 * len(parts) - 1e-6 <= sum(mine) <= 1.0 + 1e-6
    for share in found:
        if share.level == "part":
            back = next(
                (s.share for s in found if s.level == "one" and s.other_code == share.code), None
            )
            if back is not None:
                part = next(p for p in parts if p.code == share.code)
                metric = reproject(shapely.from_wkb(part.outline_wkb), "EPSG:4326", METRIC)
                assert share.share * metric.area == pytest.approx(back * 10_000, rel=1e-6)


@pytest.mark.slow
def test_a_prefecture_of_blocks():
    """40,000 blocks in 400 towns: every block lies wholly in one town."""
    import numpy as np

    def grid(level: str, count: int, side: float) -> list[Area]:
        x, y = (a.ravel() * side for a in np.meshgrid(np.arange(count), np.arange(count)))
        boxes = reproject(shapely.box(x, y, x + side, y + side), METRIC, "EPSG:4326")
        return [
            Area(level, str(n), "", outline_wkb=blob)
            for n, blob in enumerate(shapely.to_wkb(boxes))
        ]

    areas = [*grid("block", 200, 100.0), *grid("town", 20, 1000.0)]
    measured = measure_overlaps(areas, metric_crs=METRIC)
    inside = [s for s in measured.shares if s.level == "block"]
    assert len(inside) == 40_000
    assert min(s.share for s in inside) > 0.999
    assert len([s for s in measured.shares if s.level == "town"]) == 40_000
