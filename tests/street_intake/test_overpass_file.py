"""Overpass answers: the same rules as for files of OpenStreetMap, packed as JSON."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from street_intake.osm_xml import OsmXml, geometry, lines_of, names, read_items, read_ways, shapes

from geo.model.ground import GroundItem, GroundKind, Landmark, LandmarkKind
from geo.model.problem import Problem
from geo.network.junctions import build_network
from geo.network.way_table import WayTable
from geo.street_intake.overpass_file import OverpassFile

_STREET = {"highway": "residential"}


def _way(number: int, nodes: list[int], tags: dict[str, str]) -> dict[str, Any]:
    """Node ``n`` stands ``n`` thousandths of a degree east and, from 10 on, one north."""
    place = [{"lat": 35.0 + (node >= 10) / 1000, "lon": 135 + node % 10 / 1000} for node in nodes]
    return {"type": "way", "id": number, "nodes": nodes, "geometry": place, "tags": tags}


def _written(folder: Path, *elements: dict[str, Any], **more: Any) -> Path:
    path = folder / "answer.json"
    path.write_text(json.dumps({"version": 0.6, "elements": elements, **more}), "utf-8")
    return path


def _ways(path: Path) -> tuple[WayTable, list[Problem]]:
    problems: list[Problem] = []
    return OverpassFile(path, path.name, problems).ways(lambda _: None), problems


def _items(path: Path) -> tuple[list[GroundItem], list[Problem]]:
    problems: list[Problem] = []
    return list(OverpassFile(path, path.name, problems).items(lambda _: None)), problems


def test_a_way_arrives_as_it_is_written(tmp_path: Path) -> None:
    ways, problems = _ways(_written(tmp_path, _way(7, [1, 2, 3], _STREET | {"name": "本町通り"})))
    assert problems == []
    assert lines_of(ways) == [(1, 2, 3)]
    assert ways.lon.tolist() == [135.001, 135.002, 135.003]
    assert ways.lat.tolist() == [35.0] * 3
    assert ways.names == ("本町通り",)


def test_packed_and_twice_in_the_answer(tmp_path: Path) -> None:
    plain = _written(tmp_path, _way(7, [1, 2], _STREET), _way(7, [1, 2], _STREET))
    packed = tmp_path / "answer.json.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert lines_of(_ways(packed)[0]) == lines_of(_ways(plain)[0]) == [(1, 2)]


def test_ways_meet_at_shared_nodes_only(tmp_path: Path) -> None:
    """Node 21 stands where node 11 does: a bridge over the street."""
    bridge = {"highway": "footway", "bridge": "yes"}
    path = _written(
        tmp_path,
        _way(7, [10, 11, 12], _STREET),
        _way(8, [1, 11], _STREET),
        _way(9, [2, 21, 3], bridge),
    )
    network = build_network(_ways(path)[0], "EPSG:6674")
    assert (network.nodes, network.edges, network.components) == (6, 4, 2)


def test_nodes_may_come_apart_from_their_ways(tmp_path: Path) -> None:
    """``out body; >; out skel;`` instead of ``out geom;``; and a gate that is shut."""
    bare = {"type": "way", "id": 7, "nodes": [1, 2, 3], "tags": _STREET}
    nodes = [{"type": "node", "id": n, "lat": 35.0, "lon": 135 + n / 1000} for n in (1, 2, 3)]
    nodes[1]["tags"] = {"barrier": "gate", "access": "private"}
    ways, problems = _ways(_written(tmp_path, bare, *nodes))
    assert problems == []
    assert lines_of(ways) == [(1, -1), (-1, 3)]
    assert ways.lon.tolist() == [135.001, 135.002, 135.002, 135.003]


def test_what_the_box_of_the_query_cut_off_is_left_out(tmp_path: Path) -> None:
    way = _way(7, [1, 2, 3, 4, 5], _STREET)
    way["geometry"][2] = None
    ways, problems = _ways(_written(tmp_path, way))
    assert lines_of(ways) == [(1, 2), (4, 5)]
    assert [p.code for p in problems] == ["street-cut-at-edge"]


@pytest.mark.parametrize("missing", ["nodes", "geometry"])
def test_a_query_without_numbers_or_places_is_told(tmp_path: Path, missing: str) -> None:
    way = _way(7, [1, 2], _STREET)
    del way[missing]
    ways, problems = _ways(_written(tmp_path, way, _way(8, [1, 2], _STREET)))
    assert lines_of(ways) == [(1, 2)]
    assert "overpass-no-geometry" in [p.code for p in problems]
    assert any("線 1 本" in p.message_ja and "out geom;" in p.message_ja for p in problems)


def test_places_that_are_none(tmp_path: Path) -> None:
    way = _way(7, [1, 2, 3], _STREET)
    way["geometry"][2] = {"lat": 9000, "lon": 135}
    assert lines_of(_ways(_written(tmp_path, way))[0]) == [(1, 2)]


def test_shapes_and_landmarks(tmp_path: Path) -> None:
    node = {"type": "node", "id": 99, "lat": 35.1, "lon": 135.1}
    path = _written(
        tmp_path,
        _way(7, [1, 2, 12, 11, 1], {"building": "yes", "amenity": "library", "name": "図書館"}),
        _way(8, [1, 2], {"railway": "rail"}),
        node | {"tags": {"railway": "station", "name": "港"}},
        {"type": "node", "id": 98, "tags": {"railway": "station", "name": "どこにもない"}},
    )
    items, problems = _items(path)
    assert problems == []
    (building,) = shapes(items, GroundKind.BUILDING)
    assert geometry(building).equals(shapely.box(135.001, 35, 135.002, 35.001))
    assert len(shapes(items, GroundKind.RAIL)) == 1
    assert names(items, LandmarkKind.LIBRARY) == ["図書館"]
    assert [i for i in items if isinstance(i, Landmark)][1:] == [
        Landmark(LandmarkKind.STATION, 135.1, 35.1, "港", weight=300)
    ]


def test_a_relation_with_its_lines_inline(tmp_path: Path) -> None:
    halves = [_way(0, [1, 3, 13], {}), _way(0, [13, 11, 1], {})]
    hole = _way(0, [1, 2, 12, 1], {})
    members = [
        {"type": "way", "ref": n, "role": role, "geometry": way["geometry"]}
        for n, (way, role) in enumerate(
            [(halves[0], "outer"), (halves[1], "outer"), (hole, "inner")]
        )
    ]
    tags = {"type": "multipolygon", "natural": "water", "name": "大池"}
    relation = {"type": "relation", "id": 1, "members": members, "tags": tags}
    open_one = {"type": "relation", "id": 2, "members": members[:1], "tags": tags}
    items, problems = _items(_written(tmp_path, relation, open_one))
    (lake,) = shapes(items, GroundKind.LAKE)
    assert geometry(lake).area == pytest.approx(2e-6 - 0.5e-6)
    assert [p.code for p in problems] == ["surface-not-whole"]


def test_a_rim_that_crosses_itself_is_no_surface(tmp_path: Path) -> None:
    """A bow tie; and a thousand strokes to and fro, which would take minutes to mend."""
    strokes = [(i % 2) * 10 + (i * 7) % 10 for i in range(1000)]
    path = _written(
        tmp_path,
        _way(7, [1, 12, 2, 11, 1], {"natural": "water"}),
        _way(8, [*strokes, strokes[0]], {"natural": "water"}),
    )
    assert _items(path) == ([], [])


def test_json_and_xml_of_one_town_give_the_same(tmp_path: Path) -> None:
    nodes = {1: (0, 0), 2: (2, 0), 3: (2, 2), 4: (0, 2), 5: (9, 9)}
    town = OsmXml(
        nodes,
        node_tags={5: {"place": "quarter", "name": "港町"}},
        ways={
            7: ([1, 2, 3, 4, 1], {"leisure": "park", "name": "中央公園"}),
            8: ([1, 3], {"highway": "steps"}),
            9: ([2, 4, 5], {"waterway": "river", "name": "湊川"}),
        },
    )
    places = {
        n: {"lat": round(35 + y / 1000, 7), "lon": round(135 + x / 1000, 7)}
        for n, (x, y) in nodes.items()
    }
    path = _written(
        tmp_path,
        {"type": "node", "id": 5, **places[5], "tags": town.node_tags[5]},
        *(
            {
                "type": "way",
                "id": n,
                "nodes": line,
                "geometry": [places[i] for i in line],
                "tags": t,
            }
            for n, (line, t) in town.ways.items()
        ),
    )
    xml = town.write(tmp_path)
    assert lines_of(_ways(path)[0]) == lines_of(read_ways(xml)[0]) == [(1, 3)]

    def plain(items: list[GroundItem]) -> list[str]:
        return sorted(
            f"{i.kind} {i.name} {i.lon:.6f} {i.lat:.6f} {i.weight:.3f}"
            if isinstance(i, Landmark)
            else f"{i.kind} {i.name} {i.street} {shapely.normalize(geometry(i)).wkt}"
            for i in items
        )

    assert len(plain(_items(path)[0])) == 6
    assert plain(_items(path)[0]) == plain(read_items(xml)[0])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "json-broken"),
        ("{", "json-broken"),
        ('{"elements": [', "json-broken"),
        ('{"x":' + "[" * 200_000, "json-broken"),
        ('{"elements": [{"type": "way", "id": 1, "tags": {"a": "\\ud800"}}]}', "json-broken"),
        ("[1, 2]", "not-overpass"),
        ("{}", "not-overpass"),
        ('{"elements": 3}', "not-overpass"),
        ('{"elements": [3]}', "not-overpass"),
        ('{"elements": [{"type": "way", "id": "x"}]}', "not-overpass"),
        ('{"elements": [{"type": "way", "id": 1, "tags": {"highway": 3}}]}', "not-overpass"),
        ('{"elements": [{"type": "node", "id": 1, "lat": 1e999, "lon": 1}]}', "not-overpass"),
        ('{"type": "FeatureCollection", "features": []}', "not-overpass"),
        ('{"elements": [], "remark": "runtime error: Query timed out"}', "overpass-stopped"),
        ("<html>busy</html>", "json-broken"),
    ],
)
def test_a_broken_answer(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "answer.json"
    path.write_text(text, "utf-8")
    ways, problems = _ways(path)
    assert len(ways) == 0
    assert [(p.code, p.is_error, p.file) for p in problems] == [(code, True, "answer.json")]
    items, again = _items(path)
    assert (items, again) == ([], problems)


def test_a_number_that_no_column_holds(tmp_path: Path) -> None:
    ways, problems = _ways(_written(tmp_path, _way(7, [1, 10**30], _STREET)))
    assert len(ways) == 0
    assert [p.code for p in problems] == ["not-overpass"]


def test_what_is_not_there_or_not_packed(tmp_path: Path) -> None:
    assert [p.code for p in _ways(tmp_path / "missing.json")[1]] == ["file-missing"]
    (tmp_path / "answer.json.gz").write_bytes(b"not packed")
    assert [p.code for p in _ways(tmp_path / "answer.json.gz")[1]] == ["zip-broken"]


def test_an_answer_without_streets_says_so(tmp_path: Path) -> None:
    assert [p.code for p in _ways(_written(tmp_path))[1]] == ["no-walkable-ways"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "id", "tags", "nodes", "geometry", "lat", "lon", "members"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(elements=st.lists(_JSON, max_size=3))
def test_any_json_gives_a_table_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, elements: list[Any]
) -> None:
    path = tmp_path_factory.mktemp("json") / "answer.json"
    path.write_text(json.dumps({"elements": elements}), "utf-8")
    ways, problems = _ways(path)
    assert problems or len(ways)
    _items(path)
