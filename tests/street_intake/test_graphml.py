"""OSMnx graphs as GraphML, small and broken."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from street_intake.edge_files import METRIC, degrees, network, pairs, quiet

from geo.crs import STORAGE_CRS, transformer
from geo.model.ground import GroundShape, StreetKind, WayMark
from geo.model.problem import Problem
from geo.model.problem_codes import PROBLEM_CODES
from geo.street_intake.graphml_file import GraphmlFile

KEYS = ("x", "y", "elevation", "highway", "length", "name", "geometry", "bridge", "access", "crs")
HEAD = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">"""


def graphml(
    nodes: Mapping[str, Mapping[str, object]],
    edges: Sequence[tuple[str, str, Mapping[str, object]]],
    about: Mapping[str, object] = {"crs": "epsg:4326"},
) -> str:
    """The text of a GraphML, keys numbered as OSMnx does."""

    def data(cells: Mapping[str, object]) -> str:
        return "".join(f'<data key="d{KEYS.index(k)}">{v}</data>\n' for k, v in cells.items())

    keys = "".join(
        f'<key id="d{n}" for="all" attr.name="{k}" attr.type="string"/>' for n, k in enumerate(KEYS)
    )
    dots = "".join(f'<node id="{name}">{data(cells)}</node>' for name, cells in nodes.items())
    lines = "".join(
        f'<edge source="{a}" target="{b}" id="0">{data(cells)}</edge>' for a, b, cells in edges
    )
    return f'{HEAD}{keys}<graph edgedefault="directed">{data(about)}{dots}{lines}</graph></graphml>'


def node(east: float, north: float, **more: object) -> dict[str, object]:
    [[lon, lat]] = degrees([(east, north)])
    return {"x": lon, "y": lat, **more}


def line(*points: tuple[float, float]) -> str:
    return f"LINESTRING ({', '.join(f'{x} {y}' for x, y in degrees(points))})"


def opened(path: Path, text: str | bytes) -> tuple[GraphmlFile, list[Problem]]:
    data = text if isinstance(text, bytes) else text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    problems: list[Problem] = []
    return GraphmlFile(path, path.name, problems), problems


NODES = {"11": node(0, 0, elevation=3), "12": node(100, 0, elevation="4.5"), "13": node(100, 50)}
EDGES = [
    ("11", "12", {"highway": "['residential', 'steps']", "length": "101.5", "name": "['甲', '乙']"}),
    ("12", "11", {"highway": "['residential', 'steps']", "length": "101.5", "name": "['甲', '乙']"}),
    ("12", "13", {"highway": "footway", "bridge": "yes", "geometry": line((100, 0), (120, 25), (100, 50))}),
    ("13", "11", {"highway": "motorway"}),
]  # fmt: skip


@pytest.mark.parametrize("name", ["g.graphml", "g.graphml.gz"])
def test_a_graph(tmp_path: Path, name: str) -> None:
    """There and back are one; drawn edges keep their form; motorways are drawn, not walked."""
    file, problems = opened(tmp_path / name, graphml(NODES, EDGES))
    ways = file.ways(quiet)
    assert [p.code for p in problems] == ["street-heights-missing"]
    found = network(ways)
    assert pairs(found) == [(0, 1, 102), (1, 2, 64)]
    assert [StreetKind(k) for k in ways.kind] == [StreetKind.LOCAL, StreetKind.FOOTWAY]
    assert [WayMark(m) for m in ways.marks] == [WayMark.STEPS, WayMark.BRIDGE]
    assert [ways.names[n] if n >= 0 else None for n in ways.name] == ["甲", None]
    assert found.node_height_m[:2].tolist() == [3, 4.5]
    assert np.isnan(found.node_height_m[2])
    assert len([item for item in file.items(quiet) if isinstance(item, GroundShape)]) == 3


def test_a_graph_in_metres(tmp_path: Path) -> None:
    """OSMnx may have projected the graph: places are in the system it names."""
    nodes = {"1": {"x": 10, "y": 20}, "2": {"x": 110, "y": 20}}
    edges = [("1", "2", {"highway": "path", "geometry": "LINESTRING (10 20, 60 20, 110 20)"})]
    file, problems = opened(tmp_path / "g.graphml", graphml(nodes, edges, {"crs": "EPSG:6676"}))
    ways = file.ways(quiet)
    assert problems == []
    lon, lat = transformer(METRIC, STORAGE_CRS).transform(10, 20)
    assert (ways.lon[0], ways.lat[0]) == pytest.approx((lon, lat), abs=1e-12)
    assert pairs(network(ways)) == [(0, 1, 100)]


def test_lines_may_be_written_from_their_end(tmp_path: Path) -> None:
    edges = [
        ("11", "12", {"highway": "path", "geometry": line((100, 0), (50, 9), (0, 0))}),
        ("12", "13", {"highway": "path"}),
    ]
    file, _ = opened(tmp_path / "g.graphml", graphml(NODES, edges))
    ways = file.ways(quiet)
    found = network(ways)
    assert ways.height_first_m[0] == 4.5
    assert found.node_lon[found.edge_to[0]] == NODES["11"]["x"]


DTD = '<!DOCTYPE graphml [<!ENTITY a "b"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
GOOD = graphml(NODES, EDGES)
BROKEN = {
    "graphml-broken": [GOOD[:-300], "", "no xml", "\x00\x01", HEAD.replace("utf-8", "martian")],
    "graphml-refused": [GOOD.replace("?>", "?>" + DTD, 1)],
    "street-no-lines": [graphml(NODES, []), graphml({}, EDGES), "<other/>", graphml({"11": {"x": "a"}}, EDGES)],
    "axis-swapped": [graphml({k: {"x": v["y"], "y": v["x"]} for k, v in NODES.items()}, EDGES[:2])],
    "crs-does-not-fit": [graphml({"11": {"x": 500, "y": 9}, "12": {"x": 7, "y": 8}}, EDGES[:2])],
    "crs-unknown": [graphml(NODES, EDGES, {"crs": "火星"})],
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in BROKEN.items() for text in texts]
)
def test_what_cannot_be_read_is_said(tmp_path: Path, code: str, text: str) -> None:
    file, problems = opened(tmp_path / "g.graphml", text)
    assert len(file.ways(quiet)) == 0
    assert list(file.items(quiet)) == []
    assert [(p.code, p.is_error) for p in problems] == [(code, True)]
    assert code in PROBLEM_CODES
    assert problems[0].message_ja.endswith("。")


def test_a_broken_gz(tmp_path: Path) -> None:
    file, problems = opened(tmp_path / "g.graphml.gz", GOOD)
    (tmp_path / "g.graphml.gz").write_bytes((tmp_path / "g.graphml.gz").read_bytes()[:-20])
    assert len(file.ways(quiet)) == 0
    assert [p.code for p in problems] == ["zip-broken"]


def test_edges_whose_nodes_are_not_there_are_left_out(tmp_path: Path) -> None:
    nodes = {**NODES, "14": {"x": "east"}, "15": {"x": "nan", "y": "1"}}
    edges = [*EDGES[:2], ("11", "99", {}), ("14", "11", {}), ("15", "11", {})]
    file, problems = opened(tmp_path / "g.graphml", graphml(nodes, edges))
    assert len(file.ways(quiet)) == 1
    assert [p.code for p in problems] == ["graphml-node-missing"]
    assert "3 本" in problems[0].message_ja


@pytest.mark.parametrize(
    "text", ["LINESTRING (138 35, 139", "POINT (138 35)", "道", "LINESTRING EMPTY"]
)
def test_a_form_that_cannot_be_read_is_a_straight_line(tmp_path: Path, text: str) -> None:
    edges = [("11", "12", {"highway": "path", "geometry": text})]
    file, problems = opened(tmp_path / "g.graphml", graphml(NODES, edges))
    assert pairs(network(file.ways(quiet))) == [(0, 1, 100)]
    assert [p.code for p in problems] == ["geometry-unreadable"]


def test_an_edge_from_a_node_to_itself_without_a_form_is_none(tmp_path: Path) -> None:
    edges = [("11", "11", {"highway": "path"}), ("11", "12", {"highway": "path"})]
    file, _ = opened(tmp_path / "g.graphml", graphml(NODES, edges))
    assert pairs(network(file.ways(quiet))) == [(0, 1, 100)]
