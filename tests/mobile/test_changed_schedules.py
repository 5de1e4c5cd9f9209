"""Schedules that know changed days, the hours of a route, and whom they follow. Pure; by hand."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.model.day_change import DayChange, DayChangeKind
from geo.model.timing import Timing
from geo.schedule import ChangedSchedule, Told, parse, timed

OFF, MOVED, ADDED = DayChangeKind
FRI = date(2026, 12, 4)
A_DAY = timedelta(days=1)
FIRST, LAST = date(2026, 11, 1), date(2027, 2, 28)
CAFE = "移動販売日に合わせ月1回"


def stop(*changes: DayChange, text: str = "毎週金曜") -> Told:
    return Told(text, Timing(arrive_min=620, stay_min=30, changes=changes))


def days(schedule: ChangedSchedule, first: date = FIRST, last: date = LAST) -> list[date]:
    return [one.day for one in schedule.dates(first, last)]


def test_a_route_gives_the_hours_that_the_text_does_not_name() -> None:
    (one,) = timed(stop()).dates(FRI, FRI)
    assert (one.start, one.end) == (time(10, 20), time(10, 50))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("毎週金曜 9:15〜9:40", time(9, 15), time(9, 40)),  # the text goes first
        ("毎週金曜 10時20分〜", time(10, 20), time(10, 50)),  # the end it lacks
        ("毎週金曜 午前", time(10, 20), time(10, 50)),
        ("毎週金曜 13時〜", time(13), None),
    ],
)
def test_the_text_goes_first(text: str, start: time, end: time | None) -> None:
    (one,) = timed(stop(text=text)).dates(FRI, FRI)
    assert (one.start, one.end) == (start, end)


def test_a_day_that_is_off_is_held_on_no_day() -> None:
    schedule = timed(stop(DayChange(OFF, FRI, reason="雪のため")))
    assert FRI not in days(schedule)
    assert len(days(schedule)) == len(days(timed(stop()))) - 1
    assert [(c.day, c.reason) for c in schedule.cancelled(FRI, FRI)] == [(FRI, "雪のため")]


def test_a_moved_day_is_held_on_the_other() -> None:
    schedule = timed(stop(DayChange(MOVED, FRI, FRI + A_DAY)))
    (one,) = schedule.dates(FRI, FRI + A_DAY)
    assert (one.day, one.moved_from) == (FRI + A_DAY, FRI)
    assert (one.start, one.end) == (time(10, 20), time(10, 50))


def test_a_day_moved_in_from_outside_the_days_asked_for_is_found() -> None:
    schedule = timed(stop(DayChange(MOVED, FRI, date(2026, 12, 20))))
    assert days(schedule, date(2026, 12, 19), date(2026, 12, 21)) == [date(2026, 12, 20)]
    assert days(schedule, FRI, FRI) == []


def test_only_the_hours_may_move() -> None:
    schedule = timed(stop(DayChange(MOVED, FRI, FRI, 780, 810)))
    (one,) = schedule.dates(FRI, FRI)
    assert (one.start, one.end, one.moved_from) == (time(13), time(13, 30), None)


def test_one_more_day() -> None:
    extra = date(2026, 12, 6)
    schedule = timed(stop(DayChange(ADDED, extra, start_min=600, end_min=660)))
    (one,) = schedule.dates(extra, extra)
    assert (one.start, one.end, one.moved_from) == (time(10), time(11), None)


def test_a_day_moved_onto_another_at_the_same_hours_is_held_once() -> None:
    schedule = timed(stop(DayChange(MOVED, FRI, FRI + 7 * A_DAY)))
    (one,) = schedule.dates(FRI, FRI + 7 * A_DAY)
    assert (one.day, one.moved_from) == (FRI + 7 * A_DAY, None)


def test_days_may_be_moved_one_after_the_other() -> None:
    week = 7 * A_DAY
    schedule = timed(
        stop(DayChange(MOVED, FRI, FRI + week), DayChange(MOVED, FRI + week, FRI + 8 * A_DAY))
    )
    assert days(schedule, FRI, FRI + 9 * A_DAY) == [FRI + week, FRI + 8 * A_DAY]


def test_new_hours_make_one_of_two_sessions() -> None:
    text = "毎週金曜 10:00〜11:00、13:00〜14:00"
    change = DayChange(MOVED, FRI, FRI, 900, 960)
    both = timed(stop(DayChange(MOVED, FRI, FRI + A_DAY), text=text)).dates(FRI, FRI + A_DAY)
    assert [(one.day, one.start) for one in both] == [
        (FRI + A_DAY, time(10)),
        (FRI + A_DAY, time(13)),
    ]
    (one,) = timed(stop(change, text=text)).dates(FRI, FRI)
    assert (one.start, one.end) == (time(15), time(16))


def test_an_irregular_gathering_is_told_day_by_day() -> None:
    told = Told("不定期", Timing(changes=(DayChange(ADDED, FRI), DayChange(ADDED, FRI + A_DAY))))
    assert days(timed(told)) == [FRI, FRI + A_DAY]


def cafe(*changes: DayChange, of: Told | None = None, text: str = CAFE) -> ChangedSchedule:
    return timed(Told(text, Timing(changes=changes), of or stop()))


def test_once_a_month_is_the_first_visit_of_the_month() -> None:
    assert days(cafe()) == [
        date(2026, 11, 6),
        date(2026, 12, 4),
        date(2027, 1, 1),
        date(2027, 2, 5),
    ]
    (one,) = cafe().dates(FRI, FRI)
    assert (one.start, one.end) == (time(10, 20), time(10, 50))


def test_it_moves_with_the_stop_when_only_that_day_is_moved() -> None:
    moved = stop(DayChange(MOVED, FRI, FRI + A_DAY))
    assert days(cafe(of=moved), FRI, date(2026, 12, 31)) == [FRI + A_DAY]
    out_of_month = stop(DayChange(MOVED, FRI, date(2026, 11, 30)))
    assert days(cafe(of=out_of_month)) == [
        date(2026, 11, 6),
        date(2026, 11, 30),
        date(2027, 1, 1),
        date(2027, 2, 5),
    ]


def test_it_is_off_with_the_stop_and_takes_no_other_day_by_itself() -> None:
    assert days(cafe(of=stop(DayChange(OFF, FRI))), FRI, date(2026, 12, 31)) == []


def test_its_own_changes_name_the_day_on_which_it_would_be_held() -> None:
    moved = stop(DayChange(MOVED, FRI, FRI + A_DAY))
    assert days(cafe(DayChange(OFF, FRI + A_DAY), of=moved), FRI, date(2026, 12, 31)) == []
    own = cafe(DayChange(OFF, FRI), DayChange(ADDED, date(2026, 12, 11)))
    assert days(own, FRI, date(2026, 12, 31)) == [date(2026, 12, 11)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("移動販売日に合わせて開催", [4, 11, 18, 25]),
        ("移動販売日に合わせ月2回", [4, 11]),
        ("移動販売日に合わせ週1回", [4, 11, 18, 25]),
        ("移動販売日に合わせ第2金曜", [11]),
        ("移動販売日に合わせ月1回（12月休み）", []),
        ("移動販売日に合わせ月1〜2回", []),  # nobody can say which
        ("移動販売日に合わせ2か月に1回", []),
        ("月1回", []),
    ],
)
def test_how_often_beside_the_stop(text: str, expected: list[int]) -> None:
    found = days(cafe(text=text), date(2026, 12, 1), date(2026, 12, 31))
    assert [day.day for day in found] == expected


def test_its_own_hours_go_before_those_of_the_stop() -> None:
    (one,) = cafe(text="移動販売日に合わせ月1回 10:00〜11:30").dates(FRI, FRI)
    assert (one.start, one.end) == (time(10), time(11, 30))


def test_without_anybody_to_follow_no_date_is_invented() -> None:
    assert days(timed(Told(CAFE, Timing()))) == []


_CHANGES = st.lists(
    st.builds(
        lambda week, kind, by: DayChange(
            kind,
            FRI + 7 * week * A_DAY + (2 * A_DAY if kind is ADDED else 0 * A_DAY),
            FRI + (7 * week + by) * A_DAY if kind is MOVED else None,
        ),
        st.integers(0, 7),
        st.sampled_from(DayChangeKind),
        st.integers(-8, 8),
    ),
    max_size=4,
    unique_by=lambda change: change.day,
)


@given(_CHANGES)
def test_the_cafe_is_always_held_on_a_day_of_the_stop(changes: list[DayChange]) -> None:
    of = stop(*changes)
    visits = {(one.day, one.start) for one in timed(of).dates(FIRST, LAST)}
    held = cafe(of=of).dates(FIRST, LAST)
    assert {(one.day, one.start) for one in held} <= visits
    assert len(held) <= 4


@given(_CHANGES)
def test_without_changes_a_schedule_is_its_text(changes: list[DayChange]) -> None:
    """Day by day, by a slow oracle: sets of days, one change after the other."""
    text = "毎週金曜 10:20〜10:50"
    plain = {one.day for one in parse(text).dates(FIRST, LAST)}
    held = set(plain)
    for change in changes:
        if change.kind is ADDED:
            held.add(change.day)
    taken = {c.day for c in changes if c.kind is not ADDED}
    to = {c.to for c in changes if c.kind is MOVED and c.to is not None}
    expected = (held - taken) | to
    assert set(days(timed(Told(text, Timing(changes=tuple(changes)))))) == expected
