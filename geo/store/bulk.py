"""Many rows at once: COPY, and ids reserved in one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    Connection,
    Double,
    Integer,
    SmallInteger,
    Table,
    Text,
    text,
)

_BINARY = (
    (Geometry, "bytea"),  # its bytes are EWKB, as the server's own reader of bytes wants them
    (SmallInteger, "int2"),
    (BigInteger, "int8"),
    (Integer, "int4"),
    (REAL, "float4"),
    (Double, "float8"),
    (Text, "text"),
    (Boolean, "bool"),
)


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


def copy_binary(
    conn: Connection, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """COPY rows into a table without writing numbers as text: for a million of them.

    As `copy_rows`, but geometry is EWKB (bytes) and only numbers, text and geometry may be sent.
    """
    types = [
        next(name for kind, name in _BINARY if isinstance(table.c[column].type, kind))
        for column in columns
    ]
    names = ", ".join(table.c[name].name for name in columns)
    raw: Any = conn.connection.driver_connection
    statement = f"COPY {table.fullname} ({names}) FROM STDIN (FORMAT BINARY)"
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(types)
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
