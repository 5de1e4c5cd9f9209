"""The migrated database is what the metadata says, and migrating again changes nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import NullPool, create_engine, make_url, text

from geo.database import TownDatabase
from geo.errors import DatabaseError
from geo.model.audience import Audience, Medium
from geo.schema.audience_views import VIEW_SCHEMAS
from geo.schema.migration import (
    HEAD,
    VERSION_TABLE,
    migrate,
    migration_steps,
    upgrade_tables,
)
from geo.schema.names import TABLE_SCHEMA, audience_role
from geo.schema.people_tables import metadata

CODE = "99302"


def test_metadata_and_migrations_agree(make_town_database: Callable[..., TownDatabase]) -> None:
    # Alembic leaves out the schema that search_path names first: look with a plain connection.
    url = make_url(make_town_database(CODE).owner_url()).set(drivername="postgresql+psycopg")
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as conn:
        context = MigrationContext.configure(
            conn,
            opts={
                "include_schemas": True,
                "include_name": lambda name, kind, _parents: (
                    kind != "schema" or name == TABLE_SCHEMA
                ),
                "compare_type": True,
                "compare_server_default": True,
                "version_table": VERSION_TABLE,
                "version_table_schema": TABLE_SCHEMA,
            },
        )
        assert compare_metadata(context, metadata) == []
        kinds = conn.execute(
            text(
                "SELECT DISTINCT f_table_name, type, srid FROM geometry_columns"
                " WHERE f_table_schema = 'town' ORDER BY 1"
            )
        ).all()
        geography = conn.execute(text("SELECT count(*) FROM geography_columns")).scalar_one()
    assert [tuple(row) for row in kinds] == [
        ("area_version", "MULTIPOLYGON", 4326),
        ("backdrop_version", "GEOMETRY", 4326),
        ("current_treasure", "POINT", 4326),
        ("ground_landmark", "POINT", 4326),
        ("ground_shape", "GEOMETRY", 4326),
        ("ground_tile_label", "POINT", 3857),
        ("ground_tile_shape", "GEOMETRY", 3857),
        ("people_cell", "GEOMETRY", 4326),
        ("street_edge", "LINESTRING", 4326),
        ("treasure_version", "POINT", 4326),
        ("venue", "POINT", 4326),
    ]
    assert geography == 0


def test_migrating_twice_keeps_the_views(make_town_database: Callable[..., TownDatabase]) -> None:
    with make_town_database(CODE).owner() as conn:
        oid = text("SELECT 'public_web.treasure'::regclass::oid")
        before = conn.execute(oid).scalar_one()
        migrate(conn, CODE)
        assert conn.execute(oid).scalar_one() == before


def test_changed_views_are_made_anew_with_their_grants(
    make_town_database: Callable[..., TownDatabase],
) -> None:
    """As after an upgrade of the program: the comment names other views."""
    database = make_town_database(CODE)
    with database.owner() as conn:
        conn.execute(text("COMMENT ON SCHEMA town IS 'views of yesterday'"))
        conn.execute(text("DROP VIEW public_web.layer"))
        migrate(conn, CODE)
    for audience in Audience:
        with database.connect(audience, Medium.PRINT) as conn:
            assert conn.execute(text("SELECT count(*) FROM layer")).scalar_one() == 0


def test_every_schema_has_the_same_columns(
    make_town_database: Callable[..., TownDatabase],
) -> None:
    with make_town_database(CODE).owner() as conn:
        rows = conn.execute(
            text(
                "SELECT table_schema, table_name, column_name, udt_name, ordinal_position"
                " FROM information_schema.columns WHERE table_schema = ANY(:schemas)"
            ),
            {"schemas": list(VIEW_SCHEMAS.values())},
        ).all()
        roles = conn.execute(
            text("SELECT rolname FROM pg_roles WHERE rolname LIKE :name"),
            {"name": f"otakara_{CODE}_%"},
        ).scalars()
        assert {audience_role(CODE, a) for a in Audience} <= set(roles)
    shapes = {
        schema: {tuple(row)[1:] for row in rows if row.table_schema == schema}
        for schema in VIEW_SCHEMAS.values()
    }
    first = shapes.pop("public_web")
    assert len(first) > 60
    assert all(shape == first for shape in shapes.values())


def test_the_head_that_is_said_is_the_newest_step() -> None:
    assert migration_steps().get_heads() == [HEAD]


def test_a_database_of_the_first_program_is_brought_forward(
    make_town_database: Callable[..., TownDatabase],
) -> None:
    database = make_town_database(CODE)
    with database.owner() as conn:
        conn.execute(text(f"DROP SCHEMA {TABLE_SCHEMA} CASCADE"))
        upgrade_tables(conn, "0001")
    with database.owner() as conn:
        migrate(conn, CODE)
        tables = text("SELECT count(*) FROM pg_tables WHERE schemaname = 'town'")
        assert conn.execute(tables).scalar_one() == len(metadata.tables) + 1
        version = text("SELECT version_num FROM town.schema_version")
        assert conn.execute(version).scalar_one() == HEAD
    with database.connect(Audience.COORDINATOR) as conn:
        assert conn.execute(text("SELECT count(*) FROM layer")).scalar_one() == 0


@pytest.mark.parametrize(("said", "kept"), [(60, None), (45, 45)])
def test_a_speed_that_nobody_wrote_is_the_usual_one(
    make_town_database: Callable[..., TownDatabase], said: int, kept: int | None
) -> None:
    """Before people were known by age, 60 m a minute stood for a town that says nothing."""
    database = make_town_database(CODE)
    with database.owner() as conn:
        conn.execute(text(f"DROP SCHEMA {TABLE_SCHEMA} CASCADE"))
        upgrade_tables(conn, "0005")
        conn.execute(
            text(
                "INSERT INTO town.municipality (code, name, word, metric_crs, walk_speed_m_per_min)"
                " VALUES ('99302', '町', 'お宝', 'EPSG:6676', :said)"
            ),
            {"said": said},
        )
    with database.owner() as conn:
        migrate(conn, CODE)
    with database.connect(Audience.PUBLIC) as conn:
        columns = "walk_speed_m_per_min, walk_limits_min, attach_limit_m, people_band"
        row = conn.execute(text(f"SELECT {columns}, people_edition FROM town")).one()
    assert tuple(row) == (kept, [5, 10, 15], 300, "65", None)


def test_a_database_of_a_newer_program_is_left_alone(
    make_town_database: Callable[..., TownDatabase],
) -> None:
    database = make_town_database(CODE)
    with database.owner() as conn:
        conn.execute(text("UPDATE town.schema_version SET version_num = '9999'"))
    with pytest.raises(DatabaseError, match="9999") as caught, database.owner() as conn:
        migrate(conn, CODE)
    assert "新しいお宝マップ" in caught.value.message_ja
    with database.connect(Audience.PUBLIC) as conn:
        assert conn.execute(text("SELECT count(*) FROM layer")).scalar_one() == 0
