"""Tables of edges, small enough to work out by hand."""

from __future__ import annotations

import zipfile
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely
from street_intake.edge_files import edges, geojson, network, pairs, quiet, read

from geo.model.ground import GroundKind, GroundShape, Landmark, LandmarkKind, StreetKind, WayMark

SQUARE = [
    ([(0, 0), (100, 0)], {"u": 1, "v": 2, "highway": "residential", "length": 100.5}),
    ([(100, 0), (100, 50), (0, 0)], {"u": 2, "v": 1, "highway": "footway,steps", "name": "坂"}),
]


def test_rows_with_numbered_ends(tmp_path: Path) -> None:
    """Two streets between the same two nodes: 100.5 m as told, 50 + 111.8 m as drawn."""
    ways = read(geojson(tmp_path / "a.geojson", SQUARE))
    assert ways.node.tolist() == [0, 1, 1, -1, 0]
    assert [StreetKind(k) for k in ways.kind] == [StreetKind.LOCAL, StreetKind.FOOTWAY]
    assert [WayMark(m) for m in ways.marks] == [WayMark.NONE, WayMark.STEPS]
    assert [ways.names[n] if n >= 0 else None for n in ways.name] == [None, "坂"]
    assert np.allclose(ways.length_m, [100.5, np.nan], equal_nan=True)
    assert pairs(network(ways)) == [(0, 1, 100), (1, 0, 162)]


def test_there_and_back_is_one_street(tmp_path: Path) -> None:
    """Both directions of one street, of a loop, and of two streets drawn on one line."""
    line, back = [(0, 0), (10, 0)], [(10, 0), (0, 0)]
    ring = [(0, 0), (0, 10), (10, 10), (0, 0)]
    rows = [
        (line, {"u": 1, "v": 2, "length": 10}),
        (back, {"u": 2, "v": 1, "length": 10}),
        (ring, {"u": 1, "v": 1}),
        (ring[::-1], {"u": 1, "v": 1}),
        (line, {"u": 1, "v": 3}),
        (line, {"u": 1, "v": 3}),
        (back, {"u": 3, "v": 1}),
        (back, {"u": 3, "v": 1}),
        (line, {"u": 5, "v": 6}),
    ]
    ways = read(geojson(tmp_path / "a.geojson", rows))
    assert pairs(network(ways)) == [(0, 1, 10), (0, 0, 34), (0, 2, 10), (0, 2, 10), (3, 4, 10)]


def test_there_and_back_told_along_one_line(tmp_path: Path) -> None:
    """Some programs do not turn the line of the way back: v lies at its first vertex there."""
    far = ([(10, 0), (30, 0)], {"u": 2, "v": 3})
    rows = [
        ([(0, 0), (10, 0)], {"u": 1, "v": 2, "h_u": 5, "h_v": 6}),
        ([(0, 0), (10, 0)], {"u": 2, "v": 1, "h_u": 6, "h_v": 5}),
        far,
        ([(30, 0), (40, 0)], {"u": 4, "v": 3, "h_u": 9, "h_v": 8}),
        ([(30, 0), (30, 9)], {"u": 3, "v": 5}),
    ]
    table, _ = edges(geojson(tmp_path / "a.geojson", rows))
    ways = table.ways(quiet)
    found = network(ways)
    assert pairs(found) == [(0, 1, 10), (1, 2, 20), (2, 3, 10), (2, 4, 9)]
    assert ways.height_first_m[[0, 2]].tolist() == [5, 8]
    assert ways.height_last_m[[0, 2]].tolist() == [6, 9]


def _heights(path: Path, nodes: int) -> tuple[list[float | None], list[str]]:
    table, problems = edges(path)
    found = network(table.ways(quiet)).node_height_m
    assert len(found) == nodes
    return [None if np.isnan(h) else float(h) for h in found], [p.code for p in problems]


def test_streets_without_heights_are_counted(tmp_path: Path) -> None:
    line = [(0, 0), (10, 0)]
    rows = [
        (line, {"u": 1, "v": 2, "h_u": None, "h_v": 8}),
        (line[::-1], {"u": 2, "v": 1, "h_u": 8, "h_v": None}),
        ([(10, 0), (20, 0)], {"u": 2, "v": 3, "h_u": 8, "h_v": 9}),
    ]
    table, problems = edges(geojson(tmp_path / "a.geojson", rows))
    heights = network(table.ways(quiet)).node_height_m
    assert heights[1:].tolist() == [8, 9]
    assert np.isnan(heights[0])
    assert [(p.code, p.message_ja) for p in problems] == [
        (
            "street-heights-missing",
            "端の高さが書かれていない道が 1 本（2 行）あります。そこでは坂を数えません。",
        )
    ]


def test_heights_told_at_the_wrong_end_find_the_right_one(tmp_path: Path) -> None:
    """A star of three streets around node 2 (20 m). The heights of 2-3 are exchanged in both
    rows; 2-4 tells 20 m at both ends, so nothing tells of node 4: it is as flat as it says."""
    rows = [
        ([(0, 0), (100, 0)], {"u": 1, "v": 2, "h_s_SAMPLE": 10, "h_e_SAMPLE": 20}),
        ([(100, 0), (200, 0)], {"u": 2, "v": 3, "h_s_SAMPLE": 30, "h_e_SAMPLE": 20}),
        ([(200, 0), (100, 0)], {"u": 3, "v": 2, "h_s_SAMPLE": 30, "h_e_SAMPLE": 20}),
        ([(100, 0), (100, 90)], {"u": 2, "v": 4, "h_s_SAMPLE": 20, "h_e_SAMPLE": 20}),
    ]
    assert _heights(geojson(tmp_path / "a.geojson", rows), 4) == (
        [10, 20, 30, 20],
        ["street-heights-contradict"],
    )


def test_a_height_told_at_both_ends_belongs_to_the_end_that_needs_it(tmp_path: Path) -> None:
    """A chain 1-2-3-4 whose edges tell 5/7, 7/7, 9/9 and a stub 4-5 telling 9/11: node 2 is 7 and
    explains the second edge, 4 is 9 and explains the third, so node 3 is left with what it has."""
    rows = [
        ([(0, 0), (100, 0)], {"u": 1, "v": 2, "h_u": 5, "h_v": 7}),
        ([(100, 0), (200, 0)], {"u": 2, "v": 3, "h_u": 7, "h_v": 7}),
        ([(200, 0), (300, 0)], {"u": 3, "v": 4, "h_u": 9, "h_v": 9}),
        ([(300, 0), (400, 0)], {"u": 4, "v": 5, "h_u": 9, "h_v": 11}),
    ]
    heights, codes = _heights(geojson(tmp_path / "a.geojson", rows), 5)
    assert codes == ["street-heights-contradict"]
    assert heights[:2] + heights[3:] == [5, 7, 9, 11]
    assert heights[2] in (7, 9)


def test_heights_of_a_street_cut_at_the_rim_change_nothing(tmp_path: Path) -> None:
    """One of sixty nodes is told twice, a little apart: the first row's height is as good."""
    rows = [
        ([(n * 10, 0), (n * 10 + 10, 0)], {"u": n, "v": n + 1, "h_u": n, "h_v": n + 1})
        for n in range(60)
    ]
    rows[30][1]["h_u"] = 30.5
    heights, codes = _heights(geojson(tmp_path / "a.geojson", rows), 61)
    assert heights == [float(n) for n in range(61)]
    assert codes == []


def test_without_numbers_ends_on_one_place_meet(tmp_path: Path) -> None:
    """A street of two pieces, and one that crosses it without a common vertex."""
    rows = [
        ([(0, 0), (10, 0)], {}),
        ([(10, 0), (20, 0)], {}),
        ([(15, -5), (15, 5)], {}),
    ]
    found = network(read(geojson(tmp_path / "a.geojson", rows)))
    assert pairs(found) == [(0, 1, 10), (1, 2, 10), (3, 4, 10)]
    assert found.components == 2


def test_without_numbers_a_bridge_does_not_meet_the_street_under_it(tmp_path: Path) -> None:
    """Street and bridge share a vertex at (15, 0); two streets share one at (50, 0)."""
    rows = [
        ([(0, 0), (15, 0), (50, 0), (90, 0)], {}),
        ([(15, -5), (15, 0), (15, 5)], {"bridge": "yes", "layer": "1"}),
        ([(50, -5), (50, 0), (50, 5)], {"bridge": None}),
        ([(15, 5), (15, 9)], {}),
    ]
    found = network(read(geojson(tmp_path / "a.geojson", rows)))
    assert found.edges == 2 + 1 + 2 + 1
    assert found.components == 2
    assert sorted(np.bincount(found.component).tolist()) == [3, 5]


@pytest.mark.parametrize(
    ("under", "over"),
    [({"tunnel": "yes"}, {}), ({"layer": "-1"}, {"layer": "0"}), ({}, {"bridge": "viaduct"})],
)
def test_without_numbers_storeys_stay_apart(tmp_path: Path, under: dict, over: dict) -> None:
    rows = [([(0, 0), (5, 0), (9, 0)], under), ([(5, -5), (5, 0), (5, 5)], over)]
    assert network(read(geojson(tmp_path / "a.geojson", rows))).components == 2


def test_ends_without_a_number_join_the_node_of_their_place(tmp_path: Path) -> None:
    rows = [
        ([(0, 0), (10, 0)], {"u": 1, "v": 2}),
        ([(10, 0), (20, 0)], {"u": None, "v": None}),
        ([(20, 0), (30, 0)], {"u": None, "v": 3}),
    ]
    table, problems = edges(geojson(tmp_path / "a.geojson", rows))
    found = network(table.ways(quiet))
    assert (found.nodes, found.edges, found.components) == (4, 3, 1)
    assert [(p.code, p.row) for p in problems] == [("street-ids-missing", 2)]
    assert "2 行" in problems[0].message_ja


def test_numbers_that_cannot_be_right_are_not_used(tmp_path: Path) -> None:
    """Every u is 7: a column of something else. Places tell it better."""
    rows = [([(n * 100, 0), (n * 100 + 100, 0)], {"u": 7, "v": n}) for n in range(5)]
    table, problems = edges(geojson(tmp_path / "a.geojson", rows))
    found = network(table.ways(quiet))
    assert pairs(found) == [(n, n + 1, 100) for n in range(5)]
    assert [p.code for p in problems] == ["street-ids-contradict"]


def test_an_edge_in_two_parts_is_one_where_its_ends_are_known(tmp_path: Path) -> None:
    """Cut out of the map between 10 and 90 m: one edge of the told 100 m; else two streets."""
    parts = [[(0, 0), (10, 0)], [(90, 0), (100, 0)]]
    joined = [[(100, 0), (110, 0)], [(110, 0), (120, 0)]]
    known = geojson(
        tmp_path / "a.geojson",
        [(parts, {"u": 1, "v": 2, "length": 100}), (joined, {"u": 2, "v": 3, "length": 20})],
    )
    assert pairs(network(read(known))) == [(0, 1, 100), (1, 2, 20)]
    unknown = geojson(tmp_path / "b.geojson", [(parts, {"length": 100}), (joined, {"length": 20})])
    assert pairs(network(read(unknown))) == [(0, 1, 10), (2, 3, 10), (3, 4, 20)]


def test_the_manifest_names_the_columns(tmp_path: Path) -> None:
    rows = [
        ([(0, 0), (10, 0)], {"FROM": "N1", "TO": "N2", "種別": "steps", "長さ": 12, "橋": "yes"})
    ]
    columns = {"u": "FROM", "v": "TO", "highway": "種別", "length_m": "長さ", "bridge": "橋"}
    ways = read(geojson(tmp_path / "a.geojson", rows), columns)
    assert ways.kind.tolist() == [StreetKind.STEPS]
    assert ways.marks.tolist() == [WayMark.BRIDGE | WayMark.STEPS]
    assert ways.length_m.tolist() == [12]


WALKED = [
    ({"highway": "motorway"}, False),
    ({"highway": "residential", "access": "private"}, False),
    ({"highway": "service", "access": "customers"}, False),
    ({"highway": "path", "access": "no"}, True),  # OSMnx asked `foot` and left it out
    ({"highway": "busway"}, True),
    ({"highway": "['service', 'footway']", "access": "['yes', 'private']"}, False),
    ({"highway": "trunk"}, True),
    ({"highway": "footway,corridor"}, True),
]


@pytest.mark.parametrize(("properties", "is_walked"), WALKED)
def test_who_may_be_walked(tmp_path: Path, properties: dict, is_walked: bool) -> None:
    rows = [
        ([(0, 0), (10, 0)], properties),
        ([(0, 0), (0, 10)], {"highway": "residential"}),
    ]
    table, problems = edges(geojson(tmp_path / "a.geojson", rows))
    assert len(table.ways(quiet)) == 1 + is_walked
    assert len(list(table.items(quiet))) == 2
    assert problems == []


def test_a_table_that_tells_foot_is_read_like_the_map_itself(tmp_path: Path) -> None:
    rows = [
        ([(0, 0), (10, 0)], {"highway": "path", "access": "no", "foot": None}),
        ([(0, 0), (0, 10)], {"highway": "service", "access": "private", "foot": "yes"}),
    ]
    assert len(read(geojson(tmp_path / "a.geojson", rows))) == 1


def test_a_private_twin_hides_no_street(tmp_path: Path) -> None:
    """A private and a public way on one line: the public one is walked, whichever comes first."""
    line = [(0, 0), (10, 0)]
    rows = [
        (line, {"u": 1, "v": 2, "highway": "service", "access": "private"}),
        (line[::-1], {"u": 2, "v": 1, "highway": "footway", "access": None}),
    ]
    ways = read(geojson(tmp_path / "a.geojson", rows))
    assert ways.kind.tolist() == [StreetKind.FOOTWAY]


def test_the_base_map_has_every_street_once_with_its_names(tmp_path: Path) -> None:
    rows = [
        ([(0, 0), (500, 0)], {"u": 1, "v": 2, "highway": "primary", "name": "国道1号,東海道"}),
        ([(500, 0), (0, 0)], {"u": 2, "v": 1, "highway": "primary", "name": "国道1号,東海道"}),
        ([(0, 0), (0, 90)], {"u": 1, "v": 3, "highway": "motorway", "bridge": "yes", "layer": "2"}),
    ]
    table, problems = edges(geojson(tmp_path / "a.geojson", rows))
    shapes = [item for item in table.items(quiet) if isinstance(item, GroundShape)]
    names = [item for item in table.items(quiet) if isinstance(item, Landmark)]
    assert [(s.kind, s.street, s.name, s.level, s.marks) for s in shapes] == [
        (GroundKind.STREET, StreetKind.MAIN, "国道1号", 0, WayMark.NONE),
        (GroundKind.STREET, StreetKind.MOTORWAY, None, 2, WayMark.BRIDGE),
    ]
    assert shapely.from_wkb(shapes[0].geometry_wkb).geom_type == "LineString"
    assert [(n.kind, n.name) for n in names] == [(LandmarkKind.STREET, "国道1号")]
    assert problems == []


def _frame(rows: list) -> geopandas.GeoDataFrame:
    lines = [shapely.LineString(line) for line, _ in rows]
    return geopandas.GeoDataFrame([p for _, p in rows], geometry=lines, crs="EPSG:6676")


def test_a_shapefile_with_numbers_as_decimals(tmp_path: Path) -> None:
    """OSMnx writes ids as decimals; the same row from a GeoPackage that holds its nodes, too."""
    rows = [
        ([(0, 0), (10, 0)], {"u": 11740797015.0, "v": 324886414.0, "highway": "footway,steps"}),
        ([(10, 0), (30, 0)], {"u": 324886414.0, "v": 11740797016.0, "highway": "steps"}),
    ]
    frame = _frame(rows)
    frame.to_file(tmp_path / "edges.shp")
    frame.to_file(tmp_path / "graph.gpkg", layer="edges")
    nodes = geopandas.GeoDataFrame({"osmid": [1]}, geometry=[shapely.Point(0, 0)], crs="EPSG:6676")
    nodes.to_file(tmp_path / "graph.gpkg", layer="nodes")
    for name in ("edges.shp", "graph.gpkg"):
        ways = read(tmp_path / name)
        assert pairs(network(ways)) == [(0, 1, 10), (1, 2, 20)]
        assert ways.kind.tolist() == [StreetKind.FOOTWAY, StreetKind.STEPS]
        assert ways.marks.tolist() == [WayMark.STEPS, WayMark.STEPS]


def test_a_zip_with_nodes_and_edges_side_by_side(tmp_path: Path) -> None:
    """OSMnx saves a folder of two Shapefiles; zipped, its edges are found."""
    folder = tmp_path / "graph"
    folder.mkdir()
    _frame([([(0, 0), (10, 0)], {"u": 1, "v": 2})]).to_file(folder / "edges.shp")
    nodes = geopandas.GeoDataFrame({"osmid": [1]}, geometry=[shapely.Point(0, 0)], crs="EPSG:6676")
    nodes.to_file(folder / "nodes.shp")
    path = tmp_path / "graph.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(folder.iterdir()):
            archive.write(part, f"graph/{part.name}")
    assert pairs(network(read(path))) == [(0, 1, 10)]


def test_the_reading_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    table, _ = edges(geojson(tmp_path / "a.geojson", SQUARE))
    table.ways(told.append)
    assert told == ["道を読んでいます", "道を読みました：2本"]
