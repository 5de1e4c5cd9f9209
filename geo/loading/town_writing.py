"""Write what a comparison found: editions, numbers, where records stand, derived rows, own files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from geo import __version__
from geo.errors import LoadRefusedError
from geo.loading.change_list import layer_sources
from geo.loading.comparing import Comparison
from geo.loading.deriving import derive
from geo.loading.fingerprint import fingerprint
from geo.loading.ground_deriving import derive_ground
from geo.loading.people_deriving import derive_area_people
from geo.loading.people_load import PeopleLoad
from geo.loading.street_load import StreetLoad
from geo.loading.town_comparison import TownComparison
from geo.manifest.ledger_file import ledger_path, write_ledger
from geo.manifest.renumbered_file import write_renumbered
from geo.model.given_number import GivenNumber
from geo.model.reading import LayerReading
from geo.store.areas import add_areas
from geo.store.editions import (
    add_edition,
    begin_load,
    finish_load,
    point_layer,
    point_level,
    raise_revision,
    unpoint,
    write_municipality,
)
from geo.store.numbers import add_numbers
from geo.store.record_sources import record_sources, write_record_sources
from geo.store.statistics import gather_statistics
from geo.store.treasures import add_backdrops, add_treasures

Progress = Callable[[str], None]


def write_town(
    conn: Connection,
    found: TownComparison,
    grounds: tuple[StreetLoad, PeopleLoad],
    ledger: Sequence[GivenNumber],
    in_database: Collection[GivenNumber],
    files: str,
    started_at: datetime,
    tell: Progress,
) -> list[str]:
    """Bring the database, and the files a load keeps itself, to the new state.

    Returns
    -------
    list of str
        Japanese notes: what could not be written beside the database.

    Raises
    ------
    LoadRefusedError
        When the base map has faults, or the lines of changed ids cannot be kept: the same question
        would come back for ever.
    """
    town = found.reading.town
    known = {entry.number for entry in in_database}
    add_numbers(conn, (entry for entry in ledger if entry.number not in known))
    load_id = begin_load(conn, started_at, __version__)
    is_changed = write_municipality(conn, town.municipality)
    for comparison in found.comparisons:
        if comparison.adds_edition:
            tell(f"「{comparison.title}」を書き込んでいます")
            _write(conn, comparison, load_id, town.municipality.metric_crs)
        _write_sources(conn, comparison)
    for ground in grounds:
        ground.write(conn, load_id)
        is_changed |= ground.is_change
    is_changed |= any(c.is_change for c in found.comparisons)
    is_changed |= derive(conn, town.municipality, tell)
    is_changed |= derive_ground(conn, tell)
    is_changed |= derive_area_people(conn, town.municipality, tell)
    if is_changed:
        raise_revision(conn)
        gather_statistics(conn)

    # Last, when only the commit is left: a run that dies between the two finds its numbers and
    # names again.
    notes = []
    if found.names.lines != found.names_before.lines:
        try:
            write_renumbered(town.folder, found.names.lines)
        except OSError as error:
            raise LoadRefusedError(
                "cannot keep the changed ids",
                message_ja="layers/renumbered.csv に書き込めないので、読み込みませんでした。",
                hint_ja="町のフォルダに書き込めるようにしてから、もう一度読み込んでください。",
            ) from error
    try:
        if ledger or ledger_path(town.folder).parent.is_dir():  # a town of streets alone has none
            write_ledger(ledger_path(town.folder), ledger)
    except OSError:
        notes.append(
            "番号の台帳 layers/numbers.csv に書き込めませんでした。番号はデータベースが覚えています。"
        )
    finish_load(conn, load_id, datetime.now(UTC), fingerprint(files, town))
    return notes


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


def _write_sources(conn: Connection, comparison: Comparison) -> None:
    """Say where the records of a layer stand now; a layer that left has none."""
    if comparison.kind != "layer" or comparison.is_backfill:
        return
    reading = comparison.reading
    sources = layer_sources(reading) if isinstance(reading, LayerReading) else {}
    if sources != record_sources(conn, comparison.key):
        write_record_sources(conn, comparison.key, sources)
