"""Towns of squares with and without streets, asked from a doorstep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import text
from town_copy import copy_of_squares

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.audience import Audience, Medium
from geo.model.doorstep_answer import DoorstepAnswer
from geo.questions import WalkingShelf, treasure_map
from geo.questions.doorstep import doorstep
from geo.questions.paper_ground import paper_ground
from geo.questions.paper_terms import layer_order, paper_terms
from geo.settings import Settings
from webmap.paper.doorstep_sheet import doorstep_sheet, doorstep_window
from webmap.paper.paper_choice import PaperChoice
from webmap.paper.prepared_sheet import PreparedSheet

TODAY = date(2026, 4, 10)


@dataclass
class DoorTown:
    """A loaded town."""

    database: TownDatabase

    def ask(
        self,
        at: tuple[float, float],
        audience: Audience = Audience.PUBLIC,
        shelf: WalkingShelf | None = None,
    ) -> DoorstepAnswer:
        """What is near a point, on paper."""
        with self.database.connect(audience, Medium.PRINT) as conn:
            return doorstep(conn, *at, audience=audience, today=TODAY, shelf=shelf)

    def sheet(
        self,
        at: tuple[float, float],
        audience: Audience = Audience.PUBLIC,
        *,
        name: str = "",
        copy: int | None = None,
        **words: str,
    ) -> PreparedSheet:
        """The doorstep sheet of a point."""
        choice = PaperChoice.from_args({"sheet": "doorstep", **words})
        with self.database.connect(audience, Medium.PRINT) as conn:
            answer = doorstep(conn, *at, audience=audience, today=TODAY)
            crs = paper_terms(conn, audience=audience).metric_crs
            window = doorstep_window(answer, crs, choice)
            ground = paper_ground(conn, window.bounds, window.scale, crs)
            return doorstep_sheet(
                answer, ground, window, choice, shapes=layer_order(conn), name=name, copy=copy
            )

    def map(self, level: str, code: str, audience: Audience = Audience.PUBLIC):
        """An area's answer on paper."""
        with self.database.connect(audience, Medium.PRINT) as conn:
            return treasure_map(
                conn, audience=audience, medium=Medium.PRINT, level=level, code=code, today=TODAY
            )


@pytest.fixture(scope="session")
def open_door_town(
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., DoorTown]:
    """``open_door_town(code, streets=True)``."""

    def open_(code: str, *, streets: bool = True) -> DoorTown:
        folder = copy_of_squares(tmp_path_factory.mktemp("door") / "town", code, streets=streets)
        town = DoorTown(make_town_database(code, town=folder))
        load_town(make_settings(folder), accept_ended=999)
        with town.database.owner() as conn:
            conn.execute(text("DELETE FROM town.clock"))
            conn.execute(text("INSERT INTO town.clock (today) VALUES (:day)"), {"day": TODAY})
        return town

    return open_


@pytest.fixture(scope="session")
def with_streets(open_door_town: Callable[..., DoorTown]) -> Iterator[DoorTown]:
    """Streets through the middle of every square, 500 m from each other."""
    town = open_door_town("99905")
    yield town
    town.database.dispose()


@pytest.fixture(scope="session")
def without_streets(open_door_town: Callable[..., DoorTown]) -> Iterator[DoorTown]:
    """The same places, and nothing to walk on."""
    town = open_door_town("99906", streets=False)
    yield town
    town.database.dispose()
