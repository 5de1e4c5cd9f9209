"""Texts of cells -> days, numbers, degrees. Pure; a text that is not one raises ``ValueError``."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

MISSING = frozenset(
    {"", "-", "－", "ー", "―", "—", "‐", "−", "X", "x", "Ｘ", "*", "＊", "***", "unknown"}
)
"""Texts that mean nobody wrote anything."""

JAPAN_LAT_DEG = (20.0, 46.0)
JAPAN_LON_DEG = (122.0, 154.0)

_ERAS = {
    "明治": (1868, 45), "M": (1868, 45), "大正": (1912, 15), "T": (1912, 15),
    "昭和": (1926, 64), "S": (1926, 64), "平成": (1989, 31), "H": (1989, 31),
    "令和": (2019, 99), "R": (2019, 99),
    "明": (1868, 45), "大": (1912, 15), "昭": (1926, 64), "平": (1989, 31), "令": (2019, 99),
}  # fmt: skip
_ERA_DAY = re.compile(
    r"(明治|大正|昭和|平成|令和|[明大昭平令MTSHR])\.?(元|\d{1,2})(?:年|[./-])(\d{1,2})(?:月|[./-])(\d{1,2})日?"
)
_DAY = re.compile(r"(\d{4})(?:年|[./-])(\d{1,2})(?:月|[./-])(\d{1,2})日?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TRAILING = re.compile(r"(\([月火水木金土日](曜日?)?\)|[T ]?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?)$")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DECIMAL_DEGREES = re.compile(
    r"([NSEW]|北緯|南緯|東経|西経)?([+-]?\d{1,3}(?:\.\d+)?)(?:度|°)?([NSEW])?"
)
_DMS = re.compile(
    r"([NSEW]|北緯|南緯|東経|西経)?(\d{1,3})(?:度|°|º)(?:(\d{1,2}(?:\.\d+)?)(?:分|'|′|’)"
    r"(?:(\d{1,2}(?:\.\d+)?)(?:秒|\"|″|”|''|′′|’’)?)?)?([NSEW])?"
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(:\d{2})?|(\d{1,2})時((\d{1,2})分|半)?")
_HALF_OF_DAY = re.compile("午前|午後")
_MINUTES = re.compile(r"(\d{1,3})分?間?")
_LONGEST_MIN = 720


def plain(text: str) -> str:
    """Half-width, without blanks: the form in which values are parsed, never shown."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_missing(text: str) -> bool:
    """True for an empty cell and for the signs that mean one."""
    return text in MISSING


def parse_day(text: str) -> date:
    """A day written as towns write it.

    ``2026/5/31``, ``2026-05-31``, ``2026年5月31日``, ``20260531``, ``令和8年5月31日``, ``R8.5.31``,
    ``昭32. 7. 1``, each also with a weekday in brackets or a time of day after it.

    Raises
    ------
    ValueError
        When it is no day, or a day the calendar does not have.
    """
    short = plain(text)
    bare = short if _COMPACT_DAY.fullmatch(short) else _TRAILING.sub("", short) or short
    if found := _ERA_DAY.fullmatch(bare):
        start, last = _ERAS[found[1]]
        year = 1 if found[2] == "元" else int(found[2])
        if not 1 <= year <= last:
            raise ValueError(f"no such year of the era: {text}")
        return date(start + year - 1, int(found[3]), int(found[4]))
    if found := _DAY.fullmatch(bare) or _COMPACT_DAY.fullmatch(bare):
        return date(int(found[1]), int(found[2]), int(found[3]))
    raise ValueError(f"not a day: {text}")


def parse_count(text: str) -> int:
    """A whole number of people: full-width digits, thousands commas and 人・名 are accepted."""
    short = plain(text).removesuffix("人").removesuffix("名")
    if not (_NUMBER.fullmatch(short) or _GROUPED.fullmatch(short)):
        raise ValueError(f"not a number: {text}")
    value = float(short.replace(",", ""))
    if not value.is_integer() or not 0 <= value < 10_000_000:
        raise ValueError(f"not a count: {text}")
    return int(value)


def parse_degrees(text: str) -> float:
    """Degrees as a decimal (34.867) or in degrees, minutes and seconds (34度52分2.3秒)."""
    short = plain(text).replace("，", ".")
    if found := _DECIMAL_DEGREES.fullmatch(short):
        value = float(found[2])
        signs = (found[1], found[3])
    elif found := _DMS.fullmatch(short):
        minutes, seconds = float(found[3] or 0), float(found[4] or 0)
        if minutes >= 60 or seconds >= 60:
            raise ValueError(f"no such minute or second: {text}")
        value = int(found[2]) + minutes / 60 + seconds / 3600
        signs = (found[1], found[5])
    else:
        raise ValueError(f"not degrees: {text}")
    if {"S", "W", "南緯", "西経"} & set(signs):
        value = -value
    return value


def parse_metres(text: str) -> float:
    """A plane coordinate in metres, with or without thousands commas."""
    short = plain(text)
    if not (_NUMBER.fullmatch(short) or _GROUPED.fullmatch(short)):
        raise ValueError(f"not metres: {text}")
    return float(short.replace(",", ""))


def parse_latlon(text: str, *, metric: bool = False) -> tuple[float, float]:
    """``33.62,130.69`` in one cell -> (lat, lon); with ``metric`` (X north, Y east) in metres."""
    parts = [part for part in re.split(r"[,、，;\s]+", text.strip("()（）[] 　")) if part]
    if len(parts) != 2:
        raise ValueError(f"not two numbers: {text}")
    parse = parse_metres if metric else parse_degrees
    return parse(parts[0]), parse(parts[1])


def looks_like_lat(value: float) -> bool:
    """True inside the latitudes of Japan."""
    return JAPAN_LAT_DEG[0] <= value <= JAPAN_LAT_DEG[1]


def looks_like_lon(value: float) -> bool:
    """True inside the longitudes of Japan."""
    return JAPAN_LON_DEG[0] <= value <= JAPAN_LON_DEG[1]


def parse_clock(text: str) -> int:
    """A time of day in minutes after midnight: ``10:20``, ``10時20分``, ``午後1時半``."""
    short = plain(text)
    half = _HALF_OF_DAY.match(short)
    found = _TIME.fullmatch(short[half.end() :] if half else short)
    if found is None:
        raise ValueError(f"not a time of day: {text}")
    hour = int(found[1] or found[4])
    minute = int(found[2] or 0) if found[1] else 30 if found[5] == "半" else int(found[6] or 0)
    if half:
        if not 0 <= hour <= 12:
            raise ValueError(f"no such hour of half a day: {text}")
        hour = hour % 12 + 12 * (half[0] == "午後")
    if hour > 23 or minute > 59:
        raise ValueError(f"no such time of day: {text}")
    return 60 * hour + minute


def parse_minutes(text: str) -> int:
    """How many minutes something takes: ``30``, ``30分``; up to half a day."""
    found = _MINUTES.fullmatch(plain(text))
    if found is None or not 1 <= int(found[1]) <= _LONGEST_MIN:
        raise ValueError(f"not minutes: {text}")
    return int(found[1])


def clock(text: str) -> str:
    """A time of day as ``8:30``; anything else is given back as it was written."""
    found = _TIME.fullmatch(plain(text))
    if found is None:
        return text
    if found[1]:
        return f"{int(found[1])}:{found[2]}"
    minutes = 30 if found[5] == "半" else int(found[6] or 0)
    return f"{int(found[4])}:{minutes:02d}"
