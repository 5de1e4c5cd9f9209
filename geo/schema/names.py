"""How a town's database, roles and view schemas are called."""

from __future__ import annotations

from geo.model.audience import Audience, Medium

TABLE_SCHEMA = "town"

PEOPLE_COUNTS = ("people", "people_65", "people_75", "people_85")
"""The columns of counts, in the order of `geo.model.people.BANDS`."""


def database_name(municipality_code: str) -> str:
    """One database per town."""
    return f"otakara_{municipality_code}"


def owner_role(municipality_code: str) -> str:
    """The role that owns the tables; used by loads and migrations only."""
    return f"otakara_{municipality_code}_owner"


def audience_role(municipality_code: str, audience: Audience) -> str:
    """The login role of an audience: views only, no table, no CREATE, no TEMP."""
    return f"otakara_{municipality_code}_{audience.word}"


def view_schema(audience: Audience, medium: Medium) -> str:
    """The schema that holds an audience's views for a medium."""
    return f"{audience.word}_{medium.value}"
