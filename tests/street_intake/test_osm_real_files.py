"""Real files, counted twice: by the reader, and by a plain parser that shares nothing with it."""

from __future__ import annotations

import gzip
import json
import os
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from street_intake.osm_xml import geometry, lines_of, names, read_items, read_ways, shapes

from geo.model.ground import (
    GroundKind,
    GroundShape,
    Landmark,
    LandmarkKind,
    StreetKind,
    WayMark,
)
from geo.network.junctions import build_network
from geo.network.way_table import WayTable
from geo.street_intake.overpass_file import OverpassFile
from geo.street_intake.street_kinds import level_of, street_marks

pytestmark = pytest.mark.realdata

_SHUT = {"no", "private", "customers", "permit", "delivery", "agricultural"}


def _real(*parts: str) -> Path:
    return Path(os.environ["OTAKARA_REALDATA"]).joinpath(*parts)


def _may_walk(tags: dict[str, str]) -> bool:
    """The rule in one line, for roads that are no motorways."""
    foot = tags.get("foot")
    return foot in {"yes", "designated", "permissive"} or not {foot, tags.get("access")} & _SHUT


def _kinds(table: WayTable) -> Counter[str]:
    return Counter(StreetKind(kind).name for kind in table.kind.tolist())


# --- 大手町: streets over and under each other -------------------------------------------------


@pytest.fixture(scope="module")
def otemachi_raw() -> dict[int, dict[str, Any]]:
    data = gzip.decompress(_real("chiyoda-otemachi-overpass", "overpass_raw.json.gz").read_bytes())
    return {element["id"]: element for element in json.loads(data)["elements"]}


@pytest.fixture(scope="module")
def otemachi() -> WayTable:
    problems: list[Any] = []
    path = _real("chiyoda-otemachi-overpass", "overpass_raw.json.gz")
    table = OverpassFile(path, "大手町", problems).ways(lambda _: None)
    assert problems == []
    return table


def test_otemachi_has_every_way_one_may_walk(
    otemachi: WayTable, otemachi_raw: dict[int, dict[str, Any]]
) -> None:
    assert len(otemachi_raw) == 3928
    expected = [tuple(w["nodes"]) for w in otemachi_raw.values() if _may_walk(w["tags"])]
    assert lines_of(otemachi) == expected
    assert len(otemachi) == 3850
    places = [
        (p["lon"], p["lat"])
        for w in otemachi_raw.values()
        if _may_walk(w["tags"])
        for p in w["geometry"]
    ]
    assert np.array_equal(np.column_stack([otemachi.lon, otemachi.lat]), places)


def test_otemachi_stairs_are_stairs(
    otemachi: WayTable, otemachi_raw: dict[int, dict[str, Any]]
) -> None:
    stairs = [
        tuple(w["nodes"])
        for w in otemachi_raw.values()
        if w["tags"]["highway"] == "steps" and _may_walk(w["tags"])
    ]
    lines = lines_of(otemachi)
    marked = [lines[i] for i in np.flatnonzero(otemachi.marks & WayMark.STEPS)]
    assert marked == stairs
    assert len(stairs) == 676
    assert _kinds(otemachi)["STEPS"] == 676


@pytest.mark.parametrize(
    "way",
    [
        445408177,  # service, access=private
        1473341762,  # steps, access=private
        662103306,  # steps, access=customers
        1423601697,  # footway, foot=private
        1383919837,  # footway behind a ticket gate, foot=customers
    ],
)
def test_otemachi_private_ways_are_not_walked(
    otemachi: WayTable, otemachi_raw: dict[int, dict[str, Any]], way: int
) -> None:
    assert tuple(otemachi_raw[way]["nodes"]) not in set(lines_of(otemachi))


def test_otemachi_a_bridge_is_not_joined_to_what_it_crosses(
    otemachi: WayTable, otemachi_raw: dict[int, dict[str, Any]]
) -> None:
    """Way 231524282 (pedestrian bridge) over 41818367 (residential street)."""
    _apart(otemachi, otemachi_raw[231524282], otemachi_raw[41818367])


def test_otemachi_no_crossing_without_a_shared_node_is_a_junction(
    otemachi: WayTable, otemachi_raw: dict[int, dict[str, Any]]
) -> None:
    """Every junction of the network is a node that the file names in two ways, or an end."""
    network = build_network(otemachi, "EPSG:6677")
    walked = [w for w in otemachi_raw.values() if _may_walk(w["tags"])]
    visits = Counter(node for w in walked for node in w["nodes"])
    ends = {end for w in walked for end in (w["nodes"][0], w["nodes"][-1])}
    assert network.nodes == len({node for node, n in visits.items() if n > 1} | ends)


def _apart(table: WayTable, over: dict[str, Any], under: dict[str, Any]) -> None:
    lines = [
        shapely.LineString([(p["lon"], p["lat"]) for p in w["geometry"]]) for w in (over, under)
    ]
    assert lines[0].crosses(lines[1])
    known = set(lines_of(table))
    assert {tuple(over["nodes"]), tuple(under["nodes"])} <= known
    assert not set(over["nodes"]) & set(under["nodes"])


def test_otemachi_what_is_under_the_ground_agrees_with_another_reader(
    otemachi_raw: dict[int, dict[str, Any]],
) -> None:
    """``roads.geojson`` of another project marks 1,452 of 3,715 ways as indoor or underground."""
    data = gzip.decompress(_real("chiyoda-otemachi-overpass", "roads.geojson.gz").read_bytes())
    theirs = [
        (f["properties"]["id"], f["properties"]["indoor_or_underground"])
        for f in json.loads(data)["features"]
    ]
    assert (len(theirs), sum(is_inside for _, is_inside in theirs)) == (3715, 1452)
    inside = WayMark.INDOOR | WayMark.TUNNEL
    ours = {
        number: bool(street_marks(way["tags"]) & inside) or level_of(way["tags"]) < 0
        for number, way in otemachi_raw.items()
    }
    assert [n for n, is_inside in theirs if is_inside and not ours[n]] == []
    # indoor=corridor and level without layer are not seen there.
    assert sum(ours[n] and not is_inside for n, is_inside in theirs) == 17


def test_otemachi_base_map_has_every_street() -> None:
    path = _real("chiyoda-otemachi-overpass", "overpass_raw.json.gz")
    items = list(OverpassFile(path, "大手町", []).items(lambda _: None))
    streets = [i for i in items if isinstance(i, GroundShape)]
    assert len(streets) == 3928
    assert {s.kind for s in streets} == {GroundKind.STREET}
    named = names(items, LandmarkKind.STREET)
    assert "丸の内仲通り" in named
    assert "Second Basement" not in named


# --- Monaco ------------------------------------------------------------------------------------

_Way = tuple[list[int], dict[str, str]]


@pytest.fixture(scope="module")
def monaco_raw() -> tuple[dict[int, tuple[float, float]], dict[int, _Way]]:
    root = ET.fromstring(
        gzip.decompress(_real("fallback-networks", "monaco", "monaco.osm.gz").read_bytes())
    )
    places = {
        int(n.attrib["id"]): (float(n.attrib["lon"]), float(n.attrib["lat"]))
        for n in root.iter("node")
    }
    ways = {
        int(w.attrib["id"]): (
            [int(nd.attrib["ref"]) for nd in w.iter("nd")],
            {t.attrib["k"]: t.attrib["v"] for t in w.iter("tag")},
        )
        for w in root.iter("way")
    }
    return places, ways


@pytest.fixture(scope="module")
def monaco() -> WayTable:
    table, problems = read_ways(_real("fallback-networks", "monaco", "monaco.osm.gz"))
    assert problems == []
    return table


def test_monaco_is_the_file_that_is_described(
    monaco_raw: tuple[dict[int, tuple[float, float]], dict[int, _Way]],
) -> None:
    places, ways = monaco_raw
    kinds = Counter(tags["highway"] for _, tags in ways.values() if "highway" in tags)
    assert (len(places), kinds.total(), kinds["steps"], kinds["footway"]) == (13739, 866, 82, 230)


def test_monaco_has_every_way_one_may_walk(
    monaco: WayTable, monaco_raw: tuple[dict[int, tuple[float, float]], dict[int, _Way]]
) -> None:
    places, ways = monaco_raw
    expected = {
        tuple(nodes)
        for nodes, tags in ways.values()
        if _may_walk(tags)
        and (
            "highway" in tags
            or (tags.get("public_transport") == "platform" and tags.get("railway") != "platform")
            or tags.get("man_made") == "pier"
        )
    }
    assert set(lines_of(monaco)) == expected
    assert len(monaco) == 866  # 858 of 866 roads, and 8 piers
    assert _kinds(monaco)["STEPS"] == 82
    written = np.array([places[node] for node in monaco.node.tolist()])
    assert np.abs(np.column_stack([monaco.lon, monaco.lat]) - written).max() < 1e-7


@pytest.mark.parametrize(
    "way",
    [
        4229658,  # residential, access=private
        95825511,  # service, access=private
        157455615,  # service, access=no
        92627442,  # the tunnel to the Nationale 7, foot=no
    ],
)
def test_monaco_private_ways_are_not_walked(
    monaco: WayTable,
    monaco_raw: tuple[dict[int, tuple[float, float]], dict[int, _Way]],
    way: int,
) -> None:
    assert tuple(monaco_raw[1][way][0]) not in set(lines_of(monaco))


@pytest.mark.parametrize(
    ("over", "under"),
    [
        (156782959, 167625718),  # a footbridge over the Avenue Albert II
        (93137606, 25082701),  # a ramp over a pedestrian street
        (156242241, 156242242),  # a bridge over stairs
    ],
)
def test_monaco_a_bridge_is_not_joined_to_what_it_crosses(
    monaco: WayTable,
    monaco_raw: tuple[dict[int, tuple[float, float]], dict[int, _Way]],
    over: int,
    under: int,
) -> None:
    places, ways = monaco_raw
    lines = [shapely.LineString([places[n] for n in ways[way][0]]) for way in (over, under)]
    assert lines[0].crosses(lines[1])
    network = build_network(monaco, "EPSG:32632")
    here = shapely.get_coordinates(shapely.intersection(*lines))
    apart = np.hypot(network.node_lon[:, None] - here[:, 0], network.node_lat[:, None] - here[:, 1])
    assert apart.min() > 1e-6
    assert {tuple(ways[over][0]), tuple(ways[under][0])} <= set(lines_of(monaco))


def test_monaco_base_map(
    monaco_raw: tuple[dict[int, tuple[float, float]], dict[int, _Way]],
) -> None:
    _, ways = monaco_raw
    items, problems = read_items(_real("fallback-networks", "monaco", "monaco.osm.gz"))
    assert problems == []
    roads = sum("highway" in tags for _, tags in ways.values())
    assert sum(1 for s in shapes(items, GroundKind.STREET)) == roads + 10
    closed = [
        way
        for way, (nodes, tags) in ways.items()
        if tags.get("building", "no") != "no" and len(nodes) > 3 and nodes[0] == nodes[-1]
    ]
    buildings = shapes(items, GroundKind.BUILDING)
    assert len(closed) <= len(buildings) <= len(closed) + 20  # and those of several lines
    sea = shapely.union_all([geometry(s) for s in shapes(items, GroundKind.SEA)])
    assert sea.contains(shapely.Point(7.43, 43.72))
    assert not sea.contains(shapely.Point(7.42, 43.735))
    assert not sea.contains(shapely.Point(7.445, 43.752))  # France, where the file ends
    wet = sum(sea.contains(geometry(b).centroid) for b in buildings)
    assert wet <= 2
    assert names(items, LandmarkKind.STATION).count("Monaco - Monte Carlo") == 1
    assert "モナコ" in names(items, LandmarkKind.PLACE)
    _all_is_valid(items)


# --- pbf ---------------------------------------------------------------------------------------

_PBF = {
    "andorra": (("fallback-networks", "andorra", "andorra.osm.pbf"), 69644, 1615, "EPSG:32631", 0),
    "porto-alegre": (("fallback-networks", "porto-alegre", "poa_osm.pbf"), 43264, 15886, "EPSG:32722", 29),
    "porto": (("fallback-networks", "porto", "porto_portugal.osm.pbf"), 347944, 51349, "EPSG:32629", 19),
}  # fmt: skip


@pytest.mark.parametrize("town", _PBF)
def test_pbf_counted_by_a_plain_handler(town: str) -> None:
    """A handler that shares no line with the reader: ways with a highway, and the walkable ones."""
    import osmium

    parts, nodes, roads, metric_crs, others = _PBF[town]
    counted: Counter[str] = Counter()
    walked: Counter[tuple[int, ...]] = Counter()

    shut: set[int] = set()

    class Plain(osmium.SimpleHandler):  # type: ignore[misc]
        def node(self, node: Any) -> None:
            counted["nodes"] += 1
            tags = {tag.k: tag.v for tag in node.tags}
            if tags.get("barrier") in {"fence", "wall"} or (
                "barrier" in tags and not _may_walk(tags)
            ):
                shut.add(node.id)

        def way(self, way: Any) -> None:
            tags = {tag.k: tag.v for tag in way.tags}
            if "highway" not in tags:
                return
            counted["roads"] += 1
            line = tuple(node.ref for node in way.nodes)
            if tags["highway"] not in _ON_FOOT or len(line) < 2 or not _may_walk(tags):
                return
            if tags.get("motorroad") != "yes":
                walked[line] += 1
                counted["steps"] += tags["highway"] == "steps"

    Plain().apply_file(str(_real(*parts)))
    assert (counted["nodes"], counted["roads"]) == (nodes, roads)

    table, problems = read_ways(_real(*parts))
    assert [p.code for p in problems if p.is_error] == []
    known = Counter(lines_of(table))
    missing, more = walked - known, known - walked
    assert [line for line in missing if not shut & set(line)] == []  # all others are cut at gates
    cut = sum(count for line, count in more.items() if -1 in line)
    assert missing.total() <= cut <= 2 * missing.total() + 2
    assert more.total() - cut == others  # bus platforms, and rims of squares of several lines
    assert _kinds(table)["STEPS"] == counted["steps"]

    network = build_network(table, metric_crs)
    largest = np.bincount(network.component).max()
    assert largest >= 0.8 * network.nodes


_ON_FOOT = {
    *[
        "footway",
        "path",
        "pedestrian",
        "steps",
        "corridor",
        "residential",
        "service",
        "track",
        "living_street",
    ],
    *["unclassified", "road", "cycleway", "bridleway", "platform"],
    *(
        f"{k}{link}"
        for k in ["trunk", "primary", "secondary", "tertiary"]
        for link in ("", "_link")
    ),
}


def test_andorra_paths() -> None:
    """The description counts 211 paths; cycleways and footways are of the same kind here."""
    table, _ = read_ways(_real("fallback-networks", "andorra", "andorra.osm.pbf"))
    assert _kinds(table) == {
        "LOCAL": 569,
        "FOOTWAY": 257,
        "MAIN": 230,
        "TRACK": 149,
        "SECONDARY": 148,
        "SERVICE": 118,
        "STEPS": 13,
        "PEDESTRIAN": 12,
        "TERTIARY": 9,
    }


def test_andorra_base_map() -> None:
    items, problems = read_items(_real("fallback-networks", "andorra", "andorra.osm.pbf"))
    assert [(p.code, p.message_ja[:14]) for p in problems] == [
        ("surface-not-whole", "池・林・公園などの面 2 件")
    ]
    assert len(names(items, LandmarkKind.MOUNTAIN)) == 103
    assert names(items, LandmarkKind.PLACE).count("Canillo") == 1
    highest = max(
        (i for i in items if isinstance(i, Landmark) and i.kind is LandmarkKind.MOUNTAIN),
        key=lambda i: i.weight,
    )
    assert (highest.name, highest.weight) == ("Pica d'Estats", 3143)
    _all_is_valid(items)


def test_porto_alegre_squares_of_several_lines_are_walked() -> None:
    """16 relations say highway=pedestrian; their rims join the streets around them."""
    import osmium

    path = _real("fallback-networks", "porto-alegre", "poa_osm.pbf")
    rims = {
        member.ref
        for thing in osmium.FileProcessor(path, osmium.osm.RELATION)
        if thing.tags.get("highway") and thing.tags.get("access") not in _SHUT
        for member in thing.members
    }
    steps = {
        frozenset(pair)
        for thing in osmium.FileProcessor(path, osmium.osm.WAY)
        if thing.id in rims
        for pair in pairwise([node.ref for node in thing.nodes])
    }
    table, _ = read_ways(path)
    walked = {frozenset(pair) for line in lines_of(table) for pair in pairwise(line)}
    assert len(steps) > 100
    assert len(steps - walked) <= 0.02 * len(steps)


def test_porto_has_the_size_it_is_known_to_have() -> None:
    """Another program found 68,341 junctions and 91,286 edges in the largest piece."""
    table, _ = read_ways(_real("fallback-networks", "porto", "porto_portugal.osm.pbf"))
    network = build_network(table, "EPSG:32629")
    inside = network.component[network.edge_from] == 0
    degree = np.bincount(
        np.concatenate([network.edge_from[inside], network.edge_to[inside]]),
        minlength=network.nodes,
    )
    through = int((degree == 2).sum())  # where one way continues another
    nodes, edges = int((network.component == 0).sum()) - through, int(inside.sum()) - through
    assert nodes == pytest.approx(68_341, rel=0.05)
    assert edges == pytest.approx(91_286, rel=0.05)


def _all_is_valid(items: list[Any]) -> None:
    drawn = shapely.from_wkb([i.geometry_wkb for i in items if isinstance(i, GroundShape)])
    assert shapely.is_valid(drawn).all()
    assert not shapely.is_empty(drawn).any()
    placed = [(i.lon, i.lat) for i in items if isinstance(i, Landmark)]
    assert np.isfinite(np.array(placed)).all()
