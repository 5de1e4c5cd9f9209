"""GeoJSON: what is read, and what only calls itself so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from geo.intake.shapes import read_features

SQUARE = [[[138.3, 34.8], [138.31, 34.8], [138.31, 34.81], [138.3, 34.81], [138.3, 34.8]]]


@pytest.fixture
def read(tmp_path: Path):
    def read(content: object, *, name: str = "a.geojson", **said: str | None):
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        (tmp_path / name).write_bytes(data)
        return read_features(tmp_path / name, file=name, **said)

    return read


def collection(*features: dict, **more: object) -> dict:
    return {"type": "FeatureCollection", "features": list(features), **more}


def feature(geometry: object = None, **properties: object) -> dict:
    shape = {"type": "Polygon", "coordinates": SQUARE} if geometry is None else geometry
    return {"type": "Feature", "geometry": shape, "properties": properties}


def codes(features) -> list[str]:
    return [problem.code for problem in features.problems]


def test_cells_as_a_clerk_reads_them(read):
    answer = read(
        collection(
            feature(名="港町 ", code=22212.0, n=3, x=1.5, b=True, gone=None, list=[1, "あ"]),
            feature(名="浜町"),
        )
    )
    assert answer.problems == ()
    assert dict(answer.rows[0]) == {
        "名": "港町", "code": "22212", "n": "3", "x": "1.5", "b": "1", "gone": "",
        "list": '[1, "あ"]',
    }  # fmt: skip
    assert answer.rows[1]["code"] == ""


def test_every_geometry(read):
    kinds = {
        "Point": [138.3, 34.8, 12.0],
        "MultiPoint": [[138.3, 34.8]],
        "LineString": SQUARE[0],
        "MultiLineString": SQUARE,
        "Polygon": SQUARE,
        "MultiPolygon": [SQUARE],
    }
    shapes = [{"type": kind, "coordinates": c} for kind, c in kinds.items()]
    answer = read({"type": "GeometryCollection", "geometries": shapes})
    read_back = [shapely.from_wkb(blob) for blob in answer.geometries_wkb]
    assert [shape.geom_type for shape in read_back] == list(kinds)
    assert not any(shape.has_z for shape in read_back)
    bare = read({"type": "Polygon", "coordinates": SQUARE})
    assert shapely.from_wkb(bare.geometries_wkb[0]).equals(read_back[4])


@pytest.mark.parametrize(
    "name",
    [
        "urn:ogc:def:crs:OGC:1.3:CRS84",
        "urn:ogc:def:crs:EPSG::6668",
        "EPSG:4326",
        "urn:ogc:def:crs:EPSG:6.9:4612",
    ],
)
def test_crs_members(read, name):
    answer = read(collection(feature(), crs={"type": "name", "properties": {"name": name}}))
    assert answer.problems == ()
    bounds = shapely.from_wkb(answer.geometries_wkb[0]).bounds
    assert bounds == pytest.approx((138.3, 34.8, 138.31, 34.81), abs=1e-9)


def test_a_plane_zone_is_moved_when_somebody_says_so(read):
    shape = {"type": "Point", "coordinates": [0, 0]}
    member = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2450"}}
    for answer in (
        read(collection(feature(shape), crs=member)),
        read(collection(feature(shape)), crs="EPSG:2450"),
    ):
        point = shapely.from_wkb(answer.geometries_wkb[0])
        assert (point.x, point.y) == (pytest.approx(138.5), pytest.approx(36.0))
    assert codes(
        read(collection(feature({"type": "Point", "coordinates": [-20000, -130000]})))
    ) == ["crs-does-not-fit"]
    member["properties"]["name"] = "わが町の座標"
    assert codes(read(collection(feature(shape), crs=member))) == ["crs-unknown"]


def test_a_line_of_one_point_and_a_ring_of_two_cost_only_their_feature(read):
    line = {"type": "LineString", "coordinates": [[138.3, 34.8]]}
    ring = {"type": "Polygon", "coordinates": [[[138.3, 34.8], [138.31, 34.8]]]}
    answer = read(collection(feature(line), feature(), feature(ring)))
    assert codes(answer) == ["geometry-unreadable", "geometry-unreadable"]
    assert [wkb is None for wkb in answer.geometries_wkb] == [True, False, True]


def test_a_broken_geometry_costs_only_its_feature(read):
    answer = read(
        collection(
            feature({"type": "Point", "coordinates": [138.3, "あ"]}, n="1"),
            feature({"type": "Polygon", "coordinates": [[[138.3, 34.8], [138.4, 34.8]]]}, n="2"),
            feature({"type": "Point", "coordinates": [138.3, None]}, n="3"),
            feature({"type": "Sphere"}, n="4"),
            feature({"type": "Point", "coordinates": [138.3, 34.8]}, n="5"),
        )
    )
    assert codes(answer) == ["geometry-unreadable"] * 4
    assert [problem.row for problem in answer.problems] == [1, 2, 3, 4]
    assert [blob is None for blob in answer.geometries_wkb] == [True] * 4 + [False]


VRT = b"""<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource>
</OGRVRTLayer></OGRVRTDataSource>"""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (VRT, "not-geojson-xml"),
        (b"\xef\xbb\xbf  <kml/>", "not-geojson-xml"),
        ({"type": "Topology", "objects": {}, "arcs": []}, "not-geojson"),
        ([{"file": "a.csv"}], "not-geojson"),
        ({"type": "FeatureCollection", "features": 3}, "not-geojson"),
        ({"type": "FeatureCollection", "features": [3]}, "not-geojson"),
        (b'{"type": "FeatureColl', "json-broken"),
        (b'{"type":"Point","coordinates":[NaN,1]}', "json-broken"),
        (b'{"type":"Point","coordinates":[-Infinity,1]}', "json-broken"),
        (b'{"type":"Point","coordinates":[' + b"9" * 9000 + b",1]}", "json-broken"),
        (b"[" * 1_000_000, "json-too-deep"),
        (b'{"type":"Feature","properties":{"a":' * 40, "json-too-deep"),
        (b'{"type":"Feature","geometry":null,"properties":{"a":1,"a":2}}', "json-doubled-key"),
        ('{"type":"Feature","geometry":null,"properties":{"名":"港町"}}'.encode("cp932"), "encoding-wrong"),
        (collection(feature(名="�`���")), "text-garbled"),
        (collection(feature({"type": "Point", "coordinates": [34.8, 138.3]})), "axis-swapped"),
        (b"", "json-broken"),
    ],
)  # fmt: skip
def test_refused_as_what_it_is(read, content, code):
    answer = read(content)
    assert codes(answer) == [code]
    assert answer.rows == ()


def test_numbers_too_large_for_a_float_never_pass(read):
    answer = read(b'{"type":"Point","coordinates":[1e999,34]}')
    assert answer.geometries_wkb == (None,)
    assert codes(answer) == ["geometry-unreadable"]


def test_cp932_when_the_manifest_says_so(read):
    data = json.dumps(collection(feature(名="髙﨑")), ensure_ascii=False).encode("cp932")
    assert read(data, encoding="cp932").rows[0]["名"] == "髙﨑"


def test_a_heap_of_coordinates_is_refused_before_it_is_parsed(read):
    data = b'{"type":"MultiPoint","coordinates":[' + b"[0,0]," * 16_000_000 + b"[0,0]]}"
    assert codes(read(data)) == ["file-too-large"]
