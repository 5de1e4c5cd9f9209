"""Networks of real towns against counts made another way: row by row, with networkx."""

from __future__ import annotations

import ast
import gzip
import itertools
import json
import os
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import geopandas
import networkx
import numpy as np
import pytest
from street_intake.edge_files import quiet

from geo.model.ground import GroundShape
from geo.model.problem import Problem
from geo.network.junctions import build_network
from geo.network.street_network import StreetNetwork
from geo.street_intake.edge_table import EdgeTable
from geo.street_intake.graphml_file import GraphmlFile
from geo.street_intake.heights import read_heights
from geo.street_intake.osm_file import OsmFile

ROOT = Path(__file__).parents[2]


def _real(*parts: str) -> Path:
    return Path(os.environ["OTAKARA_REALDATA"], *parts)


def _sizes(network: StreetNetwork) -> list[int]:
    return np.bincount(network.component).tolist()


def _paired(rows: list[tuple[object, object, tuple]]) -> networkx.MultiGraph:
    """Rows (from, to, line) as an undirected graph: a row and its way back are one edge."""
    graph = networkx.MultiGraph()
    left: Counter = Counter()
    for start, end, line in rows:
        if left[(end, start, line[::-1])] > 0:
            left[(end, start, line[::-1])] -= 1
            continue
        left[(start, end, line)] += 1
        graph.add_edge(start, end)
    return graph


@pytest.fixture(scope="module")
def ube_rows() -> geopandas.GeoDataFrame:
    """The table as GDAL reads it."""
    columns = ["u", "v", "length", "h_s_SAMPLE", "h_e_SAMPLE"]
    return geopandas.read_file(_real("ube-35202", "ube_roads.zip"), columns=columns)


@pytest.mark.realdata
def test_ube(ube_rows: geopandas.GeoDataFrame) -> None:
    """SOURCE.md: 30,750 rows, 15,375 edges, 10,403 nodes, 1,025 km, 10,387 nodes in one piece,
    5 fragments, 46 rows without slope."""
    path = _real("ube-35202", "ube_roads.zip")
    problems: list[Problem] = []
    table = EdgeTable(path, path.name, problems, columns={})
    ways = table.ways(quiet)
    network = build_network(ways, "EPSG:6671")
    assert (network.nodes, network.edges) == (10_403, 15_375)
    assert network.edge_length_m.sum() / 1000 == pytest.approx(1025, abs=1)
    assert _sizes(network) == [10_387, 6, 4, 2, 2, 2]
    assert [p.code for p in problems] == ["street-heights-missing", "street-heights-contradict"]
    assert "23 本（46 行）" in problems[0].message_ja
    assert len([i for i in table.items(quiet) if isinstance(i, GroundShape)]) == 15_375

    frame = ube_rows
    rows = []
    for start, end, shape in zip(frame.u, frame.v, frame.geometry, strict=True):
        parts = getattr(shape, "geoms", [shape])
        line = tuple(itertools.chain.from_iterable(part.coords for part in parts))
        rows.append((start, end, line))
    graph = _paired(rows)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (10_403, 15_375)
    assert network.edge_length_m.sum() == pytest.approx(frame["length"].sum() / 2, rel=1e-9)
    pieces = sorted(map(len, networkx.connected_components(graph)), reverse=True)
    assert _sizes(network) == pieces
    degree = np.bincount(np.concatenate([network.edge_from, network.edge_to]))
    assert sorted(degree) == sorted(d for _, d in graph.degree())


@pytest.mark.realdata
def test_ube_heights_belong_to_nodes(ube_rows: geopandas.GeoDataFrame) -> None:
    """Half of the rows of this file hold the heights of their ends exchanged, or one at both: at
    4,196 nodes the rows differ by more than a metre. One height a node explains 99 of 100 edges
    (an edge is explained where what it tells are heights of its ends), and no slope is absurd."""
    path = _real("ube-35202", "ube_roads.zip")
    network = build_network(EdgeTable(path, path.name, [], columns={}).ways(quiet), "EPSG:6671")
    height = network.node_height_m
    assert np.isnan(height).sum() <= 20
    assert (round(float(np.nanmin(height)), 2), round(float(np.nanmax(height)), 1)) == (0.25, 126.5)

    frame = ube_rows
    told: dict[tuple[float, float], set[int]] = {}
    for metres, rise, fall in zip(frame["length"], frame.h_s_SAMPLE, frame.h_e_SAMPLE, strict=True):
        if rise == rise and fall == fall:
            told.setdefault(round(metres, 3), set()).add(
                tuple(sorted((round(rise * 100), round(fall * 100))))
            )
    explained = known = 0
    for a, b, metres in zip(network.edge_from, network.edge_to, network.edge_length_m, strict=True):
        ends = {round(float(height[n]) * 100) for n in (a, b) if not np.isnan(height[n])}
        pairs = told.get(round(float(metres), 3), set())
        known += bool(pairs)
        explained += any(set(pair) <= ends for pair in pairs)
    assert known > 15_300
    assert explained / known > 0.99
    rise = np.abs(height[network.edge_to] - height[network.edge_from]) / network.edge_length_m
    assert np.nanquantile(rise, 0.95) < 0.07
    assert np.count_nonzero(rise > 0.3) < 20


@pytest.mark.realdata
def test_tachikawa() -> None:
    """SOURCE.md: 4,106 nodes and 10,515 directed edges, of which many are there and back."""
    path = _real("tachikawa-13202-roads", "tachikawa.graphml.gz")
    problems: list[Problem] = []
    ways = GraphmlFile(path, path.name, problems).ways(quiet)
    network = build_network(ways, "EPSG:6677")
    assert problems == []

    space = "{http://graphml.graphdrawing.org/xmlns}"
    tree = ElementTree.fromstring(gzip.decompress(path.read_bytes()))
    names = {key.get("id"): key.get("attr.name") for key in tree.iter(f"{space}key")}
    dots = {}
    rows, highways, metres = [], set(), 0.0
    told: Counter = Counter()
    for node in tree.iter(f"{space}node"):
        cells = {names[d.get("key")]: d.text for d in node}
        dots[node.get("id")] = (float(cells["x"]), float(cells["y"]))
    for edge in tree.iter(f"{space}edge"):
        cells = {names[d.get("key")]: d.text for d in edge}
        start, end = edge.get("source"), edge.get("target")
        highway = cells["highway"]
        highways |= set(ast.literal_eval(highway)) if highway[0] == "[" else {highway}
        text = cells.get("geometry")
        if text:
            points = text[text.index("(") + 1 : -1].split(", ")
            line = tuple(tuple(map(float, point.split())) for point in points)
        else:
            line = (dots[start], dots[end])
        rows.append((start, end, line))
        if not told[(end, start, line[::-1])]:
            metres += float(cells["length"])
        told[(start, end, line)] += 1
    assert (len(dots), len(rows)) == (4_106, 10_515)
    assert "motorway" not in highways
    graph = _paired(rows)
    assert (network.nodes, network.edges) == (4_106, graph.number_of_edges())
    assert network.edges == 5_614
    assert _sizes(network) == [4_106]
    assert networkx.is_connected(graph)
    assert network.edge_length_m.sum() == pytest.approx(metres, rel=1e-9)


def test_minato() -> None:
    """Every row a street; nodes are the numbers in u and v; the length is that of the lines."""
    path = ROOT / "boundaries" / "streets.geojson"
    features = json.loads(path.read_text("utf-8"))["features"]
    graph = networkx.MultiGraph()
    bridges = steps = 0
    shut = {"private", "customers"}
    for feature in features:
        told = feature["properties"]
        if told["highway"].startswith("motorway") or told.get("access") in shut:
            continue
        graph.add_edge(told["u"], told["v"])
        bridges += told.get("bridge") == "yes"
        steps += told["highway"] == "steps"
    problems: list[Problem] = []
    ways = EdgeTable(path, path.name, problems, columns={}).ways(quiet)
    network = build_network(ways, "EPSG:6676")
    assert problems == []
    assert network.nodes == graph.number_of_nodes()
    assert network.edges == graph.number_of_edges()
    assert _sizes(network) == sorted(map(len, networkx.connected_components(graph)), reverse=True)
    assert int(np.count_nonzero(network.edge_marks & 1)) == bridges
    assert int(np.count_nonzero(network.edge_kind == 9)) == steps
    degree = np.bincount(np.concatenate([network.edge_from, network.edge_to]))
    assert sorted(degree) == sorted(d for _, d in graph.degree())
    assert not np.isnan(network.node_height_m).any()


def test_minato_without_numbers_is_the_same_network(tmp_path: Path) -> None:
    """Ends that lie on one place are one node, and no bridge falls onto a street."""
    path = ROOT / "boundaries" / "streets.geojson"
    whole = json.loads(path.read_text("utf-8"))
    for feature in whole["features"]:
        del feature["properties"]["u"], feature["properties"]["v"]
    (tmp_path / "a.geojson").write_text(json.dumps(whole))
    by_number, by_place = (
        build_network(EdgeTable(file, file.name, [], columns={}).ways(quiet), "EPSG:6676")
        for file in (path, tmp_path / "a.geojson")
    )
    assert (by_place.nodes, by_place.edges) == (by_number.nodes, by_number.edges)
    assert _sizes(by_place) == _sizes(by_number)


@pytest.mark.realdata
@pytest.mark.parametrize(
    ("place", "streets", "tiles", "metric_crs", "lowest", "highest", "most_unknown"),
    [
        # The sea, and above the Moyenne Corniche, which runs along the border at 160 m.
        ("monaco", "monaco.osm.gz", ["N43E007"], "EPSG:32632", 0, 165, 0),
        # The bridge over the Runer at 840 m; the tracks of the ski areas under Coma Pedrosa.
        ("andorra", "andorra.osm.pbf", ["N42E001", "N41E001"], "EPSG:32631", 840, 2900, 10),
    ],
)
def test_heights_of_steep_countries(
    place: str,
    streets: str,
    tiles: list[str],
    metric_crs: str,
    lowest: float,
    highest: float,
    most_unknown: int,
) -> None:
    """Published: sea level to about 160 m, and 840 to 2,900 m; SRTM is some 25 m coarse."""
    path = _real("fallback-networks", place, streets)
    problems: list[Problem] = []
    paths = [path.parent / f"{tile}.hgt.zip" for tile in tiles]
    heights = read_heights(paths, tiles, problems)
    network = build_network(OsmFile(path, streets, problems).ways(quiet), metric_crs, heights)
    assert problems == []
    known = network.node_height_m[np.isfinite(network.node_height_m)]
    assert network.nodes - len(known) <= most_unknown
    assert known.min() == pytest.approx(lowest, abs=30)
    assert known.max() == pytest.approx(highest, abs=30)
