"""Words nobody can read, put into every text of the corpus, never make a day that is sure."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from geo.schedule import parse

TEXTS = [
    line.split("\t")[0].replace("\\n", "\n")
    for line in (Path(__file__).parent / "corpus.tsv").read_text("utf-8").splitlines()
]
WORDS = (
    "総会", "父の日の翌", "当番", "のうち", "または", "の前", "の翌日", " 公民館 ", "（集会所）", "、お茶会、", "会員",
    "別に定める", "か", "を中心に", "の一部", "交代で",
)  # fmt: skip
SEAMS = set(" 　（）()、,。\n")
FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)


def _disturbed(text: str, dice: Random) -> str:
    seams = [
        place
        for place in range(len(text) + 1)
        if place in (0, len(text)) or set(text[place - 1 : place + 1]) & SEAMS
    ]
    place = dice.choice(seams)
    return text[:place] + dice.choice(WORDS) + text[place:]


def test_a_word_nobody_can_read_makes_no_day_for_sure() -> None:
    dice = Random(11)
    invented = []
    for text in TEXTS:
        days = {one.day for one in parse(text).dates(FIRST, LAST)}
        for _ in range(4):
            other = _disturbed(text, dice)
            read = parse.__wrapped__(other)
            if {one.day for one in read.dates(FIRST, LAST) if one.certain} - days:
                invented.append(other)
    assert len(TEXTS) * 4 > 2000
    assert invented == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("父の日の翌 火曜 10:00", "父の日の翌 火曜 10:00"),  # leans on what was not read
        ("火曜（第2週を中心に）", "火曜（第2週を中心に）"),  # which Tuesdays?
        ("4月 総会、第2火曜", "4月 総会、第2火曜"),  # the month is of the meeting
        ("しけの 日の午前中", "日の午前中"),  # no Sunday
        ("第1土曜 公民館 と日曜", "と日曜"),
        ("毎週火曜 9:00〜9:00", "9:00〜9:00"),
        ("毎週火曜 1時半〜3時", "1時半〜3時"),  # in the night, or in the afternoon?
        ("8月 第1土曜は休み", "8月 第1土曜は休み"),
        ("毎週火曜 10:00〜、第1土曜、8月は休み", "第1土曜、8月は休み"),  # held, or closed?
        ("土日祝及び夏休み", "土日祝及び夏休み"),  # not the weekends of the holidays
        ("8月15日 10:00", "8月15日 10:00"),  # of which year?
        ("毎週月曜（祝日の場合は翌週の火曜）", "祝日の場合は翌週の火曜"),
    ],
)
def test_what_leans_on_an_unread_part_is_unread_with_it(text: str, part: str) -> None:
    read = parse(text)
    assert part in read.not_understood
    if part != text:
        assert not read.certain
    if part == text:
        assert (read.rules, read.weekdays()) == ((), frozenset())
