"""Whole towns loaded once for this room, each from a copy of its folder in a database of its own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.answers import AreaRow, LoadAnswer, TownAnswer
from geo.model.audience import Audience, Medium
from geo.model.map_answer import MapAnswer
from geo.questions import area_rows, town_overview, treasure_map
from geo.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 21)


@dataclass
class LoadedTown:
    """A town folder one may change, its database, and questions to it."""

    settings: Settings
    database: TownDatabase
    first: LoadAnswer

    @property
    def folder(self) -> Path:
        return self.settings.town

    def load(self, **more: object) -> LoadAnswer:
        return load_town(self.settings, **more)  # type: ignore[arg-type]

    def map(
        self, area: str, audience: Audience = Audience.PUBLIC, medium: Medium = Medium.WEB
    ) -> MapAnswer:
        level, code = area.split("/")
        with self.database.connect(audience, medium) as conn:
            return treasure_map(
                conn, audience=audience, medium=medium, level=level, code=code, today=TODAY
            )

    def overview(self, audience: Audience = Audience.PUBLIC) -> TownAnswer:
        with self.database.connect(audience, Medium.WEB) as conn:
            return town_overview(conn, audience=audience, medium=Medium.WEB, today=TODAY)

    def areas(self, audience: Audience = Audience.PUBLIC) -> dict[str, AreaRow]:
        with self.database.connect(audience, Medium.WEB) as conn:
            rows = area_rows(conn, audience=audience, medium=Medium.WEB, today=TODAY)
        return {f"{row.area.level}/{row.area.code}": row for row in rows}


OpenTown = Callable[[Path, str], LoadedTown]


@pytest.fixture(scope="session")
def open_town(
    tmp_path_factory: pytest.TempPathFactory,
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
) -> OpenTown:
    """``open_town(folder, code)``: a loaded copy, its municipality renumbered to ``code``."""

    def open_(folder: Path, code: str) -> LoadedTown:
        copy = tmp_path_factory.mktemp("town")
        for room in ("boundaries", "layers"):
            if (folder / room).is_dir():  # a town may have districts and no lists yet
                shutil.copytree(folder / room, copy / room)
        manifest = copy / "boundaries" / "municipality.toml"
        lines = manifest.read_text(encoding="utf-8").splitlines()
        lines = [f'code = "{code}"' if line.startswith("code =") else line for line in lines]
        manifest.write_text("\n".join(lines) + "\n", encoding="utf-8")
        realdata = os.environ.get("OTAKARA_REALDATA")
        settings = make_settings(copy, realdata=Path(realdata).resolve() if realdata else None)
        database = make_town_database(code, town=copy)
        return LoadedTown(settings, database, load_town(settings))

    return open_


@pytest.fixture(scope="module")
def squares(open_town: OpenTown) -> LoadedTown:
    """The town of squares; tests of a module share it and must leave it as it is."""
    return open_town(ROOT / "tests" / "town", "99101")


@pytest.fixture(scope="module")
def port_town(open_town: OpenTown) -> LoadedTown:
    """The small town, forty treasures."""
    return open_town(ROOT / "tests" / "small_town", "99102")


@pytest.fixture(scope="session")
def minato(open_town: OpenTown) -> LoadedTown:
    """The demonstration town at the root; tests share it and must leave it as it is."""
    return open_town(ROOT, "99108")


@pytest.fixture(scope="module")
def yaizu(open_town: OpenTown) -> LoadedTown:
    """焼津市, from its published files."""
    return open_town(ROOT / "tests" / "realdata" / "yaizu", "99103")


@pytest.fixture(scope="session")
def ube(open_town: OpenTown) -> LoadedTown:
    """宇部市: its lists and its streets; tests share it and must leave it as it is."""
    return open_town(ROOT / "tests" / "realdata" / "ube", "35202")
