"""The canary town in a database of its own, and an application for each audience."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from canaries import canary_town
from canaries.canary_town import Record
from flask import Flask
from opened_apps import ReadingClient
from sqlalchemy import text

from geo.database import TownDatabase
from geo.loading import load_town
from geo.model.audience import Audience
from geo.settings import Settings
from webmap.app import CONTEXT, create_app

CODE = "99811"
TODAY = date(2026, 11, 21)


@dataclass
class CanaryTown:
    """The town folder, what stands in it, and its applications."""

    settings: Settings
    code: str
    records: tuple[Record, ...]
    apps: list[Flask] = field(default_factory=list)

    def load(self, records: Iterable[Record], *, unseen: Iterable[str] = ()) -> None:
        """Write these records and load them; consents get their windows, the clock its day."""
        given = tuple(records)
        canary_town.write(self.settings.town, self.code, given, unseen=unseen)
        load_town(self.settings, accept_ended=999)
        database = TownDatabase(self.settings, self.code)
        try:
            with database.owner() as conn:
                conn.execute(text("UPDATE town.clock SET today = :day"), {"day": TODAY})
                for record in given:
                    if record.window is None:
                        continue
                    days = [
                        None if step is None else TODAY + timedelta(days=step)
                        for step in record.window
                    ]
                    changed = conn.execute(
                        text(
                            "UPDATE town.consent SET valid_from = :start, valid_until = :end"
                            " FROM town.current_treasure c"
                            " WHERE c.version_id = consent.version_id AND c.number = :number"
                        ),
                        {"start": days[0], "end": days[1], "number": record.number},
                    )
                    assert changed.rowcount == 2
        finally:
            database.dispose()

    def app(self, audience: Audience) -> Flask:
        """A fresh application of an audience."""
        app = create_app(self.settings, audience=audience)
        app.test_client_class = ReadingClient
        self.apps.append(app)
        return app

    def close(self) -> None:
        """Let go of every connection."""
        for app in self.apps:
            app.extensions[CONTEXT].database.dispose()
        self.apps.clear()


OpenTown = Callable[[str], CanaryTown]


@pytest.fixture(scope="module")
def open_canaries(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenTown]:
    """``open_canaries(code)``: the canary town, written and loaded under a code of its own."""
    opened: list[CanaryTown] = []

    def open_(code: str) -> CanaryTown:
        folder = tmp_path_factory.mktemp("canaries") / "town"
        made = canary_town.records(TODAY.isoformat(), (TODAY - timedelta(days=1)).isoformat())
        opened.append(CanaryTown(make_settings(folder), code, made))
        opened[-1].load(made)
        return opened[-1]

    yield open_
    for town in opened:
        town.close()


@pytest.fixture(scope="module")
def town(open_canaries: OpenTown) -> CanaryTown:
    """Read only: tests of a module share it."""
    return open_canaries(CODE)
