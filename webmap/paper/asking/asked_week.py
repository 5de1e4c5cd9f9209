"""Which week a week sheet is asked for: this one, the next, or that of a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from geo.errors import WordsError
from geo.model.held_days import Period
from webmap.showing import NEXT_WEEK, Mode, Showing

A_WEEK = timedelta(days=7)


def week_word(given: str) -> str:
    """What a URL or a command says of the week, as :class:`webmap.showing.Showing` keeps it.

    Empty, ``next``, or the Monday of the day that is given.

    Raises
    ------
    WordsError
        For what is no day: what comes out of a printer must be what was asked for.
    """
    text = given.strip()
    word = Showing.from_args({"mode": Mode.WEEK, "week": text}).week
    if text and not word:
        raise WordsError(
            "week is no day",
            message_ja=f"どの週か（week）の「{text[:20]}」は使えません。",
            hint_ja=f"2026-11-23 のような日付か、{NEXT_WEEK}（次の週）にしてください。",
        )
    return word


def week_of(word: str, today: date) -> date | None:
    """The Monday of the week; None for this one.

    Raises
    ------
    WordsError
        For a week whose days nobody has worked out.
    """
    if not word:
        return None
    mondays = tuple(known_mondays(today))
    monday = mondays[1] if word == NEXT_WEEK else date.fromisoformat(word)
    if monday not in mondays:
        raise WordsError(
            "the days of this week are not known",
            message_ja="その週の予定表は作れません。",
            hint_ja=f"{mondays[0].isoformat()} から始まる週から、"
            f"{mondays[-1].isoformat()} から始まる週までです。",
        )
    return None if monday == mondays[0] else monday


def known_mondays(today: date) -> Iterable[date]:
    """Every week whose days are known, from this one on."""
    period = Period.around(today)
    return (period.first + n * A_WEEK for n in range(period.weeks))
