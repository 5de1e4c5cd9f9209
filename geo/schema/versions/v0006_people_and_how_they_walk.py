"""People by edition, people of areas, and what the town says of how its people walk.

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-21
"""

from __future__ import annotations

import geoalchemy2
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SCHEMA = "town"


def _edition(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], [f"{SCHEMA}.edition.id"], name=op.f(f"{table}_edition_id_fkey")
        ),
    )


def _counts(kind: sa.Double[float] | sa.Integer) -> tuple[sa.schema.SchemaItem, ...]:
    return tuple(
        sa.Column(name, kind, nullable=True)
        for name in ("people", "people_65", "people_75", "people_85")
    )


def upgrade() -> None:
    """Until the next load the town says what a manifest without the keys says."""
    op.alter_column(
        "municipality",
        "walk_speed_m_per_min",
        existing_type=sa.Integer(),
        nullable=True,
        server_default=None,
        schema=SCHEMA,
    )
    for column in (
        sa.Column(
            "walk_limits_min",
            postgresql.ARRAY(sa.Integer()),
            server_default=sa.text("'{5,10,15}'::integer[]"),
            nullable=False,
        ),
        sa.Column("attach_limit_m", sa.Integer(), server_default=sa.text("300"), nullable=False),
        sa.Column("people_band", sa.Text(), server_default=sa.text("'65'::text"), nullable=False),
    ):
        op.add_column("municipality", column, schema=SCHEMA)
    # Where nobody wrote a speed, 60 was written for him.
    op.execute(
        f"UPDATE {SCHEMA}.municipality SET walk_speed_m_per_min = NULL"
        " WHERE walk_speed_m_per_min = 60"
    )
    op.drop_constraint(op.f("edition_kind_check"), "edition", schema=SCHEMA)
    op.create_check_constraint(
        op.f("edition_kind_check"),
        "edition",
        "kind IN ('layer', 'level', 'streets', 'people')",
        schema=SCHEMA,
    )
    op.create_table(
        "people",
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        *_edition("people"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("shares", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cells", sa.Integer(), nullable=False),
        sa.Column("total", sa.Double(), nullable=False),
        sa.CheckConstraint("single", name=op.f("people_one_row_check")),
        sa.PrimaryKeyConstraint("single", name=op.f("people_pkey")),
        schema=SCHEMA,
    )
    op.create_table(
        "people_cell",
        *_edition("people_cell"),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "id", name=op.f("people_cell_pkey")),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column(
            "geom",
            geoalchemy2.Geometry("GEOMETRY", srid=4326, spatial_index=False),
            nullable=False,
        ),
        *_counts(sa.Double()),
        sa.Column("merged", postgresql.ARRAY(sa.Text()), nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "area_people",
        sa.Column("level_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        *_counts(sa.Integer()),
        sa.PrimaryKeyConstraint("level_id", "code", name=op.f("area_people_pkey")),
        schema=SCHEMA,
    )
