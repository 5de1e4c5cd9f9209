"""A treasure as the printed list says it: name, when, where and for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geo.model.answers import Entry
from geo.model.audience import Status
from geo.model.map_answer import MapAnswer
from webmap.paper.sheets.name_ruby import RubyPart, ruby_parts

LEFT_OUT = "くわしいことは、お問い合わせください。"
"""What a short sheet says of what it does not hold."""


@dataclass(frozen=True, slots=True)
class Told:
    """One more thing the list shows, and what it is called."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class EntryLines:
    """What stands in the list, from the top.

    Parameters
    ----------
    mark : str
        As on its flag: 通23.
    name : tuple of RubyPart
        With furigana where they are asked for and known.
    when : str
        Day and time as written.
    venue : str
    guests : tuple of str
        For whom, and the fee.
    more : tuple of Told
    status : str
        「おやすみ中」; empty for what takes place.
    """

    mark: str
    name: tuple[RubyPart, ...]
    when: str
    venue: str
    guests: tuple[str, ...]
    more: tuple[Told, ...]
    status: str


@dataclass(frozen=True, slots=True)
class EntryPart:
    """Entries under one heading; those with a flag on the map have none."""

    heading: str
    entries: tuple[EntryLines, ...]


def entry_parts(
    answer: MapAnswer,
    on_map: Iterable[int],
    *,
    crowded_out: Iterable[int] = (),
    readings: bool,
    short: bool = False,
) -> tuple[EntryPart, ...]:
    """The list of a sheet: what has a flag on it, then, part by part, what has none and why.

    Parameters
    ----------
    answer : MapAnswer
    on_map : iterable of int
        Numbers with a flag on this sheet.
    crowded_out : iterable of int
        Those whose flag found no room on it.
    readings : bool
        Whether names get their kana.
    short : bool
        Only name, when, where, for whom and the fee.
    """
    flagged, crowded = set(on_map), set(crowded_out)
    word = answer.town.word
    headings = (
        "",
        crowded_out_heading(word),
        f"この地図の外にある{word}",
        f"地図にのせていない{word}",
    )
    parts: dict[str, list[EntryLines]] = {heading: [] for heading in headings}
    for entry in sorted(answer.entries, key=lambda entry: entry.number):
        if entry.number in flagged:
            heading = headings[0]
        elif entry.number in crowded:
            heading = headings[1]
        else:
            heading = headings[3] if entry.flag is None else headings[2]
        parts[heading].append(_lines(entry, readings=readings, short=short))
    return tuple(EntryPart(heading, tuple(found)) for heading, found in parts.items() if found)


def crowded_out_heading(word: str) -> str:
    """Above what has only a dot on the map."""
    return f"地図に入りきらなかった{word}"


def _lines(entry: Entry, *, readings: bool, short: bool) -> EntryLines:
    guests = [text for text in (entry.for_whom, entry.fee) if text]
    if entry.newcomers is not None and entry.for_whom is None:
        guests.insert(0, entry.newcomers.label_ja)
    said = {text for text in (entry.schedule, entry.venue, entry.for_whom, entry.fee) if text}
    return EntryLines(
        mark=entry.mark,
        name=ruby_parts(entry.name, entry.kana if readings else None),
        when=entry.schedule or "",
        venue=entry.venue or "",
        guests=tuple(guests),
        more=()
        if short
        else tuple(Told(label, text) for label, text in entry.fields if text not in said),
        status="" if entry.status is Status.ACTIVE else entry.status.label_ja,
    )
