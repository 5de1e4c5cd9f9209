"""What a week sheet says of days that are off, moved or added, each on the day it hangs under."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from geo.model.day_change import DayChange, DayChangeKind
from webmap.change_words import ChangeWords


class DayNews(NamedTuple):
    """By day: what stands beside an occasion, and why there is none."""

    held: dict[date, str]
    off: dict[date, str]


def news_of_days(changes: Iterable[DayChange], words: ChangeWords) -> DayNews:
    """The changes of one treasure, as the days of a sheet tell them."""
    news = DayNews({}, {})
    say = words.speak.words.say
    for change in changes:
        if change.kind is DayChangeKind.ADDED:
            news.held[change.day] = say("この日だけ、開きます")
        elif change.to is not None and change.to != change.day:
            day = words.speak.day_of_week(change.day)
            news.held[change.to] = say("%(day)sの分です", day=day)
            news.off[change.day] = words.line(change)
        elif change.kind is DayChangeKind.OFF:
            news.off[change.day] = words.line(change)
        else:
            news.held[change.day] = say("この日だけ、時間が変わります")
    return news
