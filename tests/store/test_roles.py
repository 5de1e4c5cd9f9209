"""What a login role cannot do, asked without the program's own precautions (plain psycopg)."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from geo.model.audience import Audience, ConsentScope, Medium
from geo.model.treasure import Consent, Treasure
from geo.schema.audience_views import BARRIER_VIEW_NAMES, VIEW_NAMES, VIEW_SCHEMAS
from geo.schema.names import owner_role
from geo.schema.tables import metadata

WEB = (Consent(ConsentScope.WEB, "試験"), Consent(ConsentScope.PRINT, "試験"))


@pytest.fixture
def peopled(hand: Any) -> Any:
    hand.load(
        hand.reading(
            {
                "layer": [
                    Treasure("", "a", "12", Audience.PUBLIC, consents=WEB),
                    Treasure("", "b", "ひみつの会", Audience.COORDINATOR),
                ]
            }
        )
    )
    return hand


def refusals(url: str, statements: list[str]) -> dict[str, str]:
    """The SQLSTATE with which each statement is refused; empty when it is not."""
    answers = {}
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("SET default_transaction_read_only = off")
        for statement in statements:
            try:
                conn.execute(statement)
                answers[statement] = ""
            except psycopg.Error as error:
                answers[statement] = error.sqlstate or "?"
    return answers


@pytest.mark.parametrize("audience", list(Audience))
def test_a_role_reads_its_own_views_and_nothing_else(peopled: Any, audience: Audience) -> None:
    url = peopled.database.url_for(audience)
    own = [VIEW_SCHEMAS[audience, medium] for medium in Medium]
    readable = [f"SELECT * FROM {schema}.{view}" for schema in own for view in VIEW_NAMES]
    assert refusals(url, readable) == dict.fromkeys(readable, "")
    refused = [
        *(f"SELECT * FROM {table.fullname}" for table in metadata.tables.values()),
        *(
            f"SELECT * FROM {schema}.{view}"
            for schema in VIEW_SCHEMAS.values()
            if schema not in own
            for view in VIEW_NAMES
        ),
        "SELECT * FROM town.schema_version",
        "SELECT town.today()",
        f"UPDATE {own[0]}.area SET name = 'x'",
        f"DELETE FROM {own[0]}.level",
        f"CREATE VIEW {own[0]}.mine AS SELECT 1",
        "CREATE TEMP TABLE mine (a integer)",
        "CREATE TABLE public.mine (a integer)",
        "CREATE TABLE town.mine (a integer)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION public.mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE ROLE mine",
        f"SET ROLE {owner_role(peopled.database.municipality_code)}",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_ls_dir('/')",
        "COPY (SELECT 1) TO '/tmp/mine'",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "CREATE EXTENSION dblink",
    ]
    answers = refusals(url, refused)
    # 42501 insufficient privilege; a view that joins is not even updatable (55000).
    assert {s: c for s, c in answers.items() if c not in ("42501", "55000")} == {}


def test_the_barrier_keeps_a_curious_condition_from_hidden_rows(peopled: Any) -> None:
    """Without it, PostgreSQL may try the condition on the hidden name and tell it in the error."""
    with psycopg.connect(peopled.database.url_for(Audience.PUBLIC)) as conn:
        found = conn.execute(
            "SELECT name FROM public_web.treasure WHERE name::integer > 0"
        ).fetchall()
    assert found == [("12",)]


def test_every_view_is_a_barrier_of_the_owner(peopled: Any) -> None:
    rows = peopled.rows(
        """SELECT n.nspname, c.relname, c.reloptions, pg_get_userbyid(c.relowner)
           FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE c.relkind = 'v' AND n.nspname ~ '_(web|print)$'"""
    )
    expected = {(schema, view) for schema in VIEW_SCHEMAS.values() for view in VIEW_NAMES}
    assert {(row[0], row[1]) for row in rows} == expected
    owner = owner_role(peopled.database.municipality_code)
    assert {row[3] for row in rows} == {owner}
    barriers = {row[1] for row in rows if row[2] == ["security_barrier=true"]}
    # Streets, base map and people hide nothing; a barrier would keep a tile's window from the index.
    assert barriers == set(BARRIER_VIEW_NAMES)
    assert set(VIEW_NAMES) - barriers == {
        "ground_shape",
        "ground_label",
        "street_node",
        "street_edge",
        "people_cell",
        "area_people",
    }
