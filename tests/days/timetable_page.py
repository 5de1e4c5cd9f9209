"""A page whose treasures have timetables: the hand-made answer of tests/front with days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import msgspec
from front import sample

from geo.model.audience import Status
from geo.model.map_answer import MapAnswer
from geo.questions.entry_dates import day_book

TODAY = date(2026, 11, 21)
"""A Saturday; Monday 23rd is 勤労感謝の日, the period ends on Sunday 17th of January 2027."""

SCHEDULES = (
    "毎週火曜 10時〜11時30分",
    "第2・4木曜 10時〜",
    "第1・3火曜 13時30分〜15時",
    "11月〜3月 毎週土曜 9時〜",
    "月2〜3回",
    "4月〜10月 第1日曜 9時〜",
    "毎週月曜 10時〜（祝日の場合は翌日）",
    "毎日 6:30〜",
    "不定期",
    "毎月31日 午前",
    None,
)


def with_days(answer: MapAnswer | None = None, today: date = TODAY) -> MapAnswer:
    """The answer, its entries with the schedules in turn (shown as the first field)."""
    answer = answer or sample.map_answer()
    entries = []
    for i, entry in enumerate(answer.entries):
        text = SCHEDULES[i % len(SCHEDULES)]
        when = (("日時", text),) if text else ()
        entries.append(
            msgspec.structs.replace(entry, schedule=text, fields=(*when, *entry.fields[1:]))
        )
    return replace(
        answer, entries=tuple(entries), today=today, days=day_book(tuple(entries), today)
    )


def one_entry(text: str | None, today: date, status: Status = Status.ACTIVE) -> MapAnswer:
    """An answer with one treasure of that timetable."""
    answer = sample.map_answer()
    entry = msgspec.structs.replace(answer.entries[0], schedule=text, status=status)
    return replace(answer, entries=(entry,), today=today, days=day_book((entry,), today))
