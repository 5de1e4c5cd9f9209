"""Odd towns, loaded once, on Friday, 10 April 2026."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from paper_odd.odd_pages import OddSheets, OddTown
from paper_odd.odd_town import CODE, LIST_CODE, write_list_town, write_odd_town
from town_copy import copy_of_squares

from geo.database import TownDatabase
from geo.settings import Settings

BARE_CODE = "99917"


@pytest.fixture(scope="session")
def odd_towns(
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[dict[str, OddTown]]:
    """``odd``: ten odd areas; ``list``: nothing but a list; ``bare``: squares without streets."""
    folder = tmp_path_factory.mktemp("odd")
    folders = {
        "odd": (CODE, write_odd_town(folder / "odd")),
        "list": (LIST_CODE, write_list_town(folder / "list")),
        "bare": (BARE_CODE, copy_of_squares(folder / "bare", BARE_CODE, streets=False)),
    }
    towns = {}
    for name, (code, town) in folders.items():
        towns[name] = OddTown(make_town_database(code, town=town), make_settings(town))
        towns[name].load()
    yield towns
    for one in towns.values():
        one.database.dispose()


@pytest.fixture(scope="session")
def odd_sheets(odd_towns: dict[str, OddTown]) -> OddSheets:
    """Their sheets."""
    return OddSheets(odd_towns)
