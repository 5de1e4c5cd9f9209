"""The town, its levels and its revision, as one audience's views tell them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

from geo.model.answers import LevelInfo, TownInfo
from geo.model.ground_answer import Ground

_GROUND = """t.streets_edition, t.streets_title, t.streets_source, t.streets_licence,
       t.streets_as_of, t.streets_west, t.streets_south, t.streets_east, t.streets_north"""

_TOWN_AND_LEVELS = text(f"""
SELECT t.code, t.name, t.word, t.contact, t.public_url, t.metric_crs, t.walk_speed_m_per_min,
       current_schema() AS door, t.people_edition IS NOT NULL AS has_people,
       {_GROUND},
       l.id AS level_id, l.title, l.tier, l.source, l.licence, l.as_of
FROM town t LEFT JOIN level l ON true
ORDER BY l.tier NULLS LAST, l.ord, l.id
""")

_GROUND_ALONE = text(f"SELECT {_GROUND} FROM town t")

_REVISION = text("SELECT revision, today FROM town")

_HIDDEN_IN_AREA = text("SELECT n FROM hidden_count WHERE level_id = :level AND code = :code")

_HIDDEN_IN_LEVEL = text("SELECT sum(n)::integer FROM hidden_count WHERE level_id = :level")

_HIDDEN_IN_TOWN = text("SELECT n FROM hidden_count WHERE level_id IS NULL")


@dataclass(frozen=True, slots=True)
class TownRow:
    """The town with its levels in reading order.

    ``door`` is the view schema that answered; ``ground`` the base map, where there are streets;
    ``has_people`` says whether anybody has counted who lives where.
    """

    info: TownInfo
    levels: tuple[LevelInfo, ...]
    door: str | None
    metric_crs: str
    walk_speed_m_per_min: int | None
    ground: Ground | None
    has_people: bool


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
        ground=_ground(first),
        has_people=first.has_people,
    )


def read_ground(conn: Connection) -> Ground | None:
    """The base map that stands; None where the town has no streets."""
    row = conn.execute(_GROUND_ALONE).one_or_none()
    return None if row is None else _ground(row)


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


def _ground(row: Row[Any]) -> Ground | None:
    if row.streets_edition is None:
        return None
    return Ground(
        edition=row.streets_edition,
        title=row.streets_title,
        source=row.streets_source,
        licence=row.streets_licence,
        as_of=row.streets_as_of,
        bounds=(row.streets_west, row.streets_south, row.streets_east, row.streets_north),
    )
