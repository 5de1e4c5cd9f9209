"""The town, its levels and its revision, as one audience's views tell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from geo.model.answers import LevelInfo, TownInfo

_TOWN_AND_LEVELS = text("""
SELECT t.code, t.name, t.word, t.contact, t.public_url, t.metric_crs, t.walk_speed_m_per_min,
       current_schema() AS door,
       l.id AS level_id, l.title, l.tier, l.source, l.licence, l.as_of
FROM town t LEFT JOIN level l ON true
ORDER BY l.tier NULLS LAST, l.ord, l.id
""")

_REVISION = text("SELECT revision, today FROM town")

_HIDDEN_IN_AREA = text("SELECT n FROM hidden_count WHERE level_id = :level AND code = :code")

_HIDDEN_IN_LEVEL = text("SELECT sum(n)::integer FROM hidden_count WHERE level_id = :level")

_HIDDEN_IN_TOWN = text("SELECT n FROM hidden_count WHERE level_id IS NULL")


@dataclass(frozen=True, slots=True)
class TownRow:
    """The town with its levels in reading order. ``door`` is the view schema that answered."""

    info: TownInfo
    levels: tuple[LevelInfo, ...]
    door: str | None
    metric_crs: str
    walk_speed_m_per_min: int


def read_town(conn: Connection) -> TownRow | None:
    """The town and its levels, the coarsest tier first; None when nothing has been loaded."""
    rows = conn.execute(_TOWN_AND_LEVELS).all()
    if not rows:
        return None
    first = rows[0]
    return TownRow(
        info=TownInfo(first.code, first.name, first.word, first.contact, first.public_url),
        levels=tuple(
            LevelInfo(r.level_id, r.title, r.tier, r.source, r.licence, r.as_of)
            for r in rows
            if r.level_id is not None
        ),
        door=first.door,
        metric_crs=first.metric_crs,
        walk_speed_m_per_min=first.walk_speed_m_per_min,
    )


def read_revision(conn: Connection) -> tuple[int, date] | None:
    """The town's revision and the views' today; None when nothing has been loaded."""
    row = conn.execute(_REVISION).one_or_none()
    return None if row is None else (int(row.revision), row.today)


def hidden_count(conn: Connection, level: str | None, code: str | None) -> int:
    """Records counted and never shown: of an area, of a level (no code), or of the town."""
    if level is None:
        found = conn.execute(_HIDDEN_IN_TOWN)
    elif code is None:
        found = conn.execute(_HIDDEN_IN_LEVEL, {"level": level})
    else:
        found = conn.execute(_HIDDEN_IN_AREA, {"level": level, "code": code})
    return int(found.scalar_one_or_none() or 0)
