"""What a load changes, record by record and cell by cell: the lines of the coordinator's report."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import Connection

from geo.loading.cell_changes import cell_changes
from geo.loading.comparing import Comparison
from geo.loading.identity import Recognised, only_sure, same_things
from geo.loading.renumbering import ListedNames
from geo.model.change import ChangeKind, RecordChange
from geo.model.given_number import GivenNumber
from geo.model.reading import LayerReading, RowAddress
from geo.model.treasure import Treasure
from geo.store.record_sources import RecordSource, record_sources


def moved_between(comparisons: Sequence[Comparison]) -> tuple[Recognised, ...]:
    """Records that end in one layer and are new in another: they went to another sheet."""
    gone: list[Treasure] = []
    new: list[Treasure] = []
    for comparison in _layers(comparisons):
        listed = _listed_ids(comparison)
        gone += [known for id_, known in comparison.known.items() if id_ not in listed]
        if comparison.is_change and isinstance(comparison.reading, LayerReading):
            rows = comparison.reading.treasures
            new += [row for row in rows if row.id not in comparison.standing_ids]
    pairs = same_things(gone, new) if gone else ()
    return only_sure(pair for pair in pairs if pair.known.layer != pair.treasure.layer)


def change_list(
    conn: Connection,
    comparisons: Sequence[Comparison],
    moved: Sequence[Recognised],
    renumbered: Sequence[Recognised],
    names: tuple[ListedNames, ListedNames],
    ledger: Collection[GivenNumber],
) -> tuple[RecordChange, ...]:
    """Every change against what stands, in the order of layers and lists.

    A layer that was not there before has no changes: all of it is new, and is not a report.

    Parameters
    ----------
    conn : Connection
        Owner's rights: the old values are told whole, to the coordinator only.
    comparisons : sequence of Comparison
        In the records' first names.
    moved, renumbered : sequence of Recognised
        Records found in another layer, and under another id.
    names : (ListedNames, ListedNames)
        What the lists called records before, and what they call them now.
    ledger : collection of GivenNumber
        With the numbers that this load gives.
    """
    report = _Report(
        names, {(entry.layer, entry.id): entry.number for entry in ledger}, moved, renumbered
    )
    titles = {c.key: c.title for c in comparisons if c.kind == "layer"}
    return tuple(
        change
        for comparison in _layers(comparisons)
        for change in report.of_layer(comparison, titles, record_sources(conn, comparison.key))
    )


def layer_sources(reading: LayerReading) -> dict[str, RecordSource]:
    """Where each record of a layer was read."""
    listed = (t.id for t in reading.treasures if t.id in reading.addresses)
    at = reading.addresses
    return {id_: RecordSource(at[id_].file, at[id_].sheet) for id_ in listed}


class _Report:
    """The changes of one layer after the other."""

    def __init__(
        self,
        names: tuple[ListedNames, ListedNames],
        numbers: Mapping[tuple[str, str], int],
        moved: Sequence[Recognised],
        renumbered: Sequence[Recognised],
    ) -> None:
        self._before, self._now = names
        self._numbers = numbers
        self._left = {(pair.known.layer, pair.known.id) for pair in moved}
        self._came = {(pair.treasure.layer, pair.treasure.id): pair.known for pair in moved}
        self._renumbered = {(pair.known.layer, pair.known.id) for pair in renumbered}

    def of_layer(
        self, comparison: Comparison, titles: Mapping[str, str], was: Mapping[str, RecordSource]
    ) -> Iterator[RecordChange]:
        reading = comparison.reading
        key = comparison.key
        if isinstance(reading, LayerReading):
            now = layer_sources(reading)
            if comparison.is_change:
                for treasure in reading.treasures:
                    yield from self._of_row(treasure, comparison, reading, titles)
            yield from self._moved_within(reading, was, now)
        listed = _listed_ids(comparison)
        ended = [t for id_, t in comparison.known.items() if id_ not in listed]
        for known in sorted(ended, key=lambda t: self._numbers.get((key, t.id), 0)):
            if (key, known.id) not in self._left:
                yield self._change(known, ChangeKind.ENDED, None, names=self._before)

    def _of_row(
        self,
        treasure: Treasure,
        comparison: Comparison,
        reading: LayerReading,
        titles: Mapping[str, str],
    ) -> Iterator[RecordChange]:
        key = (treasure.layer, treasure.id)
        address = reading.addresses.get(treasure.id)
        if treasure.id not in comparison.standing_ids:
            came = self._came.get(key)
            if came is None:
                yield self._change(treasure, ChangeKind.NEW, address)
                return
            number = self._numbers.get((came.layer, came.id))
            before = titles.get(came.layer, came.layer) + (f"（{number}番）" if number else "")
            after = titles.get(treasure.layer)
            yield self._change(treasure, ChangeKind.MOVED, address, before=before, after=after)
            known: Treasure | None = came
        else:
            known = comparison.known.get(treasure.id)
        if key in self._renumbered:
            before, after = self._before.listed(*key), self._now.listed(*key)
            yield self._change(
                treasure, ChangeKind.RENUMBERED, address, at="id", before=before, after=after
            )
        if known is not None:
            listed_id, number = self._now.listed(*key), self._numbers.get(key)
            yield from cell_changes(known, treasure, address, listed_id, number)

    def _moved_within(
        self,
        reading: LayerReading,
        was: Mapping[str, RecordSource],
        now: Mapping[str, RecordSource],
    ) -> Iterator[RecordChange]:
        """Records on another sheet; a sheet or file that merely has a new name moves nothing."""
        sheets_before, sheets_now = set(was.values()), set(now.values())
        for treasure in reading.treasures:
            old, new = was.get(treasure.id), now.get(treasure.id)
            if old is None or new is None or old == new:
                continue
            if old in sheets_now or new in sheets_before:
                before, after = _source_names(old, new)
                address = reading.addresses[treasure.id]
                yield self._change(treasure, ChangeKind.MOVED, address, before=before, after=after)

    def _change(
        self,
        treasure: Treasure,
        kind: ChangeKind,
        address: RowAddress | None,
        *,
        names: ListedNames | None = None,
        at: str = "name",
        before: str | None = None,
        after: str | None = None,
    ) -> RecordChange:
        letter = address.letters.get(at) if address else None
        key = (treasure.layer, treasure.id)
        return RecordChange(
            treasure.layer,
            (names or self._now).listed(*key),
            self._numbers.get(key),
            treasure.name,
            kind,
            file=address.file if address else None,
            sheet=address.sheet if address else None,
            cell=f"{letter}{address.row}" if letter and address else None,
            row=address.row if address else None,
            column=address.headers.get(at) if address else None,
            before=before,
            after=after,
        )


def _source_names(old: RecordSource, new: RecordSource) -> tuple[str, str]:
    """Two places in a list, told by what differs: the sheet, or the file, or both."""
    if old.file == new.file:
        return old.sheet or "", new.sheet or ""
    is_near = old.file.rpartition("/")[0] == new.file.rpartition("/")[0]
    return _whole(old, is_near), _whole(new, is_near)


def _whole(source: RecordSource, is_near: bool) -> str:
    file = source.file.rpartition("/")[2] if is_near else source.file
    return file + (f"『{source.sheet}』" if source.sheet else "")


def _layers(comparisons: Sequence[Comparison]) -> Iterator[Comparison]:
    """The layers that stood before and are not filed away as history."""
    return (
        c
        for c in comparisons
        if c.kind == "layer"
        and not c.is_backfill
        and c.standing is not None
        and not c.standing.ended
    )


def _listed_ids(comparison: Comparison) -> frozenset[str]:
    reading = comparison.reading
    return (
        frozenset(t.id for t in reading.treasures)
        if isinstance(reading, LayerReading)
        else frozenset()
    )
