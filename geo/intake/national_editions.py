"""National data sets known by their field names, edition by edition.

国土数値情報 numbers its fields instead of naming them, and the numbers mean other things in other
editions; the census has its own. A clerk who has such a file need not write which column is what.
What is taken for granted here is always said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.intake.encodings import is_japanese

_TOWN_CODE = re.compile(r"(\d{5})\d?")
_KEY_CODE = re.compile(r"(\d{5})\d*")
_SPAN = 19
_FIRST_SPAN = 29
JGD2000, JGD2011, EITHER = ("EPSG:4612",), ("EPSG:6668",), ("EPSG:4612", "EPSG:6668")


@dataclass(frozen=True, slots=True)
class Edition:
    """What the fields of one data set mean.

    Parameters
    ----------
    title_ja : str
        Data set and edition, for messages.
    fields : frozenset of str
        Fields that are all there.
    name, code, town, address : tuple of str
        Columns of the name, the area's own code (empty: the name is the code), the municipality
        code and the address. Of several the first that is filled is taken.
    absent : frozenset of str
        Fields that belong to another edition.
    city : str or None
        The column of a designated city, put before the ward's name.
    water : str or None
        The column that tells water areas by 8154.
    crs : tuple of str
        Coordinate systems of the specification, for a file that lost its ``.prj``.
    apart : tuple of str
        Columns that, beside name and address, tell two places apart.
    """

    title_ja: str
    fields: frozenset[str]
    name: tuple[str, ...]
    code: tuple[str, ...] = ()
    town: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    absent: frozenset[str] = frozenset()
    city: str | None = None
    water: str | None = None
    crs: tuple[str, ...] = EITHER
    apart: tuple[str, ...] = ()

    def fits(self, headers: frozenset[str]) -> bool:
        """Whether a table's columns are those of this edition."""
        return self.fields <= headers and not self.absent & headers

    def name_of(self, row: Mapping[str, str]) -> str:
        """The area's name; a ward's with its city before it."""
        name = _first(row, self.name)
        city = row.get(self.city, "") if self.city else ""
        if name and city.endswith("市") and city != name:
            return city + name
        return name

    def code_of(self, row: Mapping[str, str]) -> str:
        """The area's code, which is its name where the data set has no codes of areas."""
        return _first(row, self.code) if self.code else self.name_of(row)

    def address_of(self, row: Mapping[str, str]) -> str:
        """The address, or an empty text."""
        return _first(row, self.address)

    def town_of(self, row: Mapping[str, str]) -> str:
        """The five digits of the municipality, or an empty text."""
        for column in self.town:
            text = row.get(column, "")
            found = (_KEY_CODE if column == "KEY_CODE" else _TOWN_CODE).fullmatch(text)
            if found:
                return found[1]
        return ""

    def is_water(self, row: Mapping[str, str]) -> bool:
        """Whether a row is water, which is nobody's district."""
        return self.water is not None and row.get(self.water, "") == "8154"

    def columns_ja(self) -> str:
        """Which columns are read as what."""
        code = "・".join(self.code) or "名前と同じ列"
        return f"番号は {code}、名前は {'・'.join(self.name)}"


def _numbered(prefix: str, first: int, last: int) -> frozenset[str]:
    return frozenset(f"{prefix}_{n:03d}" for n in range(first, last + 1))


def _mlit(text: str) -> str:
    return f"国土数値情報 {text}"


_CENSUS = frozenset({"KEY_CODE", "HCODE"})


def _census(year: int, name: str, fields: Iterable[str], *absent: str) -> Edition:
    return Edition(
        f"国勢調査の小地域（{year}年）", _CENSUS | {name, *fields}, (name,), ("KEY_CODE",), ("KEY_CODE",),
        absent=frozenset(absent), water="HCODE", crs=("EPSG:6668", "EPSG:4612"),
    )  # fmt: skip


AREA_EDITIONS = (
    Edition(
        _mlit("N03（2024年版から）"), frozenset({"N03_001", "N03_004", "N03_005", "N03_007"}),
        ("N03_005", "N03_004"), ("N03_007",), ("N03_007",), city="N03_004", crs=JGD2011,
    ),
    Edition(
        _mlit("N03（2023年版まで）"), frozenset({"N03_001", "N03_003", "N03_004", "N03_007"}),
        ("N03_004",), ("N03_007",), ("N03_007",), city="N03_003",
    ),
    Edition(
        _mlit("A27（2021年版）"), _numbered("A27", 1, 5), ("A27_004",), ("A27_003",), ("A27_001",),
        ("A27_005",), _numbered("A27", 6, 8), crs=JGD2011,
    ),
    Edition(
        _mlit("A27（2010年版・2016年版）"), _numbered("A27", 5, 8), ("A27_007",), (), ("A27_005",),
        ("A27_008",), _numbered("A27", 1, 4),
    ),
    Edition(
        _mlit("A32（2021年版）"), _numbered("A32", 1, 5), ("A32_004",), ("A32_003",), ("A32_001",),
        ("A32_005",), _numbered("A32", 6, 10), crs=JGD2011,
    ),
    Edition(
        _mlit("A32（2013年版）"), _numbered("A32", 1, 6), ("A32_003",), (), ("A32_001",),
        absent=_numbered("A32", 7, 10), crs=JGD2000,
    ),
    Edition(
        _mlit("A32（2013年版と2016年版）"), _numbered("A32", 1, 10), ("A32_003", "A32_008"), (),
        ("A32_001", "A32_006"), ("A32_009",),
    ),
    Edition(
        _mlit("A32（2016年版）"), _numbered("A32", 6, 10), ("A32_008",), (), ("A32_006",),
        ("A32_009",), _numbered("A32", 1, 5),
    ),
    _census(2020, "S_NAME", ["R2KAXX"]),
    _census(2015, "S_NAME", ["KBSUM", "MOJI"]),
    _census(2020, "S_NAME", ["S_AREA"]),
    _census(2015, "MOJI", ["KBSUM"]),
    _census(2010, "MOJI", ["KSUM"]),
)  # fmt: skip
"""Polygons, the more telling signature first."""

POINT_EDITIONS = (
    Edition(
        _mlit("P05（2010年版）"), _numbered("P05", 1, 4), ("P05_003",), (), ("P05_001",),
        ("P05_004",), crs=JGD2000,
    ),
    Edition(
        _mlit("P14（2011年版・2015年版）"), _numbered("P14", 1, 7), ("P14_007",), (), ("P14_002",),
        ("P14_003",), crs=JGD2000, apart=("P14_006",),
    ),
    Edition(
        _mlit("P20（2012年版）"), _numbered("P20", 1, 6), ("P20_002",), (), ("P20_001",),
        ("P20_003",),
    ),
    Edition(
        _mlit("P27（2013年版）"), _numbered("P27", 1, 6), ("P27_005",), (), ("P27_001",),
        ("P27_006",),
    ),
    Edition(
        _mlit("P29（2013年版）"), _numbered("P29", 1, 7), ("P29_005",), (), ("P29_001",),
        ("P29_006",),
    ),
    Edition(
        _mlit("P29（2021年版）"), _numbered("P29", 1, 5), ("P29_004",), ("P29_002",), ("P29_001",),
        ("P29_005",), _numbered("P29", 6, 7), crs=JGD2011,
    ),
    Edition(
        _mlit("A27の学校（2010年版・2016年版）"), _numbered("A27", 1, 4), ("A27_003",), (),
        ("A27_001",), ("A27_004",), _numbered("A27", 5, 8),
    ),
    Edition(
        _mlit("A32の学校（2016年版）"), _numbered("A32", 1, 5), ("A32_003",), (), ("A32_001",),
        ("A32_004",), _numbered("A32", 6, 10),
    ),
)  # fmt: skip
"""Points, for lists."""


def area_edition(headers: Iterable[str], rows: Iterable[Mapping[str, str]]) -> Edition | None:
    """The edition of a boundary file; None where it is none of those known here."""
    return _edition(AREA_EDITIONS, headers, rows)


def point_edition(headers: Iterable[str], rows: Iterable[Mapping[str, str]]) -> Edition | None:
    """The edition of a file of places; None where it is none of those known here."""
    return _edition(POINT_EDITIONS, headers, rows)


def has_national_fields(headers: Iterable[str]) -> Edition | None:
    """The first edition whose fields are there, before a value could be read."""
    known = frozenset(header.upper() for header in headers)
    return next((e for e in (*AREA_EDITIONS, *POINT_EDITIONS) if e.fits(known)), None)


def _edition(
    editions: Iterable[Edition], headers: Iterable[str], rows: Iterable[Mapping[str, str]]
) -> Edition | None:
    """The first whose fields are there and whose names are names.

    Field numbers that mean codes in one edition mean names in another.
    """
    known = frozenset(headers) | frozenset(header.upper() for header in headers)
    fitting = [edition for edition in editions if edition.fits(known)]
    if not fitting:
        return None
    listed = list(rows)
    for edition in fitting:
        if any(map(is_japanese, "".join(edition.name_of(row) for row in listed[:200]))):
            return edition
    return None


def in_town(code: str, town_code: str) -> bool:
    """Whether a municipality code is the town's own, or that of one of its wards.

    Wards of a designated city (22100) have the numbers that follow it (22101, 22102, ...).
    """
    if code == town_code:
        return True
    if not (code.isdigit() and town_code.isdigit() and len(code) == len(town_code) == 5):
        return False
    city = int(town_code)
    if not 100 <= city % 1000 < 200 or city % 10:
        return False
    return city < int(code) <= city + (_SPAN if city % 100 else _FIRST_SPAN)


def _first(row: Mapping[str, str], columns: tuple[str, ...]) -> str:
    return next((row[column] for column in columns if row.get(column)), "")
