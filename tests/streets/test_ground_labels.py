"""From which zoom a name stands, which goes first, and each thing once."""

from __future__ import annotations

from typing import Any

import pytest

from geo.loading.ground_labels import place_names
from geo.model.ground import GroundKind, Landmark, LandmarkKind, StreetKind
from geo.store.ground_names import GroundName, ground_names, write_labels
from geo.store.tile_bands import MAX_ZOOM, pixel_m
from tests.streets.conftest import at, line, square, street

FAR_M = 100_000.0


def name(
    kind: LandmarkKind, text: str = "名", weight: float = 0.0, x: float = 0.0, y: float = 4_000_000
) -> GroundName:
    return GroundName(kind, text, weight, x, y)


def zooms(*names: GroundName) -> dict[str, int]:
    return {placed.name.name: placed.min_zoom for placed in place_names(names)}


def test_every_kind_has_a_zoom_and_a_rank() -> None:
    names = [name(kind, kind.value, x=n * FAR_M) for n, kind in enumerate(LandmarkKind)]
    assert zooms(*names) == {
        "station": 11,
        "school": 13,
        "hall": 13,
        "place": 13,
        "clinic": 13,
        "mountain": 13,
        "library": 14,
        "park": 14,
        "shrine": 14,
        "temple": 14,
        "post_office": 14,
        "water": 14,
        "shop": 15,
        "other": 15,
        "street": 15,
    }
    placed = list(place_names(reversed(names)))
    assert [p.rank for p in placed] == list(range(len(LandmarkKind)))
    assert placed[0].name.kind is LandmarkKind.STATION
    assert placed[-1].name.kind is LandmarkKind.STREET


@pytest.mark.parametrize(
    ("kind", "weight", "zoom"),
    [
        (LandmarkKind.WATER, 2_000.0, 12),
        (LandmarkKind.WATER, 1_999.0, 14),
        (LandmarkKind.PLACE, 60_000.0, 8),
        (LandmarkKind.PLACE, 6_000.0, 10),
        (LandmarkKind.PLACE, 1_000.0, 12),
        (LandmarkKind.PLACE, 999.0, 13),
    ],
)
def test_what_is_great_stands_from_afar(kind: LandmarkKind, weight: float, zoom: int) -> None:
    assert zooms(name(kind, weight=weight)) == {"名": zoom}


def test_of_one_kind_the_weightier_goes_first() -> None:
    small, large = name(LandmarkKind.SCHOOL, "小", 50), name(LandmarkKind.SCHOOL, "大", 90, x=FAR_M)
    assert [p.name.name for p in place_names([small, large])] == ["大", "小"]


def test_the_same_thing_mapped_twice_is_named_once() -> None:
    """A station has a point, a building and platforms; at 35 degrees the projection is longer."""
    found = list(
        place_names(
            [
                name(LandmarkKind.STATION, "みなと駅", 0, x=0),
                name(LandmarkKind.STATION, "みなと駅", 9, x=700),  # 574 m of the ground
                name(LandmarkKind.STATION, "みなと駅", 0, x=1_500),
                name(LandmarkKind.SCHOOL, "みなと駅", 0, x=0),
                name(LandmarkKind.STATION, "ﾐﾅﾄ駅", 0, x=10),  # written otherwise, called the same
            ]
        )
    )
    assert [(p.name.kind.value, p.name.name, p.name.x_m) for p in found] == [
        ("station", "みなと駅", 700),
        ("station", "みなと駅", 1_500),
        ("school", "みなと駅", 0),
    ]


def test_a_far_map_names_what_has_room() -> None:
    """Twenty schools in two pixels of the far map: one is named there, all are near by."""
    step = pixel_m(13) / 10
    names = [name(LandmarkKind.SCHOOL, f"学校{n}", 100 - n, x=1_000 + step * n) for n in range(20)]
    found = zooms(*names)
    assert found["学校0"] == 13
    assert sum(zoom == 13 for zoom in found.values()) == 1
    assert max(found.values()) == MAX_ZOOM
    assert len(found) == 20


def test_labels_of_landmarks_arrive_in_the_tiles_table(ground: Any) -> None:
    lon, lat = at(100, 200)
    edition = ground.derive(
        Landmark(LandmarkKind.SHRINE, lon, lat, "八幡神社", kana="はちまんじんじゃ"),
        street(StreetKind.MAIN, (0, 0), (100, 0)),
    )
    write_labels(ground.conn, place_names(ground_names(ground.conn, edition)))
    [(*told, x, y)] = ground.rows(
        "SELECT kind, name, rank, min_zoom, ST_X(ST_Transform(geom, 4326)),"
        " ST_Y(ST_Transform(geom, 4326)) FROM town.ground_tile_label"
    )
    assert told == ["shrine", "八幡神社", 0, 14]
    assert (x, y) == pytest.approx((lon, lat))


def test_lines_and_surfaces_lend_their_names_where_no_point_has_them(ground: Any) -> None:
    edition = ground.derive(
        street(StreetKind.LOCAL, (0, 0), (300, 0), name="本町通り"),
        street(StreetKind.LOCAL, (300, 0), (600, 0), name="本町通り"),
        line(GroundKind.RIVER, (0, 500), (2_500, 500), name="みなと川"),
        square(GroundKind.LAKE, 5_000, 0, 300, name="大池"),
        square(GroundKind.PARK, 6_000, 0, 200, name="中央公園"),
        square(GroundKind.BUILDING, 100, 100, 30, name="だれかの家"),
        square(GroundKind.WOOD, 7_000, 0, 200, name="林"),
    )
    found = {(n.kind.value, n.name) for n in ground_names(ground.conn, edition)}
    assert found == {
        ("street", "本町通り"),
        ("water", "みなと川"),
        ("water", "大池"),
        ("park", "中央公園"),
    }
    placed = {p.name.name: p.min_zoom for p in place_names(ground_names(ground.conn, edition))}
    assert placed == {"みなと川": 12, "大池": 14, "中央公園": 14, "本町通り": 15}


def test_points_that_name_streets_are_believed_alone(ground: Any) -> None:
    lon, lat = at(0, 0)
    edition = ground.derive(
        street(StreetKind.LOCAL, (0, 0), (300, 0), name="線の名"),
        Landmark(LandmarkKind.STREET, lon, lat, "点の名"),
    )
    assert [n.name for n in ground_names(ground.conn, edition)] == ["点の名"]
