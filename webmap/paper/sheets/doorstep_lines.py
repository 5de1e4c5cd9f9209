"""What the doorstep sheet says: by day, and in full by how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.model.answers import Entry
from geo.model.doorstep_answer import DoorstepAnswer, Measure, NearPlace
from geo.model.held_days import DayBook, DayFacet, Period
from webmap.change_words import ChangeWords
from webmap.day_words import DayWords
from webmap.paper.sheets.entry_lines import EntryLines
from webmap.words import Language, words_in

_DAY = "曜日"
_DAYS = tuple(f"{letter}{_DAY}" for letter in "月火水木金土日")
EVERY_DAY = "毎日"
_ANOTHER_DAY = "日にちの決まっていないもの・ほかの時期のもの"
_ASK_FIRST = "たしかめてから"


@dataclass(frozen=True, slots=True)
class DoorLine:
    """A treasure on a day: its mark and name, how far it is, its timetable as written."""

    mark: str
    name: str
    away: str
    when: str


@dataclass(frozen=True, slots=True)
class DoorDay:
    """One day of the week, or 「日にちの決まっていないもの」; days without any are one: 土・日曜日."""

    title: str
    lines: tuple[DoorLine, ...]


@dataclass(frozen=True, slots=True)
class DoorEntry:
    """A treasure in full: how far, who may come, and what is new of its days."""

    lines: EntryLines
    away: str
    newcomers: str
    news: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoorRing:
    """Everything within one limit and beyond the last: 「歩いて5分以内」."""

    title: str
    entries: tuple[DoorEntry, ...]


def _away(place: NearPlace) -> str:
    if place.is_straight:
        return f"直線で約{place.metres}m"
    return f"歩いて約{place.minutes}分"


def door_days(answer: DoorstepAnswer) -> Iterable[DoorDay]:
    """What is held every day, once; by day of the week; what is held on no day of these weeks.

    The nearest first.
    """
    near = {place.number: place for place in answer.near}
    book = _book(answer)
    of_day: dict[str, list[DoorLine]] = {day: [] for day in (EVERY_DAY, *_DAYS, _ANOTHER_DAY)}
    for entry in answer.shown.entries:
        line = DoorLine(entry.mark, entry.name, _away(near[entry.number]), entry.schedule or "")
        for day in _days_of(book.of(entry.number)):
            of_day[day].append(line)
    empty: list[str] = []
    for day, lines in of_day.items():
        if lines and empty:
            yield _empty(empty)
            empty = []
        if lines:
            yield DoorDay(day, tuple(lines))
        elif day in _DAYS:
            empty.append(day)
    if empty:
        yield _empty(empty)


def _empty(days: Iterable[str]) -> DoorDay:
    return DoorDay("・".join(day.removesuffix(_DAY) for day in days) + _DAY, ())


def _days_of(facet: DayFacet | None) -> Iterable[str]:
    held = {*facet.every, *facet.some} if facet is not None else set()
    if facet is not None and len(facet.every) == len(_DAYS):
        return (EVERY_DAY,)
    return [_DAYS[day] for day in sorted(held)] or (_ANOTHER_DAY,)


def door_rings(answer: DoorstepAnswer, lines: Mapping[str, EntryLines]) -> Iterable[DoorRing]:
    """Everything in full, under the first limit within which it is; the nearest first."""
    entries = {entry.number: entry for entry in answer.shown.entries}
    book = _book(answer)
    told = ChangeWords(DayWords(words_in(Language.JAPANESE), book.period))
    for limit in answer.limits_min:
        found = []
        for place in answer.near:
            if place.limit_min == limit:
                entry = entries[place.number]
                facet = book.of(place.number)
                news = told.news(facet) if facet is not None else ()
                door = DoorEntry(lines[entry.mark], _away(place), _newcomers(entry), news)
                found.append(door)
        if found:
            yield DoorRing(within(answer, limit), tuple(found))


def within(answer: DoorstepAnswer, limit: int) -> str:
    """歩いて10分以内; 直線で600m以内."""
    if answer.measure is Measure.STREETS:
        return f"歩いて{limit}分以内"
    return f"直線で{limit * answer.speed_m_per_min}m以内"


def _newcomers(entry: Entry) -> str:
    """Who may come for the first time; where nobody wrote it, that is said."""
    return entry.newcomers.label_ja if entry.newcomers is not None else _ASK_FIRST


def _book(answer: DoorstepAnswer) -> DayBook:
    return answer.shown.days or DayBook(Period.around(answer.shown.today))
