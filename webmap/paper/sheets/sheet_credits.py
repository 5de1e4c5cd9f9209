"""Where the data of a sheet come from, each source once."""

from __future__ import annotations

import re
from collections.abc import Iterable

_OF_A_DAY = re.compile(r"、?([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)現在")


def sheet_credits(credits: Iterable[str]) -> tuple[str, ...]:
    """Credits in their order; those that differ only in their day stand there once, with every day."""
    told: dict[str, dict[str, None]] = {}
    first: dict[str, str] = {}
    for credit in credits:
        source = _OF_A_DAY.sub("", credit)
        days = told.setdefault(source, {})
        days |= dict.fromkeys(_OF_A_DAY.findall(credit))
        if days and source not in first:
            first[source] = credit
    return tuple(_with_days(first.get(source, source), days) for source, days in told.items())


def _with_days(credit: str, days: Iterable[str]) -> str:
    every = "・".join(days)
    return _OF_A_DAY.sub(lambda found: found[0].replace(found[1], every), credit)
