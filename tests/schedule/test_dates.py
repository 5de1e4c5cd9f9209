"""Days worked out by hand: holidays that move, closings, what is not certain, how often."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, time

import pytest

from geo.schedule import Cancelled, Frequency, Occurrence, parse

MAY = (date(2026, 5, 1), date(2026, 5, 31))
YEAR = (date(2026, 4, 1), date(2027, 3, 31))


def _days(text: str, first: date, last: date) -> list[str]:
    return [f"{one.day.month}/{one.day.day}" for one in parse(text).dates(first, last)]


def test_an_occurrence_carries_its_hours_and_its_holiday() -> None:
    read = parse("第1・3月曜 13時半〜15時")
    assert read.dates(date(2026, 7, 6), date(2026, 7, 20)) == (
        Occurrence(date(2026, 7, 6), time(13, 30), time(15)),
        Occurrence(date(2026, 7, 20), time(13, 30), time(15), holiday="海の日"),
    )
    (evening,) = parse("毎月末日 夕方").dates(date(2027, 2, 1), date(2027, 2, 28))
    assert (evening.day, evening.start, evening.word) == (date(2027, 2, 28), None, "夕方")


def test_a_move_is_repeated_while_it_meets_a_holiday() -> None:
    """2026: 5/4 Monday, 5/5 Tuesday, 5/6 Wednesday (substitute) are holidays."""
    read = parse("毎週月曜 10時〜（祝日の場合は翌日）")
    moved = [one for one in read.dates(*MAY) if one.moved_from]
    assert [(one.day, one.moved_from) for one in moved] == [(date(2026, 5, 7), date(2026, 5, 4))]
    assert _days("毎週月曜（祝日の場合は前日）", *MAY) == [
        "5/2",
        "5/11",
        "5/18",
        "5/25",
    ]


def test_where_a_moved_day_goes() -> None:
    assert _days("毎週月曜（祝日の場合は翌週）", date(2026, 7, 13), date(2026, 7, 27)) == [
        "7/13",
        "7/27",
    ]
    assert _days("第3月曜（祝日の場合は翌週）", date(2026, 9, 1), date(2026, 9, 30)) == ["9/28"]
    # 9/21, 9/22 (国民の休日) and 9/23 are holidays; the workday after them is Thursday.
    assert _days("第3月曜（祝日の場合は翌平日）", date(2026, 9, 1), date(2026, 9, 30)) == ["9/24"]
    assert _days("第3月曜（祝日の場合は直前の平日）", date(2026, 9, 1), date(2026, 9, 30)) == [
        "9/18"
    ]


def test_a_closing_wins_over_a_move() -> None:
    """Thursday 2026-01-01 is a holiday and in the closed season: cancelled, not moved."""
    text = "毎週木曜（祝日の場合は翌日、年末年始（12/29〜1/3）は休み）"
    winter = (date(2025, 12, 22), date(2026, 1, 10))
    assert _days(text, *winter) == ["12/25", "1/8"]
    assert parse(text).cancelled(*winter) == (
        Cancelled(date(2026, 1, 1), "年末年始（12月29日〜1月3日）は休み"),
    )


def test_what_is_cancelled_says_why() -> None:
    read = parse("毎週月曜（祝日は休み、8月は休み）")
    reasons = {one.day: one.reason for one in read.cancelled(date(2026, 7, 20), date(2026, 8, 9))}
    assert reasons == {date(2026, 7, 20): "海の日のため休み", date(2026, 8, 3): "8月は休み"}


def test_a_closing_day_moves_with_its_holiday() -> None:
    """Open on Monday 7/20 (海の日), closed on the Tuesday after it."""
    text = "毎日 9:00〜17:00（月曜は休み・祝日なら翌日が休み）"
    assert _days(text, date(2026, 7, 19), date(2026, 7, 23)) == ["7/19", "7/20", "7/22", "7/23"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("第5土曜", ["5/30"]),
        ("最終金曜", ["5/29"]),
        ("隔週火曜（基準日 2026/4/7）", ["5/5", "5/19"]),
        ("毎月10日・末日", ["5/10", "5/31"]),
        ("奇数月の第2土曜", ["5/9"]),
        ("偶数月の第2土曜", []),
        ("土日祝", ["5/2", "5/3", "5/4", "5/5", "5/6", "5/9", "5/10", "5/16", "5/17", "5/23", "5/24", "5/30", "5/31"]),
        ("平日（8月休み）", [f"5/{d}" for d in (1, 7, 8, *range(11, 16), *range(18, 23), *range(25, 30))]),
        ("月2〜3回", []),
        ("隔週火曜", []),
        ("夏休み期間 毎朝6:30", []),
        ("不定期", []),
        ("移動販売日に合わせ月1回", []),
    ],
)  # fmt: skip
def test_may_2026(text: str, days: list[str]) -> None:
    assert _days(text, *MAY) == days


def test_year_ends() -> None:
    assert _days("隔週木曜（基準日2025年12月25日）", date(2025, 12, 20), date(2026, 1, 31)) == [
        "12/25", "1/8", "1/22",
    ]  # fmt: skip
    assert _days("12月29日〜1月3日 毎日", date(2026, 12, 1), date(2027, 1, 31)) == [
        "12/29", "12/30", "12/31", "1/1", "1/2", "1/3",
    ]  # fmt: skip
    assert _days("毎年2月29日", date(2027, 2, 1), date(2028, 3, 1)) == ["2/29"]


def test_the_halves_of_a_year_are_the_year() -> None:
    """Asked in two parts, a year has the same days: moves over the seam are found."""
    for text in (
        "毎週月曜（祝日の場合は翌週）",
        "毎日（月曜は休み・祝日なら翌日が休み）",
        "第3月曜（祝日の場合は前日）",
    ):
        read = parse(text)
        for seam in (date(2026, 5, 5), date(2026, 7, 20), date(2026, 9, 22)):
            before = read.dates(YEAR[0], seam)
            after = read.dates(date.fromordinal(seam.toordinal() + 1), YEAR[1])
            assert before + after == read.dates(*YEAR)


def test_weekdays_on_every_and_on_some() -> None:
    assert parse("毎週火・木").weekdays() == parse("毎週火・木").every_week() == {1, 3}
    some = parse("毎週火曜。第2木曜。隔週金曜。月2回 土曜")
    assert (some.weekdays(), some.every_week()) == ({1, 3, 4, 5}, {1})
    assert parse("毎日").weekdays() == frozenset(range(7))
    assert parse("毎月10日").weekdays() == parse("月1回").weekdays() == frozenset()
    assert parse("4月〜10月 毎週日曜").every_week() == frozenset()


@pytest.mark.parametrize(
    ("text", "frequency", "a_month"),
    [
        ("週2回", Frequency.TWICE_A_WEEK, 8.7),
        ("毎週火曜（8月休み）", Frequency.WEEKLY, 4.35),
        ("月4回", Frequency.WEEKLY, 4.0),
        ("隔週火曜", Frequency.TWICE_A_MONTH, 2.17),
        ("月2〜3回", Frequency.TWICE_A_MONTH, 2.0),
        ("第2水", Frequency.MONTHLY, 1.0),
        ("毎月30日", Frequency.MONTHLY, 1.0),
        ("奇数月の第2土曜", Frequency.RARER, 0.5),
        ("農閑期(11月〜3月)に月1回", Frequency.RARER, 0.42),
        ("第5土曜", Frequency.RARER, 0.35),
        ("年2回", Frequency.RARER, 0.17),
        ("不定期", Frequency.IRREGULAR, None),
        ("要問合せ", Frequency.UNSAID, None),
        ("2026年4月8日", Frequency.UNSAID, None),
    ],
)
def test_how_often(text: str, frequency: Frequency, a_month: float | None) -> None:
    read = parse(text)
    assert read.frequency is frequency
    assert read.frequency.monthly_or_more == (a_month is not None and a_month >= 1)
    assert read.occasions_a_month == (None if a_month is None else pytest.approx(a_month, abs=0.01))


def test_reading_needs_no_arrays_and_no_calendar_library() -> None:
    code = (
        "import sys; from geo.schedule import parse; parse('第1・3木曜 13時〜');"
        "print([m for m in ('numpy', 'dateutil', 'jpholiday') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
