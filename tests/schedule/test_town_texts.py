"""The demonstration town writes its timetables in many spellings; each means what was meant."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from towns.minato.schedules import Rhythm, schedule_text

from geo.schedule import Frequency, parse

MEANT = {
    Rhythm.DAILY: {Frequency.TWICE_A_WEEK},
    Rhythm.WEEKLY: {Frequency.TWICE_A_WEEK, Frequency.WEEKLY},
    Rhythm.FORTNIGHTLY: {Frequency.TWICE_A_MONTH},
    Rhythm.MONTHLY: {Frequency.MONTHLY},
    Rhythm.WITH_STOP: {Frequency.MONTHLY},
    Rhythm.BIMONTHLY: {Frequency.RARER},
    Rhythm.SEASONAL: {Frequency.RARER},
    Rhythm.YEARLY: {Frequency.RARER},
    Rhythm.UNKNOWN: {Frequency.IRREGULAR, Frequency.UNSAID},
}


@pytest.mark.parametrize("rhythm", Rhythm)
def test_the_class_is_the_one_the_town_means(rhythm: Rhythm) -> None:
    dice = Random(5)
    read = {text: parse(text) for n in range(300) if (text := schedule_text(rhythm, n, dice))}
    found = {one.frequency for one in read.values()}
    assert found == MEANT[rhythm]
    if rhythm is not Rhythm.WITH_STOP:
        monthly = {one.frequency.monthly_or_more for one in read.values()}
        assert monthly == {rhythm.is_monthly_or_more}
    if rhythm not in {Rhythm.YEARLY, Rhythm.UNKNOWN}:
        assert [text for text, one in read.items() if one.not_understood] == []


def test_what_is_open_every_week_has_its_days() -> None:
    dice = Random(7)
    for number in range(200):
        read = parse(schedule_text(Rhythm.WEEKLY, number, dice))
        held = {one.day.weekday() for one in read.dates(date(2026, 6, 1), date(2026, 6, 28))}
        assert read.weekdays() == read.every_week() == held
