"""Text -> schedule -> text -> schedule: the normal form says all and nothing else."""

from __future__ import annotations

from hypothesis import given, settings
from schedule.made_schedules import schedules

from geo.schedule import Schedule, parse


@settings(max_examples=10_000)
@given(schedules())
def test_the_normal_form_says_the_same(made: Schedule) -> None:
    text = made.text()
    read = parse.__wrapped__(text)  # no use in keeping 10,000 texts
    assert read == made, text
    assert read.text() == text
