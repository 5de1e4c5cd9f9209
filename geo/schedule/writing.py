"""A schedule -> its one normal form in Japanese."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from geo.schedule.schedule_parts import (
    ALWAYS,
    EVERY_DAY,
    LAST,
    MIDNIGHT_MIN,
    Closing,
    Count,
    Days,
    Hours,
    IfHoliday,
    MonthDay,
    Rule,
    Season,
)

if TYPE_CHECKING:
    from geo.schedule.timetable import Timetable

LETTERS = "月火水木金土日"
_ODD, _EVEN = (1, 3, 5, 7, 9, 11), (2, 4, 6, 8, 10, 12)
_HOLIDAY_WORDS = {
    IfHoliday.CLOSED: "祝日は休み",
    IfHoliday.OPEN: "祝日も開催",
    IfHoliday.NEXT_DAY: "祝日の場合は翌日",
    IfHoliday.NEXT_WORKDAY: "祝日の場合は翌平日",
    IfHoliday.NEXT_WEEK: "祝日の場合は翌週",
    IfHoliday.DAY_BEFORE: "祝日の場合は前日",
    IfHoliday.WORKDAY_BEFORE: "祝日の場合は直前の平日",
}
_CLOSING_MOVES = {
    IfHoliday.NEXT_DAY: "翌日",
    IfHoliday.NEXT_WORKDAY: "翌平日",
    IfHoliday.NEXT_WEEK: "翌週",
    IfHoliday.DAY_BEFORE: "前日",
    IfHoliday.WORKDAY_BEFORE: "直前の平日",
}


def written(schedule: Timetable) -> str:
    """「毎週火曜 10:00〜12:00（祝日は休み、8月は休み、雨天中止）〔読めなかった所〕」."""
    text = ""
    for rule in schedule.rules:
        if text:
            text += "。"
        text += rule_text(rule)
    remarks = [closing_text(closing) for closing in schedule.closings]
    if schedule.if_holiday is not IfHoliday.UNSAID:
        remarks.insert(0, _HOLIDAY_WORDS[schedule.if_holiday])
    remarks.extend(schedule.notes)
    if remarks:
        text += "（" + "、".join(remarks) + "）"
    return text + "".join(f"〔{part}〕" for part in schedule.not_understood)


def rule_text(rule: Rule) -> str:
    """One sentence: 「11月〜3月 第3日曜 10:00〜」."""
    season = season_text(rule.season)
    if season in {"奇数月", "偶数月"} and rule.days is not None and rule.days.weeks:
        return f"{season}の{rule_text(replace(rule, season=ALWAYS))}"
    month_days = rule.days.month_days if rule.days is not None else ()
    if rule.season.months and not rule.season.name and month_days and LAST not in month_days:
        days = "・".join(f"{day}日" for day in month_days)
        hours = "・".join(hours_text(hours) for hours in rule.hours)
        return f"{season}の{days} {hours}".strip()
    words = [
        season,
        f"{rule.attached_to}に合わせ" if rule.attached_to else "",
        rule.word,
        count_text(rule.count) if rule.count else "",
        days_text(rule.days, some=rule.count is not None) if rule.days else "",
        "・".join(hours_text(hours) for hours in rule.hours),
    ]
    return " ".join(word for word in words if word)


def season_text(season: Season) -> str:
    """「4月〜10月」「奇数月」「お盆（8月13日〜8月16日）」; empty for always."""
    of_all_time = ""
    if season.first and season.last:
        of_all_time = f"{full_day_text(season.first)}〜{full_day_text(season.last)}"
    elif season.first:
        of_all_time = f"{full_day_text(season.first)}以降"
    elif season.last:
        of_all_time = f"{full_day_text(season.last)}まで"
    when = ""
    if season.months:
        when = _months_text(season.months)
    elif season.span:
        when = "〜".join(f"{month}月{day}日" for month, day in season.span)
    if season.name:
        when = f"{season.name}（{when}）" if when else season.name
    return " ".join(word for word in (of_all_time, when) if word)


def _months_text(months: tuple[int, ...]) -> str:
    if months == _ODD:
        return "奇数月"
    if months == _EVEN:
        return "偶数月"
    starts = [m for m in months if (m - 2) % 12 + 1 not in months]
    if len(starts) == 1 and len(months) >= 3:
        last = (starts[0] + len(months) - 2) % 12 + 1
        return f"{starts[0]}月〜{last}月"
    return "・".join(f"{month}月" for month in months)


def days_text(days: Days, *, some: bool = False) -> str:
    """「毎週月・水」「第1・3木曜」「平日」「毎月10日・20日」. ``some``: not on every one of them."""
    if days.month_days:
        return "毎月" + "・".join("末日" if d == LAST else f"{d}日" for d in days.month_days)
    if days.year_days:
        return "毎年" + "・".join(_month_day_text(day) for day in days.year_days)
    if days.single:
        return full_day_text(days.single[0])
    if days.weeks:
        weeks = _weeks_text(days.weeks)
        return weeks + (weekdays_text(days.weekdays) if days.weekdays else "週")
    if days.workdays:
        return "平日"
    if days.weekdays == EVERY_DAY and not days.holidays and days.every_weeks == 1:
        return "毎日"
    if not days.weekdays:
        return "祝日"
    names = weekdays_text(days.weekdays, holidays=days.holidays)
    if days.every_weeks > 1:
        often = "隔週" if days.every_weeks == 2 else f"{days.every_weeks}週ごと"
        base = f"（基準日{full_day_text(days.base)}）" if days.base else ""
        return often + names + base
    return names if some else "毎週" + names


def _weeks_text(weeks: tuple[int, ...]) -> str:
    numbers = "・".join(str(week) for week in weeks if week != LAST)
    words = [f"第{numbers}"] if numbers else []
    return "・".join(words + (["最終"] if LAST in weeks else []))


def weekdays_text(weekdays: tuple[int, ...], *, holidays: bool = False) -> str:
    """「火曜」「月・水・金」「月〜金」「土・日・祝」."""
    if len(weekdays) == 1 and not holidays:
        return LETTERS[weekdays[0]] + "曜"
    runs: list[list[int]] = []
    for day in weekdays:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    names = [
        f"{LETTERS[run[0]]}〜{LETTERS[run[-1]]}"
        if len(run) >= 3
        else "・".join(LETTERS[day] for day in run)
        for run in runs
    ]
    return "・".join(names) + ("・祝" if holidays else "")


def count_text(count: Count) -> str:
    """「月2〜3回」「2か月に1回」「年数回」「週1回以上」."""
    long_names = {
        "週": f"{count.every}週間に",
        "月": f"{count.every}か月に",
        "年": f"{count.every}年に",
    }
    period = count.unit if count.every == 1 else long_names[count.unit]
    if count.word == "数":
        return f"{period}数回"
    times = str(count.low) if count.low == count.high else f"{count.low}〜{count.high}"
    return f"{period}{times}回{count.word}"


def hours_text(hours: Hours) -> str:
    """「10:00〜12:00」「10:00〜」「〜12:00」「午前」「7:00ごろ」."""
    if hours.word:
        return hours.word
    if (hours.start_min, hours.end_min) == (0, MIDNIGHT_MIN):
        return "24時間"
    about = "ごろ" if hours.about else ""
    if hours.start_min is None:
        return f"{_told_clock(hours.end_min or 0)}{about}まで"
    start = _told_clock(hours.start_min)
    if hours.end_min is None:
        return start + (about or "〜")
    return f"{start}〜{clock_text(hours.end_min)}{about}"


def _told_clock(minutes: int) -> str:
    # 4:30 alone may be the afternoon's.
    return ("午前" if minutes < 5 * 60 else "") + clock_text(minutes)


def clock_text(minutes: int) -> str:
    """630 minutes after midnight -> 「10:30」."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def closing_text(closing: Closing) -> str:
    """「8月は休み」「第3日曜は休み」「月曜は休み・祝日なら翌日が休み」."""
    words = [season_text(closing.season)]
    if closing.days is not None:
        words.append(_closed_days_text(closing.days))
    if closing.hours is not None:
        words.append(hours_text(closing.hours))
    text = "の".join(word for word in words if word) + "は休み"
    if closing.if_holiday is IfHoliday.OPEN:
        return text + "・祝日なら開催"
    move = _CLOSING_MOVES.get(closing.if_holiday)
    return f"{text}・祝日なら{move}が休み" if move else text


def _closed_days_text(days: Days) -> str:
    if days.year_days:
        return "・".join(_month_day_text(day) for day in days.year_days)
    return days_text(days, some=not days.workdays and days.every_weeks == 1)


def _month_day_text(day: MonthDay) -> str:
    return f"{day[0]}月{day[1]}日"


def full_day_text(day: date) -> str:
    """「2026年4月7日」."""
    return f"{day.year}年{day.month}月{day.day}日"
