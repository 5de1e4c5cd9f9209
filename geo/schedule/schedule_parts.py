"""The parts a schedule is made of: hours, part of the year, days, how often, closing days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
LAST = -1
"""The last week, or the last day, of a month."""
MIDNIGHT_MIN = 24 * 60

MonthDay = tuple[int, int]
"""A day of any year: (month, day)."""


class IfHoliday(StrEnum):
    """What happens when the day is a national holiday (substitute holidays included)."""

    UNSAID = "unsaid"
    CLOSED = "closed"
    OPEN = "open"
    NEXT_DAY = "next_day"
    NEXT_WORKDAY = "next_workday"
    NEXT_WEEK = "next_week"
    DAY_BEFORE = "day_before"
    WORKDAY_BEFORE = "workday_before"


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of one day.

    Parameters
    ----------
    start_min, end_min : int or None
        Minutes after midnight; None where the text does not say (「10:00〜」 has no end).
    word : str
        「午前」「午後」「朝」「昼」「夕方」「夜」 where only that is said, else empty.
    about : bool
        「ごろ」.
    """

    start_min: int | None = None
    end_min: int | None = None
    word: str = ""
    about: bool = False


@dataclass(frozen=True, slots=True)
class Season:
    """The part of the year, or of all time, in which something holds. Empty: always.

    Parameters
    ----------
    months : tuple of int
        Months of every year, 1-12, sorted.
    span : pair of (month, day) or None
        From that day to that day of every year, both included; may cross the year's end.
    name : str
        「夏休み」「農閑期」「お盆」 as it was said.
    first, last : date or None
        Of all time: the first and the last day.
    """

    months: tuple[int, ...] = ()
    span: tuple[MonthDay, MonthDay] | None = None
    name: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def undated(self) -> bool:
        """Named, but nobody says from when to when."""
        return bool(self.name) and not self.months and self.span is None and self.first is None


ALWAYS = Season()


@dataclass(frozen=True, slots=True)
class Days:
    """Which days. The kinds are joined by *or*; weeks and intervals narrow the weekdays.

    Parameters
    ----------
    weekdays : tuple of int
        0 = Monday … 6 = Sunday, sorted.
    weeks : tuple of int
        Which of the month's (1-5, -1 the last), empty for every one. Without weekdays:
        every day of that week (第5週 = the 29th and later).
    holidays : bool
        Also on national holidays (土日祝).
    workdays : bool
        平日: not on national holidays.
    month_days : tuple of int
        Days of every month, 1-31; -1 the last.
    year_days : tuple of (month, day)
        Days of every year.
    single : tuple of date
        These days only.
    every_weeks : int
        2 = 隔週. Which weeks is known only with ``base``.
    base : date or None
        A day of one of the weeks it is held in; weeks begin on Monday.
    """

    weekdays: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    holidays: bool = False
    workdays: bool = False
    month_days: tuple[int, ...] = ()
    year_days: tuple[MonthDay, ...] = ()
    single: tuple[date, ...] = ()
    every_weeks: int = 1
    base: date | None = None

    @property
    def undated(self) -> bool:
        """隔週 without a base day: the weekday is known, the weeks are not."""
        return self.every_weeks > 1 and self.base is None


@dataclass(frozen=True, slots=True)
class Count:
    """How often, without saying when: 「月2〜3回」「2か月に1回」「年数回」.

    Parameters
    ----------
    low, high : int
        At least and at most that many times in the period.
    unit : str
        「週」「月」 or 「年」.
    every : int
        The period is so many units (2 and 「月」: 2か月に).
    word : str
        「以上」「程度」「数」 (several: low is 2) or empty.
    """

    low: int
    high: int
    unit: str
    every: int = 1
    word: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence of a schedule: 「11月〜3月 第3日曜 10:00〜」.

    Parameters
    ----------
    days : Days or None
        None: only hours, or only how often.
    hours : tuple of Hours
        Empty where no time is said.
    season : Season
        The part of the year in which it holds.
    count : Count or None
        With days: only so often on these days, nobody says on which.
    word : str
        「不定期」「随時」「ほぼ毎日」「隔日」.
    attached_to : str
        「移動販売日」: on the days of something else.
    """

    days: Days | None = None
    hours: tuple[Hours, ...] = ()
    season: Season = ALWAYS
    count: Count | None = None
    word: str = ""
    attached_to: str = ""

    @property
    def dated(self) -> bool:
        """Whether the rule says on which days it is held."""
        return (
            self.days is not None
            and not self.days.undated
            and self.count is None
            and not self.word
            and not self.attached_to
            and not self.season.undated
        )


@dataclass(frozen=True, slots=True)
class Closing:
    """When it is closed although a rule says it is held.

    Parameters
    ----------
    days : Days or None
        None: every day of the season.
    season : Season
        8月, お盆(8/13〜16), …
    hours : Hours or None
        Only these hours of the day; None for the whole day.
    if_holiday : IfHoliday
        Where the closing day itself moves: 「月曜休館、祝日の場合は翌日」.
    """

    days: Days | None = None
    season: Season = ALWAYS
    hours: Hours | None = None
    if_holiday: IfHoliday = IfHoliday.UNSAID
