"""One week of dates for 10,000 treasures, beside plain dateutil rule sets built per treasure.

The peer is given what we have to find out first: the rules in RFC 5545, with the holidays taken
out. No time is asserted; equal days are.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime
from random import Random

import jpholiday
from dateutil.rrule import rruleset as RuleSet  # noqa: N812  # a class with a small name
from dateutil.rrule import rrulestr

from geo.schedule import parse
from geo.schedule.closed_days import closed_by
from geo.schedule.expanding import occurrences

TREASURES, ROUNDS = 10_000, 5
FIRST, LAST = date(2026, 11, 23), date(2026, 11, 29)  # a Monday that is a holiday
SINCE = datetime(2026, 4, 1)
UNTIL = date(2027, 3, 31)
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_HOLIDAYS = [day for day, _ in jpholiday.between(SINCE.date(), UNTIL)]


def _texts() -> list[tuple[str, str]]:
    """About 300 texts, each with the rule the peer is given."""
    found = []
    for number, letter in enumerate("月火水木金土日"):
        for hour in range(9, 16):
            time_ja = f"{hour}:00〜{hour + 1}:30"
            found.append(
                (f"毎週{letter}曜 {time_ja}（祝日は休み）", f"FREQ=WEEKLY;BYDAY={NAMES[number]}")
            )
            for nth in range(1, 5):
                rule = f"FREQ=MONTHLY;BYDAY={nth}{NAMES[number]},-1{NAMES[number]}"
                found.append((f"第{nth}・最終{letter}曜 {time_ja}（祝日は休み）", rule))
            months = "5,7,9,11,1,3"
            rule = f"FREQ=MONTHLY;BYMONTH={months};BYDAY=2{NAMES[number]}"
            found.append((f"奇数月の第2{letter}曜 {time_ja}（祝日は休み）", rule))
    return found


def _ours(texts: list[str]) -> list[list[date]]:
    parse.cache_clear()
    occurrences.cache_clear()
    closed_by.cache_clear()
    return [sorted({one.day for one in parse(text).dates(FIRST, LAST)}) for text in texts]


def _peer(rules: list[str]) -> list[list[date]]:
    week = (
        datetime.combine(FIRST, datetime.min.time()),
        datetime.combine(LAST, datetime.min.time()),
    )
    found = []
    for rule in rules:
        dates = RuleSet()
        dates.rrule(rrulestr(rule, dtstart=SINCE))
        for day in _HOLIDAYS:
            dates.exdate(datetime.combine(day, datetime.min.time()))
        found.append([moment.date() for moment in dates.between(*week, inc=True)])
    return found


def _least(action: Callable[[], list[list[date]]]) -> tuple[float, list[list[date]]]:
    least, answer = float("inf"), []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        answer = action()
        least = min(least, time.perf_counter() - began)
    return least, answer


def test_a_week_of_ten_thousand_treasures() -> None:
    pool = _texts()
    dice = Random(1)
    asked = [dice.choice(pool) for _ in range(TREASURES)]
    ours, our_days = _least(lambda: _ours([text for text, _ in asked]))
    began = time.perf_counter()
    their_days = _peer([rule for _, rule in asked])
    peer = time.perf_counter() - began
    assert our_days == their_days
    assert sum(map(len, our_days)) > 1000
    print(
        f"\na week of {TREASURES:,} treasures, {len({t for t, _ in asked})} texts (read and expanded): "
        f"{ours * 1000:.0f} ms; dateutil rule sets, rules given: {peer * 1000:.0f} ms; "
        f"{peer / ours:.0f}x"
    )
