"""``boundaries/streets.toml``: every key arrives, and every fault is told in Japanese."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo.manifest import read_manifests
from geo.manifest.streets_file import GROUND_KINDS
from geo.model.ground import GroundFile, GroundKind, LandmarkKind, StreetSources

TOWN = 'name = "道だけの町"\ncode = "99852"\nplane_zone = 8\n'
SHORT = """
source = "ためし町"
licence = "ODbL-1.0"
as_of = 2026-03-31
data = "roads.osm.pbf"
"""
WHOLE = """
title = "道"
source = "ためし町"
licence = "ODbL-1.0"
as_of = 2026-03-31
data = ["roads.zip", "realdata:far/more.graphml.gz"]
heights = ["N34E138.hgt.zip", "h.tif"]
encoding = "Shift_JIS"
crs = "EPSG:6676"

[columns]
u = "FROM"
length_m = "長さ"

[[ground]]
kind = "sea"
data = "sea.geojson"

[[ground]]
kind = "station"
data = ["a.gpkg", "b.shp"]
name = "駅名"
kana = "よみ"
encoding = "utf-8"
crs = "EPSG:6668"
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    folder = tmp_path / "town"
    (folder / "boundaries").mkdir(parents=True)
    names = ("roads.osm.pbf", "roads.zip", "N34E138.hgt.zip", "h.tif", "sea.geojson")
    for name in (*names, "a.gpkg", "b.shp", "notes.gz", "memo.docx"):
        (folder / "boundaries" / name).write_bytes(b"")
    (tmp_path / "real" / "far").mkdir(parents=True)
    (tmp_path / "real" / "far" / "more.graphml.gz").write_bytes(b"")
    (tmp_path / "real" / "x.osm").write_bytes(b"")
    (folder / "boundaries" / "municipality.toml").write_text(TOWN, "utf-8")
    return folder


def read(town: Path, manifest: str) -> tuple[StreetSources | None, list[tuple[str, int | None]]]:
    """What the manifest says, and (sentence, line) of every fault."""
    (town / "boundaries" / "streets.toml").write_text(manifest, "utf-8")
    found, problems = read_manifests(town, town.parent / "real")
    assert found is not None
    assert {problem.file for problem in problems} <= {"boundaries/streets.toml"}
    return found.streets, [(problem.message_ja, problem.row) for problem in problems]


def test_every_key_arrives(town: Path) -> None:
    sources, problems = read(town, WHOLE)
    here, far = town / "boundaries", town.parent / "real" / "far"
    assert problems == []
    assert sources == StreetSources(
        title="道",
        source="ためし町",
        licence="ODbL-1.0",
        as_of=date(2026, 3, 31),
        data=(here / "roads.zip", far / "more.graphml.gz"),
        heights=(here / "N34E138.hgt.zip", here / "h.tif"),
        columns={"u": "FROM", "length_m": "長さ"},
        ground=(
            GroundFile(GroundKind.SEA, (here / "sea.geojson",)),
            GroundFile(
                LandmarkKind.STATION,
                (here / "a.gpkg", here / "b.shp"),
                name_column="駅名",
                kana_column="よみ",
                encoding="utf-8-sig",
                crs="EPSG:6668",
            ),
        ),
        encoding="cp932",
        crs="EPSG:6676",
    )


def test_streets_alone_are_a_town(town: Path) -> None:
    sources, problems = read(town, SHORT)
    assert problems == []
    assert sources is not None
    assert sources.title == "道と地形"
    assert sources.data == (town / "boundaries" / "roads.osm.pbf",)


def test_a_town_without_streets_has_none(town: Path) -> None:
    found, problems = read_manifests(town, None)
    assert found is not None
    assert found.streets is None
    assert [problem.code for problem in problems] == ["town-empty"]


@pytest.mark.parametrize(
    ("before", "after", "sentence", "line"),
    [
        ("source =", "sorce =", "「source」がありません。書き足してください。", None),
        ("title =", "titel =", "「titel」という項目はありません。「title」のことでしょうか。", 2),
        (
            "as_of = 2026-03-31",
            'as_of = "2026-03-31"',
            "「as_of」には日付（引用符なしで 2026-03-31 の形）を書いてください。",
            5,
        ),
        (
            'u = "FROM"',
            'lenght_m = "L"',
            "[columns] に「lenght_m」という項目はありません。「length_m」のことでしょうか。",
            12,
        ),
        (
            'kind = "sea"',
            'kind = "stasion"',
            f"「kind」は {'、'.join(GROUND_KINDS)} のどれかです。「station」のことでしょうか。",
            16,
        ),
        (
            'kind = "sea"\ndata = "sea.geojson"',
            'kind = "sea"',
            "「data」がありません。読むファイルの名前を書き足してください。",
            15,
        ),
        (
            'name = "駅名"',
            'nama = "駅名"',
            "「nama」という項目はありません。「name」のことでしょうか。",
            22,
        ),
        (
            '"roads.zip"',
            '"roads.gz"',
            "ファイル「roads.gz」がありません。「roads.zip」のことでしょうか。",
            6,
        ),
        (
            '"roads.zip"',
            '"../../real/x.osm"',
            None,
            None,
        ),
        (
            '"roads.zip"',
            '"../../outside.osm"',
            "町のフォルダの外のファイルは使えません。ファイルをこのフォルダに入れてください。",
            6,
        ),
        (
            '"h.tif"',
            '"roads.osm.pbf"',
            "「roads.osm.pbf」は読めない種類のファイルです。使えるのは .hgt .zip .tif .tiff です。",
            7,
        ),
        (
            "[columns]",
            "[colums]",
            "「colums」という項目はありません。「columns」のことでしょうか。",
            11,
        ),
    ],
)
def test_faults_are_told(
    town: Path, before: str, after: str, sentence: str | None, line: int | None
) -> None:
    (town.parent / "outside.osm").write_bytes(b"")
    assert before in WHOLE
    _, problems = read(town, WHOLE.replace(before, after, 1))
    if sentence is None:
        assert problems == []
    else:
        assert (sentence, line) in problems


def test_a_file_of_another_kind_is_not_a_file_of_streets(town: Path) -> None:
    sources, problems = read(town, SHORT.replace("roads.osm.pbf", "notes.gz"))
    assert sources is not None
    assert sources.data == ()
    assert problems == [
        (
            "「notes.gz」は道のファイルとして読めない種類です。使えるのは .osm.pbf .pbf .osm .osm.gz"
            " .osm.bz2 .json .json.gz .graphml .graphml.gz .geojson .geojson.gz .gpkg .shp .zip です。",
            5,
        )
    ]


def test_a_manifest_that_leads_out_is_not_read(town: Path) -> None:
    (town.parent / "streets.toml").write_text(SHORT, "utf-8")
    (town / "boundaries" / "streets.toml").symlink_to(town.parent / "streets.toml")
    found, problems = read_manifests(town, None)
    assert found is not None
    assert found.streets is None
    assert [(problem.file, problem.code) for problem in problems] == [
        ("boundaries/streets.toml", "path-leaves-town")
    ]


def test_words_of_shapes_and_names_do_not_collide() -> None:
    assert GROUND_KINDS["park"] is GroundKind.PARK
    assert GROUND_KINDS["street"] is LandmarkKind.STREET
    assert len(GROUND_KINDS) == len(GroundKind) + len(LandmarkKind) - 2
