"""Bring a town's database to the shape this program needs: tables, clock, views, grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from geo.errors import DatabaseError
from geo.schema.audience_views import VIEW_SCHEMAS, view_statements, views_fingerprint
from geo.schema.names import TABLE_SCHEMA
from geo.schema.roles import close_database, grant_views, roles_without_views

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

HEAD = "0006"
"""The newest step in ``geo/schema/versions``, said here so that a database that is already there
costs no import of Alembic (a test holds the two together)."""

VERSION_TABLE = "schema_version"
_MIGRATION_LOCK = 0x07A4A2A


def migrate(connection: Connection, municipality_code: str) -> None:
    """Migrate inside the caller's transaction; quick when there is nothing to do.

    The tables follow the Alembic steps in ``geo/schema/versions``. The views are not history: they
    are made anew from the template whenever it, or a table, changed. Grants go to the audience
    roles that exist in the cluster.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        As the owner of the database. PostGIS must already be there.
    municipality_code : str
        Names the roles.

    Raises
    ------
    DatabaseError
        When PostGIS is missing, or the database was made by a newer program.
    """
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
    if connection.execute(text("SELECT to_regtype('geometry')")).scalar_one() is None:
        raise DatabaseError(
            "the database has no PostGIS extension",
            message_ja="データベースに PostGIS が入っていません。",
            hint_ja="データベースの管理者に CREATE EXTENSION postgis を頼んでください。",
        )
    changed = upgrade_tables(connection)
    if changed or _made_views(connection) != views_fingerprint():
        for statement in view_statements():
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(
            f"COMMENT ON SCHEMA {TABLE_SCHEMA} IS 'views {views_fingerprint()}'"
        )
        close_database(connection)
    for audience, role in roles_without_views(connection, municipality_code):
        grant_views(connection, audience, role)


def migration_steps() -> ScriptDirectory:
    """The steps that this package carries."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "geo:schema")
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def upgrade_tables(connection: Connection, goal: str = "head") -> bool:
    """Run the missing steps, the tables only; True when there were any."""
    current = _revision(connection)
    if current == HEAD:
        return False
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext

    from geo.schema.people_tables import metadata

    script = migration_steps()
    if current is not None and current not in {r.revision for r in script.walk_revisions()}:
        raise DatabaseError(
            f"database is at unknown schema revision {current}, this program knows {HEAD}",
            message_ja="このデータベースは、もっと新しいお宝マップで作られています。",
            hint_ja="お宝マップを新しくしてから、もう一度お試しください。",
        )
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {TABLE_SCHEMA}")
    for schema in VIEW_SCHEMAS.values():  # views would hold the tables in their old shape
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")

    environment = EnvironmentContext(
        Config(),
        script,
        fn=lambda revision, _context: script._upgrade_revs(goal, revision),
        destination_rev=goal,
    )
    with environment:
        environment.configure(
            connection=connection,
            target_metadata=metadata,
            version_table=VERSION_TABLE,
            version_table_schema=TABLE_SCHEMA,
        )
        environment.run_migrations()
    return True


def _revision(connection: Connection) -> str | None:
    """The step that the database stands at; None before the first."""
    table = f"{TABLE_SCHEMA}.{VERSION_TABLE}"
    if connection.execute(text("SELECT to_regclass(:name)"), {"name": table}).scalar_one() is None:
        return None
    return connection.execute(text(f"SELECT version_num FROM {table}")).scalar_one_or_none()


def _made_views(connection: Connection) -> str | None:
    """The fingerprint of the views that stand, from the schema's comment."""
    comment = connection.execute(
        text("SELECT obj_description(to_regnamespace(:name), 'pg_namespace')"),
        {"name": TABLE_SCHEMA},
    ).scalar_one()
    return comment.removeprefix("views ") if comment else None
