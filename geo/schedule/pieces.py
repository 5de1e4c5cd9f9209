"""What the reader finds in a text, one after another: days, hours, seasons, signs, the unread."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """What a piece is."""

    DAYS = auto()  # Days
    YEAR_DAYS = auto()  # Days: 8月13日, the year unsaid
    BARE_DAYS = auto()  # Days: 4日, the month said elsewhere
    EACH = auto()  # 毎月, 毎週 standing alone: says nothing more
    WEEKS = auto()  # WeeksSaid: 第1・3 without a weekday
    INTERVAL = auto()  # int, weeks: 隔週
    BASE = auto()  # date: 基準日
    MONTH_INTERVAL = auto()  # int, months: 隔月
    SEASON = auto()  # Season
    COUNT = auto()  # Count
    WORD = auto()  # str: 不定期
    ATTACHED = auto()  # str: 移動販売日に合わせ
    HOURS = auto()  # Hours
    LENGTH = auto()  # int, minutes: 1時間半
    NOTE = auto()  # str
    CLOSED = auto()  # 休み
    OPEN = auto()  # も開催
    IF_HOLIDAY = auto()  # HolidaySaid
    CLOSED_LABEL = auto()  # 【休館日】
    LABEL = auto()  # 【開館時間】
    TOPIC = auto()  # は
    LINK = auto()  # の, に
    ONLY = auto()  # のみ
    BUT = auto()  # ただし
    AND = auto()  # ・ と 及び
    COMMA = auto()  # 、
    GAP = auto()  # a blank
    BREAK = auto()  # a line break, 。
    BRACKET = auto()  # ( and )
    UNREAD = auto()  # what no phrase knows
    VERBATIM = auto()  # 〔…〕: kept as it is, not read


WALLS = frozenset({Kind.COMMA, Kind.GAP, Kind.BREAK, Kind.BRACKET, Kind.VERBATIM})
"""Signs that end a clause: what stands on either side may be read alone."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch ``plain[start:end]`` of the text and what it means."""

    kind: Kind
    start: int
    end: int
    value: object = None


Reader = Callable[[re.Match[str]], object]
"""A match -> the value of the piece, or None when it is none after all."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way of writing: a pattern and what it means."""

    kind: Kind
    pattern: re.Pattern[str]
    read: Reader


def phrase(kind: Kind, pattern: str, read: Reader) -> Phrase:
    """A phrase from the text of its pattern."""
    return Phrase(kind, re.compile(pattern), read)
