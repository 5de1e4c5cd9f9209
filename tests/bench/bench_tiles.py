"""Tiles of the base map: kept ones, fresh ones, and the same drawn from the shapes as they came.

The peer is what a tile server does that finds shapes in a table: transform, cut and write them
down for each tile. No time is asserted; equal bytes are.
"""

from __future__ import annotations

import gc
import gzip
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from town_copy import ROOT, copy_of_town

from geo.database import TownDatabase
from geo.model.audience import Audience
from geo.questions import ground_tile, standing_ground, tile_at
from geo.settings import Settings

CODE = "99862"
ROUNDS, WARM = 7, 200
_BOX = "ST_TileEnvelope(:z, :x, :y)"
PEER = text(f"""
SELECT ST_AsMVT(q, 'ground', 4096, 'geom') FROM (
    SELECT kind, street, name, ST_AsMVTGeom(ST_Transform(geom, 3857), {_BOX}) AS geom
    FROM town.ground_shape
    WHERE edition_id = :edition AND geom && ST_Transform({_BOX}, 4326)) q
""")


def least_ms(action: Callable[[], Any], rounds: int = ROUNDS) -> float:
    least = float("inf")
    for _ in range(rounds):
        began = time.perf_counter()
        action()
        least = min(least, time.perf_counter() - began)
    return least * 1000


@pytest.fixture(scope="module")
def settings(
    make_town_database: Callable[..., TownDatabase],
    make_settings: Callable[..., Settings],
    tmp_path_factory: pytest.TempPathFactory,
) -> Settings:
    from geo.loading import load_town

    folder = copy_of_town(ROOT, tmp_path_factory.mktemp("bench") / "town", CODE)
    make_town_database(CODE, town=folder)
    made = make_settings(folder)
    load_town(made)
    return made


def test_tiles_of_a_town(settings: Settings) -> None:
    from webmap.app import create_app
    from webmap.context import CONTEXT

    app = create_app(settings)
    client = app.test_client()
    database = app.extensions[CONTEXT].database
    with database.connect(Audience.PUBLIC) as conn:
        ground = standing_ground(conn)
        assert ground is not None
        west, south, east, north = ground.bounds

        def all_tiles(z: int) -> dict[tuple[int, int, int], bytes]:
            (left, top), (right, bottom) = tile_at(west, north, z), tile_at(east, south, z)
            numbers = (
                (z, x, y)
                for x in range(int(left), int(right) + 1)
                for y in range(int(top), int(bottom) + 1)
            )
            return {n: ground_tile(conn, *n) for n in numbers}

        near = all_tiles(15)
        far = all_tiles(10)
        dense = max(near, key=lambda n: len(near[n]))
        whole = max(far, key=lambda n: len(far[n]))
        gc.collect()
        gc.disable()
        cold = least_ms(lambda: ground_tile(conn, *dense))
        cold_whole = least_ms(lambda: ground_tile(conn, *whole))
    urls = {n: "/tiles/{}/{}/{}/{}.mvt".format(CODE, *n) for n in (dense, whole)}
    gzipped = {"Accept-Encoding": "gzip"}
    url = f"{urls[dense]}?v={ground.version}"
    first = client.get(url, headers=gzipped)
    warm = least_ms(lambda: [client.get(url, headers=gzipped) for _ in range(WARM)]) / WARM
    named = {**gzipped, "If-None-Match": first.headers["ETag"]}
    known = least_ms(lambda: [client.get(url, headers=named) for _ in range(WARM)]) / WARM
    health = least_ms(lambda: [client.get("/map.css") for _ in range(WARM)]) / WARM
    gc.enable()
    again = client.get(url, headers=gzipped)
    assert gzip.decompress(again.data) == near[dense]
    assert client.get(url, headers=named).status_code == 304
    with database.owner() as conn:

        def from_shapes(numbers: tuple[int, int, int]) -> bytes:
            z, x, y = numbers
            told = {"z": z, "x": x, "y": y, "edition": ground.edition}
            return bytes(conn.execute(PEER, told).scalar_one())

        peer = {n: from_shapes(n) for n in (dense, whole)}
        peer_ms = {n: least_ms(lambda n=n: from_shapes(n), 3) for n in (dense, whole)}
    database.dispose()

    def kilobytes(tile: bytes) -> str:
        return f"{len(tile) / 1000:.1f} kB, {len(gzip.compress(tile, 6)) / 1000:.1f} kB packed"

    print(f"\nTiles of the base map: {len(near)} of zoom 15, {len(far)} of zoom 10")
    print(f"  kept tile, whole request            {warm:8.3f} ms   304 {known:.3f} ms")
    print(f"    of it the web framework           {health:8.3f} ms   (a style sheet)")
    for name, numbers, took in (
        ("densest of zoom 15", dense, cold),
        ("largest of zoom 10", whole, cold_whole),
    ):
        print(
            f"  {name}, fresh           {took:8.2f} ms   {kilobytes(near.get(numbers) or far[numbers])}"
        )
        ratio = peer_ms[numbers] / took
        print(
            f"    from the shapes as they came      {peer_ms[numbers]:8.2f} ms   "
            f"{kilobytes(peer[numbers])}   {ratio:.1f}x"
        )
    print(f"  all of zoom 15: {sum(map(len, near.values())) / 1e6:.2f} MB")
