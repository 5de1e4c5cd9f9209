"""A loaded town whose clock stands, to be changed and loaded again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import text

from geo.database import TownDatabase
from geo.loading import load_town
from geo.settings import Settings

TODAY = date(2026, 4, 10)


@dataclass
class ClockedTown:
    """A town in its database, and the folder it is loaded from."""

    database: TownDatabase
    settings: Settings
    folder: Path

    def load(self) -> None:
        """Bring the database to the state of the folder; the clock stands at `TODAY`."""
        load_town(self.settings, accept_ended=999)
        set_clock(self.database)

    def write(self, path: str, old: str, new: str) -> None:
        """Replace words in a file of the town."""
        file = self.folder / path
        told = file.read_text("utf-8")
        assert old in told, (path, old)
        file.write_text(told.replace(old, new), "utf-8")


def set_clock(database: TownDatabase, today: date = TODAY) -> None:
    """The views of this database take this day for today."""
    with database.owner() as conn:
        conn.execute(text("DELETE FROM town.clock"))
        conn.execute(text("INSERT INTO town.clock (today) VALUES (:day)"), {"day": today})
