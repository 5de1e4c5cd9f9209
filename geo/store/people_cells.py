"""People: from cells to their table, the row that says which stand, and the people of areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from geo.model.people import PeopleCell, PeopleSources
from geo.schema.names import PEOPLE_COUNTS
from geo.schema.people_tables import area_people, people, people_cell
from geo.store.bulk import copy_rows
from geo.store.ewkb import ewkb

PEOPLE_KEY = "people"
"""A town has one account of its people: its editions are all of this key."""

AreaCounts = tuple[str, str, int | None, int | None, int | None, int | None]
"""Level, code, and people by `geo.model.people.BANDS`, as they may be shown."""


@dataclass(frozen=True, slots=True)
class StandingPeople:
    """The people that stand. ``total`` is the sum of what is known."""

    edition_id: int
    title: str
    cells: int
    total: float


def standing_people(conn: Connection) -> StandingPeople | None:
    """The people that stand, or None where the town has none."""
    names = StandingPeople.__dataclass_fields__
    row = conn.execute(select(*(people.c[name] for name in names))).one_or_none()
    return StandingPeople(*row) if row else None


def people_manifest(sources: PeopleSources, files: str) -> dict[str, Any]:
    """What an edition keeps of its manifest, and the hash of everything it was read from."""
    return {
        "title": sources.title,
        "source": sources.source,
        "licence": sources.licence,
        "form": sources.form.value,
        "shares": {band.value: share for band, share in sources.shares.items()},
        "files": files,
    }


def add_cells(conn: Connection, edition_id: int, cells: Sequence[PeopleCell]) -> None:
    """Store an edition's cells."""
    columns = ("edition_id", "id", "code", "name", "geom", *PEOPLE_COUNTS, "merged")
    copy_rows(conn, people_cell, columns, _cell_rows(edition_id, cells))


def _cell_rows(edition_id: int, cells: Sequence[PeopleCell]) -> Iterator[tuple[Any, ...]]:
    for id_, cell in enumerate(cells):
        geom = ewkb(cell.geometry_wkb)
        yield edition_id, id_, cell.code, cell.name, geom, *cell.counts, list(cell.merged)


def point_people(
    conn: Connection,
    edition_id: int,
    as_of: date,
    manifest: Mapping[str, Any],
    cells: int,
    total: float,
) -> None:
    """Let the town's row of people say which edition stands."""
    unpoint_people(conn)
    told = {name: manifest[name] for name in ("title", "source", "licence", "form", "shares")}
    conn.execute(
        insert(people).values(edition_id=edition_id, as_of=as_of, cells=cells, total=total, **told)
    )


def unpoint_people(conn: Connection) -> None:
    """Show people no more; their history stays."""
    conn.execute(delete(people))


def write_area_people(conn: Connection, rows: Sequence[AreaCounts]) -> None:
    """Replace the people of every area; the rows must be made, not still asking ``conn``."""
    conn.execute(delete(area_people))
    copy_rows(conn, area_people, ("level_id", "code", *PEOPLE_COUNTS), rows)
