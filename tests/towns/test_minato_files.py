"""The demonstration town's own data: true to itself, before any of our programs reads it."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

HERE = Path(__file__).parent
TOWN = HERE.parent.parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

import make_minato  # noqa: E402
from towns.minato.blocks import blocks  # noqa: E402
from towns.minato.divisions import associations, districts, schools  # noqa: E402
from towns.minato.lists import RETIRED, lists  # noqa: E402
from towns.minato.people import SUPPRESSED  # noqa: E402
from towns.minato.plan import Scope  # noqa: E402
from towns.minato.treasures import Treasure  # noqa: E402

LARGEST_BYTES = 8_000_000


def everything() -> list[Treasure]:
    return [treasure for treasures in lists().values() for treasure in treasures]


def features(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((TOWN / name).read_text(encoding="utf-8"))["features"]
    return found


def test_committed_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    for room in ("boundaries", "layers"):
        for folder in (TOWN / room).iterdir():
            if folder.is_dir():
                (tmp_path / room / folder.name).mkdir(parents=True)
    make_minato.main(tmp_path)
    written = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert len(written) == 40
    for path in written:
        relative = path.relative_to(tmp_path)
        assert (TOWN / relative).read_bytes() == path.read_bytes(), relative
    whole = sum(
        path.stat().st_size
        for room in ("boundaries", "layers")
        for path in (TOWN / room).rglob("*")
        if path.is_file()
    )
    assert whole < LARGEST_BYTES


def test_430_treasures_306_for_everybody_280_and_26() -> None:
    assert {layer: len(treasures) for layer, treasures in lists().items()} == {
        "gathering_place": 169,
        "salon": 64,
        "mobile_sales_stop": 46,
        "senior_club": 29,
        "neighbour_help": 58,
        "shared_table": 38,
        "open_air_cafe": 2,
        "home_gathering": 24,
    }
    assert len(everything()) == 430
    assert Counter(treasure.scope for treasure in everything()) == {
        Scope.PUBLIC: 306,
        Scope.COUNCIL: 22,
        Scope.PARTNERS: 26,
        Scope.COORDINATOR: 26,
        Scope.NO_WEB_CONSENT: 16,
        Scope.ENDED: 10,
        Scope.COUNTED: 24,
    }
    public = [treasure for treasure in everything() if treasure.scope is Scope.PUBLIC]
    assert Counter(treasure.row["運営主体"] for treasure in public) == {
        "住民": 280,
        "医療機関": 15,
        "介護事業所": 11,
    }


def test_the_graded_ways_of_hiding_and_the_places_that_are_missing() -> None:
    public = [t for t in everything() if t.scope is Scope.PUBLIC]
    shown = Counter(t.row.get("地図での示し方", "場所どおり") for t in public)
    assert shown == {"場所どおり": 292, "町丁目まで": 6, "地区まで": 5, "のせない": 3}
    hidden = [t for t in everything() if t.scope is not Scope.PUBLIC]
    assert Counter(t.row["地図での示し方"] for t in hidden if t.row.get("地図での示し方")) == {
        "町丁目まで": 9,
        "地区まで": 4,
    }
    without = [t for t in everything() if t.at is None]
    assert len(without) == 205
    assert sum(not t.row.get("住所") for t in without) == 34
    assert sum(t.row.get("状態") == "おやすみ中" for t in everything()) == 10
    refused = Counter(t.row["掲載の同意"] for t in everything() if t.scope is Scope.NO_WEB_CONSENT)
    assert refused == {"冊子・印刷": 12, "のせない": 4}


def test_names_at_the_edges() -> None:
    names = [
        t.row.get("名称") or t.row["停車場所"] for t in everything() if t.scope is Scope.PUBLIC
    ]
    assert len(set(names)) == len(names) == 306
    assert [name for name in names if len(name) >= 40] == [
        "島じゅうのみんなが集まって体をうごかしお茶を飲んで大きな声で笑うひだまり広場の会"
    ]
    assert [name for name in names if set("髙﨑𠮷～①") <= set(name)] == [
        "髙﨑さんと𠮷田さんの縁側～①番茶～"
    ]
    gatherings = [t for t in everything() if t.layer != "mobile_sales_stop"]
    with_kana = sum(bool(t.row.get("名称_カナ")) for t in gatherings if t.scope is Scope.PUBLIC)
    assert with_kana == 252


def test_areas_have_no_gap_and_no_overlap() -> None:
    ground = [shape(f["geometry"]) for f in features("boundaries/town_block/town_block.geojson")]
    assert len(ground) == 152
    whole = shapely.union_all(ground)
    assert shapely.coverage_is_valid(ground)
    assert [part.geom_type for part in whole.geoms] == ["Polygon", "Polygon"]  # main land, island
    assert all(len(part.interiors) == 0 for part in whole.geoms)
    for divisions, count in ((districts(), 16), (schools(), 12)):
        shapes = [division.shape for division in divisions]
        assert len(shapes) == count
        assert shapely.coverage_is_valid(shapes)
        assert shapely.union_all(shapes).symmetric_difference(whole).area == 0
    two_parts = [d.name for d in districts() if d.shape.geom_type == "MultiPolygon"]
    assert two_parts == ["南町・柏崎地区"]
    assert len({shapely.get_num_geometries(d.shape) for d in districts()}) == 2


def test_ninety_associations_five_of_them_not_drawn() -> None:
    assert len(associations()) == len({a.name for a in associations()}) == 90
    drawn = [a.shape for a in associations() if a.drawn]
    assert len(drawn) == 85
    assert shapely.coverage_is_valid(drawn)
    members = [code for a in associations() for code in a.members]
    assert sorted(members) == sorted(blocks())
    across = [a.name for a in associations() if len({blocks()[c].district for c in a.members}) > 1]
    assert across == ["内浜自治会", "向畑自治会", "平浜自治会"]


def test_five_school_districts_straddle() -> None:
    found = {
        school.name: len({blocks()[code].district for code in school.members})
        for school in schools()
    }
    assert {name for name, count in found.items() if count > 1} == {
        "みなと西小学校", "みなと中央小学校", "みなと港小学校", "松の木小学校", "月見台小学校",
        "波見台小学校", "津谷町小学校", "大谷浜小学校",
    }  # fmt: skip


def test_people_add_up_and_four_blocks_are_not_told() -> None:
    text = (TOWN / "boundaries/tblT001082C99201.txt").read_bytes().decode("cp932")
    codes, labels, *rows = csv.reader(text.splitlines())
    assert len(codes) == len(labels) == 67
    assert codes[:8] == [
        "KEY_CODE",
        "HYOSYO",
        "CITYNAME",
        "NAME",
        "HTKSYORI",
        "HTKSAKI",
        "GASSAN",
        "T001082001",
    ]
    assert labels[7] == "総数、年齢「不詳」含む"
    column = {"all": 7, "0-14": 23, "15-64": 24, "65+": 25, "75+": 26}
    assert [labels[i] for i in column.values()][1:] == [
        "総数15歳未満", "総数15～64歳", "総数65歳以上", "総数75歳以上"
    ]  # fmt: skip
    told = [row for row in rows if row[1] in "24"]
    assert len(told) == 152
    assert Counter(row[4] for row in told) == {"0": 144, "1": 4, "2": 4}

    def total(part: list[list[str]], key: str) -> int:
        return sum(int(row[column[key]]) for row in part if row[column[key]] not in ("X", "-"))

    whole = [row for row in rows if row[1] == "1"]
    for key, people in {
        "all": 62_400,
        "0-14": 6_303,
        "15-64": 33_767,
        "65+": 22_330,
        "75+": 11_824,
    }.items():
        assert total(told, key) == total(whole, key), key
        assert total(whole, key) == people
    suppressed = {row[3]: row for row in told if row[4] == "2"}
    assert set(suppressed) == set(SUPPRESSED)
    by_key = {row[0][5:].ljust(6, "0"): row for row in told}
    for row in suppressed.values():
        assert set(row[7:]) == {"X"}
        assert row[0][5:].ljust(6, "0") in by_key[row[5]][6].split(";")
    assert any("-" in row[7:] for row in told)


def test_the_towns_own_count_tells_the_oldest() -> None:
    text = (TOWN / "boundaries/population_99201.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows[0]) == 47
    assert len(rows) == 152
    assert sum(int(row["総人口"]) for row in rows) == 62_400
    assert sum(int(row["85歳以上の男性"]) + int(row["85歳以上の女性"]) for row in rows) == 3_920


def test_every_vehicle_has_its_stops_in_order() -> None:
    by_route: dict[tuple[str, str], list[Treasure]] = {}
    for stop in lists()["mobile_sales_stop"]:
        if stop.scope is Scope.PUBLIC:
            day = stop.row["来る日"].split(" ")[0]
            by_route.setdefault((stop.row["車の名前"], day), []).append(stop)
    assert sorted(len(stops) for stops in by_route.values()) == [5, 7, 7, 8, 8, 9]
    for stops in by_route.values():
        assert [int(stop.row["順"]) for stop in stops] == list(range(1, len(stops) + 1))
        minutes = [int(h) * 60 + int(m) for h, m in (s.row["到着"].split(":") for s in stops)]
        for before, after, stop in zip(minutes, minutes[1:], stops, strict=False):
            assert after - before >= int(stop.row["停車"]) + 10
        for stop in stops:
            assert f" {stop.row['到着']}〜" in stop.row["来る日"]
    stops_by_id = {stop.id: stop for stop in lists()["mobile_sales_stop"]}
    for cafe in lists()["open_air_cafe"]:
        stop = stops_by_id[cafe.row["合わせる停車場所"]]
        assert (stop.at, stop.district) == (cafe.at, cafe.district)


def test_numbers_are_given_once_and_retired_ones_stay() -> None:
    ledger = (TOWN / "layers/numbers.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split(",") for line in ledger]
    assert [int(row[0]) for row in rows] == list(range(1, 435))
    known = {(t.layer, t.id) for t in everything()}
    gone = {int(row[0]): (row[1], row[2]) for row in rows if (row[1], row[2]) not in known}
    assert gone == RETIRED


@pytest.mark.parametrize(
    "path", sorted((TOWN / "layers").rglob("*.csv")), ids=lambda p: p.parent.name
)
def test_no_telephone_number_can_ring(path: Path) -> None:
    for row in csv.reader(path.read_text(encoding="utf-8-sig").splitlines()):
        for number in re.findall(r"\d{2,4}-\d{3,4}-\d{3,4}", ",".join(row)):
            assert number.startswith("000-000-"), path
