"""Load a town folder: everything in one transaction, everything old or everything new."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.exc import DataError

from geo.database import TownDatabase
from geo.errors import LoadRefusedError
from geo.intake import read_town
from geo.loading.change_list import change_list
from geo.loading.comparing import Comparison
from geo.loading.fingerprint import files_hash
from geo.loading.guards import refuse_faulty
from geo.loading.numbering import give_numbers
from geo.loading.people_load import PeopleLoad, compare_people
from geo.loading.street_load import StreetLoad, compare_streets
from geo.loading.town_comparison import LoadWishes, compare_town
from geo.loading.town_writing import write_town
from geo.manifest import read_manifests
from geo.manifest.ledger_file import joined, ledger_path, read_ledger
from geo.model.answers import LoadAnswer
from geo.model.given_number import GivenNumber
from geo.model.pin import PlacingCounts
from geo.model.reading import LayerReading, TownReading
from geo.schema.names import TABLE_SCHEMA
from geo.settings import Settings
from geo.store.editions import lock_loads
from geo.store.numbers import given_numbers

Progress = Callable[[str], None]


def load_town(
    settings: Settings,
    *,
    skip_bad_rows: bool = False,
    accept_ended: int | None = None,
    same_records: int | None = None,
    other_records: int | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> LoadAnswer:
    """Read a town's files and bring the database to their state.

    Parameters
    ----------
    settings : Settings
        Names the town folder and the database.
    skip_bad_rows : bool
        Leave out rows with an error instead of refusing the load.
    accept_ended : int, optional
        How many endings the clerk has accepted (see `geo.loading.guards`).
    same_records, other_records : int, optional
        How many records under another id she called the same, or others.
    dry_run : bool
        Tell what would change and what a load would ask; write neither records nor files. (A
        database that is not there yet is made, empty.)
    progress : callable, optional
        Told Japanese sentences on the way.

    Raises
    ------
    LoadRefusedError
        Nothing was written; ``problems`` says why.
    TownFolderError, ClusterError, DatabaseError
        When there is no town, or no database.
    """
    began = time.monotonic()
    tell = progress or (lambda _sentence: None)
    town, _ = read_manifests(settings.town, settings.realdata)
    files = files_hash(town) if town is not None else ""  # before reading: a later edit shows
    tell("町のファイルを読んでいます")
    reading = read_town(settings.town, settings.realdata, progress=progress)
    skipped_rows = refuse_faulty(reading, skip_bad_rows=skip_bad_rows)
    database = TownDatabase(settings, reading.town.municipality.code)
    try:
        database.prepare(progress=progress)
        with database.owner() as conn:
            return load_reading(
                conn,
                reading,
                files=files,
                skipped_rows=skipped_rows,
                accept_ended=accept_ended,
                same_records=same_records,
                other_records=other_records,
                dry_run=dry_run,
                progress=tell,
                began=began,
            )
    finally:
        database.dispose()


def load_reading(
    conn: Connection,
    reading: TownReading,
    *,
    files: str = "",
    skipped_rows: int = 0,
    accept_ended: int | None = None,
    same_records: int | None = None,
    other_records: int | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    began: float | None = None,
) -> LoadAnswer:
    """Load what was read, inside the caller's transaction (owner's rights); see `load_town`.

    Waits for any other load of this town to end. When it raises, the caller rolls back.
    """
    tell = progress or (lambda _sentence: None)
    began = time.monotonic() if began is None else began
    try:
        wishes = LoadWishes(accept_ended, same_records, other_records, dry_run)
        return _load(conn, reading, files, skipped_rows, wishes, tell, began)
    except (DataError, psycopg.DataError) as error:  # COPY speaks psycopg's own
        raise LoadRefusedError(
            f"PostgreSQL refused a value: {type(error).__name__}",  # its text would tell the value
            message_ja="データベースに入らない値（大きすぎる数など）があります。何も変えていません。",
            hint_ja="「otakara check」で、値を確かめてください。",
        ) from error


def _load(
    conn: Connection,
    reading: TownReading,
    files: str,
    skipped_rows: int,
    wishes: LoadWishes,
    tell: Progress,
    began: float,
) -> LoadAnswer:
    folder = reading.town.folder
    started_at = datetime.now(UTC)
    lock_loads(conn)
    tell("今のデータベースと比べています")
    in_database = given_numbers(conn)
    ledger = joined(read_ledger(ledger_path(folder)), in_database)
    today = conn.execute(text(f"SELECT {TABLE_SCHEMA}.today()")).scalar_one()
    found = compare_town(conn, reading, ledger, wishes, today)
    reading, comparisons = found.reading, found.comparisons
    given, notes = _numbers(reading, comparisons, ledger, today)
    ledger = sorted([*ledger, *given])
    changes = change_list(
        conn,
        comparisons,
        found.moved,
        found.renumbered,
        (found.names_before, found.names),
        ledger,
    )
    people = PeopleLoad(compare_people(conn, reading), reading, tell)
    people.read()
    streets = StreetLoad(compare_streets(conn, reading.town), reading, tell)
    streets.read()
    if wishes.is_dry_run:
        streets.pass_over()
    else:
        grounds = (streets, people)
        notes += write_town(conn, found, grounds, ledger, in_database, files, started_at, tell)
    for note in notes:
        tell(note)
    return LoadAnswer(
        layers={c.key: c.changes for c in comparisons if c.kind == "layer"},
        levels={c.key: c.changes for c in comparisons if c.kind == "level"},
        backfilled=tuple(c.key for c in comparisons if c.is_backfill),
        skipped_rows=skipped_rows,
        seconds=time.monotonic() - began,
        notes=tuple(notes),
        problems=(*reading.problems, *streets.problems, *people.problems),
        places=PlacingCounts.of(t.placed for layer in reading.layers for t in layer.treasures),
        changes=changes,
        since=_since(comparisons),
        is_dry_run=wishes.is_dry_run,
        refused_ja="\n".join(question.sentence_ja for question in found.refused) or None,
        streets=streets.loaded(),
        people=people.loaded(),
    )


def _numbers(
    reading: TownReading,
    comparisons: Sequence[Comparison],
    ledger: Sequence[GivenNumber],
    today: date,
) -> tuple[list[GivenNumber], list[str]]:
    """The numbers that what is new gets, and notes."""
    current = {c.key for c in comparisons if c.kind == "layer" and not c.is_backfill}
    layers = sorted(reading.layers, key=lambda r: (r.layer.order, r.layer.id))
    treasures = [t for r in layers if r.layer.id in current for t in r.treasures]
    return give_numbers(treasures, ledger, today)


def _since(comparisons: Sequence[Comparison]) -> dict[str, tuple[date, date]]:
    """Of every layer that stood before: the dates of the two lists."""
    return {
        c.key: (c.standing.as_of, c.reading.layer.as_of)
        for c in comparisons
        if c.standing is not None
        and not c.standing.ended
        and not c.is_backfill
        and isinstance(c.reading, LayerReading)
    }
