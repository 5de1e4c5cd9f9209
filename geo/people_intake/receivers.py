"""Which area holds a suppressed area's people too: HTKSAKI of the one, GASSAN of the other."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from geo.people_intake.counted_rows import PeopleRow

_TO, _FROM = "HTKSAKI", "GASSAN"
_TOWN_DIGITS = 5
_LARGE_DIGITS = 4
"""Digits of a key that name the 大字, after those of the municipality."""


def receivers(rows: Sequence[PeopleRow]) -> Mapping[str, str]:
    """From the code of a suppressed record to that of the record that received its people."""
    codes = {row.code for row in rows}
    found: dict[str, str] = {}
    for row in rows:
        for giver in re.split(r"[;；,\s]+", row.more(_FROM)):
            code = _whole(giver, row.code, codes)
            if code is not None and code != row.code:
                found[code] = row.code
    for row in rows:
        home = _whole(row.more(_TO), row.code, codes)
        if home is not None and home != row.code:
            found[row.code] = home
    return found


def _whole(short: str, beside: str, codes: set[str]) -> str | None:
    """The whole code of one written inside its municipality."""
    if not short:
        return None
    town = beside[:_TOWN_DIGITS]
    return next(
        (c for c in (town + short, town + short[:_LARGE_DIGITS], short) if c in codes), None
    )
