"""The filters by day as the page offers them: weekdays, today, this week, next week."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from geo.model.held_days import DayBook
from webmap.day_filter import WEEKDAYS, DayFilter, When
from webmap.day_words import DayWords
from webmap.described import described
from webmap.words import Words


@dataclass(frozen=True, slots=True)
class DayChoice:
    """One weekday, or some days around today."""

    value: str = described("What goes into the URL; empty for any day")
    label: str = described("What the reader sees: 火曜, 今週")
    dates: str | None = described("Which days these are: 11月16日〜22日")
    count: int | None = described("Treasures held on one of the days; None for any day")
    every: int | None = described("Those of them held every week; weekdays only")
    checked: bool = described("Whether it is asked for now")


@dataclass(frozen=True, slots=True)
class DayChoices:
    """The choices by day, and what they are counted over."""

    weekdays: tuple[DayChoice, ...] = described("Monday to Sunday")
    whens: tuple[DayChoice, ...] = described("Any day, today, this week, next week")
    period: str = described("The days that count for weekdays: 11月21日〜1月17日")
    left_out: int = described("Treasures without any known day: おやすみ中, or nobody wrote it")
    active: bool = described("Whether a day is asked for")


def day_choices(book: DayBook | None, asked: DayFilter, words: Words) -> DayChoices | None:
    """What to choose from; None where no treasure has a day."""
    if book is None or not book.dated:
        return None
    speak, period = DayWords(words, book.period), book.period
    counts = _Counts(book)

    def weekday(index: int, word: str) -> DayChoice:
        return DayChoice(
            value=word,
            label=speak.weekday(index),
            dates=None,
            count=counts.weekdays[index],
            every=counts.every[index],
            checked=index in asked.weekdays,
        )

    def when(one: When, label: str) -> DayChoice:
        is_asked = one is asked.when
        return DayChoice(one.value, label, speak.dates(one), counts.whens[one], None, is_asked)

    return DayChoices(
        weekdays=tuple(weekday(index, word) for index, word in enumerate(WEEKDAYS)),
        whens=(
            DayChoice("", words.say("いつでも"), None, None, None, asked.when is None),
            when(When.TODAY, words.say("今日")),
            when(When.WEEK, words.say("今週")),
            when(When.NEXT_WEEK, words.say("来週")),
        ),
        period=speak.span(period.today, period.last),
        left_out=book.resting + book.undated,
        active=asked.active,
    )


class _Counts:
    """How many treasures each choice would keep: what :class:`DayFilter` keeps, in one pass."""

    def __init__(self, book: DayBook) -> None:
        spans = {when: when.days(book.period) for when in When}
        self.weekdays: Counter[int] = Counter()
        self.every: Counter[int] = Counter()
        self.whens: Counter[When] = Counter()
        sharing = Counter(book.facet_of.values())
        for index, facet in enumerate(book.facets):
            days, many = [held.day for held in facet.days], sharing[index]
            self.weekdays.update(
                dict.fromkeys({d.weekday() for d in days if d >= book.period.today}, many)
            )
            self.every.update(dict.fromkeys(facet.every, many))
            for when, (first, last) in spans.items():
                if any(first <= day <= last for day in days):
                    self.whens[when] += many
