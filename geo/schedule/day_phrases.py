"""How days are written: 毎週月・水・金, 第1・3木曜, 平日, 毎月10日・20日, 隔週, 2026年4月7日."""

from __future__ import annotations

import re
from dataclasses import dataclass

from geo.schedule.numerals import FULL_DAY, NUMBER, full_day, month_day, number
from geo.schedule.pieces import Kind, phrase
from geo.schedule.schedule_parts import EVERY_DAY, LAST, MONDAY_TO_FRIDAY, Days

LETTERS = "月火水木金土日"

_AND = r"(?:[・、,/;]|と|及び|および|並びに)"
_DAY = (
    r"(?:\([月火水木金土日]曜?日?\)"
    r"|(?!月(?:\d{1,2}(?:[〜、・]\d{1,2})?[回度]|[一二三四数][回度]|に[\d一二三]))[月火水木金土日]"
    # A bare letter is a weekday only before what may follow one.
    r"(?:曜日|曜|(?=[月火水木金土日祝・、,/;〜()\s:;。〔「【※\d午朝昼夕夜正はがもをのとに及お並以除休振第各A-Z]|$)))"
)
_HOLIDAY = r"(?:祝(?:祭日|休日|日法による休日|日|祭)?|祭日)"
_ITEM = rf"(?:{_DAY}(?:〜{_DAY})?|{_HOLIDAY}(?!前)|振替休日)"
WEEKDAYS = rf"(?:{_DAY}(?:(?:〜|から){_DAY}(?:まで)?)?(?:{_AND}?{_ITEM})*)"
_NTH_DAYS = rf"(?:{_DAY}(?:〜{_DAY})?(?:(?:[・/]|と)?{_DAY}(?:〜{_DAY})?)*)"
_ONE = r"(?:[1-5一二三四五](?![\d時:回分])|最終|最後の?)"
_WEEK = rf"(?:第?{_ONE}(?:週目|週)?)"
_WEEKS = rf"(?:(?:第[1-5一二三四五](?:週目|週)?|最終週?|最後の?|[1-5](?=[・、,][1-5一二三四五]週))(?:(?:{_AND}|〜)?{_WEEK})*)"
_YEAR_DAY = rf"(?:{NUMBER}月{NUMBER}日|{NUMBER}/{NUMBER})"

_WEEK_SIGN = re.compile(r"[1-5一二三四五]|最終|最後")
_RANGE = re.compile(r"([月火水木金土日])(?:曜日|曜)?\)?〜\(?([月火水木金土日])")
_PLAIN_DAY = re.compile(r"振替休日|祝(?:祭日|休日|日法による休日|日|祭)?|祭日|曜日|曜")
_WEEK_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}


@dataclass(frozen=True, slots=True)
class WeeksSaid:
    """第1・3: which weeks of the month, and whether it was said that weeks are meant."""

    weeks: tuple[int, ...]
    whole: bool


def weekday_list(text: str) -> tuple[int, ...]:
    """``月〜水・金`` -> (0, 1, 2, 4)."""
    text = text.replace("から", "〜")
    bare = re.sub(r"及び|および|並びに", "・", _PLAIN_DAY.sub("", text))
    found: set[int] = set()
    for first, last in _RANGE.findall(bare):
        begin, end = LETTERS.index(first), LETTERS.index(last)
        found |= {(begin + step) % 7 for step in range((end - begin) % 7 + 1)}
    return tuple(sorted(found | {LETTERS.index(c) for c in bare if c in LETTERS}))


def _between(found: re.Match[str]) -> str:
    return "".join(str(week) for week in range(int(found[1]), int(found[2]) + 1))


def _weeks(text: str) -> tuple[int, ...]:
    text = re.sub(r"([1-5])週?〜第?([1-5])", _between, text)
    signs = _WEEK_SIGN.findall(text)
    numbers = {LAST if s.startswith("最") else _WEEK_NUMBERS.get(s) or int(s) for s in signs}
    return tuple(sorted(numbers, key=lambda n: (n == LAST, n)))


def _weekly(found: re.Match[str]) -> Days | None:
    text = found["days"]
    if text in {"月", "日"} and found.string[found.end() : found.end() + 1] in {"の", "に"}:
        return None  # 良い日の夕方, 月に数回
    return Days(weekday_list(text), holidays=bool(re.search(_HOLIDAY, text)))


def _nth(found: re.Match[str]) -> Days | None:
    return Days(weekday_list(found["days"]), weeks=_weeks(found["weeks"]))


def _month_days(found: re.Match[str]) -> Days | None:
    days: set[int] = set()
    for part in re.findall(rf"{NUMBER}|末日", found["days"]):
        day = LAST if part == "末日" else number(part)
        if day != LAST and not 1 <= day <= 31:
            return None
        days.add(day)
    return Days(month_days=tuple(sorted(days, key=lambda d: (d == LAST, d))))


def _days_with_a_digit(found: re.Match[str]) -> Days | None:
    digit = number(found["digit"])
    if not 0 <= digit <= 9:
        return None
    return Days(month_days=tuple(d for d in range(1, 32) if d % 10 == digit))


def _year_days(found: re.Match[str]) -> Days | None:
    days = [
        month_day(month, day)
        for month, day in re.findall(rf"({NUMBER})[月/]({NUMBER})日?", found["days"])
    ]
    if not days or None in days:
        return None
    return Days(year_days=tuple(sorted(d for d in days if d is not None)))


def _single(found: re.Match[str]) -> Days | None:
    day = full_day(found, "1")
    return None if day is None else Days(single=(day,))


DAY_PHRASES = (
    phrase(
        Kind.DAYS,
        r"毎月(?:の|・)?末日|(?:毎月の?)?月末日?|毎月末日?",
        lambda _: Days(month_days=(LAST,)),
    ),
    phrase(
        Kind.DAYS, rf"(?:毎月の?|各月の?)(?P<digit>{NUMBER})の(?:付|つ)く日", _days_with_a_digit
    ),
    phrase(
        Kind.DAYS,
        rf"(?:毎月の?|各月の?)(?P<days>{NUMBER}日?(?:{_AND}(?:{NUMBER}日?(?![月時:])|末日))*(?<=日))(?!曜)",
        _month_days,
    ),
    phrase(
        Kind.DAYS,
        rf"(?:毎月の?|月の)?(?P<weeks>{_WEEKS})の?(?P<days>{_NTH_DAYS})",
        _nth,
    ),
    phrase(
        Kind.WEEKS,
        rf"(?:毎月の?|各月の?)?(?P<weeks>{_WEEKS})(?![間\d])",
        lambda m: WeeksSaid(_weeks(m["weeks"]), "週" in m["weeks"]),
    ),
    phrase(
        Kind.DAYS,
        rf"毎年の?(?P<days>{_YEAR_DAY}(?:{_AND}{_YEAR_DAY})*)",
        _year_days,
    ),
    phrase(
        Kind.YEAR_DAYS,
        rf"(?P<days>{_YEAR_DAY}(?:{_AND}{_YEAR_DAY})*)(?![\d〜/])",
        _year_days,
    ),
    phrase(Kind.BARE_DAYS, rf"(?P<days>{NUMBER}日(?:{_AND}{NUMBER}日)*)(?!間|曜)", _month_days),
    phrase(
        Kind.BASE,
        rf"(?:(?:基準日|起点|初回)は?:? ?){FULL_DAY.format(1)}",
        lambda m: full_day(m, "1"),
    ),
    phrase(
        Kind.BASE,
        rf"{FULL_DAY.format(1)}(?:が|を)?(?:基準日?|起点|初回|スタート)",
        lambda m: full_day(m, "1"),
    ),
    phrase(
        Kind.INTERVAL,
        r"隔週(?:で|に|の)?|(?:2|二)週(?:間)?(?:に(?:1|一)[回度]|ごと|毎|おき)(?:で|に|の)?",
        lambda _: 2,
    ),
    phrase(
        Kind.INTERVAL,
        r"(?P<n>[2-8三四])週(?:間)?(?:に(?:1|一)[回度]|ごと|毎)(?:に|の)?",
        lambda m: number(m["n"]),
    ),
    phrase(Kind.MONTH_INTERVAL, r"隔月(?:で|に|の)?(?!\d?回)", lambda _: 2),
    phrase(Kind.DAYS, rf"{FULL_DAY.format(1)}(?!〜|から|より)", _single),
    phrase(
        Kind.DAYS,
        r"(?:毎日(?!曜)|年中無休|365日|無休|連日)",
        lambda _: Days(EVERY_DAY),
    ),
    phrase(
        Kind.DAYS,
        r"(?:毎週の?)?平日(?:\(月〜金(?:曜日?)?\))?",
        lambda _: Days(MONDAY_TO_FRIDAY, workdays=True),
    ),
    phrase(
        Kind.DAYS,
        rf"(?:毎週の?|毎(?=[火水木金土日]|月曜))(?P<days>{WEEKDAYS})",
        _weekly,
    ),
    phrase(Kind.DAYS, r"(?:毎|各)(?P<days>[月火水木金土日]曜日?)", _weekly),
    phrase(Kind.DAYS, rf"(?P<days>{WEEKDAYS})", _weekly),
    phrase(Kind.DAYS, rf"{_HOLIDAY}(?!前)(?:等)?|国民の祝日", lambda _: Days(holidays=True)),
    phrase(Kind.EACH, r"毎週|毎月|毎回|各月", lambda m: m[0][1]),
)
