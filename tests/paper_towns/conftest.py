"""Whole towns that have an address in the internet, printed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from paper_towns.printed_town import PrintedTown, with_address
from town_copy import ROOT, copy_of_town

from geo.database import TownDatabase
from geo.loading import load_town
from geo.settings import Settings

OpenPrinted = Callable[[Path, str], PrintedTown]


@pytest.fixture(scope="session")
def open_printed(
    tmp_path_factory: pytest.TempPathFactory,
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
) -> OpenPrinted:
    """``open_printed(folder, code)``: a loaded copy that has an address."""

    def open_(folder: Path, code: str) -> PrintedTown:
        copy = with_address(copy_of_town(folder, tmp_path_factory.mktemp("printed"), code))
        realdata = os.environ.get("OTAKARA_REALDATA")
        settings = make_settings(copy, realdata=Path(realdata).resolve() if realdata else None)
        database = make_town_database(code, town=copy)
        load_town(settings)
        return PrintedTown(database, copy, code)

    return open_


@pytest.fixture(scope="session")
def minato(open_printed: OpenPrinted) -> Iterator[PrintedTown]:
    """The demonstration town at the root."""
    town = open_printed(ROOT, "99911")
    yield town
    town.database.dispose()


@pytest.fixture(scope="session")
def yaizu(open_printed: OpenPrinted) -> Iterator[PrintedTown]:
    """焼津市, from its published files."""
    town = open_printed(ROOT / "tests/realdata/yaizu", "99912")
    yield town
    town.database.dispose()
