"""The number ledger as the database keeps it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from geo.model.given_number import GivenNumber
from geo.schema.tables import number_ledger
from geo.store.bulk import copy_rows


def given_numbers(conn: Connection) -> tuple[GivenNumber, ...]:
    """Every number ever given, ascending."""
    n = number_ledger.c
    rows = conn.execute(select(n.number, n.layer_id, n.record_id, n.given_on).order_by(n.number))
    return tuple(GivenNumber(*row) for row in rows)


def add_numbers(conn: Connection, numbers: Iterable[GivenNumber]) -> None:
    """Write numbers down; none may be there yet."""
    columns = ("number", "layer_id", "record_id", "given_on")
    rows = ((n.number, n.layer, n.id, n.given_on) for n in numbers)
    copy_rows(conn, number_ledger, columns, rows)
