"""What stands before 休み or after 【休館日】 -> closings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.schedule.day_phrases import WeeksSaid
from geo.schedule.pieces import Kind
from geo.schedule.rule_sentences import Item
from geo.schedule.schedule_parts import ALWAYS, EVERY_DAY, Closing, Days, Hours, Season

_TOGETHER = frozenset({"glued", "link"})


@dataclass(frozen=True, slots=True)
class Closed:
    """What is closed: closings, and whether national holidays are among it."""

    closings: tuple[Closing, ...]
    on_holidays: bool


def closings_of(items: Sequence[Item]) -> Closed | None:
    """The closings that subjects mean; None when a subject is none (月2回は休み)."""
    closings: list[Closing] = []
    on_holidays = False
    for group in _groups(items):
        closing = _closing(group)
        if closing is None:
            return None
        days = closing.days
        if days is not None and days.holidays:
            if closing.season != ALWAYS or closing.hours is not None:
                return None
            on_holidays = True
            if not days.weekdays:
                continue
            closing = replace(closing, days=replace(days, holidays=False))
        closings.append(closing)
    return Closed(tuple(closings), on_holidays)


def _groups(items: Sequence[Item]) -> list[list[Item]]:
    groups: list[list[Item]] = []
    for item in items:
        if groups and item.joined in _TOGETHER:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _closing(group: list[Item]) -> Closing | None:
    season, days, hours, weeks = ALWAYS, None, None, None
    for item in group:
        value = item.piece.value
        if isinstance(value, Season) and season == ALWAYS:
            season = value
        elif isinstance(value, Days) and days is None and item.kind is not Kind.BARE_DAYS:
            if value.every_weeks > 1:
                return None
            days = value
        elif isinstance(value, WeeksSaid) and weeks is None:
            weeks = value
        elif isinstance(value, Hours) and hours is None:
            if not value.word and (value.start_min is None or value.end_min is None):
                return None
            if value.word not in {"", "午前", "午後"}:
                return None  # 昼は休み: from when to when?
            hours = value
        elif item.kind is not Kind.EACH:
            return None
    if weeks is not None:
        if days is not None and days != Days(days.weekdays):
            return None
        days = Days(() if days is None else days.weekdays, weeks=weeks.weeks)
    whole_week = season == ALWAYS and hours is None and days in {None, Days(EVERY_DAY)}
    if whole_week:  # 毎日 休み: never held?
        return None
    return Closing(days, season, hours)
