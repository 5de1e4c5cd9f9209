"""How parts of the year are written: 4月〜10月, 奇数月, お盆(8/13〜16), 夏休み期間, 2026年度."""

from __future__ import annotations

import re
from datetime import date, timedelta

from geo.schedule.numerals import (
    FULL_DAY,
    NUMBER,
    full_day,
    month_day,
    months_between,
    number,
)
from geo.schedule.pieces import Kind, phrase
from geo.schedule.schedule_parts import MonthDay, Season

_AND = r"(?:[・、,/]|と|及び|および)"
_MONTH = rf"{NUMBER}月(?!末|曜|{NUMBER}日)"
_MONTHS = (
    rf"(?:{NUMBER}月?(?:〜|から)(?:翌年?の?)?{_MONTH}(?:まで)?"
    rf"|(?:{NUMBER}月?{_AND}|{NUMBER}月(?={NUMBER}月))*{_MONTH})"
)
_DAY_SPAN = (
    rf"(?P<m1>{NUMBER})(?:月|/)(?P<d1>{NUMBER})日?(?:〜|から)(?:翌年?の?)?"
    rf"(?:(?P<m2>{NUMBER})(?:月|/))?(?P<d2>{NUMBER})日?(?:まで)?"
)
_NAME = (
    r"(?:三が日|元日|元旦|年末年始|年末|年始|お?正月|(?:旧|お)?盆|ゴールデンウィーク|ゴールデンウイーク|GW|大型連休|"
    r"夏季冬季|夏季|夏期|冬季|冬期|夏休み|冬休み|春休み|農閑期|農繁期|梅雨|長期休(?:暇|み)|学校休業日?|"
    r"(?:春|夏|秋|冬)(?:[・と](?:春|夏|秋|冬))*)"
)
_NAMED = (
    rf"(?P<name>{_NAME}(?:休暇|(?:休み|休業|休館)(?=期間|中|の|時期|は|を|も|に|\())?)"
    r"(?:期間中?|時期|中|の間|のあいだ|シーズン)?"
)
_FULL_MONTH = (
    r"(?:(?:令和|R)(?P<e{0}>元|\d{{1,2}})年|(?P<y{0}>20\d{{2}})[年/])?(?P<m{0}>\d{{1,2}})月(?!\d)"
)
_PARITY = {"奇数月": (1, 3, 5, 7, 9, 11), "偶数月": (2, 4, 6, 8, 10, 12)}


def _months(found: re.Match[str]) -> tuple[int, ...] | None:
    text = found["months"]
    if text in _PARITY:
        return _PARITY[text]
    numbers = [number(part) for part in re.findall(NUMBER, text)]
    if not all(1 <= n <= 12 for n in numbers):
        return None
    if re.search(r"〜|から", text):
        return months_between(numbers[0], numbers[1])
    return tuple(sorted(set(numbers)))


def _month_season(found: re.Match[str]) -> Season | None:
    months = _months(found)
    return None if months is None else Season(months=months)


def _span(found: re.Match[str]) -> tuple[MonthDay, MonthDay] | None:
    first = month_day(found["m1"], found["d1"])
    last = month_day(found["m2"] or found["m1"], found["d2"])
    if first is None or last is None or (found["m2"] is None and last < first):
        return None
    return (first, last)


def _span_season(found: re.Match[str]) -> Season | None:
    span = _span(found)
    return None if span is None else Season(span=span)


def _name(found: re.Match[str]) -> str:
    name = found["name"].replace("と", "・")
    name = re.sub(
        r"^(?:お盆|盆|旧盆).*", lambda m: "旧盆" if m[0].startswith("旧") else "お盆", name
    )
    name = re.sub(r"^お正月", "正月", name)
    name = re.sub(r"^(?:GW|ゴールデンウ[ィイ]ーク)", "ゴールデンウィーク", name)
    kept = re.match(r"(.+?)(?:休み|休暇|休業|休館)$", name)
    if kept and kept[1] not in {"夏", "冬", "春", "夏季", "夏期", "冬季", "冬期", "夏季冬季"}:
        return name if kept[1].startswith("長期") else kept[1]
    return name


def _named_span(found: re.Match[str]) -> Season | None:
    span = _span(found)
    return None if span is None else Season(span=span, name=_name(found))


def _named_months(found: re.Match[str]) -> Season | None:
    months = _months(found)
    return None if months is None else Season(months=months, name=_name(found))


def _days_of_all_time(found: re.Match[str]) -> Season | None:
    first, last = full_day(found, "1"), full_day(found, "2")
    return None if first is None or last is None or last < first else Season(first=first, last=last)


def _full_months(found: re.Match[str]) -> Season | None:
    years = [
        int(found[f"y{n}"]) if found[f"y{n}"] else 2018 + _era_year(found[f"e{n}"] or "0")
        for n in (1, 2)
    ]
    if not found["y2"] and not found["e2"]:
        years[1] = years[0]
    months = [int(found[f"m{n}"]) for n in (1, 2)]
    if not all(1 <= month <= 12 for month in months):
        return None
    first = date(years[0], months[0], 1)
    last = date(years[1] + months[1] // 12, months[1] % 12 + 1, 1) - timedelta(days=1)
    return Season(first=first, last=last) if first < last else None


def _from_month(found: re.Match[str]) -> Season | None:
    year = int(found["y1"]) if found["y1"] else 2018 + _era_year(found["e1"])
    month = int(found["m1"])
    return Season(first=date(year, month, 1)) if 1 <= month <= 12 else None


def _from_day(found: re.Match[str]) -> Season | None:
    first = full_day(found, "1")
    return None if first is None else Season(first=first)


def _until_day(found: re.Match[str]) -> Season | None:
    last = full_day(found, "1")
    return None if last is None else Season(last=last)


def _fiscal_year(found: re.Match[str]) -> Season:
    year = int(found["year"]) if found["year"] else 2018 + _era_year(found["era"])
    return Season(first=date(year, 4, 1), last=date(year + 1, 3, 31))


def _era_year(text: str) -> int:
    return 1 if text == "元" else int(text)


SEASON_PHRASES = (
    phrase(
        Kind.SEASON,
        rf"(?=令和|R|20\d\d){_FULL_MONTH.format(1)}(?:から|より|以降|〜(?!\d|令|R))",
        _from_month,
    ),
    phrase(
        Kind.SEASON,
        rf"(?=令和|R|20\d\d){_FULL_MONTH.format(1)}(?:〜|から){_FULL_MONTH.format(2)}(?:まで)?",
        _full_months,
    ),
    phrase(
        Kind.SEASON,
        rf"{FULL_DAY.format(1)}(?:〜|から){FULL_DAY.format(2)}(?:まで)?(?:の期間)?",
        _days_of_all_time,
    ),
    phrase(
        Kind.SEASON,
        rf"{FULL_DAY.format(1)}(?:〜(?!\d)|から|より|以降)(?:開始|実施|開催)?",
        _from_day,
    ),
    phrase(Kind.SEASON, rf"〜?{FULL_DAY.format(1)}まで", _until_day),
    phrase(
        Kind.SEASON, r"(?:令和|R)(?P<era>元|\d{1,2})年度中?|(?P<year>20\d{2})年度中?", _fiscal_year
    ),
    phrase(Kind.SEASON, rf"{_NAMED}\({_DAY_SPAN}\)(?:期間中?|の間|のあいだ|中)?", _named_span),
    phrase(
        Kind.SEASON,
        rf"{_NAMED}\((?P<months>{_MONTHS})(?:頃|ごろ)?\)(?:期間中?|の間|のあいだ|中)?",
        _named_months,
    ),
    phrase(Kind.SEASON, rf"{_DAY_SPAN}(?:の期間中?|の間)?", _span_season),
    phrase(
        Kind.SEASON,
        r"(?:お?正月)?三が日|正月三[がヶケか]日",
        lambda _: Season(span=((1, 1), (1, 3)), name="三が日"),
    ),
    phrase(
        Kind.SEASON,
        r"元日|元旦",
        lambda _: Season(span=((1, 1), (1, 1)), name="元日"),
    ),
    phrase(
        Kind.SEASON,
        rf"(?P<months>奇数月|偶数月|{_MONTHS})(?:の間|のあいだ|中|期間)?",
        _month_season,
    ),
    phrase(Kind.SEASON, _NAMED, lambda m: Season(name=_name(m))),
)
