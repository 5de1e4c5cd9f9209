"""Broken and hostile files: one Japanese sentence each, never a traceback, no table."""

from __future__ import annotations

import bz2
import gzip
import os
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from street_intake.osm_xml import OsmXml, read_items, read_ways

from geo.street_intake import osm_size

_STREET = {"highway": "residential"}
_XML = OsmXml({1: (0, 0), 2: (1, 0)}, ways={7: ([1, 2], _STREET)}).text().encode()
_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<osm version="0.6"><node id="1" lat="1" lon="1"><tag k="name" v="&c;"/></node></osm>"""
_THIEF = b"""<?xml version="1.0"?><!DOCTYPE osm [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<osm version="0.6"><node id="1" lat="1" lon="1"><tag k="name" v="x"/></node></osm>"""


def _pbf(tmp_path: Path) -> bytes:
    import osmium

    plain = tmp_path / "plain.osm"
    plain.write_bytes(_XML)
    packed = tmp_path / "whole.osm.pbf"
    with osmium.SimpleWriter(packed) as writer:
        for thing in osmium.FileProcessor(plain):
            writer.add(thing)
    return packed.read_bytes()


def _said(path: Path) -> list[str]:
    """The codes of one reading of ways and one of items, which must agree; all are errors."""
    ways, problems = read_ways(path)
    assert len(ways) == 0
    assert all(problem.is_error and problem.file == path.name for problem in problems)
    items, again = read_items(path)
    assert items == []
    assert [p.code for p in again] == [p.code for p in problems]
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.osm.pbf", b""),
        ("noise.osm.pbf", os.urandom(4000)),
        ("text.osm.pbf", b"hello world" * 100),
        ("long.osm.pbf", b"\x7f\xff\xff\xff" + b"x" * 100),
        ("endless.osm.pbf", b"\x00\x00\xff\x00" + b"\x0a\x00" * 9),
        ("vast.osm.pbf", b"\x00\x00\x00\x0a\x18" + b"\xff" * 8 + b"\x7f" + b"\x12\x03abc"),
        ("empty.osm.gz", b""),
        ("noise.osm.gz", os.urandom(4000)),
        ("text.osm.gz", gzip.compress(b"hello")),
        ("cut.osm.gz", gzip.compress(os.urandom(9000))[:3000]),
        ("cut.osm.bz2", bz2.compress(_XML)[:-20]),
        ("empty.osm", b""),
        ("page.osm", b"<html><body>Not found</body></html>"),
        ("cut.osm", _XML[: len(_XML) // 2]),
        ("laughs.osm", _LAUGHS),
        ("laughs.osm.bz2", bz2.compress(_LAUGHS)),
        ("thief.osm", _THIEF),
        ("noversion.osm", b'<osm><node id="1" lat="1" lon="1"/></osm>'),
        ("old.osm", b'<osm version="0.5"></osm>'),
        ("words.osm", b'<osm version="0.6"><node id="x" lat="y" lon="1"/></osm>'),
        ("moon.osm", b'<osm version="0.6"><node id="1" lat="900" lon="1"/></osm>'),
    ],
)
def test_a_broken_file(tmp_path: Path, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert _said(path) == ["osm-broken"]


def test_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "page.osm"
    path.write_bytes(b"<html></html>")
    _, (problem,) = read_ways(path)
    assert problem.message_ja == (
        "OpenStreetMap のデータとして読めません。途中で切れているか、別の種類のファイルです。"
        "もう一度もらい直してください。"
    )
    assert problem.value == "Unknown top-level element: html"


def test_a_pbf_cut_short_gives_nothing(tmp_path: Path) -> None:
    whole = _pbf(tmp_path)
    path = tmp_path / "cut.osm.pbf"
    path.write_bytes(whole[:-8])
    assert _said(path) == ["osm-broken"]


def test_what_is_not_there_and_what_is_no_file(tmp_path: Path) -> None:
    assert _said(tmp_path / "missing.osm.pbf") == ["file-missing"]
    os.mkfifo(tmp_path / "pipe.osm.pbf")
    assert _said(tmp_path / "pipe.osm.pbf") == ["file-not-regular"]
    (tmp_path / "folder.osm").mkdir()
    assert _said(tmp_path / "folder.osm") == ["file-not-regular"]
    (tmp_path / "streets.txt").write_text("x")
    assert _said(tmp_path / "streets.txt") == ["data-kind"]


def test_endings_in_capitals_are_read(tmp_path: Path) -> None:
    path = tmp_path / "TOWN.OSM.PBF"
    path.write_bytes(_pbf(tmp_path))
    ways, problems = read_ways(path)
    assert (len(ways), problems) == (1, [])


def _bomb_pbf(blobs: int) -> bytes:
    """Blobs of OSM data that are nothing but zeros: 32 MB each, packed to 32 kB."""
    header = b"\x0a\x07OSMData\x18"
    packed = zlib.compress(bytes(32 << 20))
    blob = b"\x10" + _varint(32 << 20) + b"\x1a" + _varint(len(packed)) + packed
    piece = header + _varint(len(blob))
    return (struct.pack(">I", len(piece)) + piece + blob) * blobs


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def test_a_pbf_that_unpacks_to_a_hundred_times_its_size_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.osm.pbf"
    path.write_bytes(_bomb_pbf(8))
    assert path.stat().st_size < 1 << 20
    assert _said(path) == ["file-too-large"]


@pytest.mark.parametrize("ending", ["gz", "bz2"])
def test_xml_that_unpacks_to_too_much_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    pack = gzip.compress if ending == "gz" else bz2.compress
    path = tmp_path / f"bomb.osm.{ending}"
    path.write_bytes(pack(b'<osm version="0.6">' + b" " * (8 << 20)))
    monkeypatch.setattr(osm_size, "MOST_UNPACKED_BYTES", 4 << 20)
    assert _said(path) == ["file-too-large"]


def test_a_file_that_is_too_large_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.osm.pbf"
    path.write_bytes(_pbf(tmp_path))
    monkeypatch.setattr(osm_size, "MOST_FILE_BYTES", 10)
    assert _said(path) == ["file-too-large"]


def test_an_honest_pbf_is_measured_exactly(tmp_path: Path) -> None:
    """The sum of what its blobs say is what zlib makes of them."""
    path = tmp_path / "whole.osm.pbf"
    data = _pbf(tmp_path)
    unpacked = at = 0
    while at < len(data):
        size = struct.unpack(">I", data[at : at + 4])[0]
        header = data[at + 4 : at + 4 + size]
        length = int.from_bytes(_seven_bits(header.split(b"\x18", 1)[1]), "little")
        blob = data[at + 4 + size : at + 4 + size + length]
        unpacked += len(zlib.decompress(blob[blob.index(b"\x78") :]))
        at += 4 + size + length
    with path.open("rb") as file:
        assert osm_size._pbf_bytes(file, 1 << 30) == unpacked > 100


def _seven_bits(data: bytes) -> bytes:
    value = sum((byte & 127) << (7 * place) for place, byte in enumerate(data))
    return value.to_bytes(8, "little")


def test_node_numbers_below_zero_have_no_place(tmp_path: Path) -> None:
    """An editor's file that was never uploaded: libosmium keeps no place for its nodes."""
    path = tmp_path / "editor.osm"
    path.write_bytes(
        b'<osm version="0.6"><node id="-1" lat="1" lon="1"/><node id="-2" lat="1" lon="2"/>'
        b'<way id="-3"><nd ref="-1"/><nd ref="-2"/><tag k="highway" v="path"/></way></osm>'
    )
    ways, problems = read_ways(path)
    assert len(ways) == 0
    assert [p.code for p in problems] == ["street-cut-at-edge", "no-walkable-ways"]


def test_ways_before_their_nodes_have_no_place(tmp_path: Path) -> None:
    path = tmp_path / "unsorted.osm"
    path.write_bytes(
        b'<osm version="0.6"><way id="3"><nd ref="1"/><nd ref="2"/><tag k="highway" v="path"/></way>'
        b'<node id="1" lat="1" lon="1"/><node id="2" lat="1" lon="2"/></osm>'
    )
    _, problems = read_ways(path)
    assert [p.code for p in problems] == ["street-cut-at-edge", "no-walkable-ways"]


def test_a_tag_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "bytes.osm.pbf"
    path.write_bytes(_plain_pbf(tmp_path).replace(b"residential", b"\xff\xfe\xffidential"))
    assert _said(path) == ["osm-broken"]


def test_a_node_beyond_every_degree_has_no_place(tmp_path: Path) -> None:
    """35.0 north, as a pbf counts it, becomes 135.0 north."""
    town = OsmXml(
        {1: (0, 0), 2: (1, 0), 3: (2, 0)},
        node_tags={1: {"amenity": "school", "name": "港"}},
        ways={
            7: ([1, 2], _STREET),
            8: ([2, 3], _STREET),
            9: ([1, 2, 3, 1], {"building": "yes", "amenity": "library", "name": "港"}),
        },
    )
    data = _plain_pbf(tmp_path, town.text().encode())
    there, gone = _varint(2 * 350_000_000), _varint(2 * 1_350_000_000)
    assert len(there) == len(gone)
    assert data.count(there) == 1
    path = tmp_path / "beyond.osm.pbf"
    path.write_bytes(data.replace(there, gone))
    ways, problems = read_ways(path)
    assert len(ways) == 0
    assert [p.code for p in problems] == ["street-cut-at-edge", "no-walkable-ways"]
    items, problems = read_items(path)
    assert items == []
    assert [p.code for p in problems] == ["street-cut-at-edge"]


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_pbf_with_wrong_bytes_never_ends_in_a_traceback(
    tmp_path: Path, data: st.DataObject
) -> None:
    whole = bytearray(_plain_pbf(tmp_path))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=3)):
        whole[place] = data.draw(st.integers(0, 255))
    path = tmp_path / "wrong.osm.pbf"
    path.write_bytes(bytes(whole))
    read_ways(path)
    read_items(path)


def _plain_pbf(tmp_path: Path, xml: bytes = _XML) -> bytes:
    """Blobs that are not packed, so that a wrong byte reaches what it means."""
    import osmium

    packed = tmp_path / "plain.osm.pbf"
    if not packed.exists():
        plain = tmp_path / "plain.osm"
        plain.write_bytes(xml)
        file = osmium.io.File(str(packed), "pbf,pbf_compression=none")
        with osmium.SimpleWriter(file) as writer:
            for thing in osmium.FileProcessor(plain):
                writer.add(thing)
    return packed.read_bytes()
