"""Texts of cells as towns write them -> days, counts, degrees, and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.intake.values import clock, parse_count, parse_day, parse_degrees, parse_latlon
from geo.intake.weekly_hours import hours_text, schedule_text

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def full_width(text: str) -> str:
    """Digits and signs as a Japanese keyboard gives them."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@given(DAYS)
def test_a_day_reads_back_however_it_is_written(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    forms = [
        f"{y}/{m}/{d}", f"{y}-{m:02d}-{d:02d}", f"{y}年{m}月{d}日", f"{y}.{m}. {d}",
        f"{y:04d}{m:02d}{d:02d}", f" {y} 年 {m} 月 {d} 日（日）", f"{y}-{m:02d}-{d:02d} 00:00:00",
        full_width(f"{y}/{m}/{d}"),
    ]  # fmt: skip
    assert [parse_day(form) for form in forms] == [day] * len(forms)


@given(st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_a_day_of_reiwa_reads_back(day: date) -> None:
    year = day.year - 2018
    forms = [f"令和{year}年{day.month}月{day.day}日", f"R{year}.{day.month}.{day.day}"]
    assert {parse_day(form) for form in forms} == {day}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和5年8月1日", date(2023, 8, 1)),
        ("令和元年５月１日", date(2019, 5, 1)),
        ("R5.8.1", date(2023, 8, 1)),
        ("S22.4.1", date(1947, 4, 1)),
        ("H9.11.25", date(1997, 11, 25)),
        ("昭32. 7. 1", date(1957, 7, 1)),
        ("昭和64年1月7日", date(1989, 1, 7)),
    ],
)
def test_days_seen_in_real_files(text: str, day: date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "text",
    ["令和5年8月ごろ", "2026/2/30", "昭和65年1月1日", "11/1/2018", "46173", "毎月1日", "R0.1.1"],
)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_day(text)


@given(st.integers(0, 9_999_999))
def test_a_count_reads_back(count: int) -> None:
    forms = [str(count), full_width(str(count)), f"{count:,}", f"{count}人", f" {count} 名 "]
    assert [parse_count(form) for form in forms] == [count] * 5


@pytest.mark.parametrize("text", ["約10人", "10〜15", "1,23", "-3", "1.5", "1e3", "", "nan", "十"])
def test_what_is_no_count(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_count(text)


@given(st.floats(20, 46, allow_nan=False))
def test_degrees_read_back_as_decimal_and_as_degrees_minutes_seconds(value: float) -> None:
    """A thousandth of a second is three centimetres."""
    assert parse_degrees(repr(value)) == value
    assert parse_degrees(full_width(f"{value:.6f}")) == pytest.approx(value, abs=1e-6)
    thousandths = round(value * 3_600_000)
    degrees, rest = divmod(thousandths, 3_600_000)
    minutes, milliseconds = divmod(rest, 60_000)
    for form in (
        f"{degrees}度{minutes}分{milliseconds / 1000:.3f}秒",
        f"北緯{degrees}°{minutes}′{milliseconds / 1000:.3f}″",
        f"{degrees}°{minutes}'{milliseconds / 1000:.3f}\"N",
    ):
        assert parse_degrees(form) == pytest.approx(value, abs=3e-7)


@pytest.mark.parametrize(
    "text", ["北", "34度72分0秒", "nan", "inf", "1e400", "34.8.6", "３４度"[:0]]
)
def test_what_is_no_degrees(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_degrees(text)


@pytest.mark.parametrize(
    "text",
    ["33.62,130.69", "33.62, 130.69", "(33.62，130.69)", "33.62 130.69", "３３.６２、130.69"],
)
def test_both_degrees_in_one_cell(text: str) -> None:
    assert parse_latlon(text) == (33.62, 130.69)


def test_equal_days_are_said_together() -> None:
    hours = dict.fromkeys("月火水木金", ("8:30", "17:15")) | {
        "土": ("09：00", "12時"),
        "日": ("-", "-"),
    }
    assert hours_text(hours) == "月〜金 8:30〜17:15、土 9:00〜12:00"
    assert hours_text(
        {"月": ("9:00", "10:00"), "火": ("9:00", "10:00"), "木": ("9:00", "10:00")}
    ) == ("月・火・木 9:00〜10:00")
    assert hours_text({"月": ("－", ""), "火": ("", "")}) is None


def test_the_national_schedule_columns() -> None:
    assert (
        schedule_text("月火水木金", "09:00", "17：00", "祝日は休み")
        == "月〜金 9:00〜17:00 祝日は休み"
    )
    assert schedule_text("月曜日・木曜日", "", "", "-") == "月・木"
    assert schedule_text("第2・4木曜", "10:00", "", "") == "第2・4木曜 10:00〜"
    assert schedule_text("", "", "", "") is None


@pytest.mark.parametrize(
    ("text", "time"), [("8：30", "8:30"), ("13時半", "13:30"), ("正午", "正午")]
)
def test_times_of_day(text: str, time: str) -> None:
    assert clock(text) == time
