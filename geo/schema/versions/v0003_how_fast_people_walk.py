"""How fast people walk, as the town says it: what lies within a walk is asked of the database.

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-21
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; until the next load it says what a manifest without the key says."""
    op.add_column(
        "municipality",
        sa.Column(
            "walk_speed_m_per_min", sa.Integer(), server_default=sa.text("60"), nullable=False
        ),
        schema="town",
    )
