"""The whole town's files against the database, with the questions the clerk must answer first."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from geo.errors import LoadRefusedError
from geo.loading.change_list import moved_between
from geo.loading.comparing import Comparison, compare_absent, compare_layer, compare_level
from geo.loading.guards import refuse_mass_ending, refuse_renumbered, refuse_reused_ids
from geo.loading.identity import Recognised
from geo.loading.renumbering import ListedNames, renumberings, under_first_names
from geo.manifest.renumbered_file import read_renumbered
from geo.model.given_number import GivenNumber
from geo.model.reading import TownReading
from geo.store.editions import standing_keys


@dataclass(frozen=True, slots=True)
class LoadWishes:
    """What the clerk has said beforehand.

    ``accept_ended``: so many records may end. ``same_records`` / ``other_records``: so many
    records under another id are the same / are others. ``is_dry_run``: tell, and write nothing.
    """

    accept_ended: int | None = None
    same_records: int | None = None
    other_records: int | None = None
    is_dry_run: bool = False


@dataclass(frozen=True, slots=True)
class TownComparison:
    """Everything that differs.

    ``reading`` is told in the names by which the town knows its records; ``names_before`` and
    ``names`` are what the lists called and call them. ``refused`` are the questions that stay open,
    in a dry run only: otherwise the first of them is raised.
    """

    reading: TownReading
    comparisons: tuple[Comparison, ...]
    names_before: ListedNames
    names: ListedNames
    renumbered: tuple[Recognised, ...]
    moved: tuple[Recognised, ...]
    refused: tuple[LoadRefusedError, ...]


def compare_town(
    conn: Connection,
    reading: TownReading,
    ledger: Collection[GivenNumber],
    wishes: LoadWishes,
    today: date,
) -> TownComparison:
    """Compare, and ask.

    Raises
    ------
    LoadRefusedError
        When a question is open and this is no dry run.
    """
    refused: list[LoadRefusedError] = []

    def ask(guard: Callable[[], bool | None]) -> bool:
        """What the guard says; in a dry run an open question counts as a yes."""
        try:
            return bool(guard())
        except LoadRefusedError as question:
            if not wishes.is_dry_run:
                raise
            refused.append(question)
            return True

    before = ListedNames(read_renumbered(reading.town.folder)[0])
    reading, names = under_first_names(reading, (), ledger, before, today)
    comparisons = _compare(conn, reading)
    found = renumberings(comparisons)
    are_same = ask(
        lambda: refuse_renumbered(
            found,
            reading,
            names,
            same_records=wishes.same_records,
            other_records=wishes.other_records,
        )
    )
    if found and are_same:
        reading, names = under_first_names(reading, found, ledger, names, today)
        comparisons = _compare(conn, reading)
    moved = moved_between(comparisons)
    ask(lambda: refuse_reused_ids(comparisons, names))
    ask(lambda: refuse_mass_ending(comparisons, wishes.accept_ended, moved))
    return TownComparison(
        reading,
        comparisons,
        before,
        names,
        found if are_same else (),
        moved,
        tuple(refused),
    )


def _compare(conn: Connection, reading: TownReading) -> tuple[Comparison, ...]:
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
    return tuple(found)
