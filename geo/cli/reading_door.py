"""The door of commands that read what is loaded: one audience's connection, nothing migrated."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from geo.errors import DatabaseError, TownFolderError
from geo.model.audience import Audience, Medium

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from geo.settings import Settings


def town_code(settings: Settings) -> str:
    """The code of the town in the folder.

    Raises
    ------
    TownFolderError
    """
    from geo.manifest import read_manifests

    town, problems = read_manifests(settings.town, settings.realdata)
    if town is None:
        first = problems[0].message_ja if problems else "町のフォルダがありません。"
        raise TownFolderError("there is no town folder", message_ja=first)
    return town.municipality.code


@contextmanager
def reading_town(
    settings: Settings, audience: Audience, medium: Medium = Medium.WEB
) -> Iterator[Connection]:
    """A connection of the audience; the embedded server is started if needed, nothing migrated.

    Migrating imports the whole schema, arrays and all; a reading command must answer at once.

    Raises
    ------
    TownFolderError
    DatabaseError
        When the town has not been loaded, or by another version of the program.
    """
    from sqlalchemy.exc import ProgrammingError

    from geo.database import TownDatabase

    code = town_code(settings)
    database = TownDatabase(settings, code)
    started = False
    try:
        if database.cluster is not None:
            status = database.cluster.status()
            if not status.initialised:
                raise _nothing_loaded()
            if not status.running:
                started = database.cluster.start(
                    progress=lambda sentence: click.echo(sentence, err=True)
                )
                status = database.cluster.status()
            if code not in status.towns:
                raise _nothing_loaded()
        try:
            with database.connect(audience, medium) as conn:
                yield conn
        except ProgrammingError as error:
            raise DatabaseError(
                f"the views are not those of this program: {error.orig}",
                message_ja="データベースが、このお宝マップの版と合っていません。",
                hint_ja="「otakara load」で読み込み直してください。",
            ) from error
    finally:
        database.dispose()
        if database.cluster is not None and started:
            database.cluster.stop()


def _nothing_loaded() -> DatabaseError:
    return DatabaseError(
        "the town has no database yet",
        message_ja="この町は、まだ読み込まれていません。",
        hint_ja="「otakara load」で読み込んでください。",
    )
