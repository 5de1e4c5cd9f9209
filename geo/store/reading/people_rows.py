"""The people that stand: cells with their counts, and how many live in every area."""

from __future__ import annotations

from sqlalchemy import Connection, text

from geo.model.people import PeopleCell
from geo.store.reading.area_rows import AreaKey

Counts = tuple[int | None, int | None, int | None, int | None]
"""By `geo.model.people.BANDS`; None: not known, or not told."""

NOT_TOLD: Counts = (None, None, None, None)

_CELLS = """
SELECT code, name, ST_AsBinary(geom) AS wkb, people, people_65, people_75, people_85, merged
FROM {door}people_cell ORDER BY id
"""

_AREAS = text("SELECT level_id, code, people, people_65, people_75, people_85 FROM area_people")


def read_people_cells(conn: Connection, door: str | None = None) -> list[PeopleCell]:
    """Every piece of the census, in the order in which it was read; none where there are no people.

    ``door`` is as for `geo.store.reading.street_rows.read_walk_streets`.
    """
    statement = text(_CELLS.format(door="" if door is None else f"{door}."))
    return [
        PeopleCell(
            row.code,
            row.name,
            bytes(row.wkb),
            (row.people, row.people_65, row.people_75, row.people_85),
            tuple(row.merged),
        )
        for row in conn.execute(statement)
    ]


def read_area_people(conn: Connection) -> dict[AreaKey, Counts]:
    """The people of every area, as they may be shown; empty where the town has no people."""
    return {
        (row.level_id, row.code): (row.people, row.people_65, row.people_75, row.people_85)
        for row in conn.execute(_AREAS)
    }
