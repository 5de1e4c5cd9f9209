"""What must hold of the sheets without a map, the list and the week, measured on the PDF alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from paper_foundation.printed import text_of
from paper_towns.pdf_found import ReadPdf
from paper_towns.pdf_reading import read_pdf
from paper_towns.sheet_proof import (
    BODY,
    Words,
    common_faults,
    entry_faults,
    once_faults,
    square_faults,
    squeezed,
    told_faults,
)

from geo.model.answers import Entry
from geo.model.day_change import DayChangeKind
from geo.model.map_answer import MapAnswer

_ELSEWHEN = re.compile(r"この週には開かれないものが(\d+)件")


def list_faults(pdf: bytes, answer: MapAnswer, paper: tuple[str, bool], address: str) -> list[str]:
    """A list without any map: every treasure once, all that is shown of it beside its name."""
    read, said = read_pdf(pdf), text_of(pdf)
    return [
        *common_faults(read, said, paper),
        *once_faults(said, answer.entries),
        *entry_faults(Words(read.lines(None)), answer.entries, BODY, BODY),
        *told_faults(said, answer),
        *square_faults(pdf, read, address),
    ]


def week_faults(pdf: bytes, answer: MapAnswer, paper: tuple[str, bool], address: str) -> list[str]:
    """A week: every treasure as often as it is held, or once below, or counted."""
    read, said = read_pdf(pdf), text_of(pdf)
    return [
        *common_faults(read, said, paper),
        *_held_faults(said, answer),
        *_name_faults(read, answer),
        *told_faults(said, answer),
        *square_faults(pdf, read, address),
    ]


def _held_faults(said: str, answer: MapAnswer) -> Iterator[str]:
    gone = 0
    for entry in answer.entries:
        ought = _times_told(entry, answer)
        gone += ought == 0
        is_ = said.count(squeezed(entry.mark + entry.name))
        if is_ != ought:
            yield f"{entry.mark} {entry.name}: {is_} times, held {ought} times"
    counted = _ELSEWHEN.search(said)
    if (int(counted[1]) if counted else 0) != gone:
        yield f"{gone} are not held in this week, said of: {counted}"


def _times_told(entry: Entry, answer: MapAnswer) -> int:
    """Sessions and days off of the week; one for what has no day."""
    assert answer.days is not None
    facet = answer.days.of(entry.number)
    if facet is None or not facet.dated:
        return 1
    monday = answer.today - timedelta(days=answer.today.weekday())
    sunday = monday + timedelta(days=6)
    held = sum(len(day.sessions) for day in facet.between(monday, sunday))
    return held + sum(_is_off(change.kind, change.day, monday) for change in facet.changes)


def _is_off(kind: DayChangeKind, day: date, monday: date) -> bool:
    return kind is DayChangeKind.OFF and monday <= day <= monday + timedelta(days=6)


def _name_faults(read: ReadPdf, answer: MapAnswer) -> Iterator[str]:
    words = Words(read.lines(None))
    for entry in answer.entries:
        head = squeezed(entry.mark + entry.name)
        for found in re.finditer(re.escape(head), words.said):
            if min(words.sizes[found.start() : found.end()]) < BODY - 0.05:
                yield f"{entry.mark}: name smaller than {BODY}"
