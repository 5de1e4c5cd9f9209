"""How hours are written: 10:00-12:00, 13時30分〜15時, 午後1時半から, 正午, 朝7時ごろ, 午前."""

from __future__ import annotations

import re

from geo.schedule.numerals import NUMBER, number
from geo.schedule.pieces import Kind, phrase
from geo.schedule.schedule_parts import MIDNIGHT_MIN, Hours

_PART = r"(?:午前|午後|AM|PM|am|pm|A\.M\.|P\.M\.|朝|昼|夕方|夕|夜|晩)"
_ABOUT = r"(?:ごろ|頃|ころ|くらい|ぐらい)"


def _clock(n: int) -> str:
    return (
        rf"(?:(?P<part{n}>{_PART}の?) ?)?(?:(?P<noon{n}>正午|お昼)"
        rf"|(?P<hour{n}>{NUMBER})(?::(?P<minute{n}>\d{{2}})(?!\d)"
        rf"|時(?:(?P<mark{n}>{NUMBER})分|(?P<half{n}>半))?)(?!間))(?: ?(?P<tail{n}>AM|PM|am|pm))?"
        rf"(?P<about{n}>{_ABOUT})?"
    )


_BARE = rf"(?P<part1>{_PART}の?)?(?P<hour1>\d{{1,2}})(?=〜(?:午前|午後)?\d{{1,2}}時)(?P<about1>)"
_TO = r"(?:〜|から|より)"
_AN_END = rf"(?:{_PART}の?)?\d{{1,2}}(?:時(?!間)|:)"
_GOES = r"(?:開始|集合|スタート|開場|出発|発|始まり)"

_EVENING = {"夕方", "夕", "夜", "晩"}
_WORDS = {
    "午前中": "午前", "午前": "午前", "AM": "午前", "am": "午前", "午後": "午後", "PM": "午後",
    "pm": "午後", "夕方": "夕方", "夜間": "夜", "夜": "夜", "昼間": "昼", "日中": "昼", "昼": "昼",
    "朝": "朝", "早朝": "朝",
}  # fmt: skip


def _minutes(found: re.Match[str], n: int) -> tuple[int, str] | None:
    """Minutes after midnight and the part of the day said with them."""
    groups = found.groupdict()
    part = (groups.get(f"part{n}") or groups.get(f"tail{n}") or "").removesuffix("の")
    part = _WORDS.get(part.replace(".", "").upper() if part.isascii() else part, part)
    if groups.get(f"noon{n}"):
        return 720, "正午"
    hour = number(found[f"hour{n}"])
    minute = int(groups.get(f"minute{n}") or 0)
    if mark := groups.get(f"mark{n}"):
        minute = number(mark)
    if groups.get(f"half{n}"):
        minute = 30
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    if hour < 12 and (
        part == "午後" or (part in _EVENING and hour >= 4) or (part == "昼" and hour < 5)
    ):
        hour += 12
    if hour == 12 and part == "午前":
        return None if minute else (720, part)
    return hour * 60 + minute, part


def _whole(found: re.Match[str]) -> Hours | None:
    first, last = _minutes(found, 1), _minutes(found, 2)
    if first is None or last is None:
        return None
    start, part = first
    end, end_part = last
    if end <= start and not end_part and part in {"午後", "昼", *_EVENING} and end + 720 > start:
        end += 720
    if not part and not end_part and start < 5 * 60:
        return None  # 1時半〜3時: in the night, or in the afternoon?
    if end <= start or end > MIDNIGHT_MIN:
        return None
    return Hours(start, end, about=bool(found["about1"] or found["about2"]))


def _start(found: re.Match[str]) -> Hours | None:
    first = _minutes(found, 1)
    if first is None or first[0] >= MIDNIGHT_MIN or (not first[1] and first[0] < 5 * 60):
        return None
    return Hours(first[0], about=bool(found["about1"]))


def _end(found: re.Match[str]) -> Hours | None:
    last = _minutes(found, 1)
    return None if last is None else Hours(None, last[0], about=bool(found["about1"]))


def _length(found: re.Match[str]) -> int | None:
    if found["only"]:
        return number(found["only"])
    hours = number(found["hours"]) if found["hours"] else 0
    minutes = 30 if found["half"] else number(found["minutes"]) if found["minutes"] else 0
    return hours * 60 + minutes or None


HOUR_PHRASES = (
    phrase(Kind.HOURS, r"24時間(?:営業|対応)?|終日", lambda _: Hours(0, MIDNIGHT_MIN)),
    phrase(
        Kind.HOURS,
        rf"{_clock(1)}出発[、,]?{_clock(2)}(?:帰着|解散|到着)",
        _whole,
    ),
    phrase(Kind.HOURS, rf"{_clock(1)}(?:{_TO}){_clock(2)}(?:まで|終了|解散)?(?!{_TO})", _whole),
    phrase(Kind.HOURS, rf"{_BARE}(?:{_TO}){_clock(2)}(?:まで)?", _whole),
    phrase(Kind.HOURS, rf"{_clock(1)}(?:まで|終了)|〜{_clock(2)}(?!〜)", lambda m: _end_of(m)),
    phrase(
        Kind.HOURS,
        rf"{_clock(1)}(?:{_TO}(?!{_AN_END}){_GOES}?|に?{_GOES})?(?!〜|{_TO}{_AN_END})",
        _start,
    ),
    phrase(
        Kind.LENGTH,
        rf"約?(?:(?P<hours>{NUMBER})時間(?P<half>半)?(?:(?P<minutes>{NUMBER})分)?|(?P<only>{NUMBER})分)"
        r"間?(?:程度|ほど|くらい|ぐらい)?",
        _length,
    ),
    phrase(
        Kind.HOURS,
        r"(?P<word>午前中|午前|午後|AM|PM|夕方|夜間|夜|昼間|日中|昼|早朝|朝)(?:まで)?",
        lambda m: Hours(word=_WORDS[m["word"]]),
    ),
)


def _end_of(found: re.Match[str]) -> Hours | None:
    n = 1 if found["hour1"] or found["noon1"] else 2
    last = _minutes(found, n)
    if last is None or (not last[1] and last[0] < 5 * 60):
        return None
    return Hours(None, last[0], about=bool(found[f"about{n}"]))
