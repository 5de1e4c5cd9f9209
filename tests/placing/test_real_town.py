"""A real town's lists without their coordinates, placed by its other lists and the census.

Every list is placed against a gazetteer that does not hold it. The lists were measured by different
hands: for one school or park the points of two lists lie up to 232 m apart. A venue or 番地 more
than 250 m from the list's own point is a wrong place, and there is none.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from placing.halls_as_written import HALLS, NOT_KNOWN

from geo.intake.gazetteer_reader import read_gazetteer
from geo.intake.gazetteer_venues import read_venues
from geo.intake.layer_reader import read_layer
from geo.intake.shapes import read_features
from geo.manifest import read_manifests
from geo.model.audience import Placed
from geo.model.gazetteer_sources import AddressKind, AddressSource, GazetteerSources, VenueSource
from geo.model.problem import Problem
from geo.model.reading import LayerReading
from geo.model.town import Municipality, Town
from geo.placing import Finding, Gazetteer, VenuePlace, apart_m

pytestmark = pytest.mark.realdata
YAIZU = Path(__file__).parents[1] / "realdata" / "yaizu"
CLOSE_M, WRONG_M, BLOCK_M = 50.0, 250.0, 1000.0

FILES = {
    "地域交流センター": ("地域交流センター/222127_community_center.csv", {}),
    "福祉会館": ("福祉会館/222127_facilities_welfare.csv", {}),
    "市役所・センター": ("市役所・センター/222127_facilities_smartmap.csv", {}),
    "図書館": ("図書館/222127_library.csv", {}),
    "小学校": ("小学校/222127_elementary_school.csv", {}),
    "中学校": ("中学校/222127_junior_high_school.csv", {}),
    "避難所": ("避難所一覧/222127_hinannjo.csv", {}),
    "緊急避難場所": ("指定緊急避難場所一覧/222127_evacuation_space.csv", {}),
    "AED": ("AED設置箇所一覧/222127_aed.csv", {}),
    "涼みどころ": (
        "まちなか涼みどころ/machinakasuzumidokoro.csv",
        {"name": ("指定暑熱避難施設の名称",), "address": ("所在地",)},
    ),
    "要配慮者利用施設": (
        "要配慮者利用施設/yohairyosya.csv",
        {"name": ("要配慮者利用施設名称",), "address": ("所在地",)},
    ),
    "公園": (
        "公園一覧/222127_park_info.csv",
        {"name": ("公園名",), "address": ("住所（番地まで）",)},
    ),
    "タクシー（大井川）": (
        "大井川地区_タクシー乗降位置/大井川地区_タクシー乗車位置.shp",
        {"name": ("SAFIELD002",)},
    ),
    "タクシー（IC周辺）": (
        "焼津IC周辺地区_タクシー乗降位置/焼津IC周辺地区_タクシー乗車位置.shp",
        {"name": ("SAFIELD002",)},
    ),
    "タクシーの指定施設": (
        "焼津IC周辺地区_タクシー指定施設/焼津IC周辺地区_タクシー指定施設.shp",
        {"name": ("SAFIELD002",)},
    ),
}
HALL_LISTS = ("地域交流センター", "福祉会館", "市役所・センター")


def _source(title: str) -> VenueSource:
    path, columns = FILES[title]
    root = Path(os.environ["OTAKARA_REALDATA"]).resolve() / "yaizu-22212"
    plain = title == "要配慮者利用施設" or path.endswith(".shp")
    return VenueSource(title, (root / path,), columns=columns, encoding="cp932" if plain else None)


@cache
def town() -> Town:
    found, problems = read_manifests(YAIZU, Path(os.environ["OTAKARA_REALDATA"]))
    assert found is not None
    assert problems == ()
    return found


@cache
def places(title: str) -> tuple[VenuePlace, ...]:
    problems: list[Problem] = []
    found = read_venues(_source(title), town(), {}, problems)
    assert not [p for p in problems if p.is_error]
    return tuple(found)


@cache
def without(*titles: str) -> Gazetteer:
    """The gazetteer of every list but these, and the centres of the census small areas."""
    census = Path(os.environ["OTAKARA_REALDATA"]) / "estat-2015-smallarea-attributes"
    sources = GazetteerSources(
        tuple(_source(title) for title in FILES if title not in titles),
        (
            AddressSource(
                AddressKind.ESTAT, "2015年国勢調査", (census.resolve() / "22-shizuoka-all.dbf.gz",)
            ),
        ),
    )
    problems: list[Problem] = []
    gazetteer = read_gazetteer(replace(town(), gazetteer=sources), (), problems)
    assert gazetteer is not None
    assert not [p for p in problems if p.is_error]
    return gazetteer


def metres(place: VenuePlace, finding: Finding) -> float:
    assert finding.place is not None
    return apart_m(place.lon, place.lat, finding.place.lon, finding.place.lat)


def test_the_halls_as_people_write_them() -> None:
    """All 23 spellings of all 11 halls within 50 m, by lists that are not the halls' own."""
    meant = {hall.name: hall for title in HALL_LISTS[:2] for hall in places(title)}
    assert len(meant) == 11
    gazetteer = without(*HALL_LISTS)
    close: Counter[str] = Counter()
    for written in HALLS:
        finding = gazetteer.find(name="さくらサロン", venue=written.venue, address=written.address)
        assert finding.place is not None, (written, finding.why_ja)
        assert metres(meant[written.meant], finding) <= CLOSE_M, written
        close[written.meant] += 1
    assert set(close) == set(meant)
    assert sum(close.values()) == len(HALLS) == 23


def test_what_no_honest_reader_can_place() -> None:
    gazetteer = without(*HALL_LISTS)
    for written in NOT_KNOWN:
        found = gazetteer.find(name="さくらサロン", venue=written.venue, address=written.address)
        assert found.place is None, written


# Per list: within 50 m by venue or 番地, up to 250 m, 町丁目 within 1 km, 町丁目 farther, a question,
# nothing. The 町丁目 of 2015 does not know the towns that have been renumbered since.
FIGURES = {
    "地域交流センター": (9, 0, 0, 0, 0, 0),
    "福祉会館": (2, 0, 0, 0, 0, 0),
    "市役所・センター": (22, 2, 3, 0, 1, 0),
    "図書館": (11, 0, 0, 0, 0, 0),
    "小学校": (12, 1, 0, 0, 0, 0),
    "中学校": (9, 0, 0, 0, 0, 0),
    "避難所": (50, 0, 4, 0, 2, 0),
    "緊急避難場所": (10, 0, 17, 3, 0, 1),
    "AED": (67, 3, 9, 0, 3, 0),
    "涼みどころ": (21, 2, 75, 0, 0, 10),
    "要配慮者利用施設": (43, 4, 213, 3, 1, 13),
    "公園": (6, 0, 123, 6, 5, 2),
    "タクシー（大井川）": (4, 2, 0, 0, 0, 91),
    "タクシー（IC周辺）": (0, 0, 0, 0, 0, 10),
    "タクシーの指定施設": (1, 0, 0, 0, 3, 7),
}


@pytest.mark.parametrize("title", FILES)
def test_every_list_by_the_others(title: str) -> None:
    gazetteer = without(title)
    figures: Counter[str] = Counter()
    for place in places(title):
        finding = gazetteer.find(name=place.name, venue=None, address=place.address)
        if finding.place is None:
            figures["question" if finding.candidates else "nothing"] += 1
        elif finding.place.placed is Placed.BLOCK:
            figures["block" if metres(place, finding) <= BLOCK_M else "far block"] += 1
        else:
            assert metres(place, finding) <= WRONG_M, place.name
            figures["close" if metres(place, finding) <= CLOSE_M else "farther"] += 1
    keys = ("close", "farther", "block", "far block", "question", "nothing")
    met = tuple(figures[key] for key in keys)
    print(f"\n  {title}: {len(places(title))} = {met}")
    assert met == FIGURES[title]


def test_the_towns_own_gazetteer_reads_without_a_fault() -> None:
    readings: list[LayerReading] = [
        read_layer(layer, town())
        for layer in town().layers
        if layer.id in ("public_hall", "cool_spot")
    ]
    problems: list[Problem] = []
    gazetteer = read_gazetteer(town(), readings, problems)
    assert gazetteer is not None
    assert [p.message_ja for p in problems] == []
    finding = gazetteer.find(name="さくら会", venue="港公民館", address="石津港町40-1")
    assert finding.place is not None
    assert (finding.place.placed, finding.place.matched) == (Placed.VENUE, "港地域交流センター")
    assert finding.place.source == "公共の場"


def test_another_town_by_its_census_areas() -> None:
    """295 addresses of 飯塚 among its 149 small areas of 2020: the 町丁目 holds the place itself.

    Four of the lists' own points lie outside the area their address names.
    """
    import shapely

    root = Path(os.environ["OTAKARA_REALDATA"]).resolve() / "iizuka-40205"
    sources = GazetteerSources(
        (),
        (
            AddressSource(
                AddressKind.ESTAT, "小地域", (root / "boundary_40205.zip",), encoding="cp932"
            ),
        ),
    )
    other = Town(root, Municipality("飯塚市", "40205", "EPSG:6670", 2), (), (), sources)
    problems: list[Problem] = []
    gazetteer = read_gazetteer(other, (), problems)
    assert gazetteer is not None
    features = read_features(root / "boundary_40205.zip", file="boundary", encoding="cp932")
    outlines: dict[str, list[bytes | None]] = {}
    for row, wkb in zip(features.rows, features.geometries_wkb, strict=True):
        outlines.setdefault(row["S_NAME"], []).append(wkb)
    figures: Counter[str] = Counter()
    for name in ("facilities.csv", "hospitals.csv"):
        listed = VenueSource(name, (root / name,), encoding="cp932")
        for place in read_venues(listed, other, {}, problems):
            found = gazetteer.find(name="", venue=None, address=place.address).place
            assert found is not None, place.address
            assert found.placed is Placed.BLOCK
            # 50 m: a lot lies on the edge of its area, and the lists were measured by hand.
            area = shapely.union_all(shapely.from_wkb(outlines[found.matched])).buffer(0.0005)
            figures["in" if area.contains(shapely.Point(place.lon, place.lat)) else "out"] += 1
    assert [p for p in problems if p.is_error] == []
    assert figures == {"in": 291, "out": 4}
