"""The ground of the demonstration town: streets, water, green, houses and names, true to themselves."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from shapely import STRtree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

BASE = Path(__file__).resolve().parents[2] / "boundaries"
NAMED = (
    *("place", "mountain", "water", "station", "hall", "school", "library"),
    *("shrine", "temple", "post_office", "clinic", "shop", "other", "park"),
)
KINDS = {
    "residential": 6209,
    "unclassified": 2358,
    "tertiary": 1363,
    "footway": 386,
    "secondary": 383,
    "trunk": 350,
    "service": 195,
    "track": 194,
    "steps": 111,
    "path": 76,
    "pedestrian": 5,
}
NAMES = {
    "place": 155, "hall": 110, "park": 77, "school": 18, "water": 18, "mountain": 12, "clinic": 11,
    "shrine": 9, "station": 8, "temple": 8, "post_office": 8, "shop": 8, "other": 5, "library": 1,
}  # fmt: skip
HOUSES = 17_175


@cache
def features(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((BASE / name).read_text(encoding="utf-8"))["features"]
    return found


def ground(kind: str) -> list[BaseGeometry]:
    return [shape(feature["geometry"]) for feature in features(f"ground/{kind}.geojson")]


def streets() -> list[dict[str, Any]]:
    return [feature["properties"] for feature in features("streets.geojson")]


def lines() -> list[BaseGeometry]:
    return [shape(feature["geometry"]) for feature in features("streets.geojson")]


def pieces(edges: list[dict[str, Any]]) -> Counter[int]:
    """Sizes of the connected pieces, in junctions."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for edge in edges:
        parent[root(edge["u"])] = root(edge["v"])
    return Counter(Counter(root(node) for node in list(parent)).values())


def test_streets_are_one_network_of_every_kind_with_heights() -> None:
    nodes: dict[int, tuple[float, ...]] = {}
    heights: dict[int, float] = {}
    for street, line in zip(streets(), lines(), strict=True):
        for node, height, at in (
            (street["u"], street["h_u"], line.coords[0]),
            (street["v"], street["h_v"], line.coords[-1]),
        ):
            assert nodes.setdefault(node, at) == at
            assert heights.setdefault(node, height) == height
    assert len(nodes) == len(set(nodes.values())) == 7981
    assert pieces(streets()) == {7981: 1}
    assert Counter(street["highway"] for street in streets()) == KINDS
    assert min(heights.values()) > 0
    assert max(heights.values()) > 300
    assert sum(street.get("bridge") == "yes" for street in streets()) == 87
    assert len({street["name"] for street in streets() if "name" in street}) == 53


def test_private_ways_shut_nobody_off() -> None:
    private = [street for street in streets() if "access" in street]
    assert {(street["highway"], street["access"]) for street in private} == {("service", "private")}
    assert len(private) == 16
    assert pieces([street for street in streets() if "access" not in street]) == {7981: 1}


def test_what_crosses_without_meeting_is_a_bridge_or_a_tunnel() -> None:
    geometries = lines()
    one, other = STRtree(geometries).query(geometries, predicate="crosses")
    pairs = [(a, b) for a, b in zip(one.tolist(), other.tolist(), strict=True) if a < b]
    said = streets()
    over_and_under = Counter[tuple[str, str]]()
    for a, b in pairs:
        low, high = sorted((said[a], said[b]), key=lambda street: street.get("layer", 0))
        assert low.get("layer", 0) < high.get("layer", 0), (low, high)
        over_and_under[low["highway"], high["highway"]] += 1
    # The path on the river's bank runs under the bridges of the main roads.
    assert over_and_under["footway", "trunk"] >= 2
    assert over_and_under["footway", "secondary"] + over_and_under["footway", "tertiary"] >= 3
    (tunnel,) = [i for i, street in enumerate(said) if street.get("tunnel") == "yes"]
    above = {said[a + b - tunnel].get("name") for a, b in pairs if tunnel in (a, b)}
    assert (said[tunnel]["name"], above) == ("城山トンネル", {"城山遊歩道"})


def test_stairs_climb_the_castle_hill_to_the_shrine() -> None:
    stairs = [street for street in streets() if street.get("name") == "城山神社参道"]
    assert {street["highway"] for street in stairs} == {"steps"}
    low, *_, high = sorted(h for street in stairs for h in (street["h_u"], street["h_v"]))
    assert high - low > 20
    shrines = {
        f["properties"]["名称"]: shape(f["geometry"]) for f in features("ground/shrine.geojson")
    }
    tops = {
        f["properties"]["名称"]: shape(f["geometry"]) for f in features("ground/mountain.geojson")
    }
    assert shrines["城山神社"].distance(tops["城山（75m）"]) < 0.0003


def test_the_sea_meets_the_coast_vertex_by_vertex() -> None:
    land = shapely.union_all(
        [shape(f["geometry"]) for f in features("town_block/town_block.geojson")]
    )
    sea = shapely.union_all(ground("sea"))
    # Where a mole leaves the shore its corner is rounded: a few square metres in all.
    assert shapely.area(shapely.intersection(land, sea)) < 1e-9
    coast = [at for at in shapely.points(shapely.get_coordinates(land.boundary)) if sea.touches(at)]
    assert len(coast) == 611
    corners = {tuple(at) for at in shapely.get_coordinates(sea)}
    assert {(at.x, at.y) for at in coast} <= corners


def test_houses_stand_on_dry_ground_beside_the_streets() -> None:
    houses = ground("building")
    assert len(houses) == HOUSES
    assert all(house.is_valid for house in houses)
    water = shapely.union_all([*ground("sea"), *ground("lake")])
    shapely.prepare(water)
    assert not np.any(shapely.intersects(water, houses))
    surface = [
        line for line, street in zip(lines(), streets(), strict=True) if not street.get("layer")
    ]
    on_street, _ = STRtree(surface).query(houses, predicate="intersects")
    assert len(on_street) == 0
    one, _ = STRtree(houses).query(houses, predicate="overlaps")
    assert len(one) == 0


@pytest.mark.parametrize("kind", ["sea", "lake", "wood", "farmland", "park", "river", "rail"])
def test_shapes_are_valid_and_no_street_but_a_bridge_is_in_the_water(kind: str) -> None:
    shapes = ground(kind)
    assert shapes
    assert all(one.is_valid for one in shapes)
    if kind in ("sea", "lake"):
        water = shapely.union_all(shapes)
        shapely.prepare(water)
        wet = shapely.intersects(water, lines())
        said = [street for street, in_water in zip(streets(), wet, strict=True) if in_water]
        assert all(street.get("bridge") == "yes" for street in said)


def test_every_name_is_japanese_and_has_its_kana() -> None:
    for kind in NAMED:
        for feature in features(f"ground/{kind}.geojson"):
            name, kana = feature["properties"]["名称"], feature["properties"]["カナ"]
            assert re.search(r"[ぁ-んァ-ヶ一-龠]", name), name
            assert re.fullmatch(r"[ァ-ヶー ]+", kana), (name, kana)
    counts = {kind: len(features(f"ground/{kind}.geojson")) for kind in NAMED}
    assert counts == NAMES


def test_names_agree_with_blocks_halls_and_school_districts() -> None:
    blocks = {f["properties"]["名称"] for f in features("town_block/town_block.geojson")}
    places = {f["properties"]["名称"] for f in features("ground/place.geojson")}
    assert len(blocks) == 152
    assert places - blocks == {"大島", "唐桑半島", "船原岬"}
    assert blocks <= places
    at = {
        f["properties"]["名称"]: f["geometry"]["coordinates"]
        for kind in ("hall", "temple", "shrine", "clinic")
        for f in features(f"ground/{kind}.geojson")
    }
    rows = list(csv.DictReader((BASE / "halls.csv").read_text(encoding="utf-8-sig").splitlines()))
    shown = [row for row in rows if not row["名称"].endswith("デイサービスセンター")]
    assert len(shown) == 128
    for row in shown:
        assert at[row["名称"]] == [float(row["経度"]), float(row["緯度"])]


def test_every_school_stands_in_its_own_district() -> None:
    from towns.minato.divisions import schools

    at = {f["properties"]["名称"]: shape(f["geometry"]) for f in features("ground/school.geojson")}
    for school in schools():
        assert school.shape.contains(at[school.name]), school.name
