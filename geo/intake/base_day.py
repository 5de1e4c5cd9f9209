"""「隔週火曜」 without a base day: the weekday is known, the weeks are not."""

from __future__ import annotations

import re

_FORTNIGHT = re.compile(r"隔\s*週|週\s*おき|週間?\s*(?:ごと|毎|に)")


def lacks_base_day(text: str) -> bool:
    """Whether a text says every so many weeks, and not in which."""
    if _FORTNIGHT.search(text) is None:
        return False
    from geo.schedule import parse

    return any(rule.days is not None and rule.days.undated for rule in parse(text).rules)
