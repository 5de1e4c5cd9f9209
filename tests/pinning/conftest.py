"""The town of pins: files only, or with a database of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pinning.pin_town import PinTown

from geo.database import TownDatabase
from geo.settings import Settings

CODE = "99561"
TEA = (
    ("g1", "さくら会", "本町公民館", "本町一丁目1-2"),
    ("g2", "もみじ会", "", "本町二丁目3-4"),
    ("g3", "すみれ会", "", ""),
)


@pytest.fixture
def town(tmp_path: Path) -> PinTown:
    """Files, and nothing else."""
    folder = tmp_path / "town"
    made = PinTown(folder, Settings(town=folder), CODE)
    made.write()
    made.write_list(TEA)
    return made


@pytest.fixture
def loaded(
    town: PinTown,
    make_settings: Callable[..., Settings],
    make_town_database: Callable[..., TownDatabase],
) -> PinTown:
    """The files, and an empty database to load them into."""
    town.settings = make_settings(town.folder)
    town.database = make_town_database(CODE, town=town.folder)
    return town
