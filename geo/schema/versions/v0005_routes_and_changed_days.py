"""Where a record stands on a vehicle's route, whose days it follows, and which days are changed.

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-21
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

SCHEMA = "town"


def upgrade() -> None:
    """Add the columns, empty: an empty column changes no record that is known."""
    for column in (
        sa.Column("vehicle", sa.Text(), nullable=True),
        sa.Column("stop_order", sa.Integer(), nullable=True),
        sa.Column("arrive_min", sa.SmallInteger(), nullable=True),
        sa.Column("stay_min", sa.SmallInteger(), nullable=True),
        sa.Column("follows_layer", sa.Text(), nullable=True),
        sa.Column("follows_id", sa.Text(), nullable=True),
        sa.Column("day_changes", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
    ):
        op.add_column("treasure_version", column, schema=SCHEMA)
