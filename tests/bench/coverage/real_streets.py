"""Streets of real towns as this library keeps them: read by its own intake, every piece of them."""

from __future__ import annotations

import os
from pathlib import Path

from geo.intake.whole_town import read_town
from geo.street_intake.streets_reader import StreetsReader
from geo.walking.walk_streets import WalkStreets, walk_streets

ROOT = Path(__file__).resolve().parents[3]


def real_files() -> Path | None:
    """Where the files of real towns are, as `make test` looks for them; None without them."""
    told = Path(os.environ.get("OTAKARA_REALDATA") or ROOT.parent / "shared/data")
    return told if told.is_dir() else None


def real_streets(town: str) -> WalkStreets | None:
    """The streets of a folder in ``tests/realdata``; None where its files are not here."""
    files = real_files()
    if files is None:
        return None
    reading = read_town(ROOT / "tests/realdata" / town, files)
    network = StreetsReader(reading, lambda _told: None).network()
    assert network is not None
    return walk_streets(network, reading.town.municipality.metric_crs)
