"""Whether a new sentence goes together with what was said before it."""

from __future__ import annotations

from collections.abc import Sequence

from geo.schedule.closed_days import cut_hours
from geo.schedule.schedule_parts import Closing, Rule


def adds_to(before: Sequence[Rule], rules: Sequence[Rule]) -> bool:
    """Whether 「X は …」 names days no rule before it has, or hours clear of theirs."""
    held = {day for rule in before if rule.days for day in rule.days.weekdays}
    named = {day for rule in rules if rule.days for day in rule.days.weekdays}
    if named and not named & held:
        return True
    return bool(named) and all(
        _clear_of(rule, other)
        for rule in rules
        for other in before
        if _share_a_weekday(rule, other)
    )


def meets_closing(rules: Sequence[Rule], closings: Sequence[Closing]) -> bool:
    """「水は午後休診」 said before 「水 17:30〜20:00」: nobody says which wins."""
    return any(
        closing.hours is not None
        and (closing.days is None or _share_a_weekday(rule, Rule(closing.days)))
        and cut_hours(rule.hours, (closing.hours,)) != rule.hours
        for rule in rules
        for closing in closings
    )


def _share_a_weekday(one: Rule, two: Rule) -> bool:
    return bool(one.days and two.days and set(one.days.weekdays) & set(two.days.weekdays))


def _clear_of(rule: Rule, other: Rule) -> bool:
    if not rule.hours or not other.hours:
        return False
    return all(
        one.end_min is not None
        and two.end_min is not None
        and one.start_min is not None
        and two.start_min is not None
        and (one.end_min <= two.start_min or two.end_min <= one.start_min)
        for one in rule.hours
        for two in other.hours
    )


def shut_twice(closings: Sequence[Closing], before: Sequence[Closing]) -> bool:
    """「定休日:水」 and then 「水は午後休」: whether mornings are open is not clear."""
    whole_days = {
        day
        for closing in before
        if closing.hours is None and closing.days and not closing.days.weeks
        for day in closing.days.weekdays
        if closing == Closing(closing.days, if_holiday=closing.if_holiday)
    }
    return any(
        closing.hours is not None and closing.days and whole_days & set(closing.days.weekdays)
        for closing in closings
    )
