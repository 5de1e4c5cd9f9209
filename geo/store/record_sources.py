"""In which file and sheet each standing record was read last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from geo.schema.tables import record_source
from geo.store.bulk import copy_rows


@dataclass(frozen=True, slots=True)
class RecordSource:
    """A file as the clerk knows it, and its sheet where it is a workbook."""

    file: str
    sheet: str | None


def record_sources(conn: Connection, layer_id: str) -> dict[str, RecordSource]:
    """Where the records of a layer were found last, by record id."""
    c = record_source.c
    rows = conn.execute(select(c.record_id, c.file, c.sheet).where(c.layer_id == layer_id))
    return {row[0]: RecordSource(*row[1:]) for row in rows}


def write_record_sources(
    conn: Connection, layer_id: str, sources: Mapping[str, RecordSource]
) -> None:
    """Say anew where the records of a layer stand."""
    conn.execute(delete(record_source).where(record_source.c.layer_id == layer_id))
    columns = ("layer_id", "record_id", "file", "sheet")
    rows = ((layer_id, id_, source.file, source.sheet) for id_, source in sources.items())
    copy_rows(conn, record_source, columns, rows)
