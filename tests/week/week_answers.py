"""Weeks by hand: a small one of every kind of line, an empty one, and a very full one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
from browser.wide_answers import NAME_40, NAME_200
from front import sample

from geo.model.answers import Entry
from geo.model.audience import Status
from geo.model.map_answer import MapAnswer
from geo.questions.entry_dates import day_book

TODAY = date(2026, 11, 21)
"""A Saturday; Monday 23rd is 勤労感謝の日, Sunday 29th is the fifth; nine weeks to 17 January 2027."""


def treasure(number: int, name: str, schedule: str | None, **more: object) -> Entry:
    plain = sample.entry(number, ("gather", "mobile", "salon", "senior")[number % 4], name, None)
    said = {"schedule": schedule, "venue": f"第{number}集会所"} | more
    return msgspec.structs.replace(plain, **said)


def of_entries(*entries: Entry, today: date = TODAY) -> MapAnswer:
    return replace(
        sample.map_answer(),
        entries=entries,
        flags=(),
        layers=sample.layer_infos(entries),
        today=today,
        days=day_book(entries, today),
    )


def small() -> MapAnswer:
    """One line of every kind."""
    return of_entries(
        treasure(1, "ひるの会", "毎週火曜 13時30分〜15時"),
        treasure(2, "あさの会", "毎週火曜 9時〜", kana="あさのかい"),
        treasure(3, "午前の会", "毎週火曜 午前"),
        treasure(4, "時のない会", "毎週火曜"),
        treasure(5, "月曜会", "毎週月曜 10時〜"),
        treasure(6, "振りかえの会", "毎週月曜 10時〜（祝日の場合は翌日）"),
        treasure(7, "雨天の会", "毎週木曜 10時〜（雨天中止）"),
        treasure(8, "第一の会", "第1水曜 14時〜"),
        treasure(9, "おりおりの会", "月2〜3回"),
        treasure(10, "いつかの会", None),
        treasure(11, "お休みの会", "毎週火曜 10時〜", status=Status.PAUSED),
        treasure(12, "終わった会", "毎週火曜 10時〜", status=Status.ENDED),
    )


def full(count: int = 200) -> MapAnswer:
    """Each on one day of the week, every seventh name very long."""
    names = {0: NAME_40, 1: NAME_200}
    return of_entries(
        *(
            treasure(
                n,
                names.get(n % 20, f"東町{n}丁目のふれあいサロン"),
                f"毎週{'月火水木金土日'[n % 7]}曜 {9 + n % 8}時〜",
                kana=None,
            )
            for n in range(1, count + 1)
        )
    )


def empty() -> MapAnswer:
    return replace(of_entries(), days=None)
