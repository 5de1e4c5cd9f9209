"""One sentence of pieces -> its rules, or nothing when the pieces contradict each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import TypeVar

from geo.schedule.day_phrases import WeeksSaid
from geo.schedule.pieces import Kind, Piece
from geo.schedule.schedule_parts import ALWAYS, Count, Days, Hours, Rule, Season

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a sentence, how it hangs on the one before it, and whether in brackets.

    ``joined`` is 「glued」「gap」「link」(の) 「and」(・と) 「comma」 or 「wall」 (bracket, line break).
    """

    piece: Piece
    joined: str
    bracketed: bool

    @property
    def kind(self) -> Kind:
        """The kind of its piece."""
        return self.piece.kind


class _ContradictionError(Exception):
    """The pieces of a sentence do not agree: it stays text."""


def rules_of(items: Sequence[Item], plain: str) -> list[Rule] | None:
    """The rules a sentence means; None when it contradicts itself or may mean two things."""
    try:
        return _rules(items, plain)
    except _ContradictionError:
        return None


def how_often_alone(items: Sequence[Item]) -> Rule | None:
    """「年1回（9月の祝日）」: how often is sure, when is not."""
    counts = [item for item in (items[0], items[-1]) if item.kind is Kind.COUNT]
    second = items[1] if len(items) > 1 else None
    if len(counts) != 1 or second is None or second.joined not in {"gap", "comma", "wall"}:
        return None
    count = counts[0].piece.value
    return Rule(count=count) if items[0] is counts[0] and isinstance(count, Count) else None


def _rules(items: Sequence[Item], plain: str) -> list[Rule]:
    kinds = {item.kind for item in items}
    _refuse_ambiguous(items, plain)
    season = _joined_seasons(_values(items, Kind.SEASON, Season))
    hours = hours_said(items)
    counts = _values(items, Kind.COUNT, Count)
    dayss, counts = _fortnightly(items, _in_weeks(items, _all_days(items)), counts, season.first)
    count = _one(counts)
    if Kind.MONTH_INTERVAL in kinds and not season.months:
        if count not in {None, Count(1, 1, "月")}:
            raise _ContradictionError
        count = Count(1, 1, "月", 2)
    if not dayss:
        count = _count_alone(items, count)
    if count is not None and dayss:
        count = _agreeing(dayss, count, season)
    word = _one(_values(items, Kind.WORD, str)) or ""
    attached = _one(_values(items, Kind.ATTACHED, str)) or ""
    if not dayss:
        return [Rule(None, hours, season, count, word, attached)]
    return [Rule(days, hours, season, count, word, attached) for days in dayss]


def _values(items: Sequence[Item], kind: Kind, of: type[T]) -> list[T]:
    return [v for item in items if item.kind is kind and isinstance(v := item.piece.value, of)]


def _one(values: Sequence[T]) -> T | None:
    kept = list(dict.fromkeys(values))
    if len(kept) > 1:
        raise _ContradictionError
    return kept[0] if kept else None


def _count_alone(items: Sequence[Item], count: Count | None) -> Count | None:
    """How often when no day is said: 隔週, 毎月 (at least once), 週1回."""
    every = _one(_values(items, Kind.INTERVAL, int))
    if every is not None:
        if count is not None and count.unit != "週":
            raise _ContradictionError
        return replace(count or Count(1, 1, "週"), every=every)
    each = _one(_values(items, Kind.EACH, str))
    if count is None and each is not None and each in "週月":
        return Count(1, 1, each, word="以上")
    return count


def _refuse_ambiguous(items: Sequence[Item], plain: str) -> None:
    kinds = [item.kind for item in items]
    if kinds.count(Kind.HOURS) > 1 and kinds[0] is Kind.HOURS and Kind.DAYS in kinds:
        after = kinds[kinds.index(Kind.DAYS) :]
        if Kind.HOURS in after:
            raise _ContradictionError  # 10時 火曜 13時 木曜
    nth = seen = False
    for before, item in zip([None, *items], items, strict=False):
        if (
            before
            and item.joined == "and"
            and (before.kind is Kind.SEASON) != (item.kind is Kind.SEASON)
        ):
            raise _ContradictionError  # 土日と夏休み: not the weekends of the holidays
        if item.kind is Kind.YEAR_DAYS:
            raise _ContradictionError  # 8月13日: of which year?
        if item.kind is Kind.BARE_DAYS and (before is None or before.kind is not Kind.SEASON):
            raise _ContradictionError  # 10日: of which month?
        days = item.piece.value
        if not isinstance(days, Days):
            continue
        bare = plain[item.piece.start] in "月火水木金土日("
        if nth and bare and item.joined != "wall" and not days.weeks:
            raise _ContradictionError  # 第1火曜、木曜: every Thursday, or the first?
        if item.joined in {"link", "glued"} and not (nth and days.weeks) and seen:
            raise _ContradictionError  # 月末の金曜
        seen = True
        nth = nth or bool(days.weeks)


def _all_days(items: Sequence[Item]) -> list[Days]:
    found: list[Days] = []
    for item in items:
        days = item.piece.value
        if item.kind not in {Kind.DAYS, Kind.BARE_DAYS} or not isinstance(days, Days):
            continue
        if found and days == Days(holidays=True) and found[-1].weekdays and not found[-1].weeks:
            found[-1] = replace(found[-1], holidays=True)
        elif days not in found:
            found.append(days)
    return found


def _in_weeks(items: Sequence[Item], dayss: list[Days]) -> list[Days]:
    """火曜（第1・3）: the weeks are of these weekdays."""
    said = _one(_values(items, Kind.WEEKS, WeeksSaid))
    if said is None:
        return dayss
    if len(dayss) != 1 or dayss[0] != Days(dayss[0].weekdays) or not dayss[0].weekdays:
        raise _ContradictionError
    return [replace(dayss[0], weeks=said.weeks)]


def _joined_seasons(seasons: list[Season]) -> Season:
    whole = ALWAYS
    for season in dict.fromkeys(seasons):
        if (
            (whole.months and season.months)
            or (whole.span and season.span)
            or (whole.name and season.name)
            or (whole.first and season.first)
            or (whole.last and season.last)
            or ((whole.months or whole.span) and (season.months or season.span))
        ):
            raise _ContradictionError
        whole = Season(
            whole.months or season.months,
            whole.span or season.span,
            whole.name or season.name,
            whole.first or season.first,
            whole.last or season.last,
        )
    if whole.first and whole.last and whole.last < whole.first:
        raise _ContradictionError
    return whole


def hours_said(items: Sequence[Item]) -> tuple[Hours, ...]:
    """The hours of a sentence, in order.

    Raises
    ------
    _ContradictionError
        When they overlap.
    """
    spans: list[Hours] = []
    for item in items:
        value = item.piece.value
        if item.kind is Kind.LENGTH and isinstance(value, int):
            if not spans or spans[-1].start_min is None or spans[-1].end_min is not None:
                raise _ContradictionError
            spans[-1] = replace(spans[-1], end_min=spans[-1].start_min + value)
        elif isinstance(value, Hours):
            before = spans[-1] if spans else None
            if before and value.end_min is not None and _ends(before, value):
                spans[-1] = replace(before, end_min=value.end_min)  # 10時から 12時まで
            else:
                spans.append(value)
    clocks = [span for span in spans if not span.word]
    kept = list(dict.fromkeys(clocks or spans))
    kept.sort(key=lambda span: (span.start_min or 0, span.end_min or 0, span.word))
    for one, two in pairwise(kept):
        if one.word or one.end_min is None or two.start_min is None or two.start_min < one.end_min:
            raise _ContradictionError
    return tuple(kept)


def _ends(before: Hours, value: Hours) -> bool:
    return (
        before.start_min is not None
        and before.end_min is None
        and value.start_min is None
        and (value.end_min or 0) > before.start_min
    )


def _fortnightly(
    items: Sequence[Item], dayss: list[Days], counts: list[Count], first: date | None
) -> tuple[list[Days], list[Count]]:
    """隔週 and 2週間に1回 worked into the days; and the counts that are left."""
    intervals = _values(items, Kind.INTERVAL, int)
    base = _one(_values(items, Kind.BASE, date))
    if dayss:
        often = [c for c in counts if c.unit == "週" and c.every > 1 and c.low == c.high == 1]
        intervals.extend(count.every for count in often)
        counts = [count for count in counts if count not in often]
    every = _one(intervals)
    if every is None:
        if base is not None:
            raise _ContradictionError
        return dayss, counts
    if not dayss:
        if base is None:
            return dayss, counts
        # 隔週（基準日2026年4月7日）: on the weekday of that day.
        return [Days((base.weekday(),), every_weeks=every, base=base)], counts
    if len(dayss) > 1 or not dayss[0].weekdays or dayss[0].weeks or dayss[0].workdays:
        raise _ContradictionError
    if base is None and first is not None and first.weekday() in dayss[0].weekdays:
        base = first  # 2026年4月7日から隔週火曜
    return [replace(dayss[0], every_weeks=every, base=base)], counts


def _agreeing(dayss: list[Days], count: Count, season: Season) -> Count | None:
    """「月2回 第1・3木曜」 says one thing twice; 「月2回 火曜」 means some Tuesdays."""
    if all(days.weeks or days.month_days for days in dayss):
        held = sum(
            len(days.weeks) * (len(days.weekdays) or 7) + len(days.month_days) for days in dayss
        )
        if count.unit == "月" and count.every == 1 and count.low <= held <= count.high:
            return None
        a_year = held * (len(season.months) or 12)
        if count.unit == "年" and count.every == 1 and count.low <= a_year <= count.high:
            return None
        if held == 1 and count == Count(1, 1, "月", count.every):
            return count  # 隔月の第2火曜: which months?
        raise _ContradictionError
    days = dayss[0]
    if len(dayss) > 1 or not days.weekdays or days.weeks or days.every_weeks > 1:
        raise _ContradictionError
    held = len(days.weekdays)
    if count.unit == "月" and count.every == 1 and 4 * held <= count.low <= count.high <= 5 * held:
        return None  # 月4回（毎週木曜）
    if count.unit == "週" and count.every == 1:
        if count.low <= len(days.weekdays) <= count.high:
            return None
        if count.low > len(days.weekdays):
            raise _ContradictionError
    return count
