"""The first shape of a town: history, pointers, derived rows, ledger and clock.

Revision ID: 0001
Revises:
Create Date: 2026-11-21
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "area_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("level_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kana", sa.Text(), nullable=True),
        sa.Column("ord", sa.Integer(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("members", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "outline", Geometry("MULTIPOLYGON", srid=4326, spatial_index=False), nullable=True
        ),
        sa.Column("area_m2", sa.Double(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("area_version_pkey")),
        sa.UniqueConstraint(
            "level_id",
            "code",
            "content_hash",
            name=op.f("area_version_level_id_code_content_hash_key"),
        ),
        schema="town",
    )
    op.create_index(
        op.f("area_version_outline_idx"),
        "area_version",
        ["outline"],
        unique=False,
        schema="town",
        postgresql_using="gist",
    )
    op.create_table(
        "backdrop_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("layer_id", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("geom", Geometry("GEOMETRY", srid=4326, spatial_index=False), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("backdrop_version_pkey")),
        sa.UniqueConstraint(
            "layer_id", "content_hash", name=op.f("backdrop_version_layer_id_content_hash_key")
        ),
        schema="town",
    )
    op.create_table(
        "clock",
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("today", sa.Date(), nullable=True),
        sa.CheckConstraint("single", name=op.f("clock_one_row_check")),
        sa.PrimaryKeyConstraint("single", name=op.f("clock_pkey")),
        schema="town",
    )
    op.create_table(
        "derivation",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_from", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("derivation_pkey")),
        schema="town",
    )
    op.create_table(
        "load",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=True),
        sa.Column("program_version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("load_pkey")),
        schema="town",
    )
    op.create_table(
        "municipality",
        sa.Column("single", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("public_url", sa.Text(), nullable=True),
        sa.Column("metric_crs", sa.Text(), nullable=False),
        sa.Column("block_level", sa.Text(), nullable=True),
        sa.Column("revision", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("single", name=op.f("municipality_one_row_check")),
        sa.PrimaryKeyConstraint("single", name=op.f("municipality_pkey")),
        schema="town",
    )
    op.create_table(
        "number_ledger",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("layer_id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("number_ledger_positive_check")),
        sa.PrimaryKeyConstraint("number", name=op.f("number_ledger_pkey")),
        sa.UniqueConstraint(
            "layer_id", "record_id", name=op.f("number_ledger_layer_id_record_id_key")
        ),
        schema="town",
    )
    op.create_table(
        "overlap",
        sa.Column("level_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("other_level_id", sa.Text(), nullable=False),
        sa.Column("other_code", sa.Text(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint(
            "level_id", "code", "other_level_id", "other_code", name=op.f("overlap_pkey")
        ),
        schema="town",
    )
    op.create_table(
        "treasure_version",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("layer_id", sa.Text(), nullable=False),
        sa.Column("record_id", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("audience", sa.SmallInteger(), nullable=False),
        sa.Column("precision", sa.SmallInteger(), nullable=False),
        sa.Column("contact_audience", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("kana", sa.Text(), nullable=True),
        sa.Column("venue", sa.Text(), nullable=True),
        sa.Column("venue_kind", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("area_text", sa.Text(), nullable=True),
        sa.Column("geom", Geometry("POINT", srid=4326, spatial_index=False), nullable=True),
        sa.Column("placed", sa.Text(), nullable=True),
        sa.Column("schedule", sa.Text(), nullable=True),
        sa.Column("for_whom", sa.Text(), nullable=True),
        sa.Column("newcomers", sa.Text(), nullable=True),
        sa.Column("fee", sa.Text(), nullable=True),
        sa.Column("activities", sa.Text(), nullable=True),
        sa.Column("activity_kind", sa.Text(), nullable=True),
        sa.Column("operator", sa.Text(), nullable=True),
        sa.Column("transport", sa.Text(), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("participants", sa.Integer(), nullable=True),
        sa.Column("contact", sa.Text(), nullable=True),
        sa.Column("organiser", sa.Text(), nullable=True),
        sa.Column("functions", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("meaning", sa.Text(), nullable=True),
        sa.Column("story", sa.Text(), nullable=True),
        sa.Column("photo", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("found_through", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("extra", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "audience BETWEEN 0 AND 3", name=op.f("treasure_version_audience_check")
        ),
        sa.CheckConstraint(
            "contact_audience BETWEEN 0 AND 3", name=op.f("treasure_version_contact_audience_check")
        ),
        sa.CheckConstraint(
            "precision BETWEEN 0 AND 3", name=op.f("treasure_version_precision_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("treasure_version_pkey")),
        sa.UniqueConstraint(
            "layer_id",
            "record_id",
            "content_hash",
            name=op.f("treasure_version_layer_id_record_id_content_hash_key"),
        ),
        schema="town",
    )
    op.create_table(
        "venue",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("geom", Geometry("POINT", srid=4326, spatial_index=False), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("venue_pkey")),
        schema="town",
    )
    op.create_table(
        "consent",
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "scope IN ('web', 'print', 'partners', 'none')", name=op.f("consent_scope_check")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["town.treasure_version.id"], name=op.f("consent_version_id_fkey")
        ),
        schema="town",
    )
    op.create_index(
        op.f("consent_version_id_idx"), "consent", ["version_id"], unique=False, schema="town"
    )
    op.create_table(
        "current_treasure",
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.Column("layer_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.BigInteger(), nullable=True),
        sa.Column("block_text", sa.Text(), nullable=True),
        sa.Column("block_geom", Geometry("POINT", srid=4326, spatial_index=False), nullable=True),
        sa.ForeignKeyConstraint(
            ["venue_id"], ["town.venue.id"], name=op.f("current_treasure_venue_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["town.treasure_version.id"],
            name=op.f("current_treasure_version_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("current_treasure_pkey")),
        sa.UniqueConstraint("number", name=op.f("current_treasure_number_key")),
        schema="town",
    )
    op.create_index(
        op.f("current_treasure_layer_id_idx"),
        "current_treasure",
        ["layer_id"],
        unique=False,
        schema="town",
    )
    op.create_table(
        "edition",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("load_id", sa.BigInteger(), nullable=False),
        sa.Column("manifest", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ended", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("kind IN ('layer', 'level')", name=op.f("edition_kind_check")),
        sa.ForeignKeyConstraint(["load_id"], ["town.load.id"], name=op.f("edition_load_id_fkey")),
        sa.PrimaryKeyConstraint("id", name=op.f("edition_pkey")),
        schema="town",
    )
    op.create_index(
        op.f("edition_kind_key_as_of_load_id_idx"),
        "edition",
        ["kind", "key", "as_of", "load_id"],
        unique=False,
        schema="town",
    )
    op.create_table(
        "edition_area",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["town.edition.id"], name=op.f("edition_area_edition_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["town.area_version.id"], name=op.f("edition_area_version_id_fkey")
        ),
        sa.PrimaryKeyConstraint("edition_id", "version_id", name=op.f("edition_area_pkey")),
        schema="town",
    )
    op.create_table(
        "edition_backdrop",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["town.edition.id"], name=op.f("edition_backdrop_edition_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["town.backdrop_version.id"],
            name=op.f("edition_backdrop_version_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("edition_id", "version_id", name=op.f("edition_backdrop_pkey")),
        schema="town",
    )
    op.create_table(
        "edition_treasure",
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["town.edition.id"], name=op.f("edition_treasure_edition_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["town.treasure_version.id"],
            name=op.f("edition_treasure_version_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("edition_id", "version_id", name=op.f("edition_treasure_pkey")),
        schema="town",
    )
    op.create_table(
        "layer",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("color", sa.Text(), nullable=False),
        sa.Column("ord", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("counts_as_place", sa.Boolean(), nullable=False),
        sa.Column("count_only", sa.Boolean(), nullable=False),
        sa.Column("backdrop", sa.Boolean(), nullable=False),
        sa.Column("shown", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("shown_headers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("shows_note", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["town.edition.id"], name=op.f("layer_edition_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("layer_pkey")),
        schema="town",
    )
    op.create_table(
        "level",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=True),
        sa.Column("ord", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["town.edition.id"], name=op.f("level_edition_id_fkey")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("level_pkey")),
        schema="town",
    )
    op.create_table(
        "treasure_area",
        sa.Column("exact", sa.Boolean(), nullable=False),
        sa.Column("level_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("version_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["town.current_treasure.version_id"],
            name=op.f("treasure_area_version_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "exact", "level_id", "code", "version_id", name=op.f("treasure_area_pkey")
        ),
        schema="town",
    )
    op.create_index(
        op.f("treasure_area_version_id_idx"),
        "treasure_area",
        ["version_id"],
        unique=False,
        schema="town",
    )
    op.execute("INSERT INTO town.clock (today) VALUES (NULL)")
