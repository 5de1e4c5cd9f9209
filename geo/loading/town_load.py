"""Load a town folder: everything in one transaction, everything old or everything new."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import psycopg
from sqlalchemy import Connection, text
from sqlalchemy.exc import DataError

from geo import __version__
from geo.database import TownDatabase
from geo.errors import LoadRefusedError
from geo.intake import read_town
from geo.loading.comparing import Comparison, compare_absent, compare_layer, compare_level
from geo.loading.deriving import derive
from geo.loading.fingerprint import files_hash, fingerprint
from geo.loading.guards import refuse_faulty, refuse_mass_ending, refuse_reused_ids
from geo.loading.ledger_file import joined, ledger_path, read_ledger, write_ledger
from geo.loading.numbering import give_numbers
from geo.manifest import read_manifests
from geo.model.answers import LoadAnswer
from geo.model.given_number import GivenNumber
from geo.model.pin import PlacingCounts
from geo.model.reading import LayerReading, TownReading
from geo.schema.names import TABLE_SCHEMA
from geo.settings import Settings
from geo.store.areas import add_areas
from geo.store.editions import (
    add_edition,
    begin_load,
    finish_load,
    lock_loads,
    point_layer,
    point_level,
    raise_revision,
    standing_keys,
    unpoint,
    write_municipality,
)
from geo.store.numbers import add_numbers, given_numbers
from geo.store.statistics import gather_statistics
from geo.store.treasures import add_backdrops, add_treasures

Progress = Callable[[str], None]


def load_town(
    settings: Settings,
    *,
    skip_bad_rows: bool = False,
    accept_ended: int | None = None,
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
    progress: Progress | None = None,
    began: float | None = None,
) -> LoadAnswer:
    """Load what was read, inside the caller's transaction (owner's rights); see `load_town`.

    Waits for any other load of this town to end. When it raises, the caller rolls back.
    """
    tell = progress or (lambda _sentence: None)
    began = time.monotonic() if began is None else began
    try:
        return _load(conn, reading, files, skipped_rows, accept_ended, tell, began)
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
    accept_ended: int | None,
    tell: Progress,
    began: float,
) -> LoadAnswer:
    town = reading.town.municipality
    started_at = datetime.now(UTC)
    lock_loads(conn)
    tell("今のデータベースと比べています")
    comparisons = _compare(conn, reading)
    refuse_reused_ids(comparisons)
    refuse_mass_ending(comparisons, accept_ended)
    ledger, notes = _number(conn, reading, comparisons)

    load_id = begin_load(conn, started_at, __version__)
    is_changed = write_municipality(conn, town)
    for comparison in comparisons:
        if comparison.adds_edition:
            tell(f"「{comparison.title}」を書き込んでいます")
            _write(conn, comparison, load_id, town.metric_crs)
    is_changed |= any(c.is_change for c in comparisons)
    is_changed |= derive(conn, town, tell)
    if is_changed:
        raise_revision(conn)
        gather_statistics(conn)

    # Last, when only the commit is left: a run that dies between the two finds its numbers again.
    try:
        write_ledger(ledger_path(reading.town.folder), ledger)
    except OSError:
        notes.append(
            "番号の台帳 layers/numbers.csv に書き込めませんでした。番号はデータベースが覚えています。"
        )
    word = fingerprint(files, reading.town)
    finish_load(conn, load_id, datetime.now(UTC), word)
    for note in notes:
        tell(note)
    return LoadAnswer(
        layers={c.key: c.changes for c in comparisons if c.kind == "layer"},
        levels={c.key: c.changes for c in comparisons if c.kind == "level"},
        backfilled=tuple(c.key for c in comparisons if c.is_backfill),
        skipped_rows=skipped_rows,
        seconds=time.monotonic() - began,
        notes=tuple(notes),
        problems=reading.problems,
        places=PlacingCounts.of(reading.placings),
    )


def _compare(conn: Connection, reading: TownReading) -> list[Comparison]:
    """Levels and layers of the files in their order, then those that left the town."""
    metric_crs = reading.town.municipality.metric_crs
    found = [compare_level(conn, level) for level in reading.levels]
    found += [compare_layer(conn, layer, metric_crs) for layer in reading.layers]
    there = {(c.kind, c.key) for c in found}
    for kind in ("level", "layer"):
        found += [
            compare_absent(conn, kind, key)
            for key in standing_keys(conn, kind)
            if (kind, key) not in there
        ]
    return found


def _number(
    conn: Connection, reading: TownReading, comparisons: list[Comparison]
) -> tuple[list[GivenNumber], list[str]]:
    """Bring the ledgers together and number what is new; returns the whole ledger and notes."""
    in_database = given_numbers(conn)
    ledger = joined(read_ledger(ledger_path(reading.town.folder)), in_database)
    current = {c.key for c in comparisons if c.kind == "layer" and not c.is_backfill}
    layers = sorted(reading.layers, key=lambda r: (r.layer.order, r.layer.id))
    treasures = [t for r in layers if r.layer.id in current for t in r.treasures]
    today = conn.execute(text(f"SELECT {TABLE_SCHEMA}.today()")).scalar_one()
    given, notes = give_numbers(treasures, ledger, today)
    known = {entry.number for entry in in_database}
    whole = sorted([*ledger, *given])
    add_numbers(conn, (entry for entry in whole if entry.number not in known))
    return whole, notes


def _write(conn: Connection, comparison: Comparison, load_id: int, metric_crs: str) -> None:
    """Add a comparison's edition and, unless it is a backfill, let it stand."""
    kind, key, manifest = comparison.kind, comparison.key, comparison.manifest
    reading = comparison.reading
    if reading is None:
        assert comparison.standing is not None
        as_of = comparison.standing.as_of
        add_edition(conn, kind, key, as_of, load_id, manifest, ended=True)
        unpoint(conn, kind, key)
        return
    spec = reading.layer if isinstance(reading, LayerReading) else reading.level
    edition_id = add_edition(conn, kind, key, spec.as_of, load_id, manifest)
    if isinstance(reading, LayerReading):
        records = {treasure.id: treasure for treasure in reading.treasures}
        add_treasures(conn, key, edition_id, comparison.versions, records)
        add_backdrops(conn, key, edition_id, comparison.backdrops)
    else:
        add_areas(conn, key, edition_id, comparison.versions, metric_crs)
    if not comparison.is_backfill:
        point = point_layer if kind == "layer" else point_level
        point(conn, key, edition_id, spec.as_of, manifest)
