"""Many rows at once: COPY, and ids reserved in one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, text


def copy_rows(
    conn: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """COPY rows into a table.

    Parameters
    ----------
    conn : Connection
        Inside a transaction.
    table : Table
    columns : Sequence[str]
        Names of ``table``'s columns, in the order of each row.
    rows : Iterable of sequences
        Python values; geometry as hexadecimal EWKB, JSON as text.
    """
    names = ", ".join(table.c[name].name for name in columns)
    raw: Any = conn.connection.driver_connection
    with (
        raw.cursor() as cursor,
        cursor.copy(f"COPY {table.fullname} ({names}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)


def reserve_ids(conn: Connection, table: Table, count: int) -> range:
    """Take ``count`` consecutive ids from the table's identity; the caller holds the load lock."""
    if count == 0:
        return range(0)
    sequence = conn.execute(
        text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.fullname}
    ).scalar_one()
    first = conn.execute(text("SELECT nextval(:name)"), {"name": sequence}).scalar_one()
    last = first + count - 1
    conn.execute(text("SELECT setval(:name, :last)"), {"name": sequence, "last": last})
    return range(first, last + 1)
