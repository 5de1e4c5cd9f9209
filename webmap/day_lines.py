"""What the card of a treasure says of its days, worked out once for all that share a timetable."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from geo.model.held_days import DayBook
from webmap.day_words import DayWords
from webmap.words import Words


class DayLines(NamedTuple):
    """Lines of one card; None where there is nothing to say."""

    next_line: str | None = None
    season_line: str | None = None
    some_line: str | None = None


NO_LINES = DayLines()


def day_lines(
    book: DayBook | None, words: Words, weekdays: Collection[int] = ()
) -> dict[int, DayLines]:
    """The lines of every treasure that has any, by number.

    Parameters
    ----------
    book : DayBook, optional
        The days of the page.
    words : Words
        Of the page's language.
    weekdays : Collection of int
        Those that are asked for: what is not held on every one of them says so.
    """
    if book is None:
        return {}
    speak = DayWords(words, book.period)
    lines = [
        DayLines(
            speak.next_line(facet),
            speak.season_line(facet.season),
            speak.some_line(facet, weekdays) if weekdays else None,
        )
        for facet in book.facets
    ]
    return {number: lines[index] for number, index in book.facet_of.items()}
