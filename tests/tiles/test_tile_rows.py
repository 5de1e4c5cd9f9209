"""One tile, layer by layer, read by somebody else's decoder."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import mapbox_vector_tile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from tiles.ground_rows import AS_OF, TILE, Label, Shape, write_ground

from geo.database import TownDatabase
from geo.errors import NotFoundError
from geo.model.audience import Audience, Medium
from geo.model.ground_answer import Ground
from geo.questions.ground_tile import ground_tile, is_near, standing_ground, tile_at
from geo.store.reading import tile_rows
from webmap.ground_data import DEEPEST_ZOOM


def decoded(tile: bytes) -> dict:
    return mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})


def read(database: TownDatabase, z: int, x: int, y: int) -> dict:
    with database.connect(Audience.PUBLIC) as conn:
        return decoded(ground_tile(conn, z, x, y))


def told(layer: dict) -> list[tuple[dict, str, list]]:
    return [
        (one["properties"], one["geometry"]["type"], one["geometry"]["coordinates"])
        for one in layer["features"]
    ]


def test_a_tile_worked_out_by_hand(database) -> None:
    tile = read(database, *TILE)
    assert list(tile) == ["water", "green", "building", "rail", "street", "label"]
    assert {layer["extent"] for layer in tile.values()} == {4096}
    [(_, _, [ring]), stream] = told(tile["water"])
    assert tile["water"]["features"][0]["properties"] == {"kind": "sea"}
    # Cut 64 units outside of the tile.
    assert {(x, y) for x, y in ring} == {(-64, 3000), (4160, 3000), (4160, 4160), (-64, 4160)}
    assert stream == ({"kind": "stream"}, "LineString", [[2000, 0], [2000, 3000]])
    [(park, kind, [ring])] = told(tile["green"])
    assert (park, kind) == ({"kind": "park"}, "Polygon")
    assert {(x, y) for x, y in ring} == {(100, 100), (500, 100), (500, 500), (100, 500)}
    assert len(tile["building"]["features"]) == 1
    assert told(tile["rail"]) == [({"kind": "rail"}, "LineString", [[0, 2500], [4096, 2600]])]
    assert told(tile["street"]) == [  # the least first: what matters more is drawn over it
        ({"kind": 9, "tunnel": 1}, "LineString", [[900, 1300], [900, 1330]]),
        ({"kind": 7, "bridge": 1}, "LineString", [[300, 700], [300, 1500]]),
        ({"kind": 1, "name": "本通り"}, "LineString", [[-64, 1024], [4160, 1024]]),
    ]


def test_labels_by_rank_and_none_of_the_next_tile(database) -> None:
    labels = told(read(database, *TILE)["label"])
    assert labels == [
        ({"kind": "station", "name": "ますめ駅", "rank": 0}, "Point", [1000, 2531]),
        ({"kind": "school", "name": "松の小学校", "rank": 3}, "Point", [700, 700]),
        ({"kind": "shop", "name": "`${alert(1)}`</script>", "rank": 5}, "Point", [50, 50]),
    ]


def test_a_band_holds_its_own_shapes_and_the_names_of_its_zoom(database) -> None:
    z, x, y = TILE
    above = read(database, z - 5, x >> 5, y >> 5)
    assert [layer for layer in above if layer != "label"] == ["street"]
    assert [one["properties"]["name"] for one in above["label"]["features"]] == [
        "ますめ駅",
        "はしっこ",
    ]
    assert "label" not in read(database, 9, x >> 6, y >> 6)
    near = read(database, 14, x >> 1, y >> 1)
    assert len(near["label"]["features"]) == 3  # all but the shop


def test_nothing_lies_there(database) -> None:
    with database.connect(Audience.PUBLIC) as conn:
        assert ground_tile(conn, 15, 0, 0) == b""
        assert ground_tile(conn, 15, 2**15 - 1, 2**15 - 1) == b""


@pytest.mark.parametrize("numbers", [(16, 0, 0), (-1, 0, 0), (3, 8, 0), (3, 0, 8), (3, 0, -1)])
def test_numbers_that_name_no_tile(database, numbers) -> None:
    with database.connect(Audience.PUBLIC) as conn, pytest.raises(NotFoundError):
        ground_tile(conn, *numbers)


def test_the_same_town_gives_the_same_bytes_to_everybody(database) -> None:
    tiles = set()
    for audience in Audience:
        for medium in Medium:
            with database.connect(audience, medium) as conn:
                tiles.add(ground_tile(conn, *TILE))
    assert len(tiles) == 1


@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ground_shape",
        "UPDATE ground_shape SET kind = ''",
        "DELETE FROM ground_label",
        "UPDATE ground_label SET name = ''",
        "SELECT * FROM town.ground_tile_shape",
        "SELECT * FROM town.ground_tile_label",
    ],
)
def test_an_audience_reads_tiles_and_writes_nothing(database, audience, statement) -> None:
    with database.connect(audience) as conn:
        conn.execute(text("SET TRANSACTION READ WRITE"))  # whatever the session was told
        with pytest.raises(DBAPIError, match="permission denied"):
            conn.execute(text(statement))


def test_what_stands_is_named(database) -> None:
    with database.connect(Audience.PUBLIC) as conn:
        ground = standing_ground(conn)
    assert ground is not None
    assert (ground.title, ground.credit) == (
        "道と地図",
        "出典：手で書いた地図（CC0-1.0、2026年10月1日現在）",
    )


def test_a_tile_s_place() -> None:
    assert tile_at(-180, 0, 3) == (0, 4)
    column, row = tile_at(139.7671, 35.6812, 15)  # 東京駅, as every map's address says it
    assert (int(column), int(row)) == (29105, 12903)
    assert tile_at(0, 90, 4) == pytest.approx((8, 0), abs=1e-9)
    assert tile_rows.BANDS[-1].zooms[1] == DEEPEST_ZOOM


def test_only_tiles_near_the_town_are_asked_for(database) -> None:
    with database.connect(Audience.PUBLIC) as conn:
        ground = standing_ground(conn)
    assert ground is not None
    z, x, y = TILE
    assert is_near(ground, z, x, y)
    assert is_near(ground, 0, 0, 0)
    west, north = tile_at(ground.bounds[0], ground.bounds[3], z)
    assert is_near(ground, z, int(west), int(north))
    assert not is_near(ground, z, int(west) - 2, int(north))
    assert not is_near(ground, z, int(west), int(north) - 2)
    assert not is_near(ground, z, 0, 0)


def test_names_on_edges_are_in_exactly_one_tile(make_town_database) -> None:
    """A grid of names on and beside the edges and corners of tiles, counted over all of them."""
    town = make_town_database("99863")
    near = (-4096.0, -4095.75, -0.25, 0.0, 0.25, 2048.0, 4095.75, 4096.0, 4096.25, 8192.0)
    labels = [Label("place", f"{u},{v}", (u, v), min_zoom=14) for u in near for v in near]
    with town.owner() as conn:
        write_ground(conn, (), labels)
    z, x, y = TILE
    for zoom, columns, rows in (
        (z, range(x - 2, x + 4), range(y - 2, y + 4)),
        (z - 1, range((x - 2) >> 1, ((x + 3) >> 1) + 1), range((y - 2) >> 1, ((y + 3) >> 1) + 1)),
    ):
        found = []
        for column in columns:
            for row in rows:
                tile = read(town, zoom, column, row)
                for one in tile.get("label", {"features": []})["features"]:
                    found.append(one["properties"]["name"])
                    u, v = one["geometry"]["coordinates"]
                    assert 0 <= u <= 4096
                    assert 0 <= v <= 4096
        assert sorted(found) == sorted(label.name for label in labels)


def test_shapes_meet_at_the_edge_of_two_tiles(make_town_database) -> None:
    """What lies in the strip both tiles hold has the same vertices in both."""
    town = make_town_database("99863")
    slanted = ", ".join(f"{3900 + 13.7 * i} {1000.3 + 7.9 * i * (-1) ** i}" for i in range(40))
    shapes = (
        Shape("street", "4", f"LINESTRING({slanted})"),
        Shape(
            "water", "lake", "POLYGON((4000.2 2000.7, 4200.4 2010.1, 4150 2222.2, 4000.2 2000.7))"
        ),
    )
    with town.owner() as conn:
        write_ground(conn, shapes)
    z, x, y = TILE
    left, right = read(town, z, x, y), read(town, z, x + 1, y)

    def in_strip(tile: dict, shift: int) -> set[tuple[int, int]]:
        """Vertices strictly inside of the strip, counted from the tile's common edge."""
        [line] = tile["street"]["features"]
        points = ((u + shift, v) for u, v in line["geometry"]["coordinates"])
        return {(u, v) for u, v in points if -64 < u < 64}

    assert in_strip(left, -4096) == in_strip(right, 0)
    assert len(in_strip(right, 0)) == 9
    [lake], [rest] = left["water"]["features"], right["water"]["features"]
    assert lake["geometry"]["type"] == rest["geometry"]["type"] == "Polygon"

    def crossings(feature: dict, at: int) -> list[float]:
        """Where the outline passes the common edge of the two tiles."""
        ring = feature["geometry"]["coordinates"][0]
        found = []
        for (u0, v0), (u1, v1) in itertools.pairwise([*ring, ring[0]]):
            if (u0 - at) * (u1 - at) < 0:
                found.append(v0 + (v1 - v0) * (at - u0) / (u1 - u0))
        return sorted(found)

    # A cut edge's end is rounded to the grid: a quarter of a screen's pixel at most.
    assert crossings(lake, 4096) == pytest.approx(crossings(rest, 0), abs=1)
    assert len(crossings(rest, 0)) == 2


def test_the_index_of_the_band_is_read(make_town_database) -> None:
    """With as many shapes as a town has, every band asks its own index, and nothing else."""
    town = make_town_database("99863")
    with town.owner() as conn:
        write_ground(conn, ())
        conn.execute(
            text("""
INSERT INTO town.ground_tile_shape (band, layer, ord, kind, geom)
SELECT b, 'street', 0, '4', ST_MakeLine(ST_Point(x, y, 3857), ST_Point(x + 60, y + 90, 3857))
FROM generate_series(0, 4) b, (
    SELECT 15417500 + 50 * (i % 200) AS x, 4300000 + 80 * (i / 200) AS y
    FROM generate_series(0, 19999) i) g
""")
        )
        conn.execute(
            text("""
INSERT INTO town.ground_tile_label (kind, name, rank, min_zoom, geom)
SELECT 'shop', 'みせ', 9, 10, ST_Point(15417500 + 50 * (i % 200), 4300000 + 80 * (i / 200), 3857)
FROM generate_series(0, 19999) i
""")
        )
        conn.execute(text("ANALYZE town.ground_tile_shape, town.ground_tile_label"))
    for zoom, band in ((9, 0), (11, 1), (13, 2), (14, 3), (15, 4)):
        with town.connect(Audience.PUBLIC) as conn:
            column, row = (int(n) for n in tile_at(138.55, 36.02, zoom))
            plan = conn.execute(
                text(f"EXPLAIN (ANALYZE, FORMAT JSON) {tile_rows._TILES[band].text}"),
                {"z": zoom, "x": column, "y": row},
            ).scalar_one()[0]["Plan"]
        scans = list(scans_of(plan))
        used = {scan["Index Name"] for scan in scans if "Index Name" in scan}
        assert f"ground_tile_shape_band_{band}_idx" in used, (zoom, used)
        assert not [scan for scan in scans if scan["Node Type"] == "Seq Scan"], zoom


def scans_of(plan: dict) -> Iterator[dict]:
    if "Relation Name" in plan or "Index Name" in plan:
        yield plan
    for part in plan.get("Plans", ()):
        yield from scans_of(part)


def test_no_part_of_a_statement_comes_from_outside() -> None:
    for statement in tile_rows._TILES.values():
        assert set(statement.compile().params) == {"z", "x", "y"}


@given(st.integers(0, 15), st.floats(-180, 179.999), st.floats(-85, 85))
def test_the_tile_of_a_place_holds_it(zoom: int, lon: float, lat: float) -> None:
    column, row = tile_at(lon, lat, zoom)
    assert 0 <= column < 2**zoom
    assert 0 <= row < 2**zoom
    spot = replace(HERE, bounds=(lon, lat, lon, lat))
    assert is_near(spot, zoom, int(column), int(row))


HERE = Ground(1, "", "", "", AS_OF, (0, 0, 0, 0))
