"""``boundaries/gazetteer.toml``: every key arrives, in the order of trust."""

from __future__ import annotations

from pathlib import Path

from geo.manifest import read_manifests
from geo.model.gazetteer_sources import AddressKind, AddressSource, VenueSource

MANIFEST = """
[[venues]]
layer = "hall"

[[venues]]
title = "公共施設一覧"
data = ["a.csv", "realdata:far/b.xlsx"]
name = ["施設", "棟"]
alias = "通称"
address = "所在"
lat = "緯度（世界測地系）"
lon = "経度（世界測地系）"
sheet = "一覧"
header_row = 3
encoding = "Shift_JIS"
crs = "EPSG:6668"
[venues.keep]
"種別" = "会館"
[venues.drop]
"状態" = ["廃止", ""]

[[addresses]]
kind = "block"
data = "22999.csv"
encoding = "cp932"

[[addresses]]
kind = "level"
level = "block"
title = "町名"
"""
LAYER = """
title = "会館"
symbol = "会"
color = "#b8570a"
source = "ためし町"
licence = "CC-BY-4.0"
as_of = 2026-03-31
"""
LEVEL = """
title = "町丁目"
data = "a.geojson"
code = "KEY"
name = "NAME"
source = "ためし町"
licence = "CC-BY-4.0"
as_of = 2026-03-31
"""


def test_every_key_arrives(tmp_path: Path) -> None:
    town, far = tmp_path / "town", tmp_path / "real"
    for path, text in {
        town
        / "boundaries/municipality.toml": 'name = "ためし町"\ncode = "22999"\nplane_zone = 8\n',
        town / "boundaries/gazetteer.toml": MANIFEST,
        town / "boundaries/a.csv": "x",
        town / "boundaries/22999.csv": "x",
        town / "boundaries/block/boundary.toml": LEVEL,
        town / "boundaries/block/a.geojson": "{}",
        town / "layers/hall/layer.toml": LAYER,
        town / "layers/hall/a.csv": "x",
        far / "far/b.xlsx": "x",
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    read, problems = read_manifests(town, far)
    assert problems == ()
    assert read is not None
    assert read.gazetteer is not None
    assert read.gazetteer.venues == (
        VenueSource("会館", layer="hall"),
        VenueSource(
            "公共施設一覧",
            data=(town / "boundaries/a.csv", far / "far/b.xlsx"),
            columns={
                "name": ("施設", "棟"),
                "alias": ("通称",),
                "address": ("所在",),
                "lat": ("緯度（世界測地系）",),
                "lon": ("経度（世界測地系）",),
            },
            keep={"種別": ("会館",)},
            drop={"状態": ("廃止", "")},
            sheet="一覧",
            header_row=3,
            encoding="cp932",
            crs="EPSG:6668",
        ),
    )
    assert read.gazetteer.addresses == (
        AddressSource(
            AddressKind.BLOCK,
            "位置参照情報（街区）",
            data=(town / "boundaries/22999.csv",),
            encoding="cp932",
        ),
        AddressSource(AddressKind.LEVEL, "町名", level="block"),
    )


def test_the_line_of_a_fault_is_that_of_its_entry(tmp_path: Path) -> None:
    """Two entries have the same keys; the fault in the second is said at the second."""
    boundaries = tmp_path / "boundaries"
    boundaries.mkdir()
    (boundaries / "municipality.toml").write_text(
        'name = "ためし町"\ncode = "22999"\nplane_zone = 8\n', "utf-8"
    )
    (boundaries / "a.csv").write_text("x", "utf-8")
    (boundaries / "gazetteer.toml").write_text(
        '[[addresses]]\nkind = "town"\ndata = "a.csv"\n\n[[addresses]]\nkind = "town"\ndata = "b.csv"\n',
        "utf-8",
    )
    _, problems = read_manifests(tmp_path, None)
    faults = [p for p in problems if p.file == "boundaries/gazetteer.toml"]
    assert [(p.code, p.row, p.value) for p in faults] == [("data-missing", 7, "b.csv")]
