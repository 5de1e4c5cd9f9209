"""みなと市: the cafés beside the van are held on its days, also on those that were moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from geo.intake import read_town
from geo.model.treasure import RecordKey, Treasure
from geo.schedule import ChangedSchedule, Told, timed

ROOT = Path(__file__).resolve().parents[2]
FIRST, LAST = date(2026, 4, 1), date(2028, 3, 31)


@pytest.fixture(scope="module")
def records() -> dict[RecordKey, Treasure]:
    reading = read_town(ROOT, None)
    return {RecordKey(t.layer, t.id): t for layer in reading.layers for t in layer.treasures}


def schedule(records: dict[RecordKey, Treasure], treasure: Treasure) -> ChangedSchedule:
    stop = records[treasure.follows] if treasure.follows else None
    beside = Told(stop.schedule or "", stop.timing) if stop else None
    return timed(Told(treasure.schedule or "", treasure.timing, beside))


def test_every_cafe_day_is_a_sales_day(records: dict[RecordKey, Treasure]) -> None:
    cafes = [treasure for treasure in records.values() if treasure.follows is not None]
    assert {cafe.id: cafe.follows.id for cafe in cafes if cafe.follows} == {
        "C1": "M18",
        "C2": "M28",
    }
    for cafe in cafes:
        assert cafe.follows is not None
        sold = {one.day for one in schedule(records, records[cafe.follows]).dates(FIRST, LAST)}
        held = [one.day for one in schedule(records, cafe).dates(FIRST, LAST)]
        assert set(held) <= sold
        months = [(day.year, day.month) for day in held]
        assert len(months) == len(set(months)) == 24
    moved = [
        one
        for one in schedule(records, records[RecordKey("open_air_cafe", "C1")]).dates(FIRST, LAST)
        if one.moved_from
    ]
    assert [(one.moved_from, one.day) for one in moved] == [(date(2026, 12, 4), date(2026, 12, 5))]


def test_a_day_off_of_the_van_is_one_of_all_its_stops(records: dict[RecordKey, Treasure]) -> None:
    off = date(2026, 12, 31)
    stops = [t for t in records.values() if t.vehicle == "かもめ号"]
    resting = [t for t in stops if any(change.day == off for change in t.day_changes)]
    assert {t.id for t in resting} == {f"M{n}" for n in range(10, 17)}  # the Thursday round
    assert not any(schedule(records, t).dates(off, off) for t in stops)
