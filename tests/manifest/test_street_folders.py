"""A folder that ``streets.toml`` takes its files from is no level; any other one must be."""

from __future__ import annotations

from pathlib import Path

from geo.manifest import read_manifests

STREETS = """
source = "ためし町"
licence = "CC0-1.0"
as_of = 2026-04-01
data = ["streets.geojson"]
[[ground]]
kind = "sea"
data = ["ground/sea.geojson"]
"""


def test_a_folder_of_ground_files_is_no_level(tmp_path: Path) -> None:
    base = tmp_path / "boundaries"
    (base / "ground").mkdir(parents=True)
    for name in ("streets.geojson", "ground/sea.geojson"):
        (base / name).write_text('{"type":"FeatureCollection","features":[]}', encoding="utf-8")
    (base / "municipality.toml").write_text(
        'name = "ためし町"\ncode = "99876"\nplane_zone = 8\n', encoding="utf-8"
    )
    (base / "streets.toml").write_text(STREETS, encoding="utf-8")
    town, problems = read_manifests(tmp_path, None)
    assert problems == ()
    assert town is not None
    assert town.levels == ()
    assert town.streets is not None
    assert [file.data for file in town.streets.ground] == [(base / "ground" / "sea.geojson",)]
    (base / "level_without_manifest").mkdir()
    _, problems = read_manifests(tmp_path, None)
    assert [(p.code, p.file) for p in problems] == [
        ("manifest-missing", "boundaries/level_without_manifest/boundary.toml")
    ]
