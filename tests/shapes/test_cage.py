"""GDAL in its cage: two drivers, no network, bounds on time and output."""

from __future__ import annotations

import socket
from pathlib import Path

import geopandas
import pytest
import shapely

from geo.intake.gdal_reader import GdalChild, GdalRefusedError
from geo.intake.shapes import read_features

VRT = """<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{}</SrcDataSource>
<SrcLayer>secret</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"""


@pytest.fixture(scope="module")
def child():
    one = GdalChild()
    yield one
    one.close()


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.csv"
    path.write_text("name,x\n秘密,1\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["a.vrt", "a.shp", "a.gpkg", "a.geojson", "a.json"])
def test_a_vrt_opens_under_no_name(child, secret, tmp_path, name):
    path = tmp_path / name
    path.write_text(VRT.format(secret), encoding="utf-8")
    with pytest.raises(GdalRefusedError, match="unreadable"):
        child.ask(path, "shp")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "a,b\n1,2\n"),
        ("a.geojson", '{"type":"FeatureCollection","features":[]}'),
        ("a.kml", "<kml/>"),
        ("a.gpx", "<gpx/>"),
    ],
)
def test_other_drivers_are_gone(child, tmp_path, name, content):
    (tmp_path / name).write_text(content)
    with pytest.raises(GdalRefusedError, match="unreadable"):
        child.ask(tmp_path / name, "shp")


def test_no_path_reaches_the_network():
    child = GdalChild(wall_s=30)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.shp"
        for path in (f"/vsicurl/{address}", address, f"/vsicurl_streaming/{address}"):
            with pytest.raises(GdalRefusedError, match="unreadable"):
                # A Path would fold the two slashes of the address.
                child.ask(path, "shp")  # type: ignore[arg-type]
        server.settimeout(0.1)
        with pytest.raises(TimeoutError):
            server.accept()
    child.close()


def test_no_virtual_file_system(child, tmp_path):
    with pytest.raises(GdalRefusedError, match="unreadable"):
        child.ask(Path(f"/vsizip/{tmp_path}/a.zip/a.shp"), "shp")


def test_a_child_that_does_not_answer_is_ended(make_shapefile):
    slow = GdalChild(wall_s=0.0)
    with pytest.raises(GdalRefusedError, match="limits"):
        slow.ask(make_shapefile(), "shp")
    assert slow._process is None


def test_an_answer_too_large_is_refused(make_shapefile):
    small = GdalChild(answer_bytes=100)
    with pytest.raises(GdalRefusedError, match="limits"):
        small.ask(make_shapefile(), "shp")


def test_the_child_has_a_bare_environment_and_limits(make_shapefile, monkeypatch):
    monkeypatch.setenv("SECRET_OF_THE_PARENT", "1")
    fresh = GdalChild()
    fresh.ask(make_shapefile(), "shp")
    assert fresh._process is not None
    proc = Path(f"/proc/{fresh._process.pid}")
    names = {entry.split(b"=")[0] for entry in (proc / "environ").read_bytes().split(b"\0")}
    assert not any(n.startswith((b"OTAKARA_DATABASE", b"SECRET", b"HOME")) for n in names)
    limits = (proc / "limits").read_text()
    for line, value in (("Max address space", 3 << 30), ("Max file size", 1 << 20)):
        assert str(value) in next(row for row in limits.splitlines() if row.startswith(line))
    fresh.close()


def test_one_child_reads_many_files_and_a_fault_starts_another(child, make_shapefile, tmp_path):
    path = make_shapefile()
    child.ask(path, "shp")
    first = child._process
    child.ask(path, "shp")
    assert child._process is first
    (tmp_path / "bad.shp").write_bytes(b"no")
    with pytest.raises(GdalRefusedError):
        child.ask(tmp_path / "bad.shp", "shp")
    assert len(child.ask(path, "shp").geometries_wkb) == 1
    assert child._process is not first


@pytest.fixture
def geopackage(tmp_path: Path):
    def make(*layers: str, crs: str = "EPSG:2450") -> Path:
        frame = geopandas.GeoDataFrame(
            {
                "名前": ["港町", None],
                "番号": [22212, 7],
                "割合": [0.5, None],
                "日": __import__("pandas").to_datetime(["2026-03-31", None]),
            },
            geometry=[shapely.box(0, 0, 500, 500), shapely.Point(0, 0).buffer(10)],
            crs=crs,
        )
        for layer in layers:
            frame.to_file(tmp_path / "a.gpkg", layer=layer, driver="GPKG")
        return tmp_path / "a.gpkg"

    return make


def test_geopackage(geopackage):
    path = geopackage("区域")
    before = sorted(path.parent.iterdir())
    features = read_features(path, file="a.gpkg")
    assert features.problems == ()
    assert [list(row.values()) for row in features.rows] == [
        ["港町", "22212", "0.5", "2026-03-31"],
        ["", "7", "", ""],
    ]
    assert shapely.from_wkb(features.geometries_wkb[0]).bounds[0] == pytest.approx(138.5)
    assert sorted(path.parent.iterdir()) == before


def test_geopackage_with_several_layers_asks(geopackage):
    path = geopackage("区域", "点")
    (problem,) = read_features(path, file="a.gpkg").problems
    assert problem.code == "gpkg-several-layers"
    assert "区域、点" in problem.message_ja
    assert len(read_features(path, file="a.gpkg", layer="点").rows) == 2


def test_what_calls_itself_a_geopackage(tmp_path, secret):
    path = tmp_path / "a.gpkg"
    path.write_text(VRT.format(secret), encoding="utf-8")
    assert [p.code for p in read_features(path, file="a").problems] == ["not-a-geopackage"]
    path.write_bytes(b"SQLite format 3\0" + bytes(200))
    assert [p.code for p in read_features(path, file="a").problems] == ["geometry-file-broken"]
