"""Ways of small files: where they meet, where gates cut them, what is said of broken ones."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from street_intake.osm_xml import OsmXml, lines_of, read_ways

from geo.model.ground import StreetKind, WayMark
from geo.network.junctions import build_network
from geo.street_intake import reading_pace
from geo.street_intake.osm_file import OsmFile
from geo.street_intake.reading_pace import ReadingPace
from geo.street_intake.tagged_things import Run
from geo.street_intake.way_columns import WayColumns

_STREET = {"highway": "residential"}
_CROSS = {1: (0, 1), 2: (1, 1), 3: (2, 1), 4: (1, 0), 5: (1, 2), 6: (1, 1)}


def test_a_way_arrives_as_it_is_written(tmp_path: Path) -> None:
    town = OsmXml(
        {1: (0, 0), 2: (1, 0), 3: (1, 1)},
        ways={7: ([1, 2, 3], {"highway": "steps", "name": "男坂", "surface": "concrete"})},
    )
    ways, problems = read_ways(town.write(tmp_path))
    assert problems == []
    assert lines_of(ways) == [(1, 2, 3)]
    assert ways.lon.tolist() == [135.0, 135.001, 135.001]
    assert ways.lat.tolist() == [35.0, 35.0, 35.001]
    assert StreetKind(ways.kind[0]) is StreetKind.STEPS
    assert WayMark(int(ways.marks[0])) == WayMark.STEPS | WayMark.PAVED
    assert ways.names[ways.name[0]] == "男坂"
    assert np.isnan(ways.length_m).all()
    assert np.isnan(ways.height_first_m).all()


def test_the_japanese_name_comes_first(tmp_path: Path) -> None:
    tags = _STREET | {"name": "Ginza-dori", "name:ja": "銀座通り;中央通り"}
    ways, _ = read_ways(OsmXml({1: (0, 0), 2: (1, 0)}, ways={7: ([1, 2], tags)}).write(tmp_path))
    assert ways.names == ("銀座通り",)


def test_streets_that_share_a_node_meet(tmp_path: Path) -> None:
    town = OsmXml(_CROSS, ways={7: ([1, 2, 3], _STREET), 8: ([4, 2, 5], _STREET)})
    ways, _ = read_ways(town.write(tmp_path))
    network = build_network(ways, "EPSG:6674")
    assert (network.nodes, network.edges, network.components) == (5, 4, 1)


def test_a_bridge_does_not_meet_the_street_under_it(tmp_path: Path) -> None:
    bridge = {"highway": "footway", "bridge": "yes", "layer": "1"}
    # Nodes 2 and 6 lie on the very same spot, one on the bridge and one under it.
    town = OsmXml(_CROSS, ways={7: ([1, 2, 3], _STREET), 8: ([4, 6, 5], bridge)})
    ways, _ = read_ways(town.write(tmp_path))
    network = build_network(ways, "EPSG:6674")
    assert (network.nodes, network.edges, network.components) == (4, 2, 2)
    assert [WayMark(int(marks)) for marks in ways.marks] == [WayMark.NONE, WayMark.BRIDGE]


def test_motorways_and_private_ways_are_left_out(tmp_path: Path) -> None:
    town = OsmXml(
        _CROSS,
        ways={
            7: ([1, 2], {"highway": "motorway"}),
            8: ([2, 3], {"highway": "service", "access": "private"}),
            9: ([4, 2], {"highway": "service", "access": "private", "foot": "yes"}),
            10: ([2, 5], {"building": "yes"}),
        },
    )
    assert lines_of(read_ways(town.write(tmp_path))[0]) == [(4, 2)]


def test_a_private_gate_cuts_the_way(tmp_path: Path) -> None:
    town = OsmXml(
        {1: (0, 0), 2: (1, 0), 3: (2, 0)},
        node_tags={2: {"barrier": "gate", "access": "private"}},
        ways={7: ([1, 2, 3], _STREET | {"name": "A"}), 8: ([3, 1], _STREET)},
    )
    ways, _ = read_ways(town.write(tmp_path))
    assert lines_of(ways) == [(1, -1), (-1, 3), (3, 1)]
    assert ways.lon.round(7).tolist() == [135, 135.001, 135.001, 135.002, 135.002, 135]
    assert ways.name.tolist() == [0, 0, -1]
    network = build_network(ways, "EPSG:6674")
    assert (network.nodes, network.edges, network.components) == (4, 3, 1)


def test_two_ways_that_end_at_a_shut_gate_do_not_meet(tmp_path: Path) -> None:
    town = OsmXml(
        {1: (0, 0), 2: (1, 0), 3: (2, 0)},
        node_tags={2: {"barrier": "gate", "foot": "no"}},
        ways={7: ([1, 2], _STREET), 8: ([2, 3], _STREET)},
    )
    ways, _ = read_ways(town.write(tmp_path))
    assert lines_of(ways) == [(1, -1), (-1, 3)]
    assert build_network(ways, "EPSG:6674").components == 2


def test_a_gate_drawn_on_a_junction_shuts_nothing(tmp_path: Path) -> None:
    town = OsmXml(
        _CROSS,
        node_tags={2: {"barrier": "gate", "access": "private"}},
        ways={7: ([1, 2, 3], _STREET), 8: ([2, 5], _STREET)},
    )
    assert lines_of(read_ways(town.write(tmp_path))[0]) == [(1, 2, 3), (2, 5)]


def test_a_gate_one_may_pass_cuts_nothing(tmp_path: Path) -> None:
    town = OsmXml(
        _CROSS,
        node_tags={2: {"barrier": "gate", "access": "private", "foot": "yes"}},
        ways={7: ([1, 2, 3], _STREET)},
    )
    assert lines_of(read_ways(town.write(tmp_path))[0]) == [(1, 2, 3)]


def test_a_square_is_walked_along_its_rim(tmp_path: Path) -> None:
    square = {"highway": "pedestrian", "area": "yes"}
    town = OsmXml(
        {1: (0, 0), 2: (2, 0), 3: (2, 2), 4: (0, 2), 5: (3, 0)},
        ways={7: ([1, 2, 3, 4, 1], square), 8: ([2, 5], _STREET)},
    )
    ways, _ = read_ways(town.write(tmp_path))
    assert lines_of(ways) == [(1, 2, 3, 4, 1), (2, 5)]
    assert build_network(ways, "EPSG:6674").components == 1


def test_a_square_of_several_lines_is_walked_along_every_rim(tmp_path: Path) -> None:
    """Outer rim of two ways without tags, a fountain in the middle."""
    town = OsmXml(
        {1: (0, 0), 2: (4, 0), 3: (4, 4), 4: (0, 4), 5: (1, 1), 6: (2, 1), 7: (2, 2)},
        ways={7: ([1, 2, 3], {}), 8: ([3, 4, 1], {}), 9: ([5, 6, 7, 5], {})},
        relations={
            1: (
                [(7, "outer"), (8, "outer"), (9, "inner")],
                {"type": "multipolygon", "highway": "pedestrian"},
            )
        },
    )
    ways, problems = read_ways(town.write(tmp_path))
    assert problems == []
    assert [set(line) for line in lines_of(ways)] == [{1, 2, 3, 4}, {5, 6, 7}]
    assert set(ways.kind.tolist()) == {StreetKind.PEDESTRIAN}


def test_a_way_that_leaves_the_file_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    town = OsmXml({1: (0, 0), 2: (1, 0), 5: (4, 0), 6: (5, 0)})
    town.ways = {7: ([1, 2, 3, 4, 5, 6], _STREET), 8: ([3, 1], _STREET)}
    ways, problems = read_ways(town.write(tmp_path))
    assert lines_of(ways) == [(1, 2), (5, 6)]
    assert [(p.code, p.is_error) for p in problems] == [("street-cut-at-edge", False)]
    assert "線 2 本" in problems[0].message_ja


def test_a_file_without_streets_says_so(tmp_path: Path) -> None:
    town = OsmXml({1: (0, 0), 2: (1, 0)}, ways={7: ([1, 2], {"waterway": "river"})})
    ways, problems = read_ways(town.write(tmp_path))
    assert len(ways) == 0
    assert [p.code for p in problems] == ["no-walkable-ways"]
    assert problems[0].message_ja.startswith("歩ける道が1本もありません")


def test_a_problem_is_said_once_however_often_the_file_is_read(tmp_path: Path) -> None:
    town = OsmXml({1: (0, 0)}, ways={7: ([1, 2], _STREET)})
    problems: list[object] = []
    source = OsmFile(town.write(tmp_path), "town.osm", problems)  # type: ignore[arg-type]
    source.ways(lambda _: None)
    source.ways(lambda _: None)
    list(source.items(lambda _: None))
    assert len(problems) == 2  # cut at the edge, nothing to walk


def test_progress_is_told_with_the_count(tmp_path: Path) -> None:
    town = OsmXml(_CROSS, ways={7: ([1, 2, 3], _STREET), 8: ([4, 2, 5], _STREET)})
    told: list[str] = []
    OsmFile(town.write(tmp_path), "town.osm", []).ways(told.append)
    assert told[0] == "道を読んでいます"
    assert told[-1].startswith("道を読んでいます：2本")


def test_a_long_reading_says_how_fast_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(reading_pace, "monotonic", lambda: now[0])
    told: list[str] = []
    pace = ReadingPace(told.append, "道を読んでいます", "本")
    for _ in range(120_000):
        now[0] += 1 / 35_000
        pace.step()
    pace.done()
    assert told == [
        "道を読んでいます",
        "道を読んでいます：36,864本（毎秒35,000）",
        "道を読んでいます：73,728本（毎秒35,000）",
        "道を読んでいます：110,592本（毎秒35,000）",
        "道を読んでいます：120,000本（毎秒35,000）",
    ]


@pytest.mark.parametrize("ending", ["osm", "osm.gz", "osm.bz2", "osm.pbf"])
def test_every_packing_gives_the_same_ways(tmp_path: Path, ending: str) -> None:
    import osmium

    town = OsmXml(_CROSS, ways={7: ([1, 2, 3], _STREET), 8: ([4, 2, 5], _STREET)})
    plain = town.write(tmp_path)
    packed = tmp_path / f"packed.{ending}"
    with osmium.SimpleWriter(packed) as writer:
        for thing in osmium.FileProcessor(plain):
            writer.add(thing)
    ways, problems = read_ways(packed)
    assert problems == []
    assert lines_of(ways) == [(1, 2, 3), (4, 2, 5)]
    assert ways.lon.tolist() == read_ways(plain)[0].lon.tolist()


@given(
    lines=st.lists(st.lists(st.integers(1, 9), min_size=2, max_size=6), min_size=1, max_size=5),
    shut=st.sets(st.integers(1, 9), max_size=4),
)
def test_cutting_at_gates_as_one_would_by_hand(lines: list[list[int]], shut: set[int]) -> None:
    columns = WayColumns()
    for number, line in enumerate(lines):
        degrees = [float(node) for node in line]
        columns.add(Run(line, degrees, degrees), StreetKind(number), name=f"{number}")
    arms = {
        gate: sum(
            (node == gate) * (1 if place in {0, len(line) - 1} else 2)
            for line in lines
            for place, node in enumerate(line)
        )
        for gate in shut
    }
    cutting = {gate for gate, count in arms.items() if count <= 2}
    expected = []
    for number, line in enumerate(lines):
        piece = [line[0]]
        for node in line[1:-1]:
            piece.append(node)
            if node in cutting:
                expected.append((number, piece))
                piece = [node]
        expected.append((number, [*piece, line[-1]]))

    ways = columns.table(shut)

    assert lines_of(ways) == [
        tuple(-1 if node in cutting else node for node in piece) for _, piece in expected
    ]
    assert ways.kind.tolist() == [number for number, _ in expected]
    assert ways.lon.tolist() == [float(node) for _, piece in expected for node in piece]
    assert ways.lat.tolist() == ways.lon.tolist()
    assert len(ways.length_m) == len(ways.height_first_m) == len(ways) == len(ways.name)


def test_a_way_costs_the_room_of_its_numbers() -> None:
    """12 million vertices are in 100 MB of streets: a hundred bytes each would be 1.2 GB."""
    columns = WayColumns()
    tracemalloc.start()
    try:
        for way in range(20_000):
            nodes = range(10 * way, 10 * way + 11)
            degrees = [node / 1e5 for node in nodes]
            columns.add(Run(nodes, degrees, degrees), StreetKind.LOCAL, name=f"{way % 100}")
        table = columns.table(range(5, 200_000, 1000))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(table) == 20_000 + 200
    assert len(table.lon) == 220_000 + 200
    assert peak / len(table.lon) < 90
