"""Schedules made by chance: everything the model can say in its normal form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from geo.schedule import Schedule
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
    Rule,
    Season,
)

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

quarter = st.integers(0, 95).map(lambda n: n * 15)
weekdays = st.sets(st.integers(0, 6), min_size=1, max_size=6).map(lambda s: tuple(sorted(s)))
weeks = st.sets(st.sampled_from((1, 2, 3, 4, 5, LAST)), min_size=1, max_size=3).map(
    lambda s: tuple(sorted(s, key=lambda n: (n == LAST, n)))
)
month_days = st.sets(st.sampled_from((*range(1, 32), LAST)), min_size=1, max_size=3).map(
    lambda s: tuple(sorted(s, key=lambda n: (n == LAST, n)))
)
days_of_time = st.dates(date(2025, 4, 1), date(2027, 3, 31))
days_of_year = days_of_time.map(lambda d: (d.month, d.day))
months = st.sets(st.integers(1, 12), min_size=1, max_size=11).map(lambda s: tuple(sorted(s)))


def _span(edges: list[int]) -> tuple[Hours, ...]:
    pairs = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    spans = [Hours(a, b) for a, b in pairs]
    if len(edges) % 2:
        spans.append(Hours(edges[-1]))
    return tuple(spans)


hours = st.one_of(
    st.just(()),
    st.lists(quarter, min_size=1, max_size=5, unique=True).map(lambda e: _span(sorted(e))),
    st.tuples(quarter, st.booleans()).map(lambda p: (Hours(p[0], about=p[1]),)),
    st.tuples(quarter.filter(bool), st.booleans()).map(
        lambda p: (Hours(None, *p[:1], about=p[1]),)
    ),
    st.lists(quarter, min_size=2, max_size=2, unique=True).map(
        lambda e: (Hours(min(e), max(e), about=True),)
    ),
    st.just((Hours(0, 1440),)),
    st.sampled_from(("午前", "午後", "朝", "昼", "夕方", "夜")).map(lambda w: (Hours(word=w),)),
)
_spans = st.tuples(days_of_year, days_of_year)
yearly = st.one_of(
    months.map(lambda m: Season(months=m)),
    _spans.map(lambda s: Season(span=s)),
    st.tuples(st.sampled_from(DATED_NAMES), _spans).map(lambda p: Season(span=p[1], name=p[0])),
    st.tuples(st.sampled_from(DATED_NAMES), months).map(lambda p: Season(months=p[1], name=p[0])),
)
undated = st.sampled_from(UNDATED_NAMES).map(lambda name: Season(name=name))


@st.composite
def _limited(draw: Any) -> Season:
    season = draw(st.one_of(st.just(ALWAYS), yearly))
    edges = sorted(draw(st.tuples(days_of_time, days_of_time)))
    which = draw(st.integers(0, 2))
    first = edges[0] if which != 1 else None
    last = edges[1] if which != 0 else None
    return Season(season.months, season.span, season.name, first, last)


seasons = st.one_of(st.just(ALWAYS), st.just(ALWAYS), yearly, undated, _limited())
plain_days = st.one_of(
    weekdays.map(Days),
    st.just(Days(EVERY_DAY)),
    st.just(Days(MONDAY_TO_FRIDAY, workdays=True)),
    st.just(Days(holidays=True)),
    st.tuples(weekdays, weeks).map(lambda p: Days(p[0], weeks=p[1])),
    weekdays.map(lambda w: Days(w, holidays=True)),
    st.tuples(weekdays, st.integers(2, 4), st.none() | days_of_time).map(
        lambda p: Days(p[0], every_weeks=p[1], base=p[2])
    ),
    month_days.map(lambda d: Days(month_days=d)),
    st.sets(days_of_year, min_size=1, max_size=3).map(lambda d: Days(year_days=tuple(sorted(d)))),
    days_of_time.map(lambda d: Days(single=(d,))),
)


@st.composite
def counts(draw: Any) -> Count:
    unit = draw(st.sampled_from("週月年"))
    every = draw(st.sampled_from((1, 1, 2, 3)))
    if draw(st.integers(0, 4)) == 0:
        return Count(2, 2, unit, every, "数")
    low = draw(st.integers(1, 12))
    high = draw(st.integers(low, 12))
    word = draw(st.sampled_from(("", "", "以上", "程度")))
    return Count(low, high, unit, every, word)


@st.composite
def rules(draw: Any) -> Rule:
    kind = draw(st.sampled_from(("days",) * 8 + ("count", "some", "word", "attached")))
    season, times = draw(seasons), draw(hours)
    if kind == "days":
        days = draw(plain_days)
        if days.undated and season.first and season.first.weekday() in days.weekdays:
            days = replace(days, base=season.first)  # 4月7日から隔週: that is its base
        return Rule(days, times, season)
    if kind == "count":
        return Rule(None, times, season, draw(counts()))
    if kind == "some":
        times_a_month = Count(draw(st.integers(1, 3)), 3, "月")
        return Rule(Days(draw(weekdays)), times, season, times_a_month)
    if kind == "word":
        word = draw(st.sampled_from(("不定期", "随時", "ほぼ毎日", "隔日")))
        return Rule(None, times, season, word=word)
    count = draw(st.none() | counts())
    return Rule(
        None, times, season, count, attached_to=draw(st.sampled_from(("移動販売日", "例会")))
    )


closed_days = st.one_of(
    weekdays.map(Days),
    st.tuples(weekdays, weeks).map(lambda p: Days(p[0], weeks=p[1])),
    weeks.map(lambda w: Days(weeks=w)),
    month_days.map(lambda d: Days(month_days=d)),
)
moves = st.sampled_from(tuple(m for m in IfHoliday if m is not IfHoliday.CLOSED))


@st.composite
def closings(draw: Any) -> Closing:
    kind = draw(st.sampled_from(("season", "days", "weekday", "both", "year", "hours", "half")))
    if kind == "season":
        return Closing(season=draw(yearly | undated))
    if kind == "days":
        return Closing(draw(closed_days))
    if kind == "weekday":
        return Closing(Days(draw(weekdays)), if_holiday=draw(moves))
    if kind == "both":
        return Closing(draw(closed_days), draw(yearly))
    if kind == "year":
        found = draw(st.sets(days_of_year, min_size=1, max_size=3))
        return Closing(Days(year_days=tuple(sorted(found))))
    about = draw(st.none() | weekdays.map(Days))
    if kind == "half":
        return Closing(about, hours=Hours(word=draw(st.sampled_from(("午前", "午後")))))
    edges = draw(st.lists(quarter, min_size=2, max_size=2, unique=True))
    return Closing(about, hours=Hours(min(edges), max(edges)))


unread = st.text(
    st.sampled_from("毎週火曜日第2木0123時分〜・、。（）() 　ただし行事のある週は休みカフェabc／※"),
    min_size=1,
    max_size=20,
).map(lambda text: " ".join(text.split()))


@st.composite
def schedules(draw: Any) -> Schedule:
    """A whole schedule: up to three rules, closings, notes and parts nobody could read."""
    chosen = draw(st.lists(rules(), min_size=1, max_size=3, unique=True))
    return Schedule(
        tuple(chosen),
        tuple(draw(st.lists(closings(), max_size=3, unique=True))),
        draw(st.sampled_from(tuple(IfHoliday))),
        tuple(draw(st.lists(st.sampled_from(NOTES), max_size=2, unique=True))),
        tuple(part for part in draw(st.lists(unread, max_size=2)) if part),
    )
