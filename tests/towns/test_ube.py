"""宇部市: a national list of places whose manifest names no column."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.intake import read_town
from geo.model.audience import Audience

if TYPE_CHECKING:
    from conftest import LoadedTown

pytestmark = pytest.mark.realdata

MANIFESTS = Path(__file__).parents[1] / "realdata" / "ube"
COUNTS = {"evacuation_facility": 42, "university": 1}


def test_names_addresses_and_identities_without_columns() -> None:
    data = Path(os.environ["OTAKARA_REALDATA"])
    assert (data / "ube-35202" / "SOURCE.md").is_file()
    reading = read_town(MANIFESTS, data)
    assert reading.errors == ()
    assert {r.layer.id: len(r.treasures) for r in reading.layers} == COUNTS
    assert [p.code for p in reading.warnings][:2] == ["edition-assumed", "edition-assumed"]
    assert reading.warnings[1].message_ja == (
        "国土数値情報 P20（2012年版）とみて、名前は P20_002、住所は P20_003 を使いました。"
        "ちがうときは、マニフェストの [columns] に列を書いてください。"
    )
    first = reading.layers[0].treasures[0]
    assert (first.name, first.address) == (
        "鵜の島ふれあいセンター",
        "山口県宇部市鵜の島町7番6号",
    )


def test_the_people_of_its_centres(ube: LoadedTown) -> None:
    """471 centres of the census of 2015, without ages: those of 65 and over are not known."""
    people = ube.first.people
    assert people is not None
    assert (people.rows, people.total) == (471, 169_429)
    assert people.said_ja == "471か所、169,429人（年齢は分かりません）"
    (city,) = ube.areas().values()
    assert (city.people, city.people_65) == (169_429, None)


def test_loaded_and_loaded_again(ube: LoadedTown) -> None:
    overview = ube.overview(Audience.COORDINATOR)
    assert {layer.id: layer.count for layer in overview.layers} == COUNTS
    again = ube.load()
    assert {k: c.unchanged for k, c in again.layers.items()} == COUNTS
    (city,) = ube.areas()
    assert {e.name for e in ube.map(city).entries} >= {"山口大学", "鵜の島ふれあいセンター"}
