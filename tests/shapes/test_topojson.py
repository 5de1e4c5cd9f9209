"""TopoJSON: shared lines become the rings they are, by hand and against GeoJSON."""

from __future__ import annotations

import json

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.intake.features import UnreadableFileError
from geo.intake.geojson import read_geojson
from geo.intake.shapes import read_features

# Two squares that share the line x = 138.31, worked by hand: arc 0 is the shared line (northward),
# arc 1 the rest of the left square, arc 2 the rest of the right one.
SHARED = [[138.31, 34.85], [138.31, 34.86]]
LEFT = [[138.31, 34.86], [138.30, 34.86], [138.30, 34.85], [138.31, 34.85]]
RIGHT = [[138.31, 34.85], [138.32, 34.85], [138.32, 34.86], [138.31, 34.86]]


def topology(arcs=(SHARED, LEFT, RIGHT), **more):
    polygons = [
        {"type": "Polygon", "arcs": [[0, 1]], "properties": {"番号": "1", "名": "西"}},
        {"type": "MultiPolygon", "arcs": [[[2, ~0]]], "properties": {"番号": "2", "名": "東"}},
    ]
    return {
        "type": "Topology",
        "objects": {"地区": {"type": "GeometryCollection", "geometries": polygons}},
        "arcs": list(arcs),
        **more,
    }


@pytest.fixture
def read(tmp_path):
    def read(value, layer=None):
        path = tmp_path / "a.topojson.json"
        path.write_text(json.dumps(value), "utf-8")
        return read_features(path, file="a.json", layer=layer)

    return read


def shapes(features):
    return [shapely.from_wkb(blob) for blob in features.geometries_wkb]


def test_two_squares_with_one_line_between(read):
    features = read(topology())
    assert features.problems == ()
    assert [row["名"] for row in features.rows] == ["西", "東"]
    west, east = shapes(features)
    assert west.equals(shapely.box(138.30, 34.85, 138.31, 34.86))
    assert east.equals(shapely.box(138.31, 34.85, 138.32, 34.86))
    assert west.intersection(east).length == pytest.approx(0.01)


def test_quantised_is_the_same(read):
    # scale 0.01: 138.30 + 1 * 0.01; each point but the first is a step from the one before.
    steps = [
        [[1, 0], [0, 1]],
        [[1, 1], [-1, 0], [0, -1], [1, 0]],
        [[1, 0], [1, 0], [0, 1], [-1, 0]],
    ]
    quantised = topology(steps, transform={"scale": [0.01, 0.01], "translate": [138.30, 34.85]})
    for ours, plain in zip(shapes(read(quantised)), shapes(read(topology())), strict=True):
        assert ours.normalize().equals_exact(plain.normalize(), 1e-9)


def test_points_of_a_quantised_topology(read):
    value = {
        "type": "Topology",
        "transform": {"scale": [0.01, 0.01], "translate": [138.30, 34.85]},
        "arcs": [],
        "objects": {"a": {"type": "Point", "coordinates": [2, 3], "id": 7}},
    }
    features = read(value)
    (point,) = shapes(features)
    assert (point.x, point.y) == (pytest.approx(138.32), pytest.approx(34.88))
    assert features.rows == ({"id": "7"},)


def test_several_objects_are_asked_for_by_name(read):
    value = topology()
    value["objects"]["川"] = {"type": "LineString", "arcs": [0], "properties": {"名": "川"}}
    (problem,) = read(value).problems
    assert problem.code == "topojson-several-objects"
    assert problem.message_ja == (
        "TopoJSON の中に 2 つの図があります（地区、川）。使うものをマニフェストに"
        ' sheet = "地区" のように書いてください。'
    )
    assert [row["名"] for row in read(value, "川").rows] == ["川"]
    (problem,) = read(value, "山").problems
    assert (problem.code, problem.value) == ("topojson-object-missing", "山")


@pytest.mark.parametrize("arcs", [[[9]], [["x"]], [[True]], [9], None, [[]]])
def test_a_line_that_is_not_there_is_said_and_the_rest_is_read(read, arcs):
    value = topology()
    value["objects"]["地区"]["geometries"][0]["arcs"] = arcs
    features = read(value)
    assert [(p.code, p.row) for p in features.problems] == [("geometry-unreadable", 1)]
    assert [blob is None for blob in features.geometries_wkb] == [True, False]


def test_one_long_line_named_again_and_again_is_refused_before_it_fills_the_memory():
    line = [[138 + n * 1e-6, 34.0] for n in range(10_000)]
    objects = {"a": {"type": "MultiLineString", "arcs": [[0]] * 5_000}}
    data = json.dumps({"type": "Topology", "objects": objects, "arcs": [line]}).encode()
    assert len(data) < 1_000_000
    with pytest.raises(UnreadableFileError) as error:
        read_geojson(data, file="a.json")
    assert error.value.problem.code == "file-too-large"


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers(-3, 9) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "arcs", "geometries", "coordinates", "properties", "id", "scale"]
            ),
            inner | st.sampled_from(["GeometryCollection", "Polygon", "MultiPolygon", "Point"]),
        )
    ),
    max_leaves=16,
)


@settings(max_examples=200, deadline=None)
@given(objects=st.dictionaries(st.just("a"), anything), arcs=anything, transform=anything)
def test_whatever_it_holds_there_is_an_answer(objects, arcs, transform):
    value = {"type": "Topology", "objects": objects, "arcs": arcs, "transform": transform}
    try:
        read_geojson(json.dumps(value).encode(), file="a.json")
    except UnreadableFileError as error:
        assert error.problem.is_error  # noqa: PT017
