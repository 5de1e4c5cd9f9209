"""The town of squares, whose files one may change, and its database."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from town_copy import copy_of_squares

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.answers import LoadAnswer
from geo.model.audience import Audience, Medium
from geo.questions import area_rows
from geo.settings import Settings

CODE = "99887"


@dataclass
class PeopledTown:
    """A copy of the squares."""

    settings: Settings
    database: TownDatabase

    @property
    def boundaries(self) -> Path:
        return self.settings.town / "boundaries"

    def load(self, **more: Any) -> LoadAnswer:
        return load_town(self.settings, **more)

    def told(self) -> list[str]:
        """What a load says on the way."""
        said: list[str] = []
        self.load(progress=said.append)
        return said

    def say(self, old: str, new: str) -> None:
        """Change the manifest."""
        manifest = self.boundaries / "people.toml"
        text = manifest.read_text("utf-8")
        assert old in text
        manifest.write_text(text.replace(old, new), "utf-8")

    def count(self, changes: Mapping[str, Mapping[str, Any]]) -> None:
        """Change the people of squares: ``{"A1": {"人口": 3}}``."""
        file = self.boundaries / "people.geojson"
        read = json.loads(file.read_text("utf-8"))
        for feature in read["features"]:
            feature["properties"] |= changes.get(feature["properties"]["code"], {})
        file.write_text(json.dumps(read, ensure_ascii=False), "utf-8")

    def seen(self, query: str, audience: Audience = Audience.PUBLIC) -> list[tuple[Any, ...]]:
        """As an audience reads it."""
        with self.database.connect(audience, Medium.WEB) as conn:
            return [tuple(row) for row in conn.exec_driver_sql(query)]

    def owned(self, query: str) -> list[tuple[Any, ...]]:
        """As the owner reads the tables."""
        with self.database.owner() as conn:
            return [tuple(row) for row in conn.exec_driver_sql(query)]

    def areas(self, audience: Audience = Audience.PUBLIC) -> dict[str, tuple[int | None, ...]]:
        """People and people from 65, as `otakara areas` has them."""
        with self.database.connect(audience, Medium.WEB) as conn:
            rows = area_rows(conn, audience=audience, medium=Medium.WEB, today=date(2026, 11, 21))
        return {f"{r.area.level}/{r.area.code}": (r.people, r.people_65) for r in rows}


@pytest.fixture
def town(
    tmp_path: Path,
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
) -> PeopledTown:
    settings = make_settings(copy_of_squares(tmp_path / "町", CODE))
    return PeopledTown(settings, make_town_database(CODE, town=settings.town))
