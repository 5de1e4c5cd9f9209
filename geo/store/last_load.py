"""The newest load, asked without the table definitions: a start that has nothing to do is quick."""

from __future__ import annotations

from sqlalchemy import Connection, text

from geo.schema.names import TABLE_SCHEMA

_LAST = f"""
SELECT fingerprint FROM {TABLE_SCHEMA}.load
WHERE finished_at IS NOT NULL ORDER BY id DESC LIMIT 1
"""


def last_fingerprint(conn: Connection) -> str | None:
    """The fingerprint of the newest finished load."""
    return conn.execute(text(_LAST)).scalar_one_or_none()
