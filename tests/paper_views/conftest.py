"""The town of squares behind applications and a running server; うめ会 agreed to the web only."""

from __future__ import annotations

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
    database = TownDatabase(settings, CODE)
    with database.owner() as conn:
        conn.execute(text("UPDATE town.clock SET today = DATE '2026-05-01'"))
    database.dispose()
    return settings


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
