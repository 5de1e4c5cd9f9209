"""A treasure as the printed list says it: name, when, where and for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.model.answers import Entry
from geo.model.audience import Status
from geo.model.map_answer import MapAnswer


@dataclass(frozen=True, slots=True)
class EntryLines:
    """What stands in the list, from the top.

    Parameters
    ----------
    mark : str
        As on its flag: 通23.
    shape : int
        The place of its layer in the town's order: its flag's shape.
    name : str
    reading : str
        Above the name; empty where it is not asked for or not known.
    when : str
        Day and time as written.
    rest : tuple of str
        Lines: the venue; for whom and the fee; what else the list shows, with its label.
    status : str
        「おやすみ中」; empty for what takes place.
    """

    mark: str
    shape: int
    name: str
    reading: str
    when: str
    rest: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True)
class EntryPart:
    """Entries under one heading; the first part of a list has none."""

    heading: str
    entries: tuple[EntryLines, ...]


def entry_parts(
    answer: MapAnswer, shapes: dict[str, int], on_map: Iterable[int], *, readings: bool
) -> tuple[EntryPart, ...]:
    """The list of a sheet: what has a flag on it, then what has none.

    Parameters
    ----------
    answer : MapAnswer
    shapes : dict of str to int
        By layer: its place in the town's order of layers.
    on_map : iterable of int
        Numbers with a flag on this sheet.
    readings : bool
        Whether names get their kana.
    """
    flagged = set(on_map)
    ordered = sorted(answer.entries, key=lambda entry: entry.number)
    word = answer.town.word
    parts = []
    for heading, wanted in (("", True), (f"地図にのせていない{word}", False)):
        found = [
            _lines(entry, shapes, readings=readings)
            for entry in ordered
            if (entry.number in flagged) is wanted
        ]
        if found:
            parts.append(EntryPart(heading, tuple(found)))
    return tuple(parts)


def _lines(entry: Entry, shapes: dict[str, int], *, readings: bool) -> EntryLines:
    guests = [text for text in (entry.for_whom, entry.fee) if text]
    if entry.newcomers is not None and entry.for_whom is None:
        guests.insert(0, entry.newcomers.label_ja)
    said = {text for text in (entry.schedule, entry.venue, entry.for_whom, entry.fee) if text}
    more = [f"{label}：{text}" for label, text in entry.fields if text not in said]
    lines = (entry.venue or "", "　".join(guests), "　".join(more))
    return EntryLines(
        mark=entry.mark,
        shape=shapes.get(entry.layer, 0),
        name=entry.name,
        reading=entry.kana or "" if readings else "",
        when=entry.schedule or "",
        rest=tuple(line for line in lines if line),
        status="" if entry.status is Status.ACTIVE else entry.status.label_ja,
    )
