"""SIGKILL cannot be answered. What was acknowledged is there afterwards, and the server comes back."""

from __future__ import annotations

import contextlib
import os
import pwd
import signal
import subprocess
import threading
import time
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from geo.cluster import Cluster
from geo.cluster.configuration import ADMIN_ROLE
from geo.cluster.processes import processes_in, read_pid_file, works_in
from geo.database import TownDatabase
from geo.errors import DatabaseError
from geo.model.audience import Audience
from geo.settings import Settings


def _ledger(cluster: Cluster) -> list[str]:
    with cluster.admin() as admin:
        rows = admin.execute("SELECT word FROM ledger ORDER BY word").fetchall()
    return [str(row[0]) for row in rows]


@pytest.fixture(scope="module", autouse=True)
def _make_ledger(own: Cluster) -> None:
    with own.admin() as admin:
        admin.execute("CREATE TABLE ledger (word text)")


def _write(cluster: Cluster, word: str) -> None:
    with cluster.admin() as admin:
        admin.execute("INSERT INTO ledger VALUES (%s)", [word])


def _postmaster(cluster: Cluster) -> int:
    found = read_pid_file(cluster.data)
    assert found is not None
    return found.pid


def _wait_until_dead(pid: int, cluster: Cluster) -> None:
    deadline = time.monotonic() + 10
    while works_in(pid, cluster.data) and time.monotonic() < deadline:
        time.sleep(0.01)


def _kill_everything(cluster: Cluster) -> None:
    """A backend whose session has ended may leave by itself between the look and the kill."""
    for pid in processes_in(cluster.data):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def test_postmaster_killed_alone_while_a_backend_works(own: Cluster) -> None:
    busy = psycopg.connect(own.url(ADMIN_ROLE, "postgres"), autocommit=True)
    done: list[str] = []

    def work() -> None:
        busy.execute(
            "INSERT INTO ledger SELECT 'a backend without a postmaster'"
            " FROM generate_series(1, 8000000) n HAVING sum(sqrt(n)) > 0"
        )
        done.append("acknowledged")

    worker = threading.Thread(target=work)
    worker.start()
    time.sleep(0.3)
    killed = _postmaster(own)
    os.kill(killed, signal.SIGKILL)
    _wait_until_dead(killed, own)
    assert processes_in(own.data), "no backend outlived the postmaster: the test proves nothing"
    said: list[str] = []
    assert Cluster(own.folder, durable=False).start(progress=said.append) is True
    worker.join()
    busy.close()
    assert done == ["acknowledged"]
    assert _ledger(own) == ["a backend without a postmaster"]
    assert said == ["前のデータベースの後始末を待っています…", "データベースを始めています…"]
    assert _postmaster(own) != killed


def test_everything_killed(own: Cluster) -> None:
    _write(own, "b before the kill")
    _kill_everything(own)
    assert not own.is_running()
    assert own.start() is True
    assert _ledger(own)[-1] == "b before the kill"


def test_a_pool_outlives_the_server(own: Cluster) -> None:
    """A page that was open before the server died is answered again once it is back."""
    with TownDatabase(Settings(town=Path(), cluster=own.folder), "99251") as town:
        town.prepare()
        question = text("SELECT count(*) FROM treasure")

        def die_between_two_questions() -> None:
            with town.connect(Audience.PUBLIC) as conn:
                assert conn.execute(question).scalar_one() == 0
                _kill_everything(own)
                conn.execute(question)

        with pytest.raises(DatabaseError, match="cannot connect to the embedded cluster") as caught:
            die_between_two_questions()
        assert caught.value.message_ja == "データベースにつながりません。"
        town.prepare()
        with town.connect(Audience.PUBLIC) as conn:
            assert conn.execute(question).scalar_one() == 0


def test_stale_pid_file_that_names_a_stranger(own: Cluster) -> None:
    """The pid was given to another process of the server's OS user: PostgreSQL alone refuses."""
    own.stop(force=True)
    owner = pwd.getpwuid(own.data.stat().st_uid)
    become = {"user": owner.pw_uid, "group": owner.pw_gid} if os.geteuid() == 0 else {}
    with subprocess.Popen(["sleep", "60"], cwd="/", **become) as stranger:
        pid_file = own.data / "postmaster.pid"
        pid_file.write_text(f"{stranger.pid}\n{own.data}\n1\n5432\n\n\n\nready   \n")
        os.chown(pid_file, owner.pw_uid, owner.pw_gid)
        assert own.status().running is False
        assert own.start() is True
        assert stranger.poll() is None, "a stranger was killed"
        stranger.kill()
    assert _ledger(own)[-1] == "b before the kill"
