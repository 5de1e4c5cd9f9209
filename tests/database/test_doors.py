"""What the login role of an audience cannot do, tried against the real server."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from geo.cluster import Cluster
from geo.database import TownDatabase
from geo.errors import ClusterError, DatabaseError
from geo.model.audience import Audience, Medium
from geo.schema.names import audience_role, database_name, view_schema
from geo.settings import Settings

CODE, OTHER = "99231", "99232"


@pytest.fixture(scope="module")
def town(make_town_database: Callable[..., TownDatabase]) -> TownDatabase:
    """An empty town of this module."""
    return make_town_database(CODE)


@pytest.fixture(scope="module")
def other_town(make_town_database: Callable[..., TownDatabase]) -> TownDatabase:
    """A second town in the same cluster."""
    return make_town_database(OTHER)


def test_a_question_asked_again_is_not_planned_again(town: TownDatabase) -> None:
    question = text("SELECT count(*) FROM treasure WHERE number = ANY(:numbers)")
    for _ in range(8):
        with town.connect(Audience.PUBLIC) as conn:
            conn.execute(question, {"numbers": [1, 2]})
    with town.connect(Audience.PUBLIC) as conn:
        kept = conn.execute(
            text(
                "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
                " WHERE statement LIKE '%FROM treasure WHERE number%'"
            )
        ).all()
    ((generic, custom),) = kept
    assert (generic >= 2, custom) == (True, 0)


@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("medium", list(Medium))
def test_connected_as_the_audience_itself(
    town: TownDatabase, audience: Audience, medium: Medium
) -> None:
    with town.connect(audience, medium) as conn:
        found = conn.execute(
            text(
                "SELECT session_user, current_user, current_setting('search_path'),"
                " current_setting('transaction_read_only'), current_setting('statement_timeout'),"
                " current_setting('transaction_isolation'), current_setting('application_name')"
            )
        ).one()
    role, schema = audience_role(CODE, audience), view_schema(audience, medium)
    assert tuple(found) == (
        role,
        role,
        f"{schema},public",
        "on",
        "20s",
        "repeatable read",
        f"otakara {schema}",
    )


FORBIDDEN = {
    "read a table": "SELECT * FROM town.municipality",
    "read the clock's table": "SELECT * FROM town.clock",
    "write a table": "INSERT INTO town.clock (today) VALUES (NULL)",
    "write through a view": "UPDATE treasure SET name = 'x'",
    "make a schema": "CREATE SCHEMA mine",
    "make a table": "CREATE TABLE public.mine (x int)",
    "make a table among the views": "CREATE TABLE mine (x int)",
    "make a temporary table": "CREATE TEMP TABLE mine (x int)",
    "make a function": "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "make a role": "CREATE ROLE mine",
    "become the owner": f"SET ROLE otakara_{CODE}_owner",
    "become a narrower audience": f"SET ROLE otakara_{CODE}_partners",
    "read a server file": "SELECT pg_read_file('PG_VERSION')",
    "run a program": "COPY (SELECT 1) TO PROGRAM 'true'",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_public_role_cannot(town: TownDatabase, what: str) -> None:
    """With psycopg, outside any read-only transaction of ours: the grants alone must hold."""
    with psycopg.connect(town.url_for(Audience.PUBLIC), autocommit=True) as conn:
        conn.execute("SET default_transaction_read_only = off")
        conn.execute("SET search_path = public_web, public")
        with pytest.raises(
            (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectNotInPrerequisiteState)
        ):
            conn.execute(FORBIDDEN[what])


@pytest.mark.parametrize("audience", list(Audience))
def test_no_view_of_another_audience(town: TownDatabase, audience: Audience) -> None:
    with psycopg.connect(town.url_for(audience), autocommit=True) as conn:
        for other in Audience:
            for medium in Medium:
                query = f"SELECT count(*) FROM {view_schema(other, medium)}.treasure"
                if other is audience:
                    assert conn.execute(query).fetchone() == (0,)
                else:
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        conn.execute(query)


@pytest.mark.usefixtures("town", "other_town")
def test_no_town_reaches_another(cluster: Cluster) -> None:
    roles = [audience_role(CODE, audience) for audience in Audience]
    for role in [*roles, f"otakara_{CODE}_owner"]:
        for database in (database_name(OTHER), "postgres", "template1"):
            with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
                psycopg.connect(cluster.url(role, database))


@pytest.mark.usefixtures("town")
def test_roles_have_no_powers(cluster: Cluster) -> None:
    with cluster.admin() as admin:
        rows = admin.execute(
            "SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolreplication,"
            " rolbypassrls, (SELECT count(*) FROM pg_auth_members m WHERE m.member = r.oid)"
            " FROM pg_roles r WHERE rolname LIKE %s ORDER BY rolname",
            [f"otakara_{CODE}_%"],
        ).fetchall()
    names = ["coordinator", "council", "owner", "partners", "public"]
    assert rows == [(f"otakara_{CODE}_{n}", *[False] * 6, 0) for n in names]


def test_owner_commits_on_success_only(town: TownDatabase) -> None:
    with town.owner() as conn:
        conn.execute(text("CREATE TABLE town.proof (word text)"))

    def half_a_load() -> None:
        with town.owner() as conn:
            conn.execute(text("INSERT INTO town.proof VALUES ('lost')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half_a_load()
    with town.owner() as conn:
        conn.execute(text("INSERT INTO town.proof VALUES ('kept')"))
    with town.owner() as conn:
        assert conn.execute(text("SELECT word FROM town.proof")).scalars().all() == ["kept"]
        conn.execute(text("DROP TABLE town.proof"))


def test_a_page_sees_one_moment(town: TownDatabase) -> None:
    """A load that commits between two questions of one page does not mix into it."""
    question = text("SELECT count(*) FROM town")
    with town.connect(Audience.PUBLIC) as conn:
        assert conn.execute(question).scalar_one() == 0
        with town.owner() as owner:
            owner.execute(
                text(
                    "INSERT INTO town.municipality (code, name, word, metric_crs)"
                    " VALUES ('99231', '一瞬町', 'お宝', 'EPSG:6676')"
                )
            )
        assert conn.execute(question).scalar_one() == 0
    with town.connect(Audience.PUBLIC) as conn:
        assert conn.execute(question).scalar_one() == 1


def test_prepare_again_has_nothing_to_do(town: TownDatabase) -> None:
    said: list[str] = []
    town.prepare(progress=said.append)
    assert said == []


FORK = """
import os, sys
from pathlib import Path
from sqlalchemy import text
from geo.database import TownDatabase
from geo.model.audience import Audience
from geo.settings import Settings

def backend(town):
    with town.connect(Audience.PUBLIC) as conn:
        return conn.execute(text("SELECT pg_backend_pid()")).scalar_one()

with TownDatabase(Settings(town=Path(), cluster=Path(sys.argv[1])), sys.argv[2]) as town:
    before = backend(town)
    child = os.fork()
    if child == 0:
        print("child", backend(town), flush=True)
        town.dispose()
        os._exit(0)
    os.waitpid(child, 0)
    print("parent", before, backend(town), flush=True)
"""


def test_a_fork_makes_connections_of_its_own(cluster: Cluster, town: TownDatabase) -> None:
    """gunicorn forks after the app may have asked: the child must not talk on the parent's wire."""
    town.dispose()
    done = subprocess.run(
        [sys.executable, "-c", FORK, str(cluster.folder), CODE], capture_output=True, text=True
    )
    child, parent = (line.split() for line in done.stdout.splitlines())
    assert child[0] == "child", done.stderr
    assert parent[0] == "parent"
    assert parent[1] == parent[2] != child[1]


def test_threads_prepare_and_read_together(cluster: Cluster) -> None:
    """A town nobody has seen, prepared by four at once."""
    towns = [TownDatabase(Settings(town=Path(), cluster=cluster.folder), "99239") for _ in range(4)]
    seen: list[int] = []

    def visit(town: TownDatabase) -> None:
        town.prepare()
        with town.connect(Audience.COUNCIL) as conn:
            seen.append(conn.execute(text("SELECT count(*) FROM treasure")).scalar_one())
        town.dispose()

    threads = [threading.Thread(target=visit, args=[town]) for town in towns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [0, 0, 0, 0]


def test_a_server_that_is_gone_is_said(tmp_path: Path) -> None:
    town = TownDatabase(Settings(town=tmp_path, cluster=tmp_path / "nothing"), CODE)
    with pytest.raises(DatabaseError) as caught, town.connect(Audience.PUBLIC):
        pass
    assert caught.value.message_ja == "データベースにつながりません。"
    assert "otakara db start" in caught.value.hint_ja


def test_a_statement_may_not_run_for_ever(town: TownDatabase) -> None:
    def too_long() -> None:
        with town.connect(Audience.PUBLIC) as conn:
            conn.execute(text("SET LOCAL statement_timeout = 50"))
            conn.execute(text("SELECT pg_sleep(5)"))

    with pytest.raises(DBAPIError, match="statement timeout"):
        too_long()
    with town.connect(Audience.PUBLIC) as conn:
        assert conn.execute(text("SELECT 1")).scalar_one() == 1


@pytest.mark.parametrize("code", ["", "22212; DROP", "../etc", "Ａ２２", "a" * 40])
def test_a_code_that_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ClusterError):
        TownDatabase(Settings(town=Path()), code)
