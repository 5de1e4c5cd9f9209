"""The town of squares with a base map written by hand, and one without streets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from flask.testing import FlaskClient
from opened_apps import opened_apps
from tiles.ground_rows import TILE, Label, Shape, write_ground
from town_copy import copy_of_squares

from geo.database import TownDatabase
from geo.loading import load_town
from geo.settings import Settings

CODE = "99861"
CODE_WITHOUT = "99862"

ALL = (0, 1, 2, 3, 4)
SHAPES = (
    Shape("water", "sea", "POLYGON((-4096 3000, 8192 3000, 8192 5000, -4096 5000, -4096 3000))"),
    Shape("water", "stream", "LINESTRING(2000 0, 2000 3000)", order=3),
    Shape("green", "park", "POLYGON((100 100, 500 100, 500 500, 100 500, 100 100))"),
    Shape("building", "building", "POLYGON((600 600, 640 600, 640 640, 600 640, 600 600))"),
    Shape("rail", "rail", "LINESTRING(0 2500, 4096 2600)"),
    Shape("street", "7", "LINESTRING(300 700, 300 1500)", order=33, bridge=1),
    Shape("street", "1", "LINESTRING(-1000 1024, 5000 1024)", order=39, name="本通り", bands=ALL),
    Shape("street", "9", "LINESTRING(900 1300, 900 1330)", order=31, tunnel=1),
)
LABELS = (
    Label("school", "松の小学校", (700, 700), rank=3, min_zoom=14),
    Label("station", "ますめ駅", (1000.4, 2530.6), rank=0, min_zoom=10),
    Label("place", "はしっこ", (0, 4096), rank=9, min_zoom=10),
    Label("shop", "`${alert(1)}`</script>", (50, 50), rank=5, min_zoom=15),
)

OpenApp = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def squares(make_settings, tmp_path_factory) -> Settings:
    """Settings of the town with the hand-made base map."""
    settings = make_settings(copy_of_squares(tmp_path_factory.mktemp("tiles") / "町", CODE))
    load_town(settings)
    database = TownDatabase(settings, CODE)
    with database.owner() as conn:
        write_ground(conn, SHAPES, LABELS)
    database.dispose()
    return settings


@pytest.fixture(scope="session")
def database(squares) -> Iterator[TownDatabase]:
    """Its database."""
    database = TownDatabase(squares, CODE)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def without(make_settings, tmp_path_factory) -> Settings:
    """Settings of a town that has no streets."""
    settings = make_settings(
        copy_of_squares(
            tmp_path_factory.mktemp("tiles") / "道のない町", CODE_WITHOUT, streets=False
        )
    )
    load_town(settings)
    return settings


@pytest.fixture(scope="session")
def open_app() -> Iterator[OpenApp]:
    """``open_app(settings, audience)``: a client of a fresh app."""
    with opened_apps() as opener:
        yield opener


@pytest.fixture(scope="session")
def make_client(squares, open_app) -> OpenApp:
    """``make_client(audience)``: a client of the town with the base map."""
    return partial(open_app, squares)


@pytest.fixture(scope="session")
def address() -> str:
    """The tile everything was written in."""
    return "/tiles/{}/{}/{}/{}.mvt".format(CODE, *TILE)
