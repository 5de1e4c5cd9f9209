"""Where each standing record was read: file and sheet, so that a move can be told.

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-21
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; it fills at the next load."""
    op.create_table(
        "record_source",
        sa.Column("layer_id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("layer_id", "record_id", name=op.f("record_source_pkey")),
        schema="town",
    )
