"""The tiles of the demonstration town: small from afar, each name once, a file one can carry."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from pmtiles.reader import MemorySource, Reader
from sqlalchemy import text
from tiles.whole_town import decoded, tiles_of
from town_copy import ROOT, copy_of_town

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.audience import Audience, Medium
from geo.questions import finer_areas, revision, standing_ground, treasure_map
from webmap.offline import base_map, offline_map

CODE = "99863"
LAYERS = ["water", "green", "building", "rail", "street", "label"]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def conn(make_settings, make_town_database, tmp_path_factory):
    folder = copy_of_town(ROOT, tmp_path_factory.mktemp("minato") / "町", CODE)
    make_town_database(CODE, town=folder)
    settings = make_settings(folder)
    load_town(settings)
    database = TownDatabase(settings, CODE)
    with database.connect(Audience.PUBLIC) as conn:
        yield conn
    database.dispose()


@pytest.fixture(scope="module")
def ground(conn):
    ground = standing_ground(conn)
    assert ground is not None
    return ground


def test_from_afar_a_tile_is_small(conn, ground) -> None:
    for zoom in range(6, 12):
        for _, tile in tiles_of(conn, ground, zoom):
            assert len(tile) < 200_000


def test_each_name_is_in_one_tile_of_its_zoom(conn, ground) -> None:
    for zoom in (13, 15):
        told: Counter[tuple[str, str, int]] = Counter()
        for _, tile in tiles_of(conn, ground, zoom):
            for one in decoded(tile).get("label", {"features": []})["features"]:
                said = one["properties"]
                told[said["kind"], said["name"], said["rank"]] += 1
        stored = conn.execute(
            text("SELECT kind, name, rank FROM ground_label WHERE min_zoom <= :z"), {"z": zoom}
        )
        assert told == Counter(tuple(row) for row in stored)
        assert told


def test_only_the_layers_and_words_of_the_contract(conn, ground) -> None:
    kinds: dict[str, set] = {}
    for zoom in (9, 11, 13, 14, 15):
        for _, tile in tiles_of(conn, ground, zoom):
            layers = decoded(tile)
            assert list(layers) == [name for name in LAYERS if name in layers]
            for name, layer in layers.items():
                kinds.setdefault(name, set()).update(
                    one["properties"]["kind"] for one in layer["features"]
                )
                if zoom < 14:
                    assert not [1 for one in layer["features"] if "name" in one["properties"]] or (
                        name == "label"
                    )
    assert kinds["water"] <= {"sea", "lake", "river", "stream"}
    assert kinds["green"] <= {"wood", "park", "farmland"}
    assert (kinds["building"], kinds["rail"]) == ({"building"}, {"rail"})
    assert kinds["street"] <= set(range(11))
    assert len(kinds["street"]) >= 5


@pytest.mark.parametrize(
    "area", ["welfare_district/1", "welfare_district/13", "neighbourhood_association/101"]
)
def test_an_ordinary_area_s_file_is_under_five_megabytes(conn, area) -> None:
    level, code = area.split("/")
    _, today = revision(conn)
    answer = treasure_map(
        conn, audience=Audience.PUBLIC, medium=Medium.WEB, level=level, code=code, today=today
    )
    archive = base_map(conn, answer)
    assert archive is not None
    assert archive.deepest_zoom == 15
    made = offline_map(answer, archive=archive, members=finer_areas(conn, answer))
    assert len(made.content) < 5_000_000
    assert made.missing == offline_map(answer).missing  # no name of the map lacks a character
    reader = Reader(MemorySource(io.BytesIO(archive.content).getvalue()))
    assert reader.header()["max_zoom"] == 15
