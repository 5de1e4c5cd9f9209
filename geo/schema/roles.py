"""What the login roles of the audiences may do: read their own views, and nothing else."""

from __future__ import annotations

from sqlalchemy import Connection, text

from geo.model.audience import Audience, Medium
from geo.schema.audience_views import VIEW_NAMES, VIEW_SCHEMAS
from geo.schema.names import TABLE_SCHEMA, audience_role


def close_database(connection: Connection) -> None:
    """Take from PUBLIC what PostgreSQL gives everybody in a new database: CONNECT, TEMP, CREATE."""
    name = connection.execute(text("SELECT quote_ident(current_database())")).scalar_one()
    connection.execute(text(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC"))
    connection.execute(text("REVOKE CREATE ON SCHEMA public FROM PUBLIC"))
    connection.execute(text(f"REVOKE ALL ON SCHEMA {TABLE_SCHEMA} FROM PUBLIC"))


def grant_views(connection: Connection, audience: Audience, role: str) -> None:
    """Let a login role connect and read the views of its audience, on both media.

    The role keeps no grant on any table, on the table schema, or on another audience's views.
    """
    quoted, database = connection.execute(
        text("SELECT quote_ident(:role), quote_ident(current_database())"), {"role": role}
    ).one()
    connection.execute(text(f"GRANT CONNECT ON DATABASE {database} TO {quoted}"))
    for medium in Medium:
        schema = VIEW_SCHEMAS[audience, medium]
        connection.execute(text(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}"))
        for name in VIEW_NAMES:
            connection.execute(text(f"GRANT SELECT ON {schema}.{name} TO {quoted}"))
    connection.execute(text(f"GRANT EXECUTE ON FUNCTION {TABLE_SCHEMA}.today() TO {quoted}"))


def roles_without_views(
    connection: Connection, municipality_code: str
) -> tuple[tuple[Audience, str], ...]:
    """The audience roles that exist but cannot read their views yet (new, or restored)."""
    lacking = []
    for audience in Audience:
        role = audience_role(municipality_code, audience)
        view = f"{VIEW_SCHEMAS[audience, Medium.PRINT]}.{VIEW_NAMES[-1]}"
        can_read = connection.execute(
            text(
                "SELECT has_table_privilege(r.oid, :view, 'SELECT') "
                "FROM pg_roles r WHERE r.rolname = :role"
            ),
            {"role": role, "view": view},
        ).scalar_one_or_none()
        if can_read is False:
            lacking.append((audience, role))
    return tuple(lacking)
