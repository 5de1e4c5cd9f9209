"""Zipped Shapefiles: names in any encoding, any depth, and everything a zip may try."""

from __future__ import annotations

import gzip
import stat
import zipfile
from pathlib import Path

import pytest

from geo.intake import archive, geojson
from geo.intake.shapes import read_features


def read(path: Path):
    return read_features(path, file=path.name)


def codes(path: Path) -> list[str]:
    return [problem.code for problem in read(path).problems]


@pytest.fixture
def parts(make_shapefile) -> list[Path]:
    path = make_shapefile()
    return sorted(path.parent.glob("区域.*"))


@pytest.fixture
def zipped(tmp_path, parts):
    """``zipped(prefix)``: a zip with the parts under a folder."""

    def make(prefix: str = "", *, name: str = "a.zip", more: dict[str, bytes] | None = None):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as file:
            for part in parts:
                file.write(part, prefix + part.name)
            for member, data in (more or {}).items():
                file.writestr(member, data)
        return tmp_path / name

    return make


@pytest.mark.parametrize("prefix", ["", "A27/データ/shape/", "変\\な\\"])
def test_any_depth(zipped, prefix):
    features = read(zipped(prefix))
    assert features.problems == ()
    assert features.rows[0]["NAME"] == "港町"


def test_names_in_cp932(tmp_path, parts):
    path = tmp_path / "win.zip"
    with zipfile.ZipFile(path, "w") as file:
        for part in parts:
            info = zipfile.ZipInfo("x" * 8 + part.suffix)
            file.writestr(info, part.read_bytes())
    raw = path.read_bytes().replace(b"x" * 8, "区域ソ表".encode("cp932"))
    path.write_bytes(raw)
    assert codes(path) == []
    with zipfile.ZipFile(path) as file:
        names = {archive._member_name(info) for info in file.infolist()}
    assert "区域ソ表.shp" in names


def test_what_mac_and_the_ministry_add_is_passed_over(zipped):
    more = {
        "__MACOSX/._区域.shp": b"x",
        ".DS_Store": b"",
        "KS-META.xml": b"<a/>",
        "a.geojson": b"{}",
    }
    assert codes(zipped(more=more)) == []


def test_two_shapefiles_are_asked_about(zipped):
    (problem,) = read(zipped(more={"x/点.shp": b"", "x/点.dbf": b""})).problems
    assert problem.code == "zip-several"
    assert "x/点.shp、区域.shp" in problem.message_ja
    assert problem.message_ja.endswith('マニフェストに sheet = "点" のように書いてください。')


@pytest.mark.parametrize("wanted", ["区域", "区域.shp"])
def test_one_of_two_shapefiles_is_named(zipped, wanted):
    path = zipped(more={"x/点.shp": b"", "x/点.dbf": b""})
    features = read_features(path, file="a.zip", layer=wanted)
    assert (features.problems, len(features.rows)) == ((), 1)
    assert [p.code for p in read_features(path, file="a.zip", layer="../区域").problems] == [
        "zip-several"
    ]


def test_nothing_to_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("b.zip", b"")
    assert codes(tmp_path / "a.zip") == ["zip-nothing"]


def test_a_missing_part_is_named(tmp_path, parts):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        for part in parts:
            if part.suffix != ".dbf":
                file.write(part, part.name)
    (problem,) = read(tmp_path / "a.zip").problems
    assert problem.code == "shapefile-part-missing"
    assert "区域.dbf が見つかりません" in problem.message_ja


@pytest.mark.parametrize(
    "name", ["../evil.shp", "a/../../evil", "/etc/evil", "C:\\evil.shp", "..\\evil"]
)
def test_names_that_leave_the_folder(zipped, name):
    assert codes(zipped(more={name: b"x"})) == ["zip-unsafe"]


def test_a_link_in_the_zip(zipped):
    path = zipped()
    with zipfile.ZipFile(path, "a") as file:
        info = zipfile.ZipInfo("link.prj")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(info, "/etc/passwd")
    assert codes(path) == ["zip-unsafe"]


def test_a_bomb_is_stopped_while_counting(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "LIMIT_BYTES", 8 << 20)
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for extension in ("shx", "dbf", "shp"):
            file.writestr(f"a.{extension}", bytes(4 << 20))
    assert path.stat().st_size < 20_000
    assert codes(path) == ["file-too-large"]


def test_locked_and_broken(tmp_path, zipped):
    path = zipped()
    data = bytearray(path.read_bytes())
    for at in (data.find(b"PK\x03\x04") + 6, data.find(b"PK\x01\x02") + 8):
        data[at] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    assert codes(tmp_path / "locked.zip") == ["zip-locked"]
    (tmp_path / "cut.zip").write_bytes(path.read_bytes()[:200])
    assert codes(tmp_path / "cut.zip") == ["zip-broken"]
    (tmp_path / "no.zip").write_bytes(b"not a zip")
    assert codes(tmp_path / "no.zip") == ["zip-broken"]


def test_a_packed_geojson_is_counted_while_it_is_unpacked(tmp_path, monkeypatch):
    data = b'{"type":"Point","coordinates":[138.3,34.85]}'
    (tmp_path / "a.geojson.gz").write_bytes(gzip.compress(data))
    assert len(read(tmp_path / "a.geojson.gz").rows) == 1
    (tmp_path / "b.json.gz").write_bytes(gzip.compress(data)[:-9])
    assert codes(tmp_path / "b.json.gz") == ["zip-broken"]
    (tmp_path / "c.dbf.gz").write_bytes(gzip.compress(data))
    (problem,) = read(tmp_path / "c.dbf.gz").problems
    assert (problem.code, "（.dbf.gz）" in problem.message_ja) == ("format-unknown", True)
    monkeypatch.setattr(geojson, "LIMIT_BYTES", 1000)
    (tmp_path / "d.json.gz").write_bytes(gzip.compress(b" " * 1_000_000))
    assert codes(tmp_path / "d.json.gz") == ["file-too-large"]
