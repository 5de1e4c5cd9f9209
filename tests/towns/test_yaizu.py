"""焼津市 from the files it publishes: areas, halls, straddles, editions."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.intake import read_town
from geo.model.audience import Audience

if TYPE_CHECKING:
    from conftest import LoadedTown

pytestmark = pytest.mark.realdata

MANIFESTS = Path(__file__).parents[1] / "realdata" / "yaizu"


@pytest.fixture(scope="module", autouse=True)
def _data_is_there() -> None:
    folder = os.environ.get("OTAKARA_REALDATA")
    assert folder, "OTAKARA_REALDATA is not set (make test sets it)"
    assert (Path(folder) / "yaizu-22212" / "SOURCE.md").is_file(), f"{folder} cannot be read"


def test_check_finds_no_error_and_says_what_to_look_at() -> None:
    reading = read_town(MANIFESTS, Path(os.environ["OTAKARA_REALDATA"]))
    assert reading.errors == ()
    assert {r.level.id: len(r.areas) for r in reading.levels} == {
        "junior_high_district": 9,
        "elementary_district": 13,
        "neighbourhood_association": 35,
    }
    assert {r.layer.id: len(r.treasures) for r in reading.layers if r.treasures} == {
        "public_hall": 28,
        "cool_spot": 108,
        "demand_taxi_oigawa": 97,
        "demand_taxi_oshima_sanwa": 3,
        "demand_taxi_yaizu_ic": 10,
    }
    codes = [p.code for p in reading.warnings]
    assert sum("小川第13自治会" in p.message_ja for p in reading.warnings) == 1  # the invalid ring
    assert sum("乗降" in (p.value or "") for p in reading.warnings) == 3  # text in a number field
    assert codes.count("same-name-other-layer") == 1  # halls that are cool spots as well


def test_hours_per_weekday_are_read_as_a_clerk_would_write_them() -> None:
    reading = read_town(MANIFESTS, Path(os.environ["OTAKARA_REALDATA"]))
    (cool,) = [r for r in reading.layers if r.layer.id == "cool_spot"]
    spots = {t.id: t for t in cool.treasures}
    hall = spots["000000000001"]
    assert hall.schedule == "月〜金 8:30〜17:15 選挙やイベント時は開放不可"
    assert (hall.capacity, hall.venue_kind) == (10, "公共施設")  # header ends in a wide blank
    assert spots["000000000093"].schedule is not None
    assert spots["000000000093"].schedule.startswith("火〜土 10:30〜17:00") or spots[
        "000000000093"
    ].schedule.startswith("火〜日 10:30〜17:00")


def test_loaded_counts(yaizu: LoadedTown) -> None:
    assert {k: len(c.new) for k, c in yaizu.first.levels.items()} == {
        "junior_high_district": 9,
        "elementary_district": 13,
        "neighbourhood_association": 35,
    }
    overview = yaizu.overview()
    assert {layer.id: layer.count for layer in overview.layers}["public_hall"] == 28
    assert sum(layer.count for layer in overview.layers) == 28 + 108 + 97 + 3 + 10
    assert any("焼津市オープンデータカタログ" in line for line in overview.credits)


def test_22_of_35_associations_lie_in_one_school_district_the_others_say_so(
    yaizu: LoadedTown,
) -> None:
    rows = yaizu.areas()
    inside, straddling = [], []
    for row in rows.values():
        if row.area.level != "neighbourhood_association":
            continue
        shares = [o.share for o in row.overlaps if o.level == "elementary_district"]
        (inside if max(shares) >= 0.95 else straddling).append(row)
        assert abs(sum(shares) - 1) < 0.05  # the shore is drawn differently
    assert (len(inside), len(straddling)) == (22, 13)
    for row in straddling:
        assert len([o for o in row.overlaps if o.level == "elementary_district"]) >= 2


def test_every_point_lies_in_a_junior_high_district(yaizu: LoadedTown) -> None:
    found: set[int] = set()
    for name in yaizu.areas():
        if name.startswith("junior_high_district/"):
            found |= {e.number for e in yaizu.map(name).entries}
    assert len(found) == 246


def test_second_load_is_all_unchanged(yaizu: LoadedTown) -> None:
    again = yaizu.load()
    for key, changes in (*again.layers.items(), *again.levels.items()):
        assert (changes.new, changes.changed, changes.ended) == ((), (), ()), key
    assert {k: c.unchanged for k, c in again.levels.items()} == {
        "junior_high_district": 9,
        "elementary_district": 13,
        "neighbourhood_association": 35,
    }


def test_an_older_edition_is_kept_and_does_not_become_current(yaizu: LoadedTown) -> None:
    manifest = yaizu.folder / "layers" / "public_hall" / "layer.toml"
    today = manifest.read_text(encoding="utf-8")
    only_centres = [
        line for line in today.splitlines() if "福祉会館" not in line and "smartmap" not in line
    ]
    old = "\n".join(only_centres).replace("as_of = 2026-07-22", "as_of = 2020-04-01")
    manifest.write_text(old + "\n", encoding="utf-8")
    answer = yaizu.load()
    assert answer.backfilled == ("public_hall",)
    halls = [x for x in yaizu.overview(Audience.PUBLIC).layers if x.id == "public_hall"]
    assert [(h.count, h.as_of) for h in halls] == [(28, date(2026, 7, 22))]
    manifest.write_text(today, encoding="utf-8")
    assert yaizu.load().layers["public_hall"].as_json() == {
        "new": 0,
        "changed": 0,
        "unchanged": 28,
        "ended": 0,
    }
