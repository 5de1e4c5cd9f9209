"""The market town, loaded under a code of its own, and its answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from mobile import market_town
from sqlalchemy import text

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.answers import LoadAnswer
from geo.model.audience import Audience, Medium
from geo.model.map_answer import MapAnswer
from geo.questions import treasure_map
from geo.settings import Settings

CODE = "99841"
TODAY = date(2026, 11, 21)
"""A Saturday."""


@dataclass
class MarketTown:
    """The town's folder and what is asked of it."""

    settings: Settings
    database: TownDatabase

    def load(self, **town: object) -> LoadAnswer:
        """Write the folder anew and load it."""
        market_town.write(self.settings.town, CODE, **town)  # type: ignore[arg-type]
        answer = load_town(self.settings, accept_ended=99)
        with self.database.owner() as conn:
            conn.execute(text("UPDATE town.clock SET today = :day"), {"day": TODAY})
        return answer

    def map(
        self,
        area: str = "W",
        audience: Audience = Audience.PUBLIC,
        medium: Medium = Medium.WEB,
        today: date = TODAY,
    ) -> MapAnswer:
        """The treasure map of an area."""
        with self.database.connect(audience, medium) as conn:
            return treasure_map(
                conn, audience=audience, medium=medium, level="district", code=area, today=today
            )


@pytest.fixture
def town(
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
    tmp_path: Path,
) -> Iterator[MarketTown]:
    """An empty market town."""
    folder = tmp_path / "town"
    folder.mkdir()
    market_town.write(folder, CODE)
    database = make_town_database(CODE, town=folder)
    yield MarketTown(make_settings(folder), database)
    database.dispose()
