"""Sentences that correct a rule said before: 「土は12:30まで」「7・8月は6時〜8時」「1月は4日」."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.schedule.pieces import Kind
from geo.schedule.rule_sentences import Item, hours_said
from geo.schedule.schedule_parts import ALWAYS, Closing, Days, Hours, Rule, Season

Corrected = tuple[list[Rule], list[Closing]]
_YEAR = tuple(range(1, 13))
_MORNING, _AFTERNOON = "午前", "午後"


def corrected(rules: list[Rule], subject: Sequence[Item], said: Sequence[Item]) -> Corrected | None:
    """The rules with a correction worked in.

    Parameters
    ----------
    rules : list of Rule
        What was said before.
    subject, said : sequence of Item
        What stands before and after は.

    Returns
    -------
    (rules, closings) or None
        The new rules and closings to add; None when it is no correction that is surely understood.
    """
    if len(subject) != 1 or not said:
        return None
    about = subject[0].piece.value
    if isinstance(about, Season):
        return _in_months(rules, about, said)
    if isinstance(about, Days) and about == Days(about.weekdays) and about.weekdays:
        return _on_weekdays(rules, about.weekdays, said)
    return None


def _in_months(rules: list[Rule], season: Season, said: Sequence[Item]) -> Corrected | None:
    if season != Season(months=season.months) or len(rules) != 1 or rules[0].season != ALWAYS:
        return None
    rule = rules[0]
    rest = tuple(month for month in _YEAR if month not in season.months)
    then = replace(rule, season=season)
    for item in said:
        value = item.piece.value
        # 4日 alone is a day of the month only where the rule is of such days.
        bare = item.kind is Kind.BARE_DAYS and (rule.days is None or not rule.days.month_days)
        if isinstance(value, Days) and not bare and item.kind is not Kind.YEAR_DAYS:
            then = replace(then, days=value)
        elif item.kind is not Kind.HOURS:
            return None
    hours = hours_said([item for item in said if item.kind is Kind.HOURS])
    if hours:
        then = replace(then, hours=hours)
    if then.days == rule.days and not hours:
        return None
    return [replace(rule, season=Season(months=rest)), then], []


def _on_weekdays(
    rules: list[Rule], weekdays: tuple[int, ...], said: Sequence[Item]
) -> Corrected | None:
    if any(item.kind is not Kind.HOURS for item in said):
        return None
    hours = hours_said(said)
    touched = [i for i, rule in enumerate(rules) if _holds(rule, weekdays)]
    held = {day for i in touched for day in (rules[i].days or Days()).weekdays}
    if not touched or not set(weekdays) <= held:
        return None
    if len(hours) == 1 and hours[0].word:
        return _half_a_day(rules, weekdays, hours[0].word)
    changed: list[Rule] = []
    for index, rule in enumerate(rules):
        if index not in touched:
            changed.append(rule)
            continue
        new = _hours_instead(rule.hours, hours)
        if new is None:
            return None
        changed.extend(_split(rule, weekdays, new))
    return changed, []


def _holds(rule: Rule, weekdays: tuple[int, ...]) -> bool:
    days = rule.days
    return (
        days is not None
        and days.every_weeks == 1
        and not days.weeks
        and rule.count is None
        and bool(set(days.weekdays) & set(weekdays))
    )


def _half_a_day(rules: list[Rule], weekdays: tuple[int, ...], word: str) -> Corrected | None:
    other = {_MORNING: _AFTERNOON, _AFTERNOON: _MORNING}.get(word)
    if other is None:
        return None
    return rules, [Closing(Days(weekdays), hours=Hours(word=other))]


def _hours_instead(old: tuple[Hours, ...], new: tuple[Hours, ...]) -> tuple[Hours, ...] | None:
    """What the hours become; None when 「土:16:00-18:00」 may be meant beside 9:00〜12:00."""
    if not old:
        return new
    if len(new) == 1 and new[0].start_min is None and new[0].end_min is not None:
        if len(old) != 1 or old[0].start_min is None or new[0].end_min <= old[0].start_min:
            return None
        return (Hours(old[0].start_min, new[0].end_min, about=new[0].about),)
    if len(new) == 1 and new[0].end_min is None and new[0].start_min is not None:
        if len(old) != 1 or old[0].end_min is None or new[0].start_min >= old[0].end_min:
            return None
        return (Hours(new[0].start_min, old[0].end_min, about=new[0].about),)
    return new if _touch(old, new) else None


def _touch(old: tuple[Hours, ...], new: tuple[Hours, ...]) -> bool:
    for one in old:
        for two in new:
            if None in (one.start_min, one.end_min, two.start_min, two.end_min):
                return False
            assert one.start_min is not None
            assert one.end_min is not None
            assert two.start_min is not None
            assert two.end_min is not None
            if one.start_min < two.end_min and two.start_min < one.end_min:
                return True
    return False


def _split(rule: Rule, weekdays: tuple[int, ...], hours: tuple[Hours, ...]) -> list[Rule]:
    assert rule.days is not None
    if hours == rule.hours:
        return [rule]
    left = tuple(day for day in rule.days.weekdays if day not in weekdays)
    here = tuple(day for day in rule.days.weekdays if day in weekdays)
    then = replace(rule, days=replace(rule.days, weekdays=here, holidays=False), hours=hours)
    if not left:
        return [replace(rule, hours=hours)]
    return [replace(rule, days=replace(rule.days, weekdays=left)), then]
