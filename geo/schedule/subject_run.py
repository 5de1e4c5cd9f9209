"""How far back 休み reaches: 「毎週火曜、8月と祝日は休み」 closes August and holidays, not Tuesday."""

from __future__ import annotations

from collections.abc import Sequence

from geo.schedule.pieces import Kind
from geo.schedule.rule_sentences import Item
from geo.schedule.schedule_parts import Days, Rule


def closed_run(items: Sequence[Item], rules: Sequence[Rule]) -> int | None:
    """The index of the first item that is closed.

    Words joined by ・, と or の belong together. Over a comma go seasons and holidays; a weekday
    only when the rule stands before it, else it is the rule. None where both may be meant.
    """
    first = len(items) - 1
    while first > 0:
        joined = items[first].joined
        if joined in {"and", "link"} or (joined == "glued" and _narrows(items, first)):
            first -= 1
            continue
        if joined != "comma":
            if joined == "glued" and isinstance(items[first].piece.value, Days):
                return None  # two words run into one another
            if items[first - 1].kind is Kind.SEASON and joined == "gap":
                return None  # 8月 第1土曜は休み
            break
        before = items[first - 1]
        if _is_closing_word(before):
            first -= 1
            continue
        outside = any(not item.bracketed for item in items[: first - 1])
        if not isinstance(before.piece.value, Days) or not (
            rules or (before.bracketed and outside)
        ):
            break
        if not _surely_closed(before, rules):
            return None
        first -= 1
    return first


def _narrows(items: Sequence[Item], index: int) -> bool:
    """8月第1土曜, 土曜午後: the first says more of the second."""
    before, item = items[index - 1].kind, items[index].kind
    return before is Kind.SEASON or (before is Kind.DAYS and item in {Kind.HOURS, Kind.WEEKS})


def _surely_closed(item: Item, rules: Sequence[Rule]) -> bool:
    days = item.piece.value
    assert isinstance(days, Days)
    # 土日祝、8月は休み: said apart from the rules, and the holidays with it.
    if item.bracketed or (days.holidays and item.joined in {"gap", "wall"}):
        return True
    held = {day for rule in rules if rule.days for day in rule.days.weekdays}
    return set(days.weekdays) <= held


def _is_closing_word(item: Item) -> bool:
    return item.kind in {Kind.SEASON, Kind.YEAR_DAYS} or item.piece.value == Days(holidays=True)
