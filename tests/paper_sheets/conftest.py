"""Towns of squares with and without streets, asked from a doorstep."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from clocked_town import TODAY, ClockedTown
from town_copy import copy_of_squares

from geo.database import TownDatabase
from geo.model.audience import Audience, Medium
from geo.model.doorstep_answer import DoorstepAnswer
from geo.questions import WalkingShelf
from geo.questions.doorstep import doorstep
from geo.settings import Settings
from webmap.paper.paper_choice import PaperChoice
from webmap.paper.setting.prepared_sheet import PreparedSheet
from webmap.paper.sheets.doorstep_printing import print_doorstep


class DoorTown(ClockedTown):
    """Asked from a doorstep."""

    def ask(
        self,
        at: tuple[float, float],
        audience: Audience = Audience.PUBLIC,
        shelf: WalkingShelf | None = None,
        medium: Medium = Medium.PRINT,
    ) -> DoorstepAnswer:
        """What is near a point."""
        with self.database.connect(audience, medium) as conn:
            return doorstep(conn, *at, audience=audience, today=TODAY, shelf=shelf, medium=medium)

    def sheet(
        self,
        at: tuple[float, float],
        audience: Audience = Audience.PUBLIC,
        *,
        name: str = "",
        copy: int | None = None,
        screen: DoorstepAnswer | None = None,
        **words: str,
    ) -> PreparedSheet:
        """The doorstep sheet of a point."""
        choice = PaperChoice.from_args({"sheet": "doorstep", **words})
        with self.database.connect(audience, Medium.PRINT) as conn:
            return print_doorstep(
                conn,
                *at,
                audience=audience,
                today=TODAY,
                choice=choice,
                name=name,
                copy=copy,
                screen=screen,
            )


@pytest.fixture(scope="session")
def open_door_town(
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., DoorTown]:
    """``open_door_town(code, streets=True, load=True)``."""

    def open_(code: str, *, streets: bool = True, load: bool = True) -> DoorTown:
        folder = copy_of_squares(tmp_path_factory.mktemp("door") / "town", code, streets=streets)
        town = DoorTown(make_town_database(code, town=folder), make_settings(folder), folder)
        if load:
            town.load()
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


@pytest.fixture
def own_town(open_door_town: Callable[..., DoorTown]) -> Iterator[DoorTown]:
    """Not loaded yet, to be changed first."""
    town = open_door_town("99907", load=False)
    yield town
    town.database.dispose()
