"""Map pictures from outside: off, and nothing is asked outside; on, one host, for pictures only."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from tiles.conftest import SHAPES
from tiles.ground_rows import write_ground
from town_copy import copy_of_squares

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.audience import Audience
from geo.model.outside_tiles import OutsideTiles
from geo.settings import Settings
from geo.store.editions import raise_revision
from webmap.headers import SECURITY_HEADERS
from webmap.outside_layer import OUTSIDE_LAYERS

CODE = "99863"
WIDENED = {
    "gsi_pale": "https://cyberjapandata.gsi.go.jp",
    "gsi_std": "https://cyberjapandata.gsi.go.jp",
    "osm": "https://tile.openstreetmap.org",
}
CREDITS = {
    "gsi_pale": "地図：地理院タイル",
    "gsi_std": "地図：地理院タイル",
    "osm": "地図：© OpenStreetMap contributors",
}
PAGES = ("/", f"/{CODE}/quarter/", f"/{CODE}/quarter/q1", f"/{CODE}/quarter/q1?mode=hall")


@pytest.fixture
def switched_on(make_settings, make_town_database, tmp_path):
    """``switched_on(word)``: settings of a loaded town with the key in its manifest."""

    def make(word: str) -> Settings:
        settings = make_settings(copy_of_squares(tmp_path / word, CODE, streets=False))
        manifest = settings.town / "boundaries" / "municipality.toml"
        said = manifest.read_text("utf-8") + f'outside_tiles = "{word}"\n'
        manifest.write_text(said, "utf-8")
        make_town_database(CODE, town=settings.town)
        load_town(settings)
        return settings

    return make


def test_off_unless_a_town_says_so(make_client) -> None:
    client = make_client()
    code = client.application.extensions["otakara"].municipality_code
    for path in (*(page.replace(CODE, code) for page in PAGES), f"/{code}/quarter/q1.json"):
        answer = client.get(path)
        assert {n: answer.headers[n] for n in SECURITY_HEADERS} == SECURITY_HEADERS
        text = answer.get_data(as_text=True)
        assert "outside_" not in text
        assert not re.search(r"https?://(?!www\.w3\.org)", text), path


@pytest.mark.parametrize("word", WIDENED)
def test_on_one_host_may_be_asked_for_pictures(switched_on, open_app, word) -> None:
    client = open_app(switched_on(word))
    wanted = SECURITY_HEADERS["Content-Security-Policy"].replace(
        "img-src 'self' data:", f"img-src 'self' data: {WIDENED[word]}"
    )
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["Content-Security-Policy"] == wanted
        text = unescape(answer.get_data(as_text=True))
        assert CREDITS[word] in text, path
        assert "outside_pictures.js" in text
        # OpenStreetMap's rules: whoever does not say where the page came from gets no pictures.
        policy = "strict-origin-when-cross-origin" if word == "osm" else "no-referrer"
        assert answer.headers["Referrer-Policy"] == policy
        others = SECURITY_HEADERS.keys() - {"Content-Security-Policy", "Referrer-Policy"}
        assert {n: answer.headers[n] for n in others} == {n: SECURITY_HEADERS[n] for n in others}
    told = client.get(f"/{CODE}/quarter/q1.json").get_json()["outside_tiles"]
    layer = OUTSIDE_LAYERS[OutsideTiles(word)]
    assert told == {"url": layer.host + layer.path, "max_zoom": layer.deepest_zoom,
                    "credit": CREDITS[word]}  # fmt: skip
    assert told["url"].startswith(WIDENED[word] + "/")
    assert client.get(f"/{CODE}/quarter/q1.geojson").get_data(as_text=True).count("http") == 0


def test_they_take_the_place_of_the_town_s_own_map(switched_on, open_app) -> None:
    settings = switched_on("gsi_std")
    database = TownDatabase(settings, CODE)
    with database.owner() as conn:
        write_ground(conn, SHAPES)
        raise_revision(conn)
    database.dispose()
    client = open_app(settings)
    data = client.get(f"/{CODE}/quarter/q1.json").get_json()
    assert "outside_tiles" in data
    assert "ground" not in data
    page = client.get(f"/{CODE}/quarter/q1").get_data(as_text=True)
    assert "手で書いた地図" not in page
    assert "protomaps" not in page


def test_the_desk_s_map_has_them_as_well(switched_on, open_app) -> None:
    client = open_app(switched_on("gsi_pale"), Audience.COORDINATOR)
    told = client.get("/desk/map.json").get_json()
    assert told["outside_tiles"]["credit"] == CREDITS["gsi_pale"]


def test_never_in_a_file_and_the_clerk_is_told(switched_on, tmp_path) -> None:
    settings = switched_on("osm")
    target = tmp_path / "南西.html"
    command = [sys.executable, "-m", "webmap.cli", "--town", str(settings.town)]
    done = subprocess.run(
        [*command, "map", "quarter/q1", "-o", str(target)],
        env={"OTAKARA_CLUSTER": str(settings.cluster), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "外の地図「OpenStreetMap」は、ファイルには入りません。" in done.stderr + done.stdout
    text = Path(target).read_text("utf-8")
    assert "openstreetmap" not in text.lower()
    assert "outside_tiles" not in text.replace("data.outside_tiles", "")
    checked = subprocess.run(
        [*command, "check"], env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert checked.returncode == 0
    assert "会場でもインターネットにつなぐ必要があり" in checked.stdout + checked.stderr


def test_every_kind_has_its_layer_and_a_name() -> None:
    assert set(OUTSIDE_LAYERS) == set(OutsideTiles)
    assert {tiles.value for tiles in OutsideTiles} == set(WIDENED)
    for tiles, layer in OUTSIDE_LAYERS.items():
        assert re.fullmatch(r"https://[a-z.]+", layer.host)
        assert layer.path.format(z=1, x=2, y=3).endswith("/1/2/3.png")
        assert tiles.label_ja
        assert dataclasses.is_dataclass(layer)
