"""Japanese text -> Schedule. What is not surely understood stays text; no date is invented."""

from __future__ import annotations

import re
from functools import lru_cache

from geo.schedule.assembling import Assembly
from geo.schedule.pieces import Kind, Piece
from geo.schedule.plain_form import PlainForm, plain_form
from geo.schedule.scanning import scan
from geo.schedule.schedule_model import Schedule
from geo.schedule.schedule_parts import Days
from geo.schedule.unsure_parts import may_change_days

_SELECTING = re.compile(
    r"第|週|回|隔|おき|ごと|交互|交代|順番|当番|不定(?!休)|うち|奇数|偶数|か月|いずれか|どれか|どちらか|または"
)
"""Signs that an unread part may say which of the weeks."""


@lru_cache(maxsize=4096)
def parse(text: str) -> Schedule:
    """Read a schedule as coordinators write it.

    Parameters
    ----------
    text : str
        「第1・3木曜 13時30分〜15時（8月は休み）」; several rules may stand in one text.

    Returns
    -------
    Schedule
        Its ``not_understood`` holds, as written, every part that was not read. A rule that leans
        on such a part (「父の日の翌 火曜」) is not made at all.

    Examples
    --------
    >>> parse("第１・３木曜日　13時30分～15時").text()
    '第1・3木曜 13:30〜15:00'
    >>> parse("毎週火曜 10時〜、父の日の翌火曜").not_understood
    ('父の日の翌火曜',)
    """
    form = plain_form(text)
    assembly = Assembly(form)
    for piece in _without_selected(_without_leaning(scan(form), form), form):
        assembly.take(piece)
    return assembly.finish()


def _without_selected(pieces: list[Piece], form: PlainForm) -> list[Piece]:
    """Join a bare weekday to an unread part behind it that may say which: 火曜（第2週を中心に）."""
    kept: list[Piece] = []
    for piece in pieces:
        kept.append(piece)
        if piece.kind is not Kind.UNREAD or not _SELECTING.search(
            form.plain[piece.start : piece.end]
        ):
            continue
        for index in range(len(kept) - 2, -1, -1):
            one = kept[index]
            if one.kind in {Kind.COMMA, Kind.BREAK, Kind.VERBATIM}:
                break
            days = one.value
            if (
                isinstance(days, Days)
                and len(days.weekdays) <= 2
                and form.plain[one.start] in "月火水木金土日("
            ):
                kept[index:] = [Piece(Kind.UNREAD, one.start, piece.end)]
                break
    return kept


def _without_leaning(pieces: list[Piece], form: PlainForm) -> list[Piece]:
    """Join what stands right after an unread part about days to it: it may lean on that part."""
    kept: list[Piece] = []
    leaning = False
    for piece in pieces:
        if leaning and piece.kind in {Kind.COMMA, Kind.BREAK, Kind.BRACKET, Kind.VERBATIM}:
            leaning = False
        if leaning:
            before = kept[-1]
            end = before.end if piece.kind is Kind.GAP else piece.end
            kept[-1] = Piece(Kind.UNREAD, before.start, end)
            continue
        kept.append(piece)
        leaning = piece.kind is Kind.UNREAD and may_change_days(
            form.written_between(piece.start, piece.end)
        )
    return kept
