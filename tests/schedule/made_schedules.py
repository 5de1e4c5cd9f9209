"""Schedules made by dice: everything the model can say in its normal form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from geo.schedule import Schedule
from geo.schedule.doubts import shut_twice
from geo.schedule.schedule_parts import (
    ALWAYS,
    EVERY_DAY,
    LAST,
    MONDAY_TO_FRIDAY,
    Closing,
    Count,
    Days,
    Hours,
    IfHoliday,
    MonthDay,
    Rule,
    Season,
)

T = TypeVar("T")

FIRST, LAST_DAY = date(2025, 4, 1), date(2027, 3, 31)
NOTES = (
    "雨天中止", "小雨決行", "要予約", "雨の日はお休み", "日程は回覧板で", "不定休", "臨時休業あり", "要問合せ",
    "詳細はホームページをご覧ください", "荒天中止", "電話で受付", "日は会員で相談",
)  # fmt: skip
DATED_NAMES = ("お盆", "年末年始", "夏休み", "農閑期", "冬季")
UNDATED_NAMES = (
    "お盆",
    "年末年始",
    "夏休み",
    "春・秋",
    "ゴールデンウィーク",
    "冬",
    "夏季休暇",
    "正月",
)
UNREAD = "毎週火曜日第2木0123時分〜・、。（）() 　ただし行事のある週は休みカフェabc／※"


def _some(dice: Random, of: Sequence[T], most: int) -> tuple[T, ...]:
    chosen = set(dice.sample(range(len(of)), dice.randint(1, most)))
    return tuple(one for place, one in enumerate(of) if place in chosen)


def weekdays(dice: Random) -> tuple[int, ...]:
    return _some(dice, range(7), 6)


def weeks(dice: Random) -> tuple[int, ...]:
    return _some(dice, (1, 2, 3, 4, 5, LAST), 3)


def month_days(dice: Random) -> tuple[int, ...]:
    return _some(dice, (*range(1, 32), LAST), 3)


def day_of_time(dice: Random) -> date:
    return FIRST + timedelta(days=dice.randrange((LAST_DAY - FIRST).days + 1))


def day_of_year(dice: Random) -> MonthDay:
    day = day_of_time(dice)
    return (day.month, day.day)


def year_days(dice: Random) -> tuple[MonthDay, ...]:
    return tuple(sorted({day_of_year(dice) for _ in range(dice.randint(1, 3))}))


def hours(dice: Random) -> tuple[Hours, ...]:
    """None, spans, an open end, an open start, about, the whole day, or a part of the day."""
    edges = sorted(dice.sample(range(0, 1440, 15), dice.randint(1, 5)))
    kind = dice.randrange(8)
    if kind <= 2:
        spans = [Hours(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
        return tuple(spans + ([Hours(edges[-1])] if len(edges) % 2 else []))
    if kind == 3:
        return (Hours(edges[0], about=True),)
    if kind == 4:
        return (Hours(None, edges[-1] or 720, about=dice.random() < 0.5),)
    if kind == 5:
        end = edges[-1] + 5
        return (dice.choice((Hours(edges[0], end, about=True), Hours(0, 1440))),)
    if kind == 6:
        return (Hours(word=dice.choice(("午前", "午後", "朝", "昼", "夕方", "夜"))),)
    return ()


def yearly(dice: Random) -> Season:
    name = dice.choice(DATED_NAMES) if dice.random() < 0.4 else ""
    if dice.random() < 0.5:
        return Season(months=_some(dice, range(1, 13), 11), name=name)
    return Season(span=(day_of_year(dice), day_of_year(dice)), name=name)


def undated(dice: Random) -> Season:
    return Season(name=dice.choice(UNDATED_NAMES))


def season(dice: Random) -> Season:
    kind = dice.randrange(6)
    if kind <= 2:
        return ALWAYS
    if kind == 3:
        return undated(dice)
    found = yearly(dice) if dice.random() < 0.7 else ALWAYS
    if kind == 4:
        return found
    edges = sorted((day_of_time(dice), day_of_time(dice)))
    which = dice.randrange(3)
    return replace(
        found, first=edges[0] if which != 1 else None, last=edges[1] if which != 0 else None
    )


def days(dice: Random) -> Days:
    match dice.randrange(9):
        case 0:
            return Days(weekdays(dice))
        case 1:
            return Days(EVERY_DAY)
        case 2:
            return Days(MONDAY_TO_FRIDAY, workdays=True)
        case 3:
            return Days(holidays=True)
        case 4:
            return Days(weekdays(dice), holidays=True)
        case 5:
            base = dice.choice((None, day_of_time(dice)))
            return Days(weekdays(dice), every_weeks=dice.randint(2, 4), base=base)
        case 6:
            return Days(month_days=month_days(dice))
        case 7:
            return dice.choice((Days(year_days=year_days(dice)), Days(single=(day_of_time(dice),))))
        case _:
            return Days(weekdays(dice), weeks=weeks(dice))


def count(dice: Random) -> Count:
    unit, every = dice.choice("週月年"), dice.choice((1, 1, 2, 3))
    if dice.random() < 0.2:
        return Count(2, 2, unit, every, "数")
    low = dice.randint(1, 12)
    return Count(low, dice.randint(low, 12), unit, every, dice.choice(("", "", "以上", "程度")))


def rule(dice: Random) -> Rule:
    part, times = season(dice), hours(dice)
    kind = dice.randrange(12)
    if kind == 0:
        return Rule(None, times, part, count(dice))
    if kind == 1:  # some of these weekdays
        low = dice.randint(1, 3)
        return Rule(Days(weekdays(dice)), times, part, Count(low, 3, "月"))
    if kind == 2:
        word = dice.choice(("不定期", "随時", "ほぼ毎日", "隔日"))
        return Rule(None, times, part, word=word)
    if kind == 3:
        often = dice.choice((None, count(dice)))
        return Rule(None, times, part, often, attached_to=dice.choice(("移動販売日", "例会")))
    chosen = days(dice)
    if chosen.undated and part.first and part.first.weekday() in chosen.weekdays:
        chosen = replace(chosen, base=part.first)  # 4月7日から隔週: that is its base
    return Rule(chosen, times, part)


def closed_days(dice: Random) -> Days:
    match dice.randrange(4):
        case 0:
            return Days(weekdays(dice))
        case 1:
            return Days(weekdays(dice), weeks=weeks(dice))
        case 2:
            return Days(weeks=weeks(dice))
        case _:
            return Days(month_days=month_days(dice))


def closing(dice: Random) -> Closing:
    match dice.randrange(7):
        case 0:
            return Closing(season=dice.choice((yearly, undated))(dice))
        case 1:
            return Closing(closed_days(dice))
        case 2:
            moves = [move for move in IfHoliday if move is not IfHoliday.CLOSED]
            return Closing(Days(weekdays(dice)), if_holiday=dice.choice(moves))
        case 3:
            return Closing(closed_days(dice), yearly(dice))
        case 4:
            return Closing(Days(year_days=year_days(dice)))
        case 5:
            about = dice.choice((None, Days(weekdays(dice))))
            return Closing(about, hours=Hours(word=dice.choice(("午前", "午後"))))
        case _:
            edges = sorted(dice.sample(range(0, 1440, 15), 2))
            return Closing(dice.choice((None, Days(weekdays(dice)))), hours=Hours(*edges))


def closings(dice: Random) -> tuple[Closing, ...]:
    found: list[Closing] = []
    for _ in range(dice.randrange(4)):
        one = closing(dice)
        if one not in found and not shut_twice([one], found):  # that is told to nobody's use
            found.append(one)
    return tuple(found)


def unread(dice: Random) -> str:
    return " ".join("".join(dice.choices(UNREAD, k=dice.randint(1, 20))).split())


def schedule(dice: Random, *, understood: bool = False) -> Schedule:
    """Up to three rules and closings, notes, and (unless ``understood``) unread parts."""
    parts = [unread(dice) for _ in range(0 if understood else dice.randrange(3))]
    return Schedule(
        tuple(dict.fromkeys(rule(dice) for _ in range(dice.randint(1, 3)))),
        closings(dice),
        dice.choice(tuple(IfHoliday)),
        tuple(dice.sample(NOTES, dice.randrange(3))),
        tuple(part for part in parts if part),
    )
