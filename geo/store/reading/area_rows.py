"""Areas, their outlines and their shares in one another, as one audience's views tell them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from geo.model.answers import GeoJson

SCREEN_TOLERANCE_DEG = 1e-5
"""About one metre: an outline simplified by this looks the same at every zoom of a street map."""

_FRAME_PAD = 0.08
_DIGITS = 6
_NUMBERS = re.compile(r"(\d+)")

_SHAPE = f"""ST_AsGeoJSON(ST_SimplifyPreserveTopology(a.outline, {SCREEN_TOLERANCE_DEG}), {_DIGITS})
       AS outline, ST_XMin(a.outline) AS west, ST_YMin(a.outline) AS south,
       ST_XMax(a.outline) AS east, ST_YMax(a.outline) AS north"""

_AREAS = text("""
SELECT level_id, code, name, kana, contact, drawn, area_m2, ord FROM area
""")

_SHARES_OF_ONE = text("""
SELECT level_id, code, other_level_id, other_code, share FROM overlap
WHERE (level_id = :level AND code = :code) OR (other_level_id = :level AND other_code = :code)
""")

_SHARES = text("SELECT level_id, code, other_level_id, other_code, share FROM overlap")

_OUTLINES_AROUND = text(f"""
WITH here AS MATERIALIZED (
    SELECT ST_Expand(ST_Envelope(outline), {_FRAME_PAD} * greatest(
        ST_XMax(outline) - ST_XMin(outline), ST_YMax(outline) - ST_YMin(outline))) AS frame
    FROM area WHERE level_id = :level AND code = :code AND drawn
)
SELECT a.level_id, a.code, {_SHAPE}
FROM area a LEFT JOIN here ON true
WHERE a.drawn AND (
    (a.level_id = :level AND ST_Intersects(a.outline, here.frame))
    OR (a.level_id, a.code) IN (
        SELECT * FROM unnest(CAST(:levels AS text[]), CAST(:codes AS text[]))))
""")

_OUTLINES = text(f"SELECT a.level_id, a.code, {_SHAPE} FROM area a WHERE a.drawn")

_OUTLINES_OF_LEVEL = text(
    f"SELECT a.level_id, a.code, {_SHAPE} FROM area a WHERE a.drawn AND a.level_id = :level"
)

AreaKey = tuple[str, str]
"""(level, code)."""

Bounds = tuple[float, float, float, float]
"""(west, south, east, north) in degrees, EPSG:4326."""


@dataclass(frozen=True, slots=True)
class AreaRecord:
    """One area without its outline. ``area_m2`` is None where it is not drawn."""

    level: str
    code: str
    name: str
    kana: str | None
    contact: str | None
    drawn: bool
    area_m2: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """``share`` (0..1) of ``area`` lies in ``other``."""

    area: AreaKey
    other: AreaKey
    share: float


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline for the screen and its box, degrees in EPSG:4326."""

    outline: GeoJson
    bounds: Bounds


def read_areas(conn: Connection) -> dict[AreaKey, AreaRecord]:
    """Every area of every level, in the order in which lists show them.

    By the level's own order where it has one, then by code with its numbers as numbers: 第9 before
    第10.
    """
    rows = sorted(
        conn.execute(_AREAS).all(),
        key=lambda r: (r.ord is None, r.ord or 0, _natural(r.code)),
    )
    return {(r.level_id, r.code): AreaRecord(*r[:-1]) for r in rows}


def _natural(code: str) -> list[tuple[bool, int, str]]:
    parts = _NUMBERS.split(unicodedata.normalize("NFKC", code))
    return [
        (False, int(part), "") if part.isdecimal() else (True, 0, part) for part in parts if part
    ]


def _share_list(rows: Iterable[tuple[str, str, str, str, float]]) -> list[Share]:
    return [Share((level, code), (other, its), share) for level, code, other, its, share in rows]


def read_shares_of(conn: Connection, level: str, code: str) -> list[Share]:
    """The shares of one area in others, and of others in it."""
    return _share_list(
        tuple(r) for r in conn.execute(_SHARES_OF_ONE, {"level": level, "code": code})
    )


def read_shares(conn: Connection) -> list[Share]:
    """Every share of the town."""
    return _share_list(tuple(r) for r in conn.execute(_SHARES))


def read_outlines_around(
    conn: Connection, level: str, code: str, others: Iterable[AreaKey]
) -> dict[AreaKey, Shape]:
    """The outline of an area, of its level's areas in sight of it, and of ``others``.

    In sight is what meets the area's box, padded by 8 % of its longer side: what touches the
    area does, and so does what would appear in the corners of its map.
    """
    keys = list(others)
    return _shapes(
        conn.execute(
            _OUTLINES_AROUND,
            {
                "level": level,
                "code": code,
                "levels": [key[0] for key in keys],
                "codes": [key[1] for key in keys],
            },
        )
    )


def read_outlines(conn: Connection, level: str | None = None) -> dict[AreaKey, Shape]:
    """The outlines of a level, or of every level."""
    if level is None:
        return _shapes(conn.execute(_OUTLINES))
    return _shapes(conn.execute(_OUTLINES_OF_LEVEL, {"level": level}))


def _shapes(
    rows: Iterable[tuple[str, str, str, float, float, float, float]],
) -> dict[AreaKey, Shape]:
    return {
        (level, code): Shape(json.loads(outline), (west, south, east, north))
        for level, code, outline, west, south, east, north in rows
    }
