"""What the planner of the database knows about the tables that the audience views join."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Table, text

from geo.schema.ground_tables import (
    ground_tile_label,
    ground_tile_shape,
    street_edge,
    street_node,
    streets,
)
from geo.schema.people_tables import area_people, people, people_cell
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
    area_people,
    area_version,
    backdrop_version,
    consent,
    current_treasure,
    edition_area,
    edition_backdrop,
    layer,
    level,
    overlap,
    people,
    people_cell,
    treasure_area,
    treasure_version,
)

_GROUND = (ground_tile_label, ground_tile_shape, street_edge, street_node, streets)


def gather_statistics(conn: Connection) -> None:
    """Tell the planner how much there is, inside the load's transaction.

    Autovacuum would come a minute later, or never to a small table; until then every view takes
    a table of a thousand rows for one of a single row and joins in nested loops.
    """
    _analyze(conn, _JOINED_BY_VIEWS)


def gather_ground_statistics(conn: Connection) -> None:
    """The same of streets and base map: a tile reads the index of its band, or waits."""
    _analyze(conn, _GROUND)


def _analyze(conn: Connection, tables: Iterable[Table]) -> None:
    names = ", ".join(table.fullname for table in tables)
    conn.execute(text(f"ANALYZE {names}"))
