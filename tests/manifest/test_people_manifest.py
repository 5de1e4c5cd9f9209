"""people.toml: what every key becomes. Its faults are in tests/counterexamples."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from geo.manifest.town_manifests import read_manifests
from geo.model.people import PeopleBand, PeopleForm, PeopleSources

TOWN = 'name = "ためし町"\ncode = "22999"\nplane_zone = 8\n'
HEAD = 'source = "市"\nlicence = "CC0"\nas_of = 2026-03-31\n'


def town_of(folder: Path, manifest: str, *files: str) -> Path:
    for file in ("boundaries/municipality.toml", *files):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text("", "utf-8")
    (folder / "boundaries/municipality.toml").write_text(TOWN, "utf-8")
    (folder / "boundaries/people.toml").write_text(manifest, "utf-8")
    return folder


def test_every_key_arrives(tmp_path: Path) -> None:
    town = town_of(
        tmp_path,
        'title = "人口表"\nform = "age_table"\ndata = ["people/a.csv", "people/b.xlsx"]\n'
        'shapes = "people/areas.zip"\nshapes_code = "番号"\nsheet = "表"\nheader_row = 3\n'
        f'encoding = "cp932"\ncrs = "EPSG:4301"\n{HEAD}'
        '[shares]\n65 = 0.31\n"75" = 0.16\n[columns]\ncode = "区"\n65 = "高齢者"\n'
        '[keep]\n"市" = [22999]\n[drop]\n"名" = ["合計"]\n',
        *("people/a.csv", "people/b.xlsx", "people/areas.zip"),
        *("boundaries/people/a.csv", "boundaries/people/b.xlsx", "boundaries/people/areas.zip"),
    )
    found, problems = read_manifests(town, None)
    assert found is not None
    folder = tmp_path / "boundaries/people"
    assert found.people == PeopleSources(
        title="人口表",
        source="市",
        licence="CC0",
        as_of=date(2026, 3, 31),
        form=PeopleForm.AGE_TABLE,
        data=(folder / "a.csv", folder / "b.xlsx"),
        shapes=folder / "areas.zip",
        shapes_code="番号",
        shares={PeopleBand.FROM_65: 0.31, PeopleBand.FROM_75: 0.16},
        columns={"code": "区", "65": "高齢者"},
        keep={"市": ("22999",)},
        drop={"名": ("合計",)},
        sheet="表",
        header_row=3,
        encoding="cp932",
        crs="EPSG:4301",
    )
    # The folder of its files is no level: nothing asks for a boundary.toml in it.
    assert problems == ()


def test_what_is_not_written(tmp_path: Path) -> None:
    town = town_of(tmp_path, f'form = "points"\ndata = "a.csv"\n{HEAD}', "boundaries/a.csv")
    found, _ = read_manifests(town, None)
    assert found is not None
    assert found.people == PeopleSources(
        title="人口",
        source="市",
        licence="CC0",
        as_of=date(2026, 3, 31),
        form=PeopleForm.POINTS,
        data=(tmp_path / "boundaries/a.csv",),
    )


def test_a_level_is_named_by_its_folder(tmp_path: Path) -> None:
    town = town_of(
        tmp_path,
        f'form = "small_area"\ndata = "a.txt"\nlevel = "block"\n{HEAD}',
        *("boundaries/a.txt", "boundaries/block/a.geojson"),
    )
    (tmp_path / "boundaries/block/boundary.toml").write_text(f'title = "町丁目"\n{HEAD}', "utf-8")
    found, problems = read_manifests(town, None)
    assert problems == ()
    assert found is not None
    assert found.people is not None
    assert found.people.level == "block"


def test_a_town_without_people(tmp_path: Path) -> None:
    town = town_of(tmp_path, "", "boundaries/a.csv")
    (town / "boundaries/people.toml").unlink()
    found, _ = read_manifests(town, None)
    assert found is not None
    assert found.people is None
