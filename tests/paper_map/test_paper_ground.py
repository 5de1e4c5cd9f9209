"""The base map of a piece of paper, from the views every audience may read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shapely
from tiles.ground_rows import Label, Shape, metres, write_ground
from town_copy import copy_of_squares

from geo.crs import transformer
from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.audience import Audience, Medium
from geo.questions.paper_ground import PaperGround, paper_ground, paper_zoom

CODE, CODE_WITHOUT = "99902", "99901"
METRIC_CRS = "EPSG:6676"
SHAPES = (
    Shape("water", "sea", "POLYGON((-4096 3000, 8192 3000, 8192 5000, -4096 5000, -4096 3000))"),
    Shape("building", "building", "POLYGON((600 600, 640 600, 640 640, 600 640, 600 600))"),
    Shape("street", "7", "LINESTRING(300 700, 300 1500)", order=33, bridge=1),
    Shape("street", "1", "LINESTRING(-1000 1024, 5000 1024)", order=39, name="本通り"),
    Shape("street", "9", "LINESTRING(900 1300, 900 1330)", order=31, tunnel=1),
    Shape("street", "9", "LINESTRING(99000 1300, 99000 1330)", order=31),
)
LABELS = (
    Label("school", "松の小学校", (700, 700), rank=3, min_zoom=14),
    Label("station", "ますめ駅", (1000.4, 2530.6), rank=0, min_zoom=10),
    Label("shop", "近くだけの店", (50, 50), rank=5, min_zoom=15),
)
Grounds = tuple[TownDatabase, TownDatabase]


@pytest.fixture(scope="module")
def towns(make_settings, tmp_path_factory) -> Iterator[Grounds]:
    """The town of squares with a base map written by hand, and without one."""
    made = []
    for code, streets in ((CODE, True), (CODE_WITHOUT, False)):
        folder = tmp_path_factory.mktemp(f"paper{code}") / "町"
        settings = make_settings(copy_of_squares(folder, code, streets=streets))
        load_town(settings)
        made.append(TownDatabase(settings, code))
    with made[0].owner() as conn:
        write_ground(conn, SHAPES, LABELS)
    yield made[0], made[1]
    for database in made:
        database.dispose()


def _box(left: float, top: float, right: float, bottom: float) -> tuple[float, ...]:
    degrees = transformer("EPSG:3857", "EPSG:4326")
    west, south = degrees.transform(*metres(left, bottom))
    east, north = degrees.transform(*metres(right, top))
    return west, south, east, north


def _ground(
    database: TownDatabase, *sides: float, scale: int = 10_000, audience: Audience = Audience.PUBLIC
) -> PaperGround:
    with database.connect(audience, Medium.PRINT) as conn:
        return paper_ground(conn, _box(*sides), scale, METRIC_CRS)


def test_it_is_what_lies_in_the_box_in_metres_and_in_order(towns: Grounds) -> None:
    found = _ground(towns[0], 0, 0, 4096, 4096)
    assert found.zoom == 15
    assert sorted(zip(found.layer, found.kind, strict=True)) == [
        ("building", "building"), ("street", "1"), ("street", "7"), ("street", "9"),
        ("water", "sea"),
    ]  # fmt: skip
    streets = [
        kind for layer, kind in zip(found.layer, found.kind, strict=True) if layer == "street"
    ]
    assert streets == ["9", "7", "1"]
    assert found.bridge[found.kind.index("7")]
    assert found.tunnel[found.kind.index("9")]
    size_m = 40 / 4096 * 1222.99 * 0.809  # a unit at this latitude
    building = found.geometry[found.layer.index("building")]
    assert building.area == pytest.approx(size_m**2, rel=0.01)


def test_what_sticks_out_is_cut(towns: Grounds) -> None:
    found = _ground(towns[0], 0, 0, 2048, 2048)
    wide = found.geometry[found.kind.index("1")]
    assert shapely.length(wide) == pytest.approx(2048 / 4096 * 1222.99 * 0.809, rel=0.02)


def test_names_are_those_of_the_scale_the_weightiest_first(towns: Grounds) -> None:
    near = _ground(towns[0], 0, 0, 4096, 4096)
    assert [label.name for label in near.labels] == ["ますめ駅", "松の小学校", "近くだけの店"]
    middle = _ground(towns[0], 0, 0, 4096, 4096, scale=50_000)
    assert [label.name for label in middle.labels] == ["ますめ駅", "松の小学校"]
    far = _ground(towns[0], 0, 0, 4096, 4096, scale=200_000)
    assert [label.name for label in far.labels] == ["ますめ駅"]


def test_a_name_stands_where_it_is(towns: Grounds) -> None:
    station = _ground(towns[0], 0, 0, 4096, 4096).labels[0]
    x, y = transformer("EPSG:3857", METRIC_CRS).transform(*metres(1000.4, 2530.6))
    assert (station.x, station.y) == (pytest.approx(x, abs=0.01), pytest.approx(y, abs=0.01))


def test_everybody_is_answered_the_same(towns: Grounds) -> None:
    for audience in Audience:
        found = _ground(towns[0], 0, 0, 4096, 4096, audience=audience)
        assert len(found.layer) == 5
        assert len(found.labels) == 3


def test_a_town_without_streets_has_nothing(towns: Grounds) -> None:
    found = _ground(towns[1], 0, 0, 4096, 4096)
    assert (found.layer, found.kind, found.labels, len(found.geometry)) == ((), (), (), 0)


def test_a_smaller_scale_asks_for_less() -> None:
    zooms = [paper_zoom(scale, 36.0) for scale in (1_000, 10_000, 50_000, 200_000, 2_000_000)]
    assert zooms == [15, 15, 14, 12, 8]
