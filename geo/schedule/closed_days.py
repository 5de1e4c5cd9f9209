"""Whether a schedule's closings take a day away, or some of its hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from geo.schedule.day_finding import in_season, is_day_of
from geo.schedule.holiday_calendar import day_before, is_holiday, next_day, next_week
from geo.schedule.schedule_parts import Closing, Hours, IfHoliday, MonthDay

_NOON_MIN = 720
_WINDOWS: dict[str, tuple[MonthDay, MonthDay]] = {
    "年末年始": ((12, 20), (1, 10)), "年末": ((12, 20), (12, 31)), "年始": ((1, 1), (1, 10)),
    "正月": ((12, 28), (1, 15)), "お盆": ((7, 10), (8, 31)), "旧盆": ((8, 1), (9, 20)),
    "ゴールデンウィーク": ((4, 25), (5, 10)), "大型連休": ((4, 25), (5, 10)),
    "夏休み": ((7, 1), (9, 10)), "夏季": ((6, 15), (9, 30)), "夏期": ((6, 15), (9, 30)),
    "夏": ((6, 1), (9, 30)), "冬休み": ((12, 15), (1, 20)), "冬": ((11, 1), (3, 31)),
    "春休み": ((3, 1), (4, 15)), "春": ((3, 1), (5, 31)), "秋": ((9, 1), (11, 30)),
    "冬季": ((11, 1), (3, 31)), "冬期": ((11, 1), (3, 31)), "梅雨": ((5, 5), (7, 31)),
}  # fmt: skip
"""Days outside of which a closing of that name surely does not reach; none: anywhere in the year."""
_REACH = timedelta(days=14)
_MORNING = frozenset({"午前", "朝"})
_AFTERNOON = frozenset({"午後", "夕方", "夜"})


class Shut(NamedTuple):
    """What the closings say of a day.

    Parameters
    ----------
    whole : Closing or None
        The closing that takes the whole day.
    hours : tuple of Hours
        Hours that are closed.
    perhaps : bool
        A closing nobody dated may take the day.
    """

    whole: Closing | None
    hours: tuple[Hours, ...]
    perhaps: bool


_OPEN = Shut(None, (), False)


@lru_cache(maxsize=8192)
def closed_by(closings: tuple[Closing, ...], day: date) -> Shut:
    """What the closings say of a day."""
    if not closings:
        return _OPEN
    hours: list[Hours] = []
    perhaps = False
    for closing in closings:
        if closing.season.undated:
            perhaps = perhaps or _may_reach(closing, day)
        elif _takes(closing, day):
            if closing.hours is None:
                return Shut(closing, (), False)
            hours.append(closing.hours)
    return Shut(None, tuple(hours), perhaps)


def _may_reach(closing: Closing, day: date) -> bool:
    if closing.days is not None and not is_day_of(closing.days, day):
        return False
    for name in closing.season.name.removesuffix("休暇").removesuffix("休業").split("・"):
        window = _WINDOWS.get(name)
        if window is None:
            return True
        first, last = window
        on = (day.month, day.day)
        if first <= on <= last if first <= last else on >= first or on <= last:
            return True
    return False


def _takes(closing: Closing, day: date) -> bool:
    if not in_season(closing.season, day):
        return False
    if closing.days is None:
        return True
    if closing.if_holiday is IfHoliday.UNSAID:
        return is_day_of(closing.days, day)
    if is_day_of(closing.days, day) and not is_holiday(day):
        return True
    # Closed because a closing day near by is a holiday and was moved here.
    return day in set(_moved_closings(closing, day))


def _moved_closings(closing: Closing, day: date) -> Iterator[date]:
    near = day - _REACH
    while near <= day + _REACH:
        if is_holiday(near) and closing.days is not None and is_day_of(closing.days, near):
            match closing.if_holiday:
                case IfHoliday.NEXT_DAY | IfHoliday.NEXT_WORKDAY as move:
                    yield next_day(near, workday=move is IfHoliday.NEXT_WORKDAY)
                case IfHoliday.NEXT_WEEK:
                    yield next_week(near)
                case IfHoliday.DAY_BEFORE | IfHoliday.WORKDAY_BEFORE as move:
                    yield day_before(near, workday=move is IfHoliday.WORKDAY_BEFORE)
                case _:
                    pass
        near += timedelta(days=1)


def cut_hours(hours: tuple[Hours, ...], closed: tuple[Hours, ...]) -> tuple[Hours, ...]:
    """Hours less the closed ones.

    「午後は休み」 leaves 8:30〜 of 8:30〜17:00: when the morning ends nobody said.
    """
    words = {shut.word for shut in closed}
    if words & _MORNING and words & _AFTERNOON:
        return ()
    for shut in closed:
        hours = tuple(left for one in hours for left in _less(one, shut))
    return hours


def _less(one: Hours, shut: Hours) -> Iterator[Hours]:
    if shut.word:
        yield from _less_half_a_day(one, shut.word)
        return
    start, end = shut.start_min or 0, shut.end_min or 24 * 60
    if one.start_min is None or one.end_min is None:
        if one.word or one.start_min is None or not start <= one.start_min < end:
            yield one
        return
    if end <= one.start_min or one.end_min <= start:
        yield one
        return
    if one.start_min < start:
        yield Hours(one.start_min, start, about=one.about)
    if end < one.end_min:
        yield Hours(end, one.end_min, about=one.about)


def _less_half_a_day(one: Hours, word: str) -> Iterator[Hours]:
    if one.word:
        if not (one.word in _MORNING and word in _MORNING) and not (
            one.word in _AFTERNOON and word in _AFTERNOON
        ):
            yield one
    elif one.start_min is None and one.end_min is None:
        yield Hours(word="午後" if word in _MORNING else "午前")
    elif word in _AFTERNOON:
        # A morning that runs to one o'clock is still one.
        if one.end_min is not None and one.end_min <= _NOON_MIN + 60:
            yield one
        elif one.start_min is None:
            yield Hours(word="午前")
        elif one.start_min < _NOON_MIN:
            yield Hours(one.start_min, None, about=one.about)
    elif one.start_min is not None and one.start_min >= _NOON_MIN:
        yield one
    elif one.end_min is None:
        yield Hours(word="午後")
    elif one.end_min > _NOON_MIN + 60:
        yield Hours(None, one.end_min, about=one.about)
