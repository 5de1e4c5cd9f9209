"""行政区域 (N03): the ten prefecture files, and one of them as two levels of a town."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.intake import read_town
from geo.intake.boundaries import read_level
from geo.intake.shapes import read_features
from geo.model.town import Level, Municipality, Town

if TYPE_CHECKING:
    from conftest import LoadedTown

pytestmark = pytest.mark.realdata

MANIFESTS = Path(__file__).parents[1] / "realdata" / "n03"
COUNTS = {"municipality": 1, "neighbouring_municipality": 39}
ROWS = {
    "01": 194, "04": 39, "13": 63, "17": 19, "22": 43, "31": 19, "33": 30, "35": 19, "37": 17,
    "40": 72,
}  # fmt: skip


@pytest.fixture(scope="module")
def source() -> Path:
    """The folder of the data; a test that names it fails where it is not."""
    folder = Path(os.environ["OTAKARA_REALDATA"]) / "n03-2021-simplified"
    assert (folder / "SOURCE.md").is_file()
    return folder


@pytest.fixture(scope="module")
def town(open_town) -> LoadedTown:
    return open_town(MANIFESTS, "04202")


@pytest.mark.parametrize("prefecture", ROWS)
def test_every_prefecture_file_whole_and_cut(source: Path, prefecture: str) -> None:
    path = source / f"N03-21_{prefecture}_210101.json"
    features = read_features(path, file=path.name)
    assert (len(features.rows), features.problems) == (ROWS[prefecture], ())
    name = features.rows[0]["N03_001"]
    codes = sorted({row["N03_007"] for row in features.rows if row["N03_007"]})

    def level(**more: object) -> Level:
        return Level(
            id="level", folder=source, title="", data=(path,), name_column="", code_column="",
            source="", licence="", as_of=date(2021, 1, 1), **more,  # type: ignore[arg-type]
        )  # fmt: skip

    def areas(code: str, **more: object) -> list[str]:
        town = Town(source, Municipality("", code, "EPSG:6677", 9), (level(**more),), ())
        reading = read_level(town.levels[0], town)
        assert not reading.blocking
        return [area.code for area in reading.areas]

    whole = areas(codes[0], keep={"N03_001": (name,)})
    # 東京 has an islet that belongs to no town: 63 rows, 62 codes.
    assert len(whole) == len(codes) == (62 if prefecture == "13" else ROWS[prefecture])
    assert areas(codes[-1]) == [codes[-1]]


def test_the_town_alone_and_all_of_them(source: Path) -> None:
    reading = read_town(MANIFESTS, source.parent)
    assert reading.errors == ()
    assert {r.level.id: len(r.areas) for r in reading.levels} == COUNTS
    assert [(a.code, a.name) for a in reading.levels[0].areas] == [("04202", "石巻市")]
    assert "仙台市青葉区" in {a.name for a in reading.levels[1].areas}


def test_loaded_and_loaded_again(town: LoadedTown) -> None:
    assert {k: len(c.new) for k, c in town.first.levels.items()} == COUNTS
    again = town.load()
    assert {k: c.unchanged for k, c in again.levels.items()} == COUNTS
    (row,) = [r for key, r in town.areas().items() if key == "municipality/04202"]
    same = {o.code: o.share for o in row.overlaps if o.level == "neighbouring_municipality"}
    assert same == {"04202": pytest.approx(1.0)}
