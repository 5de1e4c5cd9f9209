"""A town's roles and database: who may log in, and that nobody may do more than look.

Every function takes a psycopg connection in autocommit mode, of a role that may do it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from psycopg import errors, sql

from geo.errors import ClusterError
from geo.model.audience import Audience
from geo.schema.names import audience_role, database_name, owner_role

if TYPE_CHECKING:
    import psycopg

TOWN_DATABASE = re.compile(r"otakara_([0-9a-z]+)")
_ATTRIBUTES = sql.SQL(
    "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS"
)


def check_code(municipality_code: str) -> str:
    """Refuse a code that cannot be part of a database's name."""
    if not re.fullmatch(r"[0-9a-z]{1,32}", municipality_code):
        raise ClusterError(
            f"municipality code {municipality_code!r} is not [0-9a-z]+",
            message_ja=f"全国地方公共団体コード「{municipality_code}」は使えません。",
            hint_ja="5桁か6桁の数字を書いてください。",
        )
    return municipality_code


def town_roles(municipality_code: str) -> tuple[str, ...]:
    """The owner's role and the four audiences' login roles."""
    return (
        owner_role(municipality_code),
        *(audience_role(municipality_code, audience) for audience in Audience),
    )


def town_codes(conn: psycopg.Connection) -> tuple[str, ...]:
    """The municipality codes that have a database here."""
    names = conn.execute("SELECT datname FROM pg_database ORDER BY datname").fetchall()
    found = (TOWN_DATABASE.fullmatch(name) for (name,) in names)
    return tuple(match[1] for match in found if match)


def missing_roles(conn: psycopg.Connection, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the roles that the server does not have."""
    rows = conn.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(roles)])
    present = {row[0] for row in rows.fetchall()}
    return tuple(role for role in roles if role not in present)


def ensure_roles(conn: psycopg.Connection, municipality_code: str) -> None:
    """Create the town's roles, or take from them what they should not have."""
    for role in town_roles(check_code(municipality_code)):
        try:
            conn.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), _ATTRIBUTES))
        except (errors.DuplicateObject, errors.UniqueViolation):
            # It stood, or another process made it in the same moment.
            conn.execute(sql.SQL("ALTER ROLE {} {}").format(sql.Identifier(role), _ATTRIBUTES))


def database_exists(conn: psycopg.Connection, name: str) -> bool:
    """Whether the server has a database of this name."""
    found = conn.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return found is not None


def create_database(conn: psycopg.Connection, name: str, owner: str) -> None:
    """An empty database, compared by code point, so that an upgrade of libc changes no index."""
    conn.execute(
        sql.SQL(
            "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        ).format(sql.Identifier(name), sql.Identifier(owner))
    )


def close_database(
    conn: psycopg.Connection, database: str, municipality_code: str, owner: str | None = None
) -> None:
    """Nobody but the town's own roles may connect, and nobody may create temporary tables.

    Parameters
    ----------
    conn : psycopg.Connection
        Of the database's owner or a superuser.
    database, municipality_code : str
        The database, and the town whose roles may connect to it.
    owner : str, optional
        Whoever owns it, when that is not the town's own owner role.
    """
    name = sql.Identifier(database)
    owner_name = sql.Identifier(owner or owner_role(municipality_code))
    audiences = sql.SQL(", ").join(
        sql.Identifier(audience_role(municipality_code, audience)) for audience in Audience
    )
    for statement in (
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name),
        sql.SQL("GRANT ALL ON DATABASE {} TO {}").format(name, owner_name),
        sql.SQL("REVOKE ALL ON DATABASE {} FROM {}").format(name, audiences),
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, audiences),
    ):
        conn.execute(statement)
    conn.execute(
        sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, sql.Literal(note(municipality_code)))
    )


def note(municipality_code: str) -> str:
    """The comment on a finished town database: whose it is."""
    return f"otakara town {municipality_code}"


def prepare_inside(conn: psycopg.Connection) -> None:
    """PostGIS in this database, and nothing may be created beside it."""
    conn.execute("SET client_min_messages = warning")
    conn.execute("CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public")
    conn.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")


def is_finished(conn: psycopg.Connection, municipality_code: str) -> bool:
    """Whether this connection's database was prepared to its end for this town."""
    row = conn.execute(
        "SELECT shobj_description(d.oid, 'pg_database') = %s"
        " AND EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis')"
        " FROM pg_database d WHERE datname = current_database()",
        [note(municipality_code)],
    ).fetchone()
    return bool(row and row[0]) and not missing_roles(conn, town_roles(municipality_code))


def ensure_town(admin: psycopg.Connection, municipality_code: str) -> str:
    """Roles and an empty, closed database for a town.

    Parameters
    ----------
    admin : psycopg.Connection
        The cluster's administrator, in autocommit mode.

    Returns
    -------
    str
        The database's name. PostGIS must still be put inside (`prepare_inside`).
    """
    ensure_roles(admin, municipality_code)
    name = database_name(municipality_code)
    if not database_exists(admin, name):
        create_database(admin, name, owner_role(municipality_code))
    # The administrator's own databases are not for the towns' roles either.
    for other in ("postgres", "template1"):
        admin.execute(
            sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(other))
        )
    return name
