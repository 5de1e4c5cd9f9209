"""Real and dense: 大手町 as OpenStreetMap has it, corridors under the ground included."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tiles.whole_town import tiles_of

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.audience import Audience, Medium
from geo.questions import revision, standing_ground, treasure_map
from webmap.offline import base_map, offline_map

CODE = "99863"
BOX = (139.7595, 35.6815, 139.7725, 35.6920)
pytestmark = [pytest.mark.realdata, pytest.mark.slow]

STREETS = """
title = "道"
source = "© OpenStreetMap contributors"
licence = "ODbL-1.0"
as_of = 2026-01-01
data = ["realdata:chiyoda-otemachi-overpass/overpass_raw.json.gz"]
"""
WARD = """
title = "区"
tier = 2
data = "ward.geojson"
code = "code"
name = "name"
source = "試験"
licence = "CC0-1.0"
as_of = 2026-01-01
"""


@pytest.fixture(scope="module")
def conn(make_settings, make_town_database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("dense") / "町"
    ward = folder / "boundaries" / "ward"
    ward.mkdir(parents=True)
    (folder / "layers").mkdir()
    (folder / "boundaries" / "municipality.toml").write_text(
        f'name = "大手町"\ncode = "{CODE}"\nplane_zone = 9\n', "utf-8"
    )
    (folder / "boundaries" / "streets.toml").write_text(STREETS, "utf-8")
    (ward / "boundary.toml").write_text(WARD, "utf-8")
    west, south, east, north = BOX
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    feature = {
        "type": "Feature",
        "properties": {"code": "1", "name": "大手町"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    (ward / "ward.geojson").write_text(json.dumps(collection), "utf-8")
    realdata = Path(os.environ["OTAKARA_REALDATA"]).resolve()
    settings = make_settings(folder, realdata=realdata)
    make_town_database(CODE, town=folder)
    load_town(settings)
    database = TownDatabase(settings, CODE)
    with database.connect(Audience.PUBLIC) as conn:
        yield conn
    database.dispose()


def test_its_file_is_under_five_megabytes(conn) -> None:
    _, today = revision(conn)
    answer = treasure_map(
        conn, audience=Audience.PUBLIC, medium=Medium.WEB, level="ward", code="1", today=today
    )
    archive = base_map(conn, answer)
    assert archive is not None
    assert archive.deepest_zoom == 15
    made = offline_map(answer, archive=archive)
    assert len(made.content) < 5_000_000
    assert "© OpenStreetMap contributors（ODbL-1.0、2026年1月1日現在）" in made.content.decode()


def test_no_tile_is_too_large_to_draw(conn) -> None:
    ground = standing_ground(conn)
    assert ground is not None
    for zoom in range(10, 16):
        largest = max(len(tile) for _, tile in tiles_of(conn, ground, zoom))
        assert largest < 200_000
