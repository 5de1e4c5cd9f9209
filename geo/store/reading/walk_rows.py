"""How a town's people walk, which streets and people stand, and the true outlines of its areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from geo.model.area_ground import AreaGround
from geo.store.reading.area_rows import AreaKey

_WALK_TOWN = text("""
SELECT revision, today, metric_crs, walk_speed_m_per_min, walk_limits_min, attach_limit_m,
       people_band, streets_edition, people_edition, people_title, people_source, people_licence,
       people_as_of, people_shares
FROM town
""")

_GROUNDS = text("SELECT level_id, code, ST_AsBinary(outline) AS outline, members FROM area")


@dataclass(frozen=True, slots=True)
class StandingPeople:
    """The people that stand: edition, what they were counted in, bands that are assumed shares."""

    edition: int
    title: str
    source: str
    licence: str
    as_of: date
    shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class WalkTown:
    """The town's own settings of walking, and what it has to walk on.

    ``revision`` rises with every load that changed anything; ``today`` is the views' day.
    ``streets_edition`` and ``people`` are None where the town has none.
    """

    revision: int
    today: date
    metric_crs: str
    walk_speed_m_per_min: int | None
    walk_limits_min: tuple[int, ...]
    attach_limit_m: int
    people_band: str
    streets_edition: int | None
    people: StandingPeople | None


def read_walk_town(conn: Connection) -> WalkTown:
    """The one row of the town; something must have been loaded."""
    row = conn.execute(_WALK_TOWN).one()
    people = None
    if row.people_edition is not None:
        people = StandingPeople(
            row.people_edition,
            row.people_title,
            row.people_source,
            row.people_licence,
            row.people_as_of,
            dict(row.people_shares or {}),
        )
    return WalkTown(
        row.revision,
        row.today,
        row.metric_crs,
        row.walk_speed_m_per_min,
        tuple(row.walk_limits_min),
        row.attach_limit_m,
        row.people_band,
        row.streets_edition,
        people,
    )


def read_area_grounds(conn: Connection) -> dict[AreaKey, AreaGround]:
    """Every area of every level, as exactly as it was drawn."""
    return {
        (row.level_id, row.code): AreaGround(
            None if row.outline is None else bytes(row.outline), _members(row.members)
        )
        for row in conn.execute(_GROUNDS)
    }


def _members(told: list[Mapping[str, Any]] | None) -> tuple[AreaKey, ...]:
    return tuple((one["level"], one["code"]) for one in told or ())
