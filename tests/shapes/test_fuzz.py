"""Whatever bytes arrive, the answer is features or a sentence, never a traceback."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.intake.dbf import read_dbf
from geo.intake.features import Features, UnreadableFileError
from geo.intake.geojson import read_geojson
from geo.intake.shapes import read_features

flips = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=12)
anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "features", "geometry", "geometries", "coordinates", "properties", "crs"]),
            inner | st.sampled_from(["FeatureCollection", "Feature", "GeometryCollection", "Polygon", "Point"]),
        )
    ),
    max_leaves=20,
)  # fmt: skip


def flipped(data: bytes, changes: list[tuple[int, int]]) -> bytes:
    new = bytearray(data)
    for at, byte in changes:
        new[at % len(new)] = byte
    return bytes(new)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None
)
@given(changes=flips, head=st.booleans())
def test_dbf(make_shapefile, changes, head):
    path: Path = make_shapefile(
        [[b"1", b"5", b"20260331", b"T"]],
        fields=[("名", "C", 8), ("N", "N", 5), ("D", "D", 8), ("L", "L", 1)],
    )
    data = path.with_suffix(".dbf").read_bytes()
    changes = [(at % 160, byte) for at, byte in changes] if head else changes
    try:
        table = read_dbf(flipped(data, changes), file="a.dbf")
    except UnreadableFileError as error:
        assert error.problem.message_ja.endswith(("。", "）"))  # noqa: PT017
    else:
        assert all(isinstance(t, str) for row in table.rows if row for t in row.values())


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None
)
@given(changes=flips, part=st.sampled_from(["shp", "shx", "prj"]))
def test_shapefile(make_shapefile, changes, part):
    path: Path = make_shapefile()
    other = path.with_suffix(f".{part}")
    other.write_bytes(flipped(other.read_bytes(), changes))
    assert isinstance(read_features(path, file="a.shp"), Features)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(changes=flips)
def test_zip(make_shapefile, tmp_path, changes):
    path: Path = make_shapefile()
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as file:
        for part in sorted(path.parent.glob("区域.*")):
            file.write(part, part.name)
    (tmp_path / "b.zip").write_bytes(flipped((tmp_path / "a.zip").read_bytes(), changes))
    assert isinstance(read_features(tmp_path / "b.zip", file="b.zip"), Features)


@settings(max_examples=200, deadline=None)
@given(anything)
def test_geojson(value):
    try:
        read_geojson(json.dumps(value).encode(), file="a.geojson")
    except UnreadableFileError as error:
        assert error.problem.is_error  # noqa: PT017
