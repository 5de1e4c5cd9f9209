"""Streets one may walk, and the base map they lie in, by edition; tiles made of them.

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-21
"""

from __future__ import annotations

import geoalchemy2
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SCHEMA = "town"
BANDS = 5


def _geometry(kind: str, srid: int) -> geoalchemy2.Geometry:
    return geoalchemy2.Geometry(kind, srid=srid, spatial_index=False)


def _edition(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], [f"{SCHEMA}.edition.id"], name=op.f(f"{table}_edition_id_fkey")
        ),
    )


def _numbered(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    return (
        *_edition(table),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "id", name=op.f(f"{table}_pkey")),
    )


def upgrade() -> None:
    """Make the tables; they fill at the first load of a town with ``boundaries/streets.toml``."""
    op.drop_constraint(op.f("edition_kind_check"), "edition", schema=SCHEMA)
    op.create_check_constraint(
        op.f("edition_kind_check"), "edition", "kind IN ('layer', 'level', 'streets')", schema=SCHEMA
    )
    op.create_table(
        "streets",
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        *_edition("streets"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("nodes", sa.Integer(), nullable=False),
        sa.Column("edges", sa.Integer(), nullable=False),
        sa.Column("length_m", sa.Double(), nullable=False),
        sa.Column("components", sa.Integer(), nullable=False),
        sa.Column("west", sa.Double(), nullable=False),
        sa.Column("south", sa.Double(), nullable=False),
        sa.Column("east", sa.Double(), nullable=False),
        sa.Column("north", sa.Double(), nullable=False),
        sa.CheckConstraint("single", name=op.f("streets_one_row_check")),
        sa.PrimaryKeyConstraint("single", name=op.f("streets_pkey")),
        schema=SCHEMA,
    )
    op.create_table(
        "street_node",
        *_numbered("street_node"),
        sa.Column("lon", sa.Double(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=False),
        sa.Column("height_m", sa.REAL(), nullable=True),
        sa.Column("component", sa.Integer(), nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "street_edge",
        *_numbered("street_edge"),
        sa.Column("from_node", sa.Integer(), nullable=False),
        sa.Column("to_node", sa.Integer(), nullable=False),
        sa.Column("length_m", sa.Double(), nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("geom", _geometry("LINESTRING", 4326), nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "ground_shape",
        *_numbered("ground_shape"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("street", sa.SmallInteger(), nullable=True),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("geom", _geometry("GEOMETRY", 4326), nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "ground_landmark",
        *_numbered("ground_landmark"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kana", sa.Text(), nullable=True),
        sa.Column("weight", sa.REAL(), nullable=False),
        sa.Column("geom", _geometry("POINT", 4326), nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "ground_tile_shape",
        sa.Column("band", sa.SmallInteger(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("ord", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("bridge", sa.SmallInteger(), nullable=True),
        sa.Column("tunnel", sa.SmallInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("geom", _geometry("GEOMETRY", 3857), nullable=False),
        schema=SCHEMA,
    )
    for band in range(BANDS):
        op.create_index(
            f"ground_tile_shape_band_{band}_idx",
            "ground_tile_shape",
            ["geom"],
            schema=SCHEMA,
            postgresql_using="gist",
            postgresql_where=sa.text(f"band = {band}"),
        )
    op.create_table(
        "ground_tile_label",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("min_zoom", sa.SmallInteger(), nullable=False),
        sa.Column("geom", _geometry("POINT", 3857), nullable=False),
        schema=SCHEMA,
    )
    op.create_index(
        "ground_tile_label_geom_idx",
        "ground_tile_label",
        ["geom"],
        schema=SCHEMA,
        postgresql_using="gist",
    )
