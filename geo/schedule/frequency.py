"""How often: the classes of the ministry's survey, and occasions a month."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from geo.schedule.schedule_parts import Count, Days, Rule

if TYPE_CHECKING:
    from geo.schedule.timetable import Timetable

DAYS_A_YEAR = 365.2425
WEEKS_A_MONTH = DAYS_A_YEAR / 7 / 12
HOLIDAYS_A_YEAR = 16
_ON_A_WEEKDAY = 5 / 7
_FIFTHS_A_MONTH = DAYS_A_YEAR / 12 / 7 - 4
"""How many 5th Tuesdays a month has in the mean."""


class Frequency(StrEnum):
    """The classes of the survey of 介護予防・日常生活支援総合事業 (開催頻度), and what is left.

    The value is what the screen says.
    """

    TWICE_A_WEEK = "週2回以上"
    WEEKLY = "週1回"
    TWICE_A_MONTH = "月2〜3回"
    MONTHLY = "月1回"
    RARER = "年数回"
    IRREGULAR = "不定期"
    UNSAID = "わからない"

    @property
    def monthly_or_more(self) -> bool:
        """Whether the class is at least once a month, the line the tables draw."""
        return self in _MONTHLY_OR_MORE


_MONTHLY_OR_MORE = frozenset(
    {Frequency.TWICE_A_WEEK, Frequency.WEEKLY, Frequency.TWICE_A_MONTH, Frequency.MONTHLY}
)


def frequency_of(schedule: Timetable) -> Frequency:
    """The class of a schedule; 「わからない」 where nobody says how often."""
    times = occasions_a_month(schedule)
    if times is None:
        irregular = any(rule.word in {"不定期", "随時"} for rule in schedule.rules)
        return Frequency.IRREGULAR if irregular else Frequency.UNSAID
    # A week has 4.35 of a month: twice a week is 8.7, and 「月4回」 is as good as weekly.
    if times >= 8:
        return Frequency.TWICE_A_WEEK
    if times >= 4:
        return Frequency.WEEKLY
    if times >= 2:
        return Frequency.TWICE_A_MONTH
    return Frequency.MONTHLY if times >= 1 else Frequency.RARER


def occasions_a_month(schedule: Timetable) -> float | None:
    """Occasions a month, the mean over the twelve months of a year; None where nobody says."""
    said = [times for rule in schedule.rules if (times := _of_rule(rule)) is not None]
    return round(sum(said), 4) if said else None


def _of_rule(rule: Rule) -> float | None:
    times: float | None
    share = _share_of_year(rule)
    if rule.count is not None and rule.count.unit == "年":
        share = 1.0  # 春・秋 年2回
    if rule.count is not None:
        times = _of_count(rule.count)
    elif rule.word:
        times = {"ほぼ毎日": 5 * WEEKS_A_MONTH, "隔日": DAYS_A_YEAR / 24}.get(rule.word)
    elif rule.days is not None:
        times = _of_days(rule.days)
    else:
        times = None
    return None if times is None or share is None else times * share


def _share_of_year(rule: Rule) -> float | None:
    season = rule.season
    if season.months:
        return len(season.months) / 12
    if season.span is not None:
        (first_month, first_day), (last_month, last_day) = season.span
        days = (last_month - first_month) % 12 * 30.44 + last_day - first_day + 1
        return (days if days > 0 else days + DAYS_A_YEAR) / DAYS_A_YEAR
    return None if season.undated else 1.0


def _of_count(count: Count) -> float:
    periods = {"週": WEEKS_A_MONTH, "月": 1.0, "年": 1 / 12}[count.unit] / count.every
    return count.low * periods


def _of_days(days: Days) -> float | None:
    times = 0.0
    if days.weekdays or days.weeks:
        weekdays = len(days.weekdays) or 7
        if days.weeks:
            times += sum(_FIFTHS_A_MONTH if w == 5 else 1.0 for w in days.weeks) * weekdays
        else:
            times += weekdays * WEEKS_A_MONTH / days.every_weeks
    if days.holidays:
        times += HOLIDAYS_A_YEAR * (1 - len(days.weekdays) / 7) / 12
    if days.workdays:
        times -= HOLIDAYS_A_YEAR * _ON_A_WEEKDAY / 12
    times += sum(_months_with(day) / 12 for day in days.month_days) + len(days.year_days) / 12
    return times or None  # single days say nothing of how often


def _months_with(day: int) -> int:
    return 7 if day == 31 else 12
