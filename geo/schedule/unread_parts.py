"""The stretches of a text nobody could read -> the parts as they were written."""

from __future__ import annotations

from collections.abc import Iterable

from geo.schedule.plain_form import PlainForm

_NO_SHELLS = str.maketrans({"〔": "（", "〕": "）", "︹": "（", "︺": "）"})
"""〔…〕 marks such a part in the normal form."""


def written_parts(form: PlainForm, stretches: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """The parts in the order of the text; a stretch inside another is said once."""
    parts: list[str] = []
    reached = 0
    for start, end in sorted(stretches, key=lambda stretch: (stretch[0], -stretch[1])):
        if end <= reached:
            continue
        begin, reached = _with_bracket(form.plain, max(start, reached), end)
        part = form.written_between(begin, reached).translate(_NO_SHELLS).strip()
        if part:
            parts.append(part)
    return tuple(parts)


def _with_bracket(plain: str, start: int, end: int) -> tuple[int, int]:
    part = plain[start:end]
    closes = plain[end : end + 1] == ")" and part.count("(") > part.count(")")
    return start, end + closes
