"""Where treasures belong: exactly, and as coarsely as others may know it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.belonging import Belonging, DeclaredAreas, belong
from geo.belonging.point_areas import areas_of_points
from geo.crs import reproject, transformer
from geo.model.audience import Precision
from geo.model.town import Area, Level, Member
from geo.model.treasure import Treasure

METRIC = "EPSG:6676"


def lonlat(x: float, y: float) -> tuple[float, float]:
    return transformer(METRIC, "EPSG:4326").transform(x, y)


def drawn(level: str, code: str, name: str, *boxes: tuple[float, float, float, float]) -> Area:
    """An area of boxes in metres, its corners as exact degrees shared with its neighbours."""
    parts = [
        shapely.Polygon([lonlat(*corner) for corner in shapely.box(*b).exterior.coords])
        for b in boxes
    ]
    return Area(level, code, name, outline_wkb=shapely.to_wkb(shapely.MultiPolygon(parts)))


def level(name: str, tier: int | None = None, title: str = "") -> Level:
    return Level(name, Path(), title or name, (), "n", "c", "s", "l", date(2026, 3, 31), tier=tier)


LEVELS = (level("quarter", 2, "地区"), level("strip", 3), level("block", None))
AREAS = (
    drawn("quarter", "w", "西地区", (0, 0, 1000, 1000)),
    drawn("quarter", "e", "東地区", (1000, 0, 2000, 1000)),
    # 松 lies 60 % in the west; 竹 wholly in the east.
    drawn("strip", "1", "松の会", (400, 0, 1400, 1000)),
    drawn("strip", "2", "竹の会", (1400, 0, 2000, 1000)),
    Area("strip", "3", "梅の会", members=(Member("block", "b4"),)),
    drawn("block", "b1", "松町", (0, 0, 500, 500)),
    drawn("block", "b2", "竹町", (500, 0, 1000, 500)),
    drawn("block", "b3", "梅町", (1000, 0, 1500, 500)),
    drawn("block", "b4", "桜町", (1500, 0, 2000, 500)),
)


def ask(x: float | None = None, y: float | None = None, **fields: object) -> Belonging:
    lon, lat = lonlat(x, y) if x is not None and y is not None else (None, None)
    treasure = Treasure("tea", "1", "茶会", lon=lon, lat=lat, **fields)
    (answer,) = belong([treasure], AREAS, LEVELS, metric_crs=METRIC, block_level="block")
    return answer


def test_a_point_is_in_one_area_of_each_level():
    answer = ask(450, 250)
    assert answer.exact == (("block", "b1"), ("quarter", "w"), ("strip", "1"))
    assert answer.coarse == answer.exact
    assert (answer.block_text, answer.declared) == ("松町", None)


def test_the_place_of_a_block_is_the_same_for_all_in_it():
    one, two = ask(10, 10), ask(490, 400)
    assert (one.block_lon, one.block_lat) == (two.block_lon, two.block_lat)
    spot = shapely.Point(one.block_lon, one.block_lat)
    assert shapely.from_wkb(AREAS[5].outline_wkb).contains(spot)


def test_a_block_lies_where_most_of_it_lies():
    """松町 (0-500 m): 松の会 has its last 100 m only (20 %), so a block there says nothing of it."""
    answer = ask(450, 250, precision=Precision.BLOCK)
    assert answer.exact == (("block", "b1"), ("quarter", "w"), ("strip", "1"))
    assert answer.coarse == (("block", "b1"), ("quarter", "w"))
    # 梅町 (1000-1500): 松の会 has 80 % of it, although the point lies in 竹の会.
    answer = ask(1450, 250, precision=Precision.BLOCK)
    assert answer.exact == (("block", "b3"), ("quarter", "e"), ("strip", "2"))
    assert answer.coarse == (("block", "b3"), ("quarter", "e"), ("strip", "1"))


def test_an_area_is_the_first_tier_at_the_point():
    """The east holds none of 松の会 by half, but 竹の会 not either (60 %: 600 of 1000 m): it does
    not lie half in any strip but 竹の会."""
    answer = ask(1050, 250, precision=Precision.AREA)
    assert answer.coarse == (("quarter", "e"), ("strip", "2"))
    assert answer.exact == (("block", "b3"), ("quarter", "e"), ("strip", "1"))


def test_a_declared_area_wins_over_the_point_for_others():
    answer = ask(1050, 250, precision=Precision.AREA, area="松の会")
    assert answer.declared == ("strip", "1")
    assert answer.coarse == (("quarter", "w"), ("strip", "1"))  # 60 % of 松の会 is west
    assert answer.exact == (("block", "b3"), ("quarter", "e"), ("strip", "1"))


@pytest.mark.parametrize("precision", [Precision.NONE, Precision.BLOCK, Precision.POINT])
def test_without_a_place_only_the_declared_area(precision):
    answer = ask(precision=precision, area="東地区", address="みなと市桜町3-4")
    assert answer.exact == answer.coarse == (("quarter", "e"),)
    assert (answer.block_text, answer.block_lon, answer.block_lat) == ("みなと市桜町", None, None)
    assert ask(precision=precision).coarse == ()


def test_none_tells_nothing_of_its_point():
    answer = ask(450, 250, precision=Precision.NONE)
    assert answer.coarse == ()
    assert ask(450, 250, precision=Precision.NONE, area="w").coarse == (("quarter", "w"),)


def test_an_area_nobody_has_drawn_is_found_by_declaring_it():
    answer = ask(1750, 250, area="梅の会")
    assert answer.exact == (("block", "b4"), ("quarter", "e"), ("strip", "3"))
    # Undeclared, neither a point nor a block falls into it, though its one member is 桜町.
    assert ask(1750, 250, precision=Precision.BLOCK).coarse == (
        ("block", "b4"), ("quarter", "e"), ("strip", "2"),
    )  # fmt: skip
    assert ask(precision=Precision.AREA, area="梅の会").coarse == (
        ("block", "b4"), ("quarter", "e"), ("strip", "3"),
    )  # fmt: skip


def test_a_point_on_a_border_belongs_to_the_smallest_code():
    (lon, lat) = lonlat(1000, 0)
    (found,) = areas_of_points(np.array([lon]), np.array([lat]), AREAS, metric_crs=METRIC)
    assert found == {
        "block": ("block", "b2"), "quarter": ("quarter", "e"), "strip": ("strip", "1"),
    }  # fmt: skip


def test_the_quay_belongs_to_the_town_and_the_sea_to_nobody():
    assert ask(-49, 250).exact == (("block", "b1"), ("quarter", "w"))
    assert ask(-51, 250).exact == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 2000), st.floats(0, 1000)), min_size=1, max_size=20))
def test_every_point_of_a_partition_is_in_exactly_one_area(points):
    degrees = np.array([lonlat(x, y) for x, y in points])
    quarters = [area for area in AREAS if area.level == "quarter"]
    found = areas_of_points(degrees[:, 0], degrees[:, 1], quarters, metric_crs=METRIC)
    for (x, _), place in zip(points, found, strict=True):
        if abs(x - 1000) > 0.01:
            assert place == {"quarter": ("quarter", "w" if x < 1000 else "e")}
        else:
            assert set(place) == {"quarter"}


class TestDeclared:
    AREAS = (
        Area("a", "01", "髙﨑町"),
        Area("a", "02", "ミナト町"),
        Area("b", "01", "浜"),
        Area("b", "03", "ミナト町"),
        Area("b", "ミナト町", "山"),
    )

    @pytest.fixture
    def declared(self):
        return DeclaredAreas(self.AREAS, (level("a", title="小学校区"), level("b", title="自治会")))

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("浜", [("b", "01")]),
            ("高崎町", [("a", "01")]),
            ("03", [("b", "03")]),
            ("b/01", [("b", "01")]),
            ("小学校区／ﾐﾅﾄ町", [("a", "02")]),
            ("01", [("a", "01"), ("b", "01")]),
            ("ﾐﾅﾄ町", [("a", "02"), ("b", "03")]),
            ("どこか", []),
            ("", []),
            (None, []),
        ],
    )
    def test_find(self, declared, text, found):
        assert list(declared.find(text)) == found
        assert declared.one(text) == (found[0] if len(found) == 1 else None)

    def test_a_code_wins_over_a_name(self, declared):
        assert declared.find("ミナト町") == (("b", "ミナト町"),)


@pytest.mark.slow
def test_bulk_agrees_with_point_by_point():
    """150,000 points in 10,000 squares, against arithmetic."""
    count, side = 100, 100.0
    x, y = (a.ravel() * side for a in np.meshgrid(np.arange(count), np.arange(count)))
    outlines = reproject(shapely.box(x, y, x + side, y + side), METRIC, "EPSG:4326")
    areas = [
        Area("block", f"{n:05}", "", outline_wkb=blob)
        for n, blob in enumerate(shapely.to_wkb(outlines))
    ]
    random = np.random.default_rng(7)
    px, py = (random.uniform(1, count * side - 1, 150_000) for _ in range(2))
    lon, lat = transformer(METRIC, "EPSG:4326").transform(px, py)
    found = areas_of_points(lon, lat, areas, metric_crs=METRIC)
    column, row = (px // side).astype(int), (py // side).astype(int)
    inner = (np.abs(px / side - np.round(px / side)) > 1e-4) & (
        np.abs(py / side - np.round(py / side)) > 1e-4
    )
    for n in np.flatnonzero(inner):
        assert found[n] == {"block": ("block", f"{row[n] * count + column[n]:05}")}
