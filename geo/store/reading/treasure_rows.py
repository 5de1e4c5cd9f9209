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
    ]
)
"""What :func:`read_treasures` can bring."""

TreasureRow = Sequence[Any]
"""One treasure, in the order of the columns that were asked for."""


@lru_cache(maxsize=256)
def _treasures(columns: tuple[str, ...]) -> TextClause:
    """The statement that brings some columns.

    The views are security barriers: a condition reaches their index only if it is a leakproof
    comparison with a constant, so the numbers are fetched first and handed over as one array.
    """
    assert COLUMNS.issuperset(columns)
    selected = ", ".join(f"CAST({c} AS text)" if c == "extra" else c for c in columns)
    return text(f"SELECT {selected} FROM treasure WHERE number = ANY(:numbers)")


_MEMBERS = text("""
SELECT level_id, code, count(*) AS n,
       array_agg(number) FILTER (WHERE level_id = :level AND code = :code) AS numbers
FROM treasure_area WHERE level_id = ANY(:levels) GROUP BY level_id, code
""")

# Two barrier views joined by the server can meet in a nested loop of two whole evaluations, so
# the town's questions bring each view once and are joined by number here.
_HOMES = text("""
SELECT level_id, code, array_agg(number) AS numbers FROM treasure_area GROUP BY level_id, code
""")

_PLACES = text("SELECT number, layer_id, lon, lat FROM treasure")


@dataclass(frozen=True, slots=True)
class TreasurePlace:
    """Which layer a treasure is of, and its place in degrees (EPSG:4326), if it has one."""

    layer: str
    lon: float | None
    lat: float | None


def read_members(
    conn: Connection, level: str, code: str, levels: Iterable[str]
) -> tuple[list[int], dict[AreaKey, int]]:
    """The numbers of the treasures of one area, and the counts of every area of some levels."""
    numbers: list[int] = []
    counts: dict[AreaKey, int] = {}
    wanted = sorted({level, *levels})
    for row in conn.execute(_MEMBERS, {"level": level, "code": code, "levels": wanted}):
        counts[row.level_id, row.code] = row.n
        if row.numbers:
            numbers = row.numbers
    return numbers, counts


def read_treasures(
    conn: Connection, numbers: Sequence[int], columns: Iterable[str]
) -> Sequence[TreasureRow]:
    """The treasures with these numbers; those the audience may not see are missing.

    Parameters
    ----------
    conn : sqlalchemy.Connection
    numbers : Sequence[int]
    columns : Iterable[str]
        Some of :data:`COLUMNS`: what nobody shows is neither computed nor sent. ``extra`` comes
        as JSON text.
    """
    if not numbers:
        return []
    return conn.execute(_treasures(tuple(columns)), {"numbers": list(numbers)}).all()


def read_homes(conn: Connection) -> dict[AreaKey, list[int]]:
    """The numbers of the treasures of every area that holds one."""
    return {(row.level_id, row.code): row.numbers for row in conn.execute(_HOMES).all()}


def read_places(conn: Connection) -> dict[int, TreasurePlace]:
    """Every treasure of the town by number."""
    return {row[0]: TreasurePlace(row[1], row[2], row[3]) for row in conn.execute(_PLACES).all()}
