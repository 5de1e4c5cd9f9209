"""The tables of a town: what was loaded when, what stands now, and what is derived from it.

Three kinds of rows live here. *History* is only ever added to: ``load``, ``edition``, the
``*_version`` tables with their ``edition_*`` members, ``consent`` and ``number_ledger``. *Pointers*
(``municipality``, ``layer``, ``level``, ``record_source``) say what stands, and where it was read. *Derived* rows (``venue``,
``current_treasure``, ``treasure_area``, ``overlap``) can be thrown away and computed again.

Geometry is always ``Geometry`` in EPSG:4326, never ``Geography``. Audiences and precisions are
stored as the numbers of their enums, so that "at least" is a comparison.
"""

from __future__ import annotations

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from geo.crs import STORAGE_SRID
from geo.schema.names import TABLE_SCHEMA

metadata = MetaData(
    schema=TABLE_SCHEMA,
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    },
)


def _geometry(kind: str) -> Geometry:
    return Geometry(kind, srid=STORAGE_SRID, spatial_index=False)


def _key() -> Column[int]:
    return Column("id", BigInteger, Identity(always=False), primary_key=True)


municipality = Table(
    "municipality",
    metadata,
    Column("single", Boolean, primary_key=True, server_default=text("true")),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("word", Text, nullable=False),
    Column("contact", Text),
    Column("public_url", Text),
    Column("metric_crs", Text, nullable=False),
    Column("block_level", Text),
    Column("walk_speed_m_per_min", Integer),
    Column(
        "walk_limits_min",
        ARRAY(Integer),
        nullable=False,
        server_default=text("'{5,10,15}'::integer[]"),
    ),
    Column("attach_limit_m", Integer, nullable=False, server_default=text("300")),
    Column("people_band", Text, nullable=False, server_default=text("'65'::text")),
    Column("revision", BigInteger, nullable=False, server_default=text("0")),
    CheckConstraint("single", name="one_row"),
)
"""One row. ``revision`` rises once per load that changed anything. Without a speed people walk as is
usual for their age."""

derivation = Table(
    "derivation",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("made_from", Text, nullable=False),
)
"""What each derived table was computed with (the program's version of the computation) and from
(a hash of the editions). Another value means: compute again; it is never counted as a change."""

clock = Table(
    "clock",
    metadata,
    Column("single", Boolean, primary_key=True, server_default=text("true")),
    Column("today", Date),
    CheckConstraint("single", name="one_row"),
)
"""One row. NULL means the wall clock in Japan; tests write a date here."""

load = Table(
    "load",
    metadata,
    _key(),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("finished_at", DateTime(timezone=True)),
    Column("fingerprint", Text),
    Column("program_version", Text, nullable=False),
)

edition = Table(
    "edition",
    metadata,
    _key(),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("load_id", BigInteger, ForeignKey(load.c.id), nullable=False),
    Column("manifest", JSONB, nullable=False),
    Column("ended", Boolean, nullable=False, server_default=text("false")),
    CheckConstraint("kind IN ('layer', 'level', 'streets', 'people')", name="kind"),
    Index(None, "kind", "key", "as_of", "load_id"),
)
"""One state of a layer, a level, the streets or the people by (``as_of`` of the source, load). ``ended``: its
folder left the town; the edition has no members."""

layer = Table(
    "layer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("edition_id", BigInteger, ForeignKey(edition.c.id), nullable=False),
    Column("title", Text, nullable=False),
    Column("symbol", Text, nullable=False),
    Column("color", Text, nullable=False),
    Column("ord", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("counts_as_place", Boolean, nullable=False),
    Column("count_only", Boolean, nullable=False),
    Column("backdrop", Boolean, nullable=False),
    Column("shown", JSONB, nullable=False),
    Column("shown_headers", ARRAY(Text), nullable=False),
    Column("shows_note", Boolean, nullable=False),
)
"""The layers that stand. A layer that left the town has no row here, only its history."""

level = Table(
    "level",
    metadata,
    Column("id", Text, primary_key=True),
    Column("edition_id", BigInteger, ForeignKey(edition.c.id), nullable=False),
    Column("title", Text, nullable=False),
    Column("tier", Integer),
    Column("ord", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("as_of", Date, nullable=False),
)
"""The levels that stand."""

treasure_version = Table(
    "treasure_version",
    metadata,
    _key(),
    Column("layer_id", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("audience", SmallInteger, nullable=False),
    Column("precision", SmallInteger, nullable=False),
    Column("contact_audience", SmallInteger, nullable=False),
    Column("status", Text, nullable=False),
    Column("kana", Text),
    Column("venue", Text),
    Column("venue_kind", Text),
    Column("address", Text),
    Column("area_text", Text),
    Column("geom", _geometry("POINT")),
    Column("placed", Text),
    Column("schedule", Text),
    Column("for_whom", Text),
    Column("newcomers", Text),
    Column("fee", Text),
    Column("activities", Text),
    Column("activity_kind", Text),
    Column("operator", Text),
    Column("transport", Text),
    Column("capacity", Integer),
    Column("participants", Integer),
    Column("contact", Text),
    Column("organiser", Text),
    Column("functions", ARRAY(Text), nullable=False),
    Column("meaning", Text),
    Column("story", Text),
    Column("photo", Text),
    Column("url", Text),
    Column("started_on", Date),
    Column("ended_on", Date),
    Column("confirmed_on", Date),
    Column("found_through", Text),
    Column("note", Text),
    Column("extra", JSONB, nullable=False),
    Column("vehicle", Text),
    Column("stop_order", Integer),
    Column("arrive_min", SmallInteger),
    Column("stay_min", SmallInteger),
    Column("follows_layer", Text),
    Column("follows_id", Text),
    Column("day_changes", JSONB),
    CheckConstraint("audience BETWEEN 0 AND 3", name="audience"),
    CheckConstraint("contact_audience BETWEEN 0 AND 3", name="contact_audience"),
    CheckConstraint("precision BETWEEN 0 AND 3", name="precision"),
    UniqueConstraint("layer_id", "record_id", "content_hash"),
)
"""One content of one record, stored once however many editions hold it. No spatial index: no
question reaches points by place, and the barrier of the views would not let one be used.

``follows_*`` name the record whose days it follows; ``day_changes`` is a list of
:class:`geo.model.day_change.DayChange`, NULL where there are none."""

consent = Table(
    "consent",
    metadata,
    Column("version_id", BigInteger, ForeignKey(treasure_version.c.id), nullable=False),
    Column("scope", Text, nullable=False),
    Column("valid_from", Date),
    Column("valid_until", Date),
    Column("basis", Text, nullable=False),
    CheckConstraint("scope IN ('web', 'print', 'partners', 'none')", name="scope"),
    Index(None, "version_id"),
)
"""What somebody agreed to, for which days (both ends count), and on what ground."""

edition_treasure = Table(
    "edition_treasure",
    metadata,
    Column("edition_id", BigInteger, ForeignKey(edition.c.id), primary_key=True),
    Column("version_id", BigInteger, ForeignKey(treasure_version.c.id), primary_key=True),
)

area_version = Table(
    "area_version",
    metadata,
    _key(),
    Column("level_id", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kana", Text),
    Column("ord", Integer),
    Column("contact", Text),
    Column("members", JSONB, nullable=False),
    Column("outline", _geometry("MULTIPOLYGON")),
    Column("area_m2", Double),
    UniqueConstraint("level_id", "code", "content_hash"),
    Index(None, "outline", postgresql_using="gist"),
)

edition_area = Table(
    "edition_area",
    metadata,
    Column("edition_id", BigInteger, ForeignKey(edition.c.id), primary_key=True),
    Column("version_id", BigInteger, ForeignKey(area_version.c.id), primary_key=True),
)

backdrop_version = Table(
    "backdrop_version",
    metadata,
    _key(),
    Column("layer_id", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("geom", _geometry("GEOMETRY"), nullable=False),
    UniqueConstraint("layer_id", "content_hash"),
)

edition_backdrop = Table(
    "edition_backdrop",
    metadata,
    Column("edition_id", BigInteger, ForeignKey(edition.c.id), primary_key=True),
    Column("version_id", BigInteger, ForeignKey(backdrop_version.c.id), primary_key=True),
)

number_ledger = Table(
    "number_ledger",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("layer_id", Text, nullable=False),
    Column("record_id", Text, nullable=False),
    Column("given_on", Date, nullable=False),
    UniqueConstraint("layer_id", "record_id"),
    CheckConstraint("number > 0", name="positive"),
)
"""Every number ever given, also to records that ended: a number is never given twice."""

record_source = Table(
    "record_source",
    metadata,
    Column("layer_id", Text, primary_key=True),
    Column("record_id", Text, primary_key=True),
    Column("file", Text, nullable=False),
    Column("sheet", Text),
)
"""In which file and sheet the last load found each record that stands; no view shows it."""

venue = Table(
    "venue",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text),
    Column("geom", _geometry("POINT")),
)
"""Derived. A place that several records share."""

current_treasure = Table(
    "current_treasure",
    metadata,
    Column("version_id", BigInteger, ForeignKey(treasure_version.c.id), primary_key=True),
    Column("layer_id", Text, nullable=False),
    Column("number", Integer, nullable=False, unique=True),
    Column("venue_id", BigInteger, ForeignKey(venue.c.id)),
    Column("block_text", Text),
    Column("block_geom", _geometry("POINT")),
    Index(None, "layer_id"),
)
"""Derived. The treasures that stand now, with their number, venue and coarse place."""

treasure_area = Table(
    "treasure_area",
    metadata,
    Column("exact", Boolean, primary_key=True),
    Column("level_id", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("version_id", BigInteger, ForeignKey(current_treasure.c.version_id), primary_key=True),
    Index(None, "version_id"),
)
"""Derived. Which areas hold a treasure: ``exact`` from the true place (担当者だけ), otherwise from
the coarsened one (everybody else)."""

overlap = Table(
    "overlap",
    metadata,
    Column("level_id", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    Column("other_level_id", Text, primary_key=True),
    Column("other_code", Text, primary_key=True),
    Column("share", Double, nullable=False),
)
"""Derived. The share (0..1) of (level, code) that lies in the other area; from 1 % up."""
