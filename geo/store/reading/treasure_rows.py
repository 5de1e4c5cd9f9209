"""Treasures and where they belong, as one audience's views tell them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, TextClause, text

from geo.store.reading.area_rows import AreaKey

COLUMNS = frozenset(
    [
        "number",
        "layer_id",
        "record_id",
        "name",
        "kana",
        "venue_id",
        "venue",
        "venue_kind",
        "address",
        "area_text",
        "lon",
        "lat",
        "precision",
        "placed",
        "status",
        "schedule",
        "for_whom",
        "newcomers",
        "fee",
        "activities",
        "activity_kind",
        "operator",
        "transport",
        "capacity",
        "participants",
        "contact",
        "organiser",
        "functions",
        "meaning",
        "story",
        "photo",
        "url",
        "started_on",
        "ended_on",
        "confirmed_on",
        "found_through",
        "note",
        "extra",
        "audience",
        "declared_precision",
        "vehicle",
        "stop_order",
        "arrive_min",
        "stay_min",
        "timing",
    ]
)
"""What :func:`read_treasures` can bring."""

_AS_TEXT = frozenset({"extra", "timing"})

TreasureRow = Sequence[Any]
"""One treasure, in the order of the columns that were asked for."""


@lru_cache(maxsize=256)
def _in_area(columns: tuple[str, ...]) -> TextClause:
    """The statement that brings some columns of an area's treasures."""
    return text(
        f"SELECT {_selected(columns)} FROM treasure_area WHERE level_id = :level AND code = :code"
    )


@lru_cache(maxsize=256)
def _numbered(columns: tuple[str, ...]) -> TextClause:
    """The statement that brings some columns of treasures by number.

    The views are security barriers: a condition reaches their index only if it is a leakproof
    comparison with a constant, so the numbers are handed over as one array.
    """
    return text(f"SELECT {_selected(columns)} FROM treasure WHERE number = ANY(:numbers)")


def _selected(columns: tuple[str, ...]) -> str:
    assert COLUMNS.issuperset(columns)
    return ", ".join(f"CAST({c} AS text)" if c in _AS_TEXT else c for c in columns)


# Two barrier views joined by the server can meet in a nested loop of two whole evaluations, so
# the town's questions bring each view once and are joined by number here.
_HOMES = text("""
SELECT level_id, code, array_agg(number) AS numbers FROM treasure_area GROUP BY level_id, code
""")

_HOMES_AMONG = text("""
SELECT level_id, code, number FROM treasure_area
WHERE level_id = ANY(:levels) AND number = ANY(:numbers)
""")

_STOPS = text("SELECT number FROM treasure WHERE vehicle = ANY(:vehicles) ORDER BY number")

_PLACES = text("SELECT number, layer_id, lon, lat FROM treasure")


@dataclass(frozen=True, slots=True)
class TreasurePlace:
    """Which layer a treasure is of, and its place in degrees (EPSG:4326), if it has one."""

    layer: str
    lon: float | None
    lat: float | None


def read_area_treasures(
    conn: Connection, level: str, code: str, columns: Sequence[str]
) -> Sequence[TreasureRow]:
    """The treasures of one area; columns as for :func:`read_treasures`."""
    return conn.execute(_in_area(tuple(columns)), {"level": level, "code": code}).all()


def read_treasures(
    conn: Connection, numbers: Sequence[int], columns: Sequence[str]
) -> Sequence[TreasureRow]:
    """The treasures with these numbers; those the audience may not see are missing.

    Parameters
    ----------
    conn : sqlalchemy.Connection
    numbers : Sequence[int]
    columns : Sequence[str]
        Some of :data:`COLUMNS`: what nobody shows is neither computed nor sent. ``extra`` and
        ``timing`` come as JSON text.
    """
    if not numbers:
        return []
    return conn.execute(_numbered(tuple(columns)), {"numbers": list(numbers)}).all()


def read_stop_numbers(conn: Connection, vehicles: Sequence[str]) -> list[int]:
    """The numbers of the stops of these vehicles, ascending."""
    return list(conn.execute(_STOPS, {"vehicles": list(vehicles)}).scalars())


def read_homes(conn: Connection) -> dict[AreaKey, list[int]]:
    """The numbers of the treasures of every area that holds one."""
    return {(row.level_id, row.code): row.numbers for row in conn.execute(_HOMES).all()}


def read_homes_among(
    conn: Connection, levels: Iterable[str], numbers: Iterable[int]
) -> dict[AreaKey, list[int]]:
    """Which of these treasures lie in which area of some levels; ascending."""
    wanted = {"levels": list(levels), "numbers": list(numbers)}
    homes: dict[AreaKey, list[int]] = {}
    for level, code, number in conn.execute(_HOMES_AMONG, wanted):
        homes.setdefault((level, code), []).append(number)
    return {key: sorted(found) for key, found in homes.items()}


def read_places(conn: Connection) -> dict[int, TreasurePlace]:
    """Every treasure of the town by number."""
    return {row[0]: TreasurePlace(row[1], row[2], row[3]) for row in conn.execute(_PLACES).all()}
