"""What the card of a treasure says of its days, worked out once for all that share a timetable."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from geo.model.answers import Entry
from geo.model.held_days import DayBook
from webmap.change_words import ChangeWords, Coming
from webmap.day_filter import ANY_DAY, DayFilter
from webmap.day_words import DayWords
from webmap.words import Words


class DayLines(NamedTuple):
    """Lines of one card; None where there is nothing to say."""

    next_line: str | None = None
    season_line: str | None = None
    asked_line: str | None = None
    news: tuple[str, ...] = ()
    coming: tuple[Coming, ...] = ()


NO_LINES = DayLines()


def day_lines(
    book: DayBook | None, words: Words, asked: DayFilter = ANY_DAY, entries: Iterable[Entry] = ()
) -> dict[int, DayLines]:
    """The lines of every treasure that has any, by number.

    Parameters
    ----------
    entries : iterable of Entry
        Of the page: those that a vehicle comes to have lines of their own.
    book : DayBook, optional
        The days of the page.
    words : Words
        Of the page's language.
    asked : DayFilter
        The days that are asked for; a card says why it is among them.
    """
    if book is None:
        return {}
    speak = DayWords(words, book.period)
    changed = ChangeWords(speak)
    lines = [
        DayLines(
            speak.next_line(facet),
            speak.season_line(facet.season),
            speak.asked_line(facet, asked) if asked.active else None,
            changed.news(facet) if facet.changes else (),
        )
        for facet in book.facets
    ]
    found = {number: lines[index] for number, index in book.facet_of.items()}
    for entry in entries:
        if entry.timing is not None and entry.number in found:
            found[entry.number] = found[entry.number]._replace(coming=changed.coming(entry, book))
    return found
