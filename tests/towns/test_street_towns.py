"""Real towns of streets, loaded: counted against the files themselves, walked where one may."""

from __future__ import annotations

import json
import os
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
import shapely.geometry
from shapely import STRtree
from sqlalchemy import text
from towns.street_counting import Counted, count_graphml, count_osm

from geo.model.answers import StreetsLoaded
from geo.model.audience import Audience, Medium
from geo.model.ground import StreetKind, WayMark

if TYPE_CHECKING:
    from conftest import LoadedTown, OpenTown

REALDATA = Path(__file__).parents[1] / "realdata"
MOST_KB = 1_500_000


@dataclass(frozen=True)
class StreetTown:
    """A loaded town, and what its files hold by another count."""

    town: LoadedTown
    streets: StreetsLoaded
    counted: Counted

    @cached_property
    def edges(self) -> list[tuple[int, int, int, int]]:
        """From, to, kind and marks of every street, by its number."""
        with self.town.database.connect(Audience.PUBLIC, Medium.WEB) as conn:
            rows = conn.execute(
                text("SELECT from_node, to_node, kind, marks FROM street_edge ORDER BY id")
            )
            return [(row[0], row[1], row[2], row[3]) for row in rows]

    @cached_property
    def lines(self) -> list[shapely.LineString]:
        """The geometry of the same."""
        with self.town.database.connect(Audience.PUBLIC, Medium.WEB) as conn:
            rows = conn.execute(text("SELECT ST_AsBinary(geom) FROM street_edge ORDER BY id"))
            return [shapely.from_wkb(bytes(row[0])) for row in rows]

    @cached_property
    def heights(self) -> list[float]:
        """Those that are known."""
        with self.town.database.connect(Audience.PUBLIC, Medium.WEB) as conn:
            rows = conn.execute(text("SELECT height_m FROM street_node WHERE height_m IS NOT NULL"))
            return [row[0] for row in rows]

    def crossings_apart(self) -> list[tuple[int, int]]:
        """Streets that cross on the plane and share no junction."""
        one, other = STRtree(self.lines).query(self.lines, predicate="crosses")
        return [
            (a, b)
            for a, b in zip(one.tolist(), other.tolist(), strict=True)
            if a < b and not {*self.edges[a][:2]} & {*self.edges[b][:2]}
        ]


OpenStreets = Callable[[str, str, str], StreetTown]


@pytest.fixture(scope="session")
def open_streets(open_town: OpenTown, request: pytest.FixtureRequest) -> OpenStreets:
    """``open_streets(folder, code, file)``: loaded once; says how long it took and how much.

    宇部市 is the town that the tests of its lists share: its outline is found by its code.
    """
    opened: dict[str, StreetTown] = {}

    def open_(folder: str, code: str, file: str) -> StreetTown:
        if folder not in opened:
            path = Path(os.environ["OTAKARA_REALDATA"]) / file
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            begun = time.perf_counter()
            shared = folder == "ube"
            town = request.getfixturevalue("ube") if shared else open_town(REALDATA / folder, code)
            seconds = time.perf_counter() - begun
            after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            found = town.first.streets
            assert found is not None
            is_graph = file.endswith(".graphml.gz")
            count = count_graphml if is_graph else count_osm
            counted = Counted() if file.endswith(".zip") else count(path)
            print(
                f"\n{folder}: {found.nodes:,} nodes, {found.edges:,} edges, "
                f"{found.length_m / 1000:,.0f} km, {found.components} pieces; {seconds:.1f} s, "
                f"peak {after / 1024:.0f} MB (before {before / 1024:.0f})"
            )
            assert after - before < MOST_KB
            opened[folder] = StreetTown(town, found, counted)
        return opened[folder]

    return open_


@pytest.fixture(scope="session")
def otemachi(open_streets: OpenStreets) -> StreetTown:
    return open_streets("otemachi", "13101", "chiyoda-otemachi-overpass/overpass_raw.json.gz")


@pytest.fixture(scope="session")
def monaco(open_streets: OpenStreets) -> StreetTown:
    return open_streets("monaco", "99871", "fallback-networks/monaco/monaco.osm.gz")


@pytest.fixture(scope="session")
def ube_streets(open_streets: OpenStreets) -> StreetTown:
    return open_streets("ube", "35202", "ube-35202/ube_roads.zip")


@pytest.fixture(
    scope="session",
    params=[
        ("andorra", "99872", "fallback-networks/andorra/andorra.osm.pbf"),
        ("porto_alegre", "99873", "fallback-networks/porto-alegre/poa_osm.pbf"),
        ("porto", "99874", "fallback-networks/porto/porto_portugal.osm.pbf"),
        ("tachikawa", "13202", "tachikawa-13202-roads/tachikawa.graphml.gz"),
        ("otemachi", "13101", "chiyoda-otemachi-overpass/overpass_raw.json.gz"),
        ("monaco", "99871", "fallback-networks/monaco/monaco.osm.gz"),
        ("ube", "35202", "ube-35202/ube_roads.zip"),
    ],
    ids=lambda param: param[0],
)
def any_town(request: pytest.FixtureRequest, open_streets: OpenStreets) -> StreetTown:
    return open_streets(*request.param)


COUNTS = {
    "千代田区": (5_623, 7_202, 189, 52, 5_478),
    "立川市": (4_106, 5_614, 397, 1, 4_106),
    "宇部市": (10_403, 15_375, 1_025, 6, 10_387),
    "Monaco": (1_179, 1_568, 83, 25, 1_132),
    "Andorra": (2_241, 2_572, 821, 46, 1_829),
    "Porto Alegre": (19_174, 26_382, 1_852, 107, 18_772),
    "Porto": (74_161, 101_485, 9_982, 967, 71_512),
}
"""Nodes, edges, kilometres, connected pieces, nodes of the largest piece."""


@pytest.mark.realdata
def test_every_town_has_its_streets_and_a_second_load_reads_none(any_town: StreetTown) -> None:
    found, name = any_town.streets, any_town.town.overview().town.name
    nodes, edges, km, pieces, largest = COUNTS[name]
    assert (found.nodes, found.edges, found.components) == (nodes, edges, pieces)
    assert round(found.length_m / 1000) == km
    assert found.largest_share == pytest.approx(largest / nodes)
    assert len(any_town.edges) == len(any_town.lines) == edges
    assert found.is_new
    again = any_town.town.load().streets
    assert again is not None
    assert (again.nodes, again.edges, again.is_new) == (nodes, edges, False)


@pytest.mark.realdata
def test_another_count_finds_the_same(any_town: StreetTown) -> None:
    """Squares mapped as relations are not counted there, streets without length not here."""
    found, counted = any_town.streets, any_town.counted
    if counted.nodes:
        off = 0.005 if any_town.town.overview().town.name.startswith("Porto") else 0
        assert found.nodes == pytest.approx(counted.nodes, rel=off, abs=0)
        assert found.edges == pytest.approx(counted.edges, rel=off, abs=0)
        stairs = sum(kind == StreetKind.STEPS for _, _, kind, _ in any_town.edges)
        assert stairs == pytest.approx(counted.stairs, rel=4 * off, abs=0)


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["otemachi", "monaco"])
def test_a_bridge_and_the_street_under_it_are_not_joined(
    name: str, request: pytest.FixtureRequest
) -> None:
    town: StreetTown = request.getfixturevalue(name)
    apart = town.crossings_apart()
    over = WayMark.BRIDGE | WayMark.TUNNEL | WayMark.INDOOR
    marked = [pair for pair in apart if any(town.edges[i][3] & over for i in pair)]
    assert len(marked) >= {"otemachi": 300, "monaco": 60}[name]
    # Nor does any street begin or end where a bridge passes over another.
    ends = {
        line.coords[at] for i in {*sum(marked, ())} for line in [town.lines[i]] for at in (0, -1)
    }
    for a, b in marked[:200]:
        where = shapely.intersection(town.lines[a], town.lines[b])
        for point in shapely.get_parts(where):
            assert point.geom_type != "Point" or (point.x, point.y) not in ends


@pytest.mark.realdata
@pytest.mark.parametrize("name", ["otemachi", "monaco"])
def test_a_private_way_is_not_walked(name: str, request: pytest.FixtureRequest) -> None:
    town: StreetTown = request.getfixturevalue(name)
    private = shapely.linestrings(np.array(town.counted.shut))
    assert len(private) == {"otemachi": 5, "monaco": 6}[name]
    found = STRtree(town.lines).query(private, predicate="covered_by")
    assert found.shape == (2, 0)


@pytest.mark.realdata
def test_stairs_are_stairs(otemachi: StreetTown, monaco: StreetTown) -> None:
    for town, stairs in ((otemachi, 691), (monaco, 92)):
        kinds = [(kind, marks) for _, _, kind, marks in town.edges if kind == StreetKind.STEPS]
        assert len(kinds) == stairs
        assert all(marks & WayMark.STEPS for _, marks in kinds)


@pytest.mark.realdata
def test_heights_are_those_of_the_places(monaco: StreetTown, ube_streets: StreetTown) -> None:
    """Monaco climbs from the sea to 160 m; SOURCE.md of 宇部市: 0.25 to 126.5 m."""
    assert len(monaco.heights) == 1_179
    assert -3 < min(monaco.heights) < 3
    assert 160 < max(monaco.heights) < 180
    assert min(ube_streets.heights) == pytest.approx(0.25)
    assert max(ube_streets.heights) == pytest.approx(126.5, abs=0.05)
    assert len(ube_streets.heights) > 10_380


@pytest.mark.realdata
def test_ube_counts_are_those_of_its_source_note(ube_streets: StreetTown) -> None:
    note = (Path(os.environ["OTAKARA_REALDATA"]) / "ube-35202" / "SOURCE.md").read_text("utf-8")
    found = ube_streets.streets
    assert "15,375 both ways), 10,403 nodes, 1,025 km" in note
    assert "one main component of 10,387 nodes, 5 fragments" in note
    assert (found.edges, found.nodes, round(found.length_m / 1000)) == (15_375, 10_403, 1_025)
    assert found.components == 1 + 5


def test_the_demonstration_town_walks_7981_junctions_and_no_private_way(minato: LoadedTown) -> None:
    """11,630 streets are in the file, 16 of them private."""
    found = minato.first.streets
    assert found is not None
    assert (found.nodes, found.edges, found.components) == (7_981, 11_614, 1)
    town = StreetTown(minato, found, Counted())
    kinds = [kind for _, _, kind, _ in town.edges]
    assert kinds.count(StreetKind.STEPS) == 111
    assert sum(bool(marks & WayMark.BRIDGE) for *_, marks in town.edges) == 87
    assert sum(bool(marks & WayMark.TUNNEL) for *_, marks in town.edges) == 1
    assert len(town.heights) == 7_981
    assert len(town.crossings_apart()) == 10
    written = json.loads((minato.folder / "boundaries/streets.geojson").read_text("utf-8"))
    private = [
        shapely.geometry.shape(feature["geometry"])
        for feature in written["features"]
        if feature["properties"].get("access") == "private"
    ]
    assert len(private) == 16
    assert STRtree(town.lines).query(private, predicate="covered_by").shape == (2, 0)
    with minato.database.connect(Audience.PUBLIC, Medium.WEB) as conn:
        names = conn.execute(text("SELECT count(DISTINCT name) FROM ground_label")).scalar_one()
        (row,) = conn.execute(text("SELECT streets_licence, streets_as_of FROM town")).all()
    assert names > 400
    assert (row.streets_licence, str(row.streets_as_of)) == ("CC0-1.0", "2026-04-01")
