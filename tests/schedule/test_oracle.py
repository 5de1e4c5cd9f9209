"""Dates over two fiscal years, against the slow oracle; and the calendar rules against the dates."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

import pytest
from schedule.made_schedules import schedule
from schedule.slow_oracle import HOLIDAYS, Found, slow_dates

from geo.schedule import Schedule, parse
from geo.schedule.holiday_calendar import is_holiday

FIRST, LAST = date(2025, 4, 1), date(2027, 3, 31)
TEXTS = (
    "毎週火曜 10:00〜12:00", "毎週月・水・金", "平日 9:00〜16:00", "土日祝 10時〜", "毎日（雨天中止）", "第2水", "第5土曜",
    "最終金曜", "第1・3・5木曜 13時30分〜15時", "第1・最終月曜", "奇数月の第2土曜", "偶数月の10日", "毎月10日・20日",
    "毎月31日", "毎月末日", "毎月29日", "毎月5のつく日", "隔週火曜（基準日 2026/4/7）", "3週ごと木曜（基準日2025年12月30日）",
    "農閑期（11月〜3月）に第3日曜", "12月20日〜1月10日 毎日", "毎週月曜（祝日は休み）", "毎週月曜（祝日も開催）",
    "毎週月曜（祝日の場合は翌日）", "毎週月曜（祝日の場合は翌平日）", "毎週月・火・水（祝日の場合は翌日）",
    "毎週月曜（祝日の場合は翌週）", "毎週水曜（祝日の場合は前日）", "毎週土・日（祝日の場合は直前の平日）",
    "第3月曜（祝日の場合は翌週、8月は休み）", "毎週木曜（年末年始（12/29〜1/3）は休み、お盆（8/13〜16）は休み）",
    "毎週木曜（祝日の場合は翌日、年末年始（12/29〜1/3）は休み）", "毎日 9:00〜17:00（月曜は休み・祝日なら翌日が休み）",
    "毎日 9:00〜17:00（月曜は休み・祝日なら翌平日が休み）", "火〜日 9:00〜17:00（月曜が祝日の場合は翌日休館）",
    "毎日（月曜は休み・祝日なら開催）", "毎週土曜（第5週は休み）", "毎日（第3日曜は休み、毎月末日は休み）",
    "月〜土 8:30〜18:00 水土:午後休診", "月〜金 9:00〜19:00（14:00-15:00は休み）", "令和8年度 第2火曜",
    "毎年8月15日・12月31日", "2026年2月29日", "2026年4月29日 10:00〜", "毎週月曜（11月3日は休み、1月の第1月曜は休み）",
    "平日（祝日の場合は翌日）", "月〜金・祝 10:00〜（祝日は休み）",
)  # fmt: skip


def _found(read: Schedule) -> list[Found]:
    dates = read.dates(FIRST, LAST)
    return [Found(one.day, one.start, one.end, one.word, one.moved_from) for one in dates]


def _differ(read: Schedule) -> str:
    ours, slow = _found(read), slow_dates(read, FIRST, LAST)
    if len(ours) != len(set(ours)):
        return f"twice: {read.text()}"
    if set(ours) == slow:
        return ""
    return f"{read.text()}: {sorted(set(ours) ^ slow, key=str)[:4]}"


def test_the_holidays_are_the_published_ones() -> None:
    days = [
        date.fromordinal(n)
        for n in range(date(2025, 1, 1).toordinal(), date(2028, 1, 1).toordinal())
    ]
    assert {day for day in days if is_holiday(day)} == HOLIDAYS
    assert Counter(day.year for day in HOLIDAYS) == {2025: 19, 2026: 18, 2027: 17}


@pytest.mark.parametrize("text", TEXTS)
def test_every_kind_of_rule_over_two_years(text: str) -> None:
    read = parse(text)
    assert read.not_understood in {(), ("2026年2月29日",)}
    assert _differ(read) == ""


def test_made_schedules_over_two_years() -> None:
    made = [schedule(Random(seed), understood=True) for seed in range(300)]
    assert [text for one in made if (text := _differ(one))] == []
    assert sum(bool(_found(one)) for one in made) > 150


def test_calendar_rules_hold_the_same_days() -> None:
    made = [schedule(Random(seed), understood=True) for seed in range(120)]
    for read in [*map(parse, TEXTS), *made]:
        held = Counter(
            (day, series.start, series.end, series.word)
            for series in read.calendar(FIRST, LAST)
            for day in series.days()
        )
        ours = Counter((one.day, one.start, one.end, one.word) for one in read.dates(FIRST, LAST))
        assert set(held) == set(ours), read.text()
        assert held == Counter(set(held)), read.text()
