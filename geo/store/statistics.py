"""What the planner of the database knows about the tables that the audience views join."""

from __future__ import annotations

from sqlalchemy import Connection, text

from geo.schema.tables import (
    area_version,
    backdrop_version,
    consent,
    current_treasure,
    edition_area,
    edition_backdrop,
    layer,
    level,
    overlap,
    treasure_area,
    treasure_version,
)

_JOINED_BY_VIEWS = (
    area_version,
    backdrop_version,
    consent,
    current_treasure,
    edition_area,
    edition_backdrop,
    layer,
    level,
    overlap,
    treasure_area,
    treasure_version,
)


def gather_statistics(conn: Connection) -> None:
    """Tell the planner how much there is, inside the load's transaction.

    Autovacuum would come a minute later, or never to a small table; until then every view takes
    a table of a thousand rows for one of a single row and joins in nested loops.
    """
    names = ", ".join(table.fullname for table in _JOINED_BY_VIEWS)
    conn.execute(text(f"ANALYZE {names}"))
