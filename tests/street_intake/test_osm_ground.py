"""The base map of small files: shapes of each kind, and each real thing named once."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from street_intake.osm_xml import OsmXml, geometry, names, read_items, shapes

from geo.model.ground import GroundKind, GroundShape, Landmark, LandmarkKind, StreetKind, WayMark
from geo.street_intake import line_labels
from geo.street_intake.landmark_kinds import landmark_kind, weight_of
from geo.street_intake.line_labels import LineLabels
from geo.street_intake.one_landmark import OneLandmark
from geo.street_intake.points_nearby import PointsNearby
from geo.street_intake.tag_names import name_of
from geo.street_intake.tagged_things import Run
from geo.street_intake.wkb_line import wkb_line

_SQUARE = {1: (0, 0), 2: (2, 0), 3: (2, 2), 4: (0, 2)}
_RIM = [1, 2, 3, 4, 1]


def _tags(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in text.split(" ") if pair)


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ("natural=water", GroundKind.LAKE),
        ("waterway=riverbank", GroundKind.LAKE),
        ("landuse=reservoir", GroundKind.LAKE),
        ("natural=wood", GroundKind.WOOD),
        ("landuse=forest", GroundKind.WOOD),
        ("leisure=park", GroundKind.PARK),
        ("leisure=park natural=wood", GroundKind.PARK),
        ("leisure=pitch", GroundKind.PARK),
        ("leisure=playground", GroundKind.PARK),
        ("leisure=garden", GroundKind.PARK),
        ("landuse=grass", GroundKind.PARK),
        ("landuse=cemetery", GroundKind.PARK),
        ("landuse=farmland", GroundKind.FARMLAND),
        ("landuse=orchard", GroundKind.FARMLAND),
        ("landuse=paddy", GroundKind.FARMLAND),
        ("building=yes", GroundKind.BUILDING),
        ("building=school leisure=park", GroundKind.BUILDING),
    ],
)
def test_a_closed_way_is_a_shape(tmp_path: Path, tags: str, kind: GroundKind) -> None:
    items, problems = read_items(OsmXml(_SQUARE, ways={7: (_RIM, _tags(tags))}).write(tmp_path))
    assert problems == []
    (shape,) = items
    assert isinstance(shape, GroundShape)
    assert (shape.kind, shape.name, shape.street) == (kind, None, None)
    assert geometry(shape).equals(shapely.box(135, 35, 135.002, 35.002))


@pytest.mark.parametrize(
    "tags",
    [
        "building=no",
        "building=construction",
        "building=roof",
        "building=yes location=underground",
        "building=yes layer=-1",
        "natural=water area=no",
        "landuse=residential",
        "amenity=parking",
        "boundary=administrative",
    ],
)
def test_what_is_no_shape(tmp_path: Path, tags: str) -> None:
    assert read_items(OsmXml(_SQUARE, ways={7: (_RIM, _tags(tags))}).write(tmp_path)) == ([], [])


@pytest.mark.parametrize(
    ("tags", "kind", "street"),
    [
        ("railway=rail", GroundKind.RAIL, None),
        ("railway=subway tunnel=yes", GroundKind.RAIL, None),
        ("railway=tram", GroundKind.RAIL, None),
        ("railway=light_rail", GroundKind.RAIL, None),
        ("waterway=river", GroundKind.RIVER, None),
        ("waterway=canal", GroundKind.RIVER, None),
        ("waterway=stream", GroundKind.STREAM, None),
        ("waterway=ditch", GroundKind.STREAM, None),
        ("waterway=drain", GroundKind.STREAM, None),
        ("highway=motorway", GroundKind.STREET, StreetKind.MOTORWAY),
        ("highway=service access=private", GroundKind.STREET, StreetKind.SERVICE),
        ("highway=steps", GroundKind.STREET, StreetKind.STEPS),
        ("railway=platform", GroundKind.STREET, StreetKind.FOOTWAY),
    ],
)
def test_a_line_is_a_shape(
    tmp_path: Path, tags: str, kind: GroundKind, street: StreetKind | None
) -> None:
    items, _ = read_items(OsmXml(_SQUARE, ways={7: ([1, 2, 3], _tags(tags))}).write(tmp_path))
    (shape,) = items
    assert isinstance(shape, GroundShape)
    assert (shape.kind, shape.street) == (kind, street)
    assert shapely.get_coordinates(geometry(shape)).round(7).tolist() == [
        [135.0, 35.0],
        [135.002, 35.0],
        [135.002, 35.002],
    ]


@pytest.mark.parametrize(
    "tags",
    [
        "railway=abandoned",
        "railway=construction",
        "railway=rail service=yard",
        "waterway=river tunnel=yes",
        "waterway=stream tunnel=culvert",
        "waterway=dam",
        "highway=proposed",
        "natural=cliff",
        "barrier=wall",
    ],
)
def test_what_is_no_line(tmp_path: Path, tags: str) -> None:
    town = OsmXml(_SQUARE, ways={7: ([1, 2, 3], _tags(tags))})
    assert read_items(town.write(tmp_path)) == ([], [])


def test_bridge_tunnel_and_level_are_kept(tmp_path: Path) -> None:
    town = OsmXml(
        _SQUARE,
        ways={
            7: ([1, 2], _tags("highway=primary bridge=yes layer=2")),
            8: ([3, 4], _tags("railway=subway tunnel=yes")),
        },
    )
    items, _ = read_items(town.write(tmp_path))
    (street,), (rail,) = shapes(items, GroundKind.STREET), shapes(items, GroundKind.RAIL)
    assert (street.marks, street.level) == (WayMark.BRIDGE, 2)
    assert (rail.marks, rail.level) == (WayMark.TUNNEL, -1)


def test_an_island_in_a_lake_is_a_hole(tmp_path: Path) -> None:
    nodes = _SQUARE | {5: (0.5, 0.5), 6: (1, 0.5), 7: (1, 1)}
    town = OsmXml(
        nodes,
        ways={7: ([1, 2, 3], {}), 8: ([3, 4, 1], {}), 9: ([5, 6, 7, 5], {})},
        relations={
            1: (
                [(7, "outer"), (8, "outer"), (9, "inner")],
                {"type": "multipolygon", "natural": "water", "name": "大池"},
            )
        },
    )
    items, problems = read_items(town.write(tmp_path))
    assert problems == []
    (lake,) = shapes(items, GroundKind.LAKE)
    assert geometry(lake).area == pytest.approx(4e-6 - 0.125e-6)
    assert lake.name == "大池"
    (name,) = [i for i in items if isinstance(i, Landmark)]
    assert (name.kind, name.name) == (LandmarkKind.WATER, "大池")
    assert name.weight == pytest.approx(198.2, abs=0.5)  # 182 m by 222 m less an island


def test_a_surface_that_leaves_the_file_is_counted(tmp_path: Path) -> None:
    town = OsmXml(
        _SQUARE,
        ways={7: ([1, 2, 3], {})},
        relations={1: ([(7, "outer"), (8, "outer")], {"type": "multipolygon", "natural": "wood"})},
    )
    items, problems = read_items(town.write(tmp_path))
    assert items == []
    assert [p.code for p in problems] == ["surface-not-whole"]
    assert "面 1 件" in problems[0].message_ja


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ("railway=station", LandmarkKind.STATION),
        ("railway=halt", LandmarkKind.STATION),
        ("public_transport=station", LandmarkKind.STATION),
        ("amenity=school", LandmarkKind.SCHOOL),
        ("amenity=kindergarten", LandmarkKind.SCHOOL),
        ("amenity=university", LandmarkKind.SCHOOL),
        ("amenity=college", LandmarkKind.SCHOOL),
        ("amenity=townhall", LandmarkKind.HALL),
        ("amenity=community_centre", LandmarkKind.HALL),
        ("amenity=public_building", LandmarkKind.HALL),
        ("amenity=place_of_worship religion=shinto", LandmarkKind.SHRINE),
        ("amenity=place_of_worship religion=buddhist", LandmarkKind.TEMPLE),
        ("amenity=place_of_worship religion=christian", LandmarkKind.OTHER),
        ("amenity=place_of_worship", LandmarkKind.OTHER),
        ("amenity=post_office", LandmarkKind.POST_OFFICE),
        ("amenity=hospital", LandmarkKind.CLINIC),
        ("amenity=clinic", LandmarkKind.CLINIC),
        ("amenity=doctors", LandmarkKind.CLINIC),
        ("shop=supermarket", LandmarkKind.SHOP),
        ("shop=convenience", LandmarkKind.SHOP),
        ("shop=department_store", LandmarkKind.SHOP),
        ("shop=mall", LandmarkKind.SHOP),
        ("amenity=marketplace", LandmarkKind.SHOP),
        ("amenity=library", LandmarkKind.LIBRARY),
        ("leisure=park", LandmarkKind.PARK),
        ("place=quarter", LandmarkKind.PLACE),
        ("place=neighbourhood", LandmarkKind.PLACE),
        ("place=hamlet", LandmarkKind.PLACE),
        ("natural=peak", LandmarkKind.MOUNTAIN),
        ("natural=water", LandmarkKind.WATER),
        ("amenity=police", LandmarkKind.OTHER),
        ("historic=castle", LandmarkKind.OTHER),
        ("amenity=bench", None),
        ("railway=tram_stop", None),
        ("place=locality", None),
        ("shop=hairdresser", None),
    ],
)
def test_landmarks(tags: str, kind: LandmarkKind | None) -> None:
    assert landmark_kind(_tags(tags)) is kind


@pytest.mark.parametrize(
    ("tags", "weight"),
    [
        ("place=town population=12,345", 12345),
        ("place=town population=about", 10_000),
        ("place=hamlet", 200),
        ("natural=peak ele=3143,45", 3143),
        ("natural=peak ele=2942.5m", 2942.5),
        ("natural=peak", 0),
        ("amenity=school", 120),
        ("amenity=kindergarten", 40),
        ("amenity=library", 30),
        ("railway=station public_transport=station", 300),
        ("amenity=bus_station", 30),
    ],
)
def test_what_puts_landmarks_in_order(tags: str, weight: float) -> None:
    kind = landmark_kind(_tags(tags))
    assert kind is not None
    assert weight_of(kind, _tags(tags), side_m=30) == weight


def test_only_what_has_a_name_is_a_landmark(tmp_path: Path) -> None:
    town = OsmXml(
        {1: (0, 0), 2: (5, 0)},
        node_tags={1: {"amenity": "school"}, 2: {"amenity": "school", "name": "港小学校"}},
    )
    items, _ = read_items(town.write(tmp_path))
    assert items == [Landmark(LandmarkKind.SCHOOL, 135.005, 35.0, "港小学校", weight=120)]


def test_name_and_kana_are_japanese(tmp_path: Path) -> None:
    tags = {
        "amenity": "place_of_worship",
        "religion": "shinto",
        "name": "Minato Jinja",
        "name:ja": "湊神社",
        "name:ja-Hira": "みなとじんじゃ",
        "name:ja_rm": "Minato Jinja",
    }
    items, _ = read_items(OsmXml({1: (0, 0)}, node_tags={1: tags}).write(tmp_path))
    assert items == [Landmark(LandmarkKind.SHRINE, 135.0, 35.0, "湊神社", "みなとじんじゃ")]


@pytest.mark.parametrize(
    ("written", "read"),
    [("港\n町", "港 町"), ("  港　町 ", "港 町"), ("港;湊", "港"), (";", None), ("\u200b", None)],
)
def test_names_are_cleaned(written: str, read: str | None) -> None:
    assert name_of({"name": written}) == read
    assert name_of({"name": "x" * 1000}) == "x" * 100


def test_a_station_drawn_five_times_is_one(tmp_path: Path) -> None:
    """A node, an area, a platform's node, a node 300 m off; one of the same name far away."""
    nodes = _SQUARE | {5: (1, 1), 6: (3, 1), 7: (4, 1), 8: (40, 1)}
    station = {"railway": "station", "name": "港"}
    town = OsmXml(
        nodes,
        node_tags={
            5: station,
            6: {"public_transport": "station", "name": "港駅", "name:ja-Hira": "みなと"},
            7: station,
            8: station,
        },
        ways={7: (_RIM, {"public_transport": "station", "name": "港駅"})},
    )
    items, _ = read_items(town.write(tmp_path))
    found = [i for i in items if isinstance(i, Landmark) and i.kind is LandmarkKind.STATION]
    assert [(s.name, round(s.lon, 6), s.kana) for s in found] == [
        ("港駅", 135.001, "みなと"),
        ("港", 135.04, None),
    ]
    assert [s.weight for s in found] == [300, 300]


def test_two_shops_of_a_chain_on_one_crossing_are_two(tmp_path: Path) -> None:
    shop = {"shop": "convenience", "name": "まいにち"}
    items, _ = read_items(
        OsmXml({1: (0, 0), 2: (0.5, 0)}, node_tags={1: shop, 2: shop}).write(tmp_path)
    )
    assert names(items, LandmarkKind.SHOP) == ["まいにち", "まいにち"]


def test_the_point_of_a_landmark_lies_inside_it(tmp_path: Path) -> None:
    """A school round its yard, like a horseshoe: the middle of its box is outside."""
    nodes = {1: (0, 0), 2: (6, 0), 3: (6, 1), 4: (1, 1), 5: (1, 5), 6: (6, 5), 7: (6, 6), 8: (0, 6)}
    tags = {"amenity": "school", "name": "港小学校", "building": "yes"}
    town = OsmXml(nodes, ways={7: ([1, 2, 3, 4, 5, 6, 7, 8, 1], tags)})
    items, _ = read_items(town.write(tmp_path))
    (building,) = shapes(items, GroundKind.BUILDING)
    (school,) = [i for i in items if isinstance(i, Landmark)]
    assert geometry(building).contains(shapely.Point(school.lon, school.lat))
    assert building.name is None


def test_a_street_in_pieces_has_its_name_in_its_middle(tmp_path: Path) -> None:
    """Three pieces of 200 m in a row and one of 80 m beside them: one name."""
    named = {"highway": "residential", "name": "本町通り"}
    nodes = {1: (0, 0), 2: (0, 2), 3: (0, 4), 4: (0, 6), 5: (1, 6), 6: (1, 6.7)}
    town = OsmXml(
        nodes,
        ways={7: ([2, 3], named), 8: ([1, 2], named), 9: ([4, 3], named), 10: ([5, 6], named)},
    )
    items, _ = read_items(town.write(tmp_path))
    (label,) = [i for i in items if isinstance(i, Landmark)]
    assert (label.kind, label.name) == (LandmarkKind.STREET, "本町通り")
    assert (label.lon, label.lat) == pytest.approx((135.0, 35.003))
    assert label.weight == pytest.approx(667, rel=0.01)
    assert [s.name for s in shapes(items, GroundKind.STREET)] == ["本町通り"] * 4


def test_streets_of_one_name_in_two_villages_are_two_names(tmp_path: Path) -> None:
    named = {"highway": "residential", "name": "本町通り"}
    nodes = {1: (0, 0), 2: (0, 2), 3: (50, 0), 4: (50, 3)}
    town = OsmXml(nodes, ways={7: ([1, 2], named), 8: ([3, 4], named)})
    items, _ = read_items(town.write(tmp_path))
    assert sorted((round(i.lon, 6), round(i.lat, 6)) for i in items if isinstance(i, Landmark)) == [
        (135.0, 35.001),
        (135.05, 35.0015),
    ]


@given(
    pieces=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 30)), min_size=1, max_size=12),
    at_a_time=st.integers(1, 5),
)
def test_names_come_out_the_same_however_many_are_read_at_a_time(
    pieces: list[tuple[int, int]], at_a_time: int
) -> None:
    labels = LineLabels(LandmarkKind.STREET)
    for name, place in pieces:
        run = Run([place, place + 1], [place / 500, place / 500 + 0.002], [name / 50] * 2)
        labels.add(f"{name}番通り", None, run)
    at_once = list(labels.landmarks())
    assert {label.name for label in at_once} == {f"{name}番通り" for name, _ in pieces}
    before, line_labels._WAYS_AT_A_TIME = line_labels._WAYS_AT_A_TIME, at_a_time
    try:
        in_shares = list(labels.landmarks())
    finally:
        line_labels._WAYS_AT_A_TIME = before
    assert in_shares == at_once


def test_a_corridor_gives_no_street_name(tmp_path: Path) -> None:
    tags = {"highway": "corridor", "name": "地下1番通り"}
    items, _ = read_items(OsmXml(_SQUARE, ways={7: ([1, 2], tags)}).write(tmp_path))
    assert names(items, LandmarkKind.STREET) == []


def test_a_long_river_is_named_again(tmp_path: Path) -> None:
    """11 km in two pieces: named in the middle and once to each side."""
    tags = {"waterway": "river", "name": "湊川"}
    nodes = {1: (0, 0), 2: (0, 40), 3: (0, 100)}
    town = OsmXml(nodes, ways={7: ([1, 2], tags), 8: ([2, 3], tags)})
    items, _ = read_items(town.write(tmp_path))
    found = [i for i in items if isinstance(i, Landmark)]
    assert {i.kind for i in found} == {LandmarkKind.WATER}
    assert sorted(round(i.lat, 4) for i in found) == [35.01, 35.03, 35.05, 35.07, 35.09]


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=0, max_size=20))
def test_lines_are_written_as_shapely_writes_them(points: list[tuple[float, float]]) -> None:
    once = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
    found = wkb_line([x for x, _ in points], [y for _, y in points])
    if len(once) < 2:
        assert found is None
    else:
        assert found == shapely.to_wkb(shapely.LineString(once))


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=12))
def test_things_far_apart_stay_and_things_close_by_are_one(metres: list[int]) -> None:
    """On a line: what is kept stands apart, and all that is not kept is near something kept."""
    once = OneLandmark()
    for metre in metres:
        once.add(Landmark(LandmarkKind.TEMPLE, metre / 111_195, 0.0, "正福寺"))
    kept = sorted(landmark.lon * 111_195 for landmark in once.landmarks())
    assert all(b - a > 149.9 for a, b in pairwise(kept))
    assert all(min(abs(metre - k) for k in kept) <= 150.1 for metre in metres)


@given(
    st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), max_size=20),
    st.floats(1, 5000),
)
def test_points_nearby_are_those_a_search_of_all_finds(
    points: list[tuple[float, float]], reach_m: float
) -> None:
    nearby = PointsNearby(reach_m)
    for number, (x, y) in enumerate(points):
        nearby.add(x, y, number)
    for x, y in points:
        assert sorted(nearby.near(x, y)) == sorted(
            (math.hypot(x - a, y - b), number)
            for number, (a, b) in enumerate(points)
            if math.hypot(x - a, y - b) <= reach_m
        )
