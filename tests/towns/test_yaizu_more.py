"""焼津市: every polygon, list and line file that the treasure map itself does not use."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shapely

from geo.intake import read_town
from geo.intake.shapes import read_features
from geo.model.audience import Audience

if TYPE_CHECKING:
    from conftest import LoadedTown

pytestmark = pytest.mark.realdata

ROOM = Path(__file__).parents[1] / "realdata"
MANIFESTS = ROOM / "yaizu_more"
AREAS = {
    "municipality": 1, "disaster_association": 78, "taxi_zone": 2, "safe_walking_area": 6,
}  # fmt: skip
PLACES = {
    "school": 22, "library": 11, "park": 142, "emergency_space": 31, "shelter": 56,
    "care_facility": 277, "coupon_shop": 548, "factory_shop": 32, "taxi_destination": 13,
    "bus_stop": 164, "aed": 82,
}  # fmt: skip
LINES = {
    "bus_route": 14, "forest_road": 27, "emergency_road": 94, "planned_road": 300,
    "school_way": 348, "hiking_course": 25,
}  # fmt: skip


@pytest.fixture(scope="module")
def data() -> Path:
    """The folder of all data; a test that names it fails where it is not."""
    folder = Path(os.environ["OTAKARA_REALDATA"])
    assert (folder / "yaizu-22212" / "SOURCE.md").is_file()
    return folder


@pytest.fixture(scope="module")
def yaizu_more(open_town) -> LoadedTown:
    return open_town(MANIFESTS, "99113")


def test_every_count_of_the_city_s_own_list(data: Path) -> None:
    reading = read_town(MANIFESTS, data)
    assert reading.errors == ()
    assert {r.level.id: len(r.areas) for r in reading.levels} == AREAS
    assert {r.layer.id: len(r.treasures) for r in reading.layers if r.treasures} == PLACES
    assert {r.layer.id: len(r.backdrops) for r in reading.layers if r.backdrops} == LINES
    (zones,) = [r for r in reading.levels if r.level.id == "taxi_zone"]
    polygons = [len(read_features(path, file=path.name).rows) for path in zones.level.data]
    assert polygons == [6, 4]  # they touch: one zone is 1 piece, the other 3
    pieces = [shapely.get_num_geometries(shapely.from_wkb(a.outline_wkb)) for a in zones.areas]
    assert pieces == [1, 3]


def test_one_thing_in_two_lists_is_proposed_and_stays_two(data: Path) -> None:
    reading = read_town(MANIFESTS, data)
    said = {
        (p.file, p.code): p.message_ja
        for p in reading.warnings
        if p.code == "similar-name-other-layer"
    }
    assert "大村地域交流センター" in said["layers/shelter", "similar-name-other-layer"]
    assert sum(len(r.treasures) for r in reading.layers) == sum(PLACES.values())


def test_loaded_and_loaded_again(yaizu_more: LoadedTown) -> None:
    assert {k: len(c.new) for k, c in yaizu_more.first.levels.items()} == AREAS
    overview = yaizu_more.overview(Audience.COORDINATOR)
    counts = {layer.id: layer.count for layer in overview.layers}
    assert {k: counts[k] for k in PLACES} == PLACES
    again = yaizu_more.load()
    for key, changes in (*again.layers.items(), *again.levels.items()):
        assert (changes.new, changes.changed, changes.ended) == ((), (), ()), key


def test_no_data_folder_of_the_city_is_left_unread(data: Path) -> None:
    """Each folder of the catalogue is named by a manifest of one of the two towns."""
    manifests = "\n".join(
        path.read_text("utf-8")
        for town in ("yaizu", "yaizu_more")
        for path in (ROOM / town).rglob("*.toml")
    )
    folders = {p.name for p in (data / "yaizu-22212").iterdir() if p.is_dir()}
    assert {name for name in folders if f"yaizu-22212/{name}/" not in manifests} == set()
