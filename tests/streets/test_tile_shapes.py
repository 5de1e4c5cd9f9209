"""What each band of zooms holds, how it is generalised, and how a tile finds it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import shapely

from geo.model.ground import (
    GroundKind,
    GroundShape,
    Landmark,
    LandmarkKind,
    StreetKind,
    WayMark,
)
from geo.store.ground_names import ground_names
from geo.store.ground_tiles import LARGEST_VERTICES
from geo.store.tile_bands import BANDS, band_of
from tests.streets.conftest import LAT, LON, at, line, square, street

EVERYTHING = [
    square(GroundKind.SEA, 0, -30_000, 20_000),
    square(GroundKind.LAKE, 0, 0, 5_000),
    square(GroundKind.WOOD, 6_000, 0, 3_000),
    square(GroundKind.PARK, 6_000, 6_000, 3_000),
    square(GroundKind.FARMLAND, 6_000, 12_000, 3_000),
    square(GroundKind.BUILDING, 100, 100, 20),  # 400 m2
    square(GroundKind.BUILDING, 200, 100, 14),  # 196 m2
    line(GroundKind.RIVER, (0, 0), (9_000, 9_000)),
    line(GroundKind.STREAM, (0, 0), (9_000, 8_000)),
    line(GroundKind.RAIL, (0, 0), (9_000, 7_000)),
    *(street(kind, (0, 100 * kind), (9_000, 100 * kind)) for kind in StreetKind),
]
WATER_AND_RAIL = {("water", "sea"), ("water", "lake"), ("water", "river"), ("rail", "rail")}
HELD = {
    0: WATER_AND_RAIL | {("street", "0"), ("street", "1")},
    1: WATER_AND_RAIL | {("street", str(n)) for n in range(3)},
    2: WATER_AND_RAIL
    | {("street", str(n)) for n in range(4)}
    | {("green", "wood"), ("green", "park")},
    3: WATER_AND_RAIL
    | {("street", str(n)) for n in range(5)}
    | {("green", "wood"), ("green", "park"), ("water", "stream"), ("building", "building")},
    4: WATER_AND_RAIL
    | {("street", str(n)) for n in range(11)}
    | {("green", "wood"), ("green", "park"), ("green", "farmland")}
    | {("water", "stream"), ("building", "building")},
}


def test_every_zoom_has_one_band() -> None:
    assert [band_of(zoom).number for zoom in range(16)] == [0] * 10 + [1, 1, 2, 2, 3, 4]
    assert [band.number for band in BANDS] == list(range(5))
    with pytest.raises(ValueError, match="zoom 16"):
        band_of(16)


def test_each_band_holds_what_can_be_seen_at_its_zooms(ground: Any) -> None:
    ground.derive(*EVERYTHING)
    assert {band: ground.kinds(band) for band in range(5)} == HELD
    buildings = "SELECT count(*) FROM town.ground_tile_shape WHERE layer = 'building' AND band = "
    assert ground.rows(buildings + "3") == [(1,)]
    assert ground.rows(buildings + "4") == [(2,)]


def test_shapes_nobody_could_see_are_left_out_far_away_and_kept_near(ground: Any) -> None:
    ground.derive(square(GroundKind.LAKE, 0, 0, 100), square(GroundKind.LAKE, 1_000, 0, 2_000))
    counts = ground.rows(
        "SELECT band, count(*) FROM town.ground_tile_shape GROUP BY band ORDER BY band"
    )
    # Two pixels: 764 m of the ground at z9, 191 m at z11, 48 m at z13 (at 34.8 degrees: 502, 125, 31)
    assert counts == [(0, 1), (1, 1), (2, 2), (3, 2), (4, 2)]


def test_streets_cut_at_their_junctions_become_one_line_again(ground: Any) -> None:
    pieces = [((n * 100, 0), ((n + 1) * 100, 0)) for n in range(50)]
    ground.derive(*(street(StreetKind.MAIN, *piece) for piece in pieces))
    found = ground.rows(
        "SELECT band, count(*), sum(ST_NPoints(geom)) FROM town.ground_tile_shape GROUP BY 1 ORDER BY 1"
    )
    assert found[:2] == [(0, 1, 2), (1, 1, 2)]
    assert all(
        count <= 5 for _, count, _ in found
    )  # near, lines end at the cells they are joined in


def test_a_line_moves_less_than_half_a_pixel(ground: Any) -> None:
    wave = [(x, 30 * math.sin(x / 40)) for x in range(0, 8_000, 5)]
    ground.derive(street(StreetKind.MAIN, *wave))
    points = dict(
        ground.rows("SELECT band, sum(ST_NPoints(geom)) FROM town.ground_tile_shape GROUP BY band")
    )
    assert points[0] == 2
    assert points[0] < points[1] <= points[2] < points[3] < points[4] < len(wave)
    for band in BANDS:
        far = ground.rows(
            "SELECT max(ST_HausdorffDistance(g.geom, ST_Transform(s.geom, 3857)))"
            f" FROM town.ground_shape s, (SELECT ST_Collect(geom) AS geom FROM"
            f" town.ground_tile_shape WHERE band = {band.number}) g"
        )
        assert far[0][0] <= band.tolerance_m * 1.001


def test_a_bridge_and_a_tunnel_are_said_near_and_lie_above_and_below(ground: Any) -> None:
    ground.derive(
        street(StreetKind.MAIN, (0, 0), (2_000, 0), name="国道", level=0),
        street(StreetKind.LOCAL, (500, -500), (500, 500), marks=WayMark.BRIDGE, level=1),
        street(StreetKind.MAIN, (900, -500), (900, 500), marks=WayMark.TUNNEL, level=-1),
    )
    query = (
        "SELECT kind, bridge, tunnel, name FROM town.ground_tile_shape WHERE band = {} ORDER BY ord"
    )
    near = [("1", None, 1, None), ("1", None, None, "国道"), ("4", 1, None, None)]
    assert ground.rows(query.format(4)) == near
    assert ground.rows(query.format(3)) == near
    assert sorted(ground.rows(query.format(2)), key=str) == [
        ("1", None, 1, None),
        ("1", None, None, None),
    ]


def test_greater_streets_are_drawn_over_lesser_ones(ground: Any) -> None:
    ground.derive(*(street(kind, (0, 100 * kind), (900, 100 * kind)) for kind in StreetKind))
    order = [
        kind
        for (kind,) in ground.rows(
            "SELECT kind FROM town.ground_tile_shape WHERE band = 4 ORDER BY ord"
        )
    ]
    assert order == [str(int(kind)) for kind in reversed(StreetKind)]


def test_a_river_drawn_as_a_surface_is_drawn_as_a_lake(ground: Any) -> None:
    ground.derive(
        square(GroundKind.RIVER, 0, 0, 500),
        square(GroundKind.RAIL, 0, 0, 500),
        line(GroundKind.SEA, (0, 0), (900, 0)),
    )
    assert ground.kinds(4) == {("water", "lake")}


def test_a_large_surface_is_cut_and_its_pieces_leave_no_gap(ground: Any) -> None:
    angles = np.linspace(0, 2 * np.pi, 20_000, endpoint=False)
    radius_m = 9_000 + 300 * np.sin(angles * 400)
    ring = [at(r * math.cos(a), r * math.sin(a)) for a, r in zip(angles, radius_m, strict=True)]
    star = shapely.Polygon(ring)
    ground.derive(GroundShape(GroundKind.SEA, shapely.to_wkb(star)))
    for band in BANDS[2:]:
        where = f"FROM town.ground_tile_shape WHERE band = {band.number}"
        [(pieces, most)] = ground.rows(f"SELECT count(*), max(ST_NPoints(geom)) {where}")
        assert pieces > 20
        assert most <= LARGEST_VERTICES + 4 or band.number == 2
        [(wkb,)] = ground.rows(f"SELECT ST_AsBinary(ST_Transform(ST_Union(geom), 4326)) {where}")
        whole = shapely.from_wkb(bytes(wkb))
        assert whole.geom_type == "Polygon"
        assert len(whole.interiors) == 0
        assert whole.area == pytest.approx(star.area, rel=0.01)


def test_a_tile_reads_the_index_of_its_band(ground: Any) -> None:
    grid = [
        street(StreetKind.LOCAL, (x * 300, y * 300), (x * 300 + 200, y * 300))
        for x in range(60)
        for y in range(60)
    ]
    ground.derive(*grid)
    ground.rows("SELECT 1")
    ground.conn.exec_driver_sql("ANALYZE town.ground_tile_shape")
    x = int((LON + 180) / 360 * 2**15)
    y = int((1 - math.asinh(math.tan(math.radians(LAT))) / math.pi) / 2 * 2**15)
    for band, zoom in ((4, 15), (3, 14)):
        shift = 15 - zoom
        plan = "\n".join(
            row[0]
            for row in ground.rows(
                "EXPLAIN SELECT layer, geom FROM public_web.ground_shape WHERE "
                f"band = {band} AND geom && ST_TileEnvelope({zoom}, {x >> shift}, {y >> shift})"
            )
        )
        assert f"ground_tile_shape_band_{band}_idx" in plan, plan


def test_rows_lie_in_the_order_of_the_ground(ground: Any) -> None:
    rng = np.random.default_rng(6)
    spots = rng.uniform(0, 20_000, (3_000, 2))
    ground.derive(*(square(GroundKind.BUILDING, x, y, 10) for x, y in spots.tolist()))
    found = np.array(
        ground.rows(
            "SELECT ST_X(ST_Centroid(geom)), ST_Y(ST_Centroid(geom)) FROM town.ground_tile_shape"
            " WHERE band = 4 ORDER BY ctid"
        )
    )
    steps_m = np.hypot(*np.diff(found, axis=0).T)
    shuffled_m = np.hypot(*np.diff(rng.permutation(found), axis=0).T)
    assert np.median(steps_m) * 10 < np.median(shuffled_m)


def test_the_pole_is_cut_off(ground: Any) -> None:
    """The projection of tiles never reaches it; a sea may."""
    sea = shapely.to_wkb(shapely.box(10, 80, 20, 90))
    far = shapely.to_wkb(shapely.LineString([(10, 86), (20, 89)]))
    edition = ground.derive(
        GroundShape(GroundKind.SEA, sea),
        GroundShape(GroundKind.RAIL, far),
        Landmark(LandmarkKind.PLACE, 15.0, 90.0, "北極点"),
    )
    assert ground.kinds(0) == {("water", "sea")}
    top = ground.rows("SELECT max(ST_YMax(ST_Transform(geom, 4326))) FROM town.ground_tile_shape")
    assert top[0][0] == pytest.approx(85.05)
    assert ground_names(ground.conn, edition) == []
