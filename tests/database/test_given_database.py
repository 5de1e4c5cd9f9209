"""A PostGIS that the town already runs, named by OTAKARA_DATABASE_URL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from geo.cluster import Cluster
from geo.cluster.configuration import ADMIN_ROLE
from geo.cluster.town_accounts import town_roles
from geo.database import TownDatabase
from geo.errors import DatabaseError
from geo.model.audience import Audience
from geo.settings import Settings

CODE = "99241"


@pytest.fixture
def given(cluster: Cluster) -> Iterator[str]:
    """An empty database of an administrator who is not us; its name."""
    with cluster.admin() as admin:
        admin.execute("DROP DATABASE IF EXISTS given WITH (FORCE)")
        admin.execute("DROP ROLE IF EXISTS given_owner")
        admin.execute("CREATE ROLE given_owner LOGIN")
        admin.execute("CREATE DATABASE given OWNER given_owner TEMPLATE template0")
    cluster.allow_roles(["given_owner", *town_roles(CODE)])
    yield "given"
    with cluster.admin() as admin:
        admin.execute("DROP DATABASE given WITH (FORCE)")
        admin.execute("DROP ROLE given_owner")
        for role in town_roles(CODE):
            admin.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


OpenTown = Callable[..., TownDatabase]


@pytest.fixture
def open_town() -> Iterator[OpenTown]:
    """``open_town(url, public=url, ...)``; closed afterwards, also when the test fails."""
    with ExitStack() as stack:

        def open_one(url: str, code: str = CODE, **audience_urls: str) -> TownDatabase:
            urls = {Audience.from_word(word): value for word, value in audience_urls.items()}
            settings = Settings(town=Path(), database_url=url, audience_urls=urls)
            return stack.enter_context(TownDatabase(settings, code))

        yield open_one


def test_given_by_a_powerful_user(cluster: Cluster, given: str, open_town: OpenTown) -> None:
    town = open_town(cluster.url(ADMIN_ROLE, given))
    assert town.cluster is None
    town.prepare()
    town.prepare()
    with town.connect(Audience.PARTNERS) as conn:
        assert conn.execute(text("SELECT session_user")).scalar_one() == "otakara_99241_partners"
        assert conn.execute(text("SELECT count(*) FROM treasure")).scalar_one() == 0
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        town.connect(Audience.PARTNERS) as conn,
    ):
        conn.execute(text("SELECT * FROM town.municipality"))


def test_given_by_a_plain_owner(cluster: Cluster, given: str, open_town: OpenTown) -> None:
    """Roles and PostGIS must be there already; every lack is one Japanese sentence."""
    town = open_town(cluster.url("given_owner", given))
    with pytest.raises(DatabaseError) as caught:
        town.prepare()
    assert "接続先に役割 otakara_99241_public、" in caught.value.message_ja
    with cluster.admin() as admin:
        for role in town_roles(CODE)[1:]:
            admin.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    with pytest.raises(DatabaseError) as caught:
        town.prepare()
    assert caught.value.message_ja == "接続先のデータベースに PostGIS がありません。"
    assert "CREATE EXTENSION postgis" in caught.value.hint_ja
    with cluster.admin(given) as admin:
        admin.execute("CREATE EXTENSION postgis")
    town.prepare()
    with town.connect(Audience.PUBLIC) as conn:
        assert conn.execute(text("SELECT count(*) FROM treasure")).scalar_one() == 0
    with (
        psycopg.connect(town.url_for(Audience.PUBLIC)) as conn,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        conn.execute("CREATE TEMP TABLE t (x int)")


def test_another_towns_database_is_refused(
    cluster: Cluster, given: str, open_town: OpenTown
) -> None:
    url = cluster.url(ADMIN_ROLE, given)
    town = open_town(url)
    town.prepare()
    other = open_town(url, "99242")
    with pytest.raises(DatabaseError) as caught:
        other.prepare()
    assert caught.value.message_ja == "OTAKARA_DATABASE_URL のデータベースは、ほかの町のものです。"


def test_audience_urls(open_town: OpenTown) -> None:
    """An explicit URL wins; else the owner's, with the user replaced and the password dropped."""
    explicit = "postgresql://otakara_99241_council:pw@db.example/given"
    town = open_town(
        "postgresql+psycopg://owner:himitsu@db.example:5433/given?sslmode=require", council=explicit
    )
    assert town.url_for(Audience.COUNCIL) == explicit
    assert (
        town.url_for(Audience.PUBLIC)
        == "postgresql://otakara_99241_public@db.example:5433/given?sslmode=require"
    )
    assert "himitsu" in town.owner_url()


def test_the_owner_may_not_stand_in_for_an_audience(
    cluster: Cluster, given: str, open_town: OpenTown
) -> None:
    """Whoever can read tables is no audience: a wrong URL must not open the one door wider."""
    url = cluster.url(ADMIN_ROLE, given)
    town = open_town(url, public=url)
    with pytest.raises(DatabaseError) as caught:
        town.prepare()
    assert "OTAKARA_DATABASE_URL_PUBLIC" in caught.value.hint_ja
    assert "表を直接読めてしまいます" in caught.value.message_ja


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://u@127.0.0.1:1/db", "つながりません"),
        ("mysql://u@127.0.0.1/db", "URLの書き方"),
        ("not a url", "URLの書き方"),
    ],
)
def test_a_url_that_leads_nowhere_is_said(url: str, sentence: str, open_town: OpenTown) -> None:
    with pytest.raises(DatabaseError) as caught:
        open_town(url).prepare()
    assert sentence in caught.value.sentence_ja


def test_a_failing_audience_url_names_its_setting(
    cluster: Cluster, given: str, open_town: OpenTown
) -> None:
    town = open_town(cluster.url(ADMIN_ROLE, given), coordinator="postgresql://x@127.0.0.1:1/db")
    with pytest.raises(DatabaseError) as caught, town.connect(Audience.COORDINATOR):
        pass
    assert "OTAKARA_DATABASE_URL_COORDINATOR" in caught.value.hint_ja
    assert "127.0.0.1" not in caught.value.sentence_ja
