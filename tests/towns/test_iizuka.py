"""飯塚市: small areas whose manifest names no column, and lists in the new national layouts."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shapely
from sqlalchemy import text

from geo.crs import STORAGE_CRS, reproject
from geo.intake import read_town
from geo.intake.shapes import read_features
from geo.model.audience import Audience

if TYPE_CHECKING:
    from conftest import LoadedTown

pytestmark = pytest.mark.realdata

MANIFESTS = Path(__file__).parents[1] / "realdata" / "iizuka"
COUNTS = {"public_facility": 155, "hospital": 140}


@pytest.fixture(scope="module")
def source() -> Path:
    """The folder of the data; a test that names it fails where it is not."""
    folder = Path(os.environ["OTAKARA_REALDATA"]) / "iizuka-40205"
    assert (folder / "SOURCE.md").is_file()
    return folder


@pytest.fixture(scope="module")
def iizuka(open_town) -> LoadedTown:
    return open_town(MANIFESTS, "40205")


def test_everything_is_read_and_what_was_assumed_is_said(source: Path) -> None:
    reading = read_town(MANIFESTS, source.parent)
    assert reading.errors == ()
    assert [p.code for p in reading.warnings] == [
        "edition-assumed",  # the municipality out of the prefecture
        "edition-assumed",  # the small areas
        "id-column-empty",
        "same-name-other-layer",
    ]
    assert reading.warnings[1].message_ja == (
        "国勢調査の小地域（2020年）とみて、番号は KEY_CODE、名前は S_NAME を使いました。"
        "ちがうときは、マニフェストに code と name（残す行は [keep]）を書いてください。"
    )
    areas = {r.level.id: r.areas for r in reading.levels}
    assert [(a.code, a.name) for a in areas["municipality"]] == [("40205", "飯塚市")]
    assert len(areas["census_area"]) == 149
    assert {a.code[:5] for a in areas["census_area"]} == {"40205"}
    ground = [
        reproject(shapely.from_wkb(a.outline_wkb), STORAGE_CRS, "EPSG:6670")
        for a in areas["census_area"]
    ]
    assert sum(g.area for g in ground) / 1e6 == pytest.approx(214.06, abs=0.01)


def test_people_and_households_are_those_of_the_census(source: Path) -> None:
    rows = read_features(source / "boundary_40205.zip", file="a.zip").rows
    assert sum(int(row["JINKO"]) for row in rows) == 126_364
    assert sum(int(row["SETAI"]) for row in rows) == 55_762
    assert {row["HCODE"] for row in rows} == {"8101"}
    assert len({row["KEY_CODE"] for row in rows}) == 149


def test_the_loaded_people_are_those_of_the_census_to_the_person(iizuka: LoadedTown) -> None:
    """Three small areas are suppressed and counted with their neighbours: 146 cells of 149 areas."""
    people = iizuka.first.people
    assert people is not None
    assert (people.rows, people.total) == (146, 126_364)
    assert people.said_ja == (
        "146か所、126,364人（うち65歳以上39,727人、75歳以上19,681人）。"
        "人数が少ないので、となりと合わせて数えてある地区が3"
    )
    with iizuka.database.connect(Audience.PUBLIC) as conn:
        sums = text(
            "SELECT sum(people), sum(people_65), sum(people_75), count(people_85),"
            " sum(cardinality(merged)) FROM people_cell"
        )
        assert tuple(conn.execute(sums).one()) == (126_364, 39_727, 19_681, 0, 3)


def test_every_small_area_tells_its_people_or_hides_few(iizuka: LoadedTown) -> None:
    """What is not told are 1 to 9 people, and one area more than those."""
    blocks = [row for key, row in iizuka.areas().items() if key.startswith("census_area/")]
    told = [row.people for row in blocks if row.people is not None]
    assert (len(blocks), len(told), sum(told)) == (149, 145, 126_348)
    assert not [people for people in told if 0 < people < 10]
    assert 126_364 - sum(told) >= 10


def test_loaded_counts_and_a_second_load_changes_nothing(iizuka: LoadedTown) -> None:
    assert {k: len(c.new) for k, c in iizuka.first.levels.items()} == {
        "municipality": 1,
        "census_area": 149,
    }
    overview = iizuka.overview(Audience.COORDINATOR)
    assert {layer.id: layer.count for layer in overview.layers} == COUNTS
    again = iizuka.load()
    for key, changes in (*again.layers.items(), *again.levels.items()):
        assert (changes.new, changes.changed, changes.ended) == ((), (), ()), key
    assert {k: c.unchanged for k, c in again.layers.items()} == COUNTS


def test_every_facility_lies_in_a_small_area(iizuka: LoadedTown) -> None:
    """155 places with coordinates; the outline is that of the census, so all are inside."""
    city = iizuka.map("municipality/40205")
    names = {e.name for e in city.entries}
    assert {"飯塚市立病院", "鯰田小学校"} <= names
    blocks = [name for name in iizuka.areas() if name.startswith("census_area/")]
    assert len(blocks) == 149


def as_town(tmp_path: Path, rows: str) -> Path:
    town = tmp_path / "town"
    (town / "boundaries").mkdir(parents=True)
    (town / "boundaries/municipality.toml").write_text(
        'name = "飯塚市"\ncode = "40205"\nplane_zone = 2\n', "utf-8"
    )
    layer = town / "layers" / "stop"
    layer.mkdir(parents=True)
    (layer / "layer.toml").write_text(
        'title = "のりば"\nsymbol = "乗"\ncolor = "#336699"\nsource = "飯塚市"\nlicence = "CC BY 4.0"\n'
        'as_of = 2026-07-28\n[columns]\nid = "stop_id"\nname = "stop_name"\nlat = "stop_lat"\n'
        'lon = "stop_lon"\n',
        "utf-8",
    )
    (layer / "stops.csv").write_text(rows, "utf-8")
    return town


@pytest.mark.parametrize(("feed", "count"), [("chikuho", 32), ("miyawaka", 44), ("old4routes", 72)])
def test_stops_of_a_timetable_feed_are_a_list(
    source: Path, tmp_path: Path, feed: str, count: int
) -> None:
    """GTFS packs its lists as .txt in a zip: taken out and named .csv they are read as they are."""
    with zipfile.ZipFile(source / f"gtfs/{feed}.zip") as packed:
        rows = packed.read("stops.txt").decode("utf-8-sig")
    reading = read_town(as_town(tmp_path, rows), None)
    assert reading.errors == ()
    assert [len(part.treasures) for part in reading.layers] == [count]


def test_stops_of_the_wagon(source: Path, tmp_path: Path) -> None:
    stops = json.loads((source / "wagon/honami.geocoded.json").read_text("utf-8"))
    lines = [f"{name},{name},{stop['lat']},{stop['lon']}" for name, stop in stops.items()]
    rows = "\n".join(["stop_id,stop_name,stop_lat,stop_lon", *lines]) + "\n"
    reading = read_town(as_town(tmp_path, rows), None)
    assert reading.errors == ()
    assert [len(part.treasures) for part in reading.layers] == [42]
    # As it is, it is a table of names and no map: refused as what it is.
    (problem,) = read_features(source / "wagon/honami.geocoded.json", file="a.json").problems
    assert problem.code == "not-geojson"


def test_a_third_party_s_areas_are_the_same_ones(source: Path) -> None:
    features = read_features(source / "third-party-analysis/towns.geojson.gz", file="a.gz")
    assert (len(features.rows), features.problems) == (149, ())
    keys = {row["KEY_CODE"] for row in read_features(source / "boundary_40205.zip", file="a").rows}
    assert {row["key"] for row in features.rows} == keys
