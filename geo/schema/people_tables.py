"""The tables of people: how many live where, by edition, and how many of them in every area.

*History*: ``people_cell``, by edition. *Pointer*: ``people``, one row. *Derived* from the cells,
the streets and the areas that stand: ``area_people``.
"""

from __future__ import annotations

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Double,
    ForeignKey,
    Integer,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from geo.crs import STORAGE_SRID
from geo.schema.ground_tables import metadata
from geo.schema.names import PEOPLE_COUNTS
from geo.schema.tables import edition

__all__ = ["metadata"]
"""Of every table: these, and those of the modules they stand on."""


def _edition(*, is_key: bool = False) -> Column[int]:
    return Column(
        "edition_id", BigInteger, ForeignKey(edition.c.id), primary_key=is_key, nullable=False
    )


def _counts(kind: type[Double[float] | Integer]) -> tuple[Column[float], ...]:
    return tuple(Column(name, kind) for name in PEOPLE_COUNTS)


people = Table(
    "people",
    metadata,
    Column("single", Boolean, primary_key=True, server_default=text("true")),
    _edition(),
    Column("title", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("licence", Text, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("form", Text, nullable=False),
    Column("shares", JSONB, nullable=False),
    Column("cells", Integer, nullable=False),
    Column("total", Double, nullable=False),
    CheckConstraint("single", name="one_row"),
)
"""The people that stand; no row where the town has none. ``shares`` leads from a band ("65") to
the share (0..1) of everybody that was assumed for it. ``total`` is the sum of what is known."""

people_cell = Table(
    "people_cell",
    metadata,
    _edition(is_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False),
    Column("name", Text),
    Column("geom", Geometry("GEOMETRY", srid=STORAGE_SRID, spatial_index=False), nullable=False),
    *_counts(Double),
    Column("merged", ARRAY(Text), nullable=False),
)
"""Some people inside a polygon or around a point (`geo.model.people.PeopleCell`), numbered from 0
within their edition. NULL: not known. Plain numbers and shapes: arrays measure."""

area_people = Table(
    "area_people",
    metadata,
    Column("level_id", Text, primary_key=True),
    Column("code", Text, primary_key=True),
    *_counts(Integer),
)
"""Derived. The people of every area as they may be shown (`geo.coverage.small_numbers`); NULL where
so few are meant that it could be somebody, and where some of them are not known."""
