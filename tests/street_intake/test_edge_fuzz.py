"""Whatever bytes a file of edges or heights holds: a table and sentences, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import tifffile
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from street_intake.edge_files import METRIC, edges, quiet
from street_intake.test_graphml import EDGES, NODES, graphml

from geo.model.problem import Problem
from geo.network.junctions import build_network
from geo.street_intake.graphml_file import GraphmlFile
from geo.street_intake.heights import read_heights

FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
changes = st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), max_size=6)
cell = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(["1e400", "-0", "['a'", "nan", "Infinity", "steps", "motorway", "0x10"]),
    st.lists(st.integers(), max_size=3),
)
number = st.floats(-400, 400, allow_nan=False)
line = st.lists(st.tuples(number, number), min_size=0, max_size=4)


def flipped(data: bytes, at: list[tuple[int, int]]) -> bytes:
    changed = bytearray(data)
    for place, value in at:
        changed[place % len(changed)] = value
    return bytes(changed)


def sane(problems: list[Problem]) -> None:
    assert all(problem.message_ja.endswith(("。", "。）")) for problem in problems)


@FUZZ
@given(changes)
@example([(0, 0)])
def test_graphml(tmp_path: Path, at: list[tuple[int, int]]) -> None:
    path = tmp_path / "g.graphml"
    path.write_bytes(flipped(graphml(NODES, EDGES).encode(), at))
    problems: list[Problem] = []
    file = GraphmlFile(path, path.name, problems)
    ways = file.ways(quiet)
    items = list(file.items(quiet))
    sane(problems)
    assert np.isfinite(ways.lon).all()
    assert len(items) >= 0


@FUZZ
@given(
    st.lists(
        st.tuples(
            line,
            st.dictionaries(
                st.sampled_from(
                    [
                        "u",
                        "v",
                        "highway",
                        "length",
                        "name",
                        "h_u",
                        "h_v",
                        "bridge",
                        "layer",
                        "access",
                        "foot",
                    ]
                ),
                cell,
            ),
        ),
        max_size=5,
    )
)
def test_geojson(tmp_path: Path, rows: list[tuple[list, dict]]) -> None:
    path = tmp_path / "a.geojson"
    whole = [
        {
            "type": "Feature",
            "properties": told,
            "geometry": {"type": "LineString", "coordinates": points},
        }
        for points, told in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": whole}), "utf-8")
    table, problems = edges(path)
    ways = table.ways(quiet)
    list(table.items(quiet))
    sane(problems)
    assert len(ways.node) == ways.first[-1] == len(ways.lon)
    assert (np.diff(ways.first) >= 2).all()
    assert np.isfinite(ways.lon).all()
    assert (ways.length_m[np.isfinite(ways.length_m)] > 0).all()
    if len(ways) and np.abs(ways.lon - 138.5).max() < 1 and np.abs(ways.lat - 35).max() < 1:
        build_network(ways, METRIC)


@FUZZ
@given(changes, st.integers(8, 4000))
def test_geotiff(tmp_path: Path, at: list[tuple[int, int]], size: int) -> None:
    path = tmp_path / "h.tif"
    keys = [1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326]
    tags = [
        (34735, "H", len(keys), keys, True),
        (33550, "d", 3, (0.1, 0.1, 0.0), True),
        (33922, "d", 6, (0.0, 0.0, 0.0, 138.0, 35.0, 0.0), True),
    ]
    tifffile.imwrite(path, np.arange(64, dtype=np.int16).reshape(8, 8), extratags=tags)
    path.write_bytes(flipped(path.read_bytes(), at)[:size])
    problems: list[Problem] = []
    heights = read_heights([path], ["h.tif"], problems)
    sane(problems)
    found = heights.at(np.array([138.2, 0.0, np.nan]), np.array([34.7, 0.0, 0.0]))
    assert found.dtype == np.float32
