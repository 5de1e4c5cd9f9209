"""What the intake writes of weekday columns and of the national layout is read as it was meant."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from geo.intake.weekly_hours import hours_text, schedule_text, under_its_header
from geo.schedule import parse

MONDAY, SUNDAY = date(2026, 6, 1), date(2026, 6, 7)  # a week without a holiday
LETTERS = "月火水木金土日"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _week(text: str) -> list[tuple[int, str, str]]:
    return [
        (
            one.day.weekday(),
            f"{one.start.hour}:{one.start.minute:02d}" if one.start else "",
            f"{one.end.hour}:{one.end.minute:02d}" if one.end else "",
        )
        for one in parse(text).dates(MONDAY, SUNDAY)
    ]


def test_any_seven_pairs_of_columns_come_back() -> None:
    for seed in range(400):
        dice = Random(seed)
        spans = [sorted(dice.sample(range(300, 1440, 15), 2)) for _ in range(2)]
        pairs: dict[str, tuple[str, str]] = {}
        for letter in LETTERS:
            start, end = (_clock(minutes) for minutes in dice.choice(spans))
            pairs[letter] = dice.choice([(start, end), (start, end), (start, "-"), ("-", "-")])
        text = hours_text(pairs)
        expected = [
            (day, start, "" if end == "-" else end)
            for day, (start, end) in enumerate(pairs.values())
            if start != "-"
        ]
        assert _week(text or "") == expected, text
        assert parse(text or "").not_understood == ()


@pytest.mark.parametrize(
    ("columns", "normal"),
    [
        (("月火水木金", "09:00", "17:00", ""), "毎週月〜金 9:00〜17:00"),
        (("火・木", "9：30", "", "祝日は休み"), "毎週火・木 9:30〜（祝日は休み）"),
        (("土日祝", "10:00", "16:00", ""), "毎週土・日・祝 10:00〜16:00"),
        (
            ("月曜日,水曜日", "13時30分", "15時", "第5週は休み"),
            "毎週月・水 13:30〜15:00（第5週は休み）",
        ),
        (("第1・3木", "10:00", "12:00", ""), "第1・3木曜 10:00〜12:00"),
        (("", "9:00", "17:00", "【休館日】月曜日"), "毎日 9:00〜17:00（月曜は休み）"),
        (
            ("月〜土", "8:30", "18:00", "木土:午後休診"),
            "毎週月〜土 8:30〜18:00（木・土の午後は休み）",
        ),
        (("不定期", "", "", "要問合せ"), "不定期（要問合せ）"),
        (("-", "-", "-", "日程は回覧板で"), "（日程は回覧板で）"),
        (("月火水木黄", "8:30", "11:30", ""), "〔月火水木黄 8:30〜11:30〕"),
    ],
)
def test_the_four_columns(columns: tuple[str, str, str, str], normal: str) -> None:
    assert parse(schedule_text(*columns) or "").text() == normal


def test_a_column_of_closing_days_is_no_opening_day() -> None:
    said = f"11:00-18:00 {under_its_header('定休日', '土;日;祝')}"
    assert said == "11:00-18:00 定休日:土;日;祝"
    assert {day for day, _, _ in _week(said)} == {0, 1, 2, 3, 4}
    assert under_its_header("開催日時", "土・日") == "土・日"
    assert under_its_header("定休日", "") == ""
