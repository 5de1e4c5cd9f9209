"""Schedule -> text -> schedule -> text: the normal form says all of it and nothing else."""

from __future__ import annotations

from random import Random

from schedule.made_schedules import schedule

from geo.schedule import parse


def test_ten_thousand_schedules_come_back_from_their_text() -> None:
    for seed in range(10_000):
        made = schedule(Random(seed))
        text = made.text()
        read = parse.__wrapped__(text)  # ten thousand texts need no keeping
        assert read == made, (seed, text, read.text())
        assert read.text() == text, seed
