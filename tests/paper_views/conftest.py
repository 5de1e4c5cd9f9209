"""The town of squares behind applications and a running server; うめ会 agreed to the web only.

A second one has landmarks and halls of every consent, for doorsteps.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from browser.watching import ServedTown
from flask.testing import FlaskClient
from opened_apps import opened_apps
from served_apps import served_apps
from sqlalchemy import text
from town_copy import copy_of_squares

from geo.database import TownDatabase
from geo.loading import load_town
from geo.settings import Settings

CODE = "99909"
DOOR_CODE = "99910"
A1, A2 = (138.502773091, 36.002253277), (138.502773249, 36.006759893)
B1, B2 = (138.5083205, 36.002253), (138.508319747, 36.006759637)
D4 = (138.5194, 36.0157)
BOTH, WEB, PAPER = "ホームページ;冊子・印刷", "ホームページ", "冊子・印刷"
Ask = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def squares_on_paper(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """On Friday, 1 May 2026. うめ会 may stand on the web only, うみ会 on paper only."""
    town = copy_of_squares(tmp_path_factory.mktemp("paper") / "town", CODE)
    tea = town / "layers/tea/tea.csv"
    rows = tea.read_text("utf-8").splitlines(keepends=True)
    both = "ホームページ;冊子・印刷"
    rows = [row.replace(both, "ホームページ") if row.startswith("T3,") else row for row in rows]
    rows = [row.replace(both, "冊子・印刷") if row.startswith("T1,") else row for row in rows]
    tea.write_text("".join(rows), "utf-8")
    settings = make_settings(town)
    load_town(settings)
    _on_may_day(settings, CODE)
    return settings


@pytest.fixture(scope="session")
def squares_with_landmarks(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """On Friday, 1 May 2026. 松会館 in A1 agreed to both, 鶴会館 in A2 to the web, 風会館 in B2 to paper.

    竹町公民館 is in B1, 稲荷神社 in A1 and in B2, 空ヶ丘駅 in D4.
    """
    town = copy_of_squares(tmp_path_factory.mktemp("door") / "town", DOOR_CODE)
    tea = town / "layers/tea/tea.csv"
    rows = tea.read_text("utf-8").replace("協議体まで,,ホームページ;冊子・印刷", f"だれでも,,{WEB}")
    lon, lat = B2
    rows += (
        "T9,19,かぜ会,風会館,ますめ市亀町9-9,,だれでも,,冊子・印刷,,毎週火曜 14時〜,どなたでも,"
        f"000-000-0119,9,健康づくり,風が通ります。,,,{lat},{lon}\n"
    )
    tea.write_text(rows, "utf-8")
    ground = town / "boundaries"
    told = (ground / "streets.toml").read_text("utf-8")
    places = {
        "hall": (("竹町公民館", B1),),
        "shrine": (("稲荷神社", A1), ("稲荷神社", B2)),
        "station": (("空ヶ丘駅", D4),),
    }
    for kind, spots in places.items():
        told += f'[[ground]]\nkind = "{kind}"\ndata = ["{kind}.geojson"]\nname = "name"\n'
        features = [
            {
                "type": "Feature",
                "properties": {"name": name},
                "geometry": {"type": "Point", "coordinates": list(at)},
            }
            for name, at in spots
        ]
        (ground / f"{kind}.geojson").write_text(
            json.dumps({"type": "FeatureCollection", "features": features}), "utf-8"
        )
    (ground / "streets.toml").write_text(told, "utf-8")
    settings = make_settings(town)
    load_town(settings)
    _on_may_day(settings, DOOR_CODE)
    return settings


@pytest.fixture(scope="module")
def ask_door(squares_with_landmarks: Settings) -> Iterator[Ask]:
    """``ask_door(audience)``: a client of a fresh application with landmarks."""
    with opened_apps() as open_app:
        yield partial(open_app, squares_with_landmarks)


@pytest.fixture(scope="module")
def ask(squares_on_paper: Settings) -> Iterator[Ask]:
    """``ask(audience)``: a client of a fresh application."""
    with opened_apps() as open_app:
        yield partial(open_app, squares_on_paper)


@pytest.fixture(scope="module")
def served(squares_on_paper: Settings) -> Iterator[Callable[..., ServedTown]]:
    """``served(audience)``: the town behind a running server."""
    with served_apps() as serve:
        yield partial(serve, squares_on_paper)


@pytest.fixture(scope="module")
def served_door(squares_with_landmarks: Settings) -> Iterator[Callable[..., ServedTown]]:
    """``served_door(audience)``: the town with landmarks behind a running server."""
    with served_apps() as serve:
        yield partial(serve, squares_with_landmarks)


def _on_may_day(settings: Settings, code: str) -> None:
    database = TownDatabase(settings, code)
    with database.owner() as conn:
        conn.execute(text("UPDATE town.clock SET today = DATE '2026-05-01'"))
    database.dispose()
