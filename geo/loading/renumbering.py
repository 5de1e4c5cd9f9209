"""The list has new ids for what the town knows already: who is who, and the lines that say so.

A number on a flag belongs to a record, and a record keeps the id it was first known by. When the
clerk says that a new id is an old record, that is written down (``layers/renumbered.csv``) and the
reading is told in the old names; the ledger of numbers is never touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from geo.loading.comparing import Comparison
from geo.loading.identity import Recognised, recognise
from geo.model.audience import Placed
from geo.model.given_number import GivenNumber
from geo.model.reading import LayerReading, TownReading
from geo.model.renumbered import Renumbered, free_record
from geo.model.treasure import Treasure


class ListedNames:
    """What the lists call the records whose id they have changed."""

    __slots__ = ("_listed", "lines")

    def __init__(self, lines: Iterable[Renumbered] = ()) -> None:
        self.lines = tuple(sorted(lines))
        self._listed = {(line.layer, line.record): line.id for line in self.lines}

    def listed(self, layer: str, record: str) -> str:
        """The id in the list of a record."""
        found = self._listed.get((layer, record))
        if found is not None:
            return found
        # A new record whose own id belongs to another line was named 4~2 while it was read.
        base, _, count = record.rpartition("~")
        return base if count.isdigit() and (layer, base) in self._listed else record


def renumberings(comparisons: Sequence[Comparison]) -> tuple[Recognised, ...]:
    """The standing records that the lists have under another id."""
    return tuple(
        found
        for comparison in comparisons
        if comparison.is_change and isinstance(comparison.reading, LayerReading)
        for found in recognise(
            comparison.known,
            comparison.standing_ids,
            comparison.reading.treasures,
            is_id_of_cells=is_id_of_cells(comparison.reading),
        )
    )


def is_id_of_cells(layer: LayerReading) -> bool:
    """Whether a layer's ids are made of other cells, the list having no usable ids."""
    return bool(layer.layer.identify) or any(p.code == "id-column-empty" for p in layer.problems)


def under_first_names(
    reading: TownReading,
    found: Sequence[Recognised],
    ledger: Collection[GivenNumber],
    names: ListedNames,
    today: date,
) -> tuple[TownReading, ListedNames]:
    """Tell the reading in the names by which the town knows its records.

    Parameters
    ----------
    reading : TownReading
    found : sequence of Recognised
        The records to call by their first id.
    ledger : collection of GivenNumber
        Every number ever given: a new record gets none of these ids.
    names : ListedNames
        The lines so far.
    today : date

    Returns
    -------
    (TownReading, ListedNames)
        The reading, and every line from now on.
    """
    given: dict[str, set[str]] = {}
    for entry in ledger:
        given.setdefault(entry.layer, set()).add(entry.id)
    layers: list[LayerReading] = []
    lines: list[Renumbered] = []
    for layer in reading.layers:
        key = layer.layer.id
        pairs = {f.treasure.id: f.known for f in found if f.treasure.layer == key}
        before = {line.id: line for line in names.lines if line.layer == key}
        if not pairs and not before:
            layers.append(layer)
            continue
        listed = {t.id: names.listed(key, t.id) for t in layer.treasures}
        records = _records(listed, pairs, given.get(key, set()), before)
        layers.append(_renamed(layer, records, pairs))
        now = {listed[id_]: record for id_, record in records.items()}
        lines += _lines(key, now, before, today)
    gone = {layer.layer.id for layer in reading.layers}
    lines += [line for line in names.lines if line.layer not in gone]
    return replace(reading, layers=tuple(layers)), ListedNames(lines)


def _records(
    listed: Mapping[str, str],
    pairs: Mapping[str, Treasure],
    given: Collection[str],
    before: Mapping[str, Renumbered],
) -> dict[str, str]:
    """Id as read to record. A new record never takes a name that was ever given a number."""
    records = {id_: known.id for id_, known in pairs.items()}
    taken = set(records.values())
    avoided = {*taken, *given, *listed, *listed.values()}
    for id_, name in listed.items():
        if id_ in records:
            continue
        is_written = name in before and before[name].record == id_
        is_own = id_ == name
        if (id_ not in taken and (is_written or is_own)) or (id_ not in taken and id_ not in given):
            record = id_
        else:
            record = free_record(name, avoided)
            avoided.add(record)
        records[id_] = record
        taken.add(record)
    return records


def _renamed(
    layer: LayerReading, records: Mapping[str, str], pairs: Mapping[str, Treasure]
) -> LayerReading:
    return replace(
        layer,
        treasures=tuple(_under(t, records[t.id], pairs.get(t.id)) for t in layer.treasures),
        addresses={records.get(id_, id_): address for id_, address in layer.addresses.items()},
    )


def _under(treasure: Treasure, record: str, known: Treasure | None) -> Treasure:
    """A treasure under its record's name; a place that somebody set by hand goes with it."""
    is_set = known is not None and known.placed not in (None, Placed.SOURCE)
    if known is None or not is_set or treasure.placed is Placed.SOURCE:
        return replace(treasure, id=record)
    if treasure.lat is not None and known.placed is not Placed.MAP:
        return replace(treasure, id=record)
    return replace(treasure, id=record, lon=known.lon, lat=known.lat, placed=known.placed)


def _lines(
    layer: str, now: Mapping[str, str], before: Mapping[str, Renumbered], today: date
) -> list[Renumbered]:
    """The lines of a layer: of what stands in its list now, and older ones nobody contradicts."""
    lines = []
    for listed, record in now.items():
        if listed != record:
            old = before.get(listed)
            is_same = old is not None and old.record == record
            lines.append(old if is_same and old else Renumbered(layer, listed, record, today))
    taken = set(now.values())
    kept = [line for line in before.values() if line.id not in now and line.record not in taken]
    return lines + kept
