"""The hall of a narrowed page: what it was narrowed to, in words, and the tour of what is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from geo.model.map_answer import MapAnswer
from webmap.day_words import DayWords
from webmap.filters import Filters
from webmap.hall.tour import Chosen, by_number, unplaced
from webmap.words import Words


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the filters of the address leave.

    Parameters
    ----------
    chosen : Chosen
        The treasures, by number.
    said : tuple of str
        What was asked for: 「火曜」「来週（11月23日〜29日）」.
    query : str
        The filters' canonical query.
    """

    chosen: Chosen
    said: tuple[str, ...]
    query: str


def narrowed(answer: MapAnswer, filters: Filters, words: Words) -> Narrowed | None:
    """The page as its filters leave it; None where nothing is asked for."""
    asked = filters.within(answer)
    if not asked.active:
        return None
    accepts = asked.chooser(answer)
    kept = [entry for entry in answer.entries if accepts(entry)]
    left = Chosen(by_number(kept), unplaced(kept), 0)
    return Narrowed(left, tuple(_said(answer, asked, words)), asked.query())


def _said(answer: MapAnswer, asked: Filters, words: Words) -> Iterator[str]:
    """In the order in which the page offers them."""
    yield from (layer.title for layer in answer.layers if layer.id in asked.layers)
    if answer.days and asked.days.active:
        speak = DayWords(words, answer.days.period)
        if asked.days.when is not None:
            yield speak.when(asked.days.when)
        yield from map(speak.weekday, sorted(asked.days.weekdays))
    yield from (words.say(s.label_ja) for s in answer.statuses if s in asked.statuses)
    yield from (words.say(name) for name in answer.functions if name in asked.functions)
    if asked.q:
        yield words.say("「%(q)s」", q=asked.q)
