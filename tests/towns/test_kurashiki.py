"""倉敷市: two packed TopoJSON files of a whole prefecture, no column named in the manifests."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.intake import read_town
from geo.intake.csv_rows import read_csv
from geo.intake.header_row import make_table
from geo.intake.shapes import read_features
from geo.model.problem import Problem

if TYPE_CHECKING:
    from conftest import LoadedTown

pytestmark = pytest.mark.realdata

MANIFESTS = Path(__file__).parents[1] / "realdata" / "kurashiki"
COUNTS = {"municipality": 1, "junior_high_area": 26, "census_area": 567}


@pytest.fixture(scope="module")
def source() -> Path:
    """The folder of the data; a test that names it fails where it is not."""
    folder = Path(os.environ["OTAKARA_REALDATA"]) / "kurashiki-33202"
    assert (folder / "SOURCE.md").is_file()
    return folder


@pytest.fixture(scope="module")
def kurashiki(open_town) -> LoadedTown:
    return open_town(MANIFESTS, "33202")


def test_585_of_2028_are_the_city_s_water_is_out_exclaves_are_one(source: Path) -> None:
    reading = read_town(MANIFESTS, source.parent)
    assert reading.errors == ()
    assert {r.level.id: len(r.areas) for r in reading.levels} == COUNTS
    said = [p.message_ja for p in reading.warnings]
    assert len(said) == 3
    assert (
        "この町（33202）の 580 件を使い、ほかの市区町村の 1443 件、水面の 5 件は除きました。"
        in said[2]
    )
    assert "番号が同じ 13 件は、" in said[2]
    name = "okayama_city_block_district_topo.json.gz"
    rows = read_features(source / name, file="a").rows
    ours = [row for row in rows if row["KEY_CODE"].startswith("33202")]
    assert (len(rows), len(ours)) == (2028, 585)
    assert sum(int(row["JINKO"]) for row in ours) == 475_513
    assert Counter(row["HCODE"] for row in ours) == {"8101": 580, "8154": 5}
    assert len({row["KEY_CODE"] for row in ours if row["HCODE"] == "8101"}) == COUNTS["census_area"]


def test_two_editions_in_one_file_are_read_row_by_row(source: Path) -> None:
    name = "okayama_junior_high_school_district_topo20190322.json.gz"
    rows = read_features(source / name, file="a").rows
    assert Counter(bool(row["A32_001"]) for row in rows).total() == 152
    old = [row for row in rows if row["A32_001"]]
    new = [row for row in rows if not row["A32_001"]]
    assert min(len(old), len(new)) > 0
    reading = read_town(MANIFESTS, source.parent)
    (school,) = [r for r in reading.levels if r.level.id == "junior_high_area"]
    assert {"下津井中学校", "水島中学校"} <= {area.name for area in school.areas}
    assert "国土数値情報 A32（2013年版と2016年版）" in school.problems[0].message_ja


def test_loaded_and_loaded_again(kurashiki: LoadedTown) -> None:
    assert {k: len(c.new) for k, c in kurashiki.first.levels.items()} == COUNTS
    again = kurashiki.load()
    for key, changes in again.levels.items():
        assert (changes.new, changes.changed, changes.ended) == ((), (), ()), key
    assert {k: c.unchanged for k, c in again.levels.items()} == COUNTS


def test_a_small_area_says_in_which_school_s_district_it_lies(kurashiki: LoadedTown) -> None:
    rows = kurashiki.areas()
    inside = 0
    for row in rows.values():
        if row.area.level == "census_area":
            shares = [o.share for o in row.overlaps if o.level == "junior_high_area"]
            inside += bool(shares) and max(shares) >= 0.95
    assert inside > 300


@pytest.mark.parametrize(
    ("name", "lines", "rows"),
    [
        ("elderly_people_home", 31, 30),
        ("household_city_block_districts", 1887, 1886),
        ("population-H31", 42, 41),
        ("population_by_age-all2019", 125, 30),  # then 94 lines of commas only
    ],
)
def test_tables_of_figures_are_read_as_tables(
    source: Path, name: str, lines: int, rows: int
) -> None:
    """No lists of places, but their cells come through: quoted commas, a title in A1."""
    problems: list[Problem] = []
    grid = read_csv(source / f"{name}.csv", name, None, problems)
    assert grid is not None
    assert len(grid.rows) == lines
    table = make_table(grid, name, None, None, problems)
    assert table is not None
    assert not any(p.is_error for p in problems)
    assert len([row for row in table.rows if any(row.cells)]) == rows
    if name == "household_city_block_districts":
        single = table.headers.index("65歳以上のみ_単独世帯数")
        ours = [row for row in table.rows if row.cells[0].startswith("倉敷市")]
        assert len(ours) == 566
        assert sum(int(row.cells[single]) for row in ours) == 14_655
