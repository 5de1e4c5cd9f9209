"""A cluster is made once, started once, joined by everybody else, stopped by who started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geo.cluster import Cluster
from geo.cluster.making import MARKER
from geo.cluster.processes import read_pid_file
from geo.errors import ClusterError

START = """
import sys, time
from pathlib import Path
from geo.cluster import Cluster
cluster = Cluster(Path(sys.argv[1]), durable=False)
print(cluster.start(), flush=True)
"""


def _starter(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={k: v for k, v in os.environ.items() if k != "TMPDIR"},
    )


def test_two_starts_at_the_same_moment_make_one_server(base: Path) -> None:
    folder = base / "race"
    starters = [_starter(folder) for _ in range(3)]
    answers = sorted(starter.communicate(timeout=90)[0].strip() for starter in starters)
    assert answers == ["False", "False", "True"]
    assert Cluster(folder).is_running()


def test_stop_leaves_what_another_process_started(base: Path) -> None:
    folder = base / "race"
    cluster = Cluster(folder)
    assert cluster.start() is False
    assert cluster.stop() is False
    assert cluster.is_running()
    assert cluster.stop(force=True) is True
    assert not cluster.is_running()
    assert cluster.stop(force=True) is False
    # Now this process starts it, and may stop it; another object of the same process too.
    assert cluster.start() is True
    assert Cluster(folder).start() is False
    assert Cluster(folder).stop() is True
    assert not cluster.is_running()


def test_who_started_it_leaves_it_to_who_joined(base: Path) -> None:
    """Two terminals with ``make up``: Ctrl-C in the first one keeps the pages of the second."""
    folder = base / "race"
    cluster = Cluster(folder, durable=False)
    assert cluster.start() is True
    other = subprocess.Popen(
        [
            sys.executable,
            "-c",
            START + "cluster.stay(); print(flush=True); sys.stdin.read()",
            str(folder),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert [other.stdout.readline().strip() for _ in range(2)] == ["False", ""]
    assert cluster.stop() is False
    assert cluster.is_running()
    other.communicate(timeout=30)
    assert cluster.stop() is True
    assert not cluster.is_running()


def test_status_tells_without_starting(base: Path) -> None:
    nowhere = Cluster(base / "nowhere").status()
    assert (nowhere.initialised, nowhere.running, nowhere.pid, nowhere.towns) == (
        False,
        False,
        None,
        (),
    )
    assert not (base / "nowhere").exists()
    stopped = Cluster(base / "race").status()
    assert (stopped.initialised, stopped.running) == (True, False)
    assert stopped.size_bytes > 10_000_000


def test_interrupted_making_starts_over(base: Path) -> None:
    folder = base / "interrupted"
    maker = _starter(folder)
    deadline = time.monotonic() + 30
    while not (folder / "data.new" / "PG_VERSION").exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    os.killpg(maker.pid, signal.SIGKILL)
    maker.communicate(timeout=30)
    assert (folder / "data.new").exists()
    assert not (folder / "data").exists()
    cluster = Cluster(folder, durable=False)
    assert cluster.start() is True
    assert not (folder / "data.new").exists()
    cluster.stop()


def test_a_folder_of_somebody_else_is_refused_untouched(base: Path) -> None:
    folder = base / "photos"
    folder.mkdir()
    (folder / "data").mkdir()
    (folder / "data" / "photo.jpg").write_bytes(b"dear")
    with pytest.raises(ClusterError) as caught:
        Cluster(folder).start()
    assert "お宝マップのデータベースではないものが入っています" in caught.value.message_ja
    assert sorted(p.name for p in folder.rglob("*")) == ["data", "photo.jpg"]
    assert not (folder / MARKER).exists()


def test_a_socket_path_that_is_too_long_is_said(base: Path) -> None:
    long = base / ("長い名前の" * 10)
    with pytest.raises(ClusterError) as caught:
        Cluster(base / "long", socket_folder=long, durable=False).start()
    assert "ソケットの場所が長すぎます（107バイトまで）" in caught.value.message_ja
    assert not long.exists()


def test_a_socket_folder_of_somebody_else_is_refused(base: Path) -> None:
    trap = base / "link"
    trap.symlink_to(base)
    with pytest.raises(ClusterError) as caught:
        Cluster(base / "long", socket_folder=trap, durable=False).start()
    assert "ほかの利用者のもの" in caught.value.message_ja


def test_a_server_that_cannot_start_says_so_soon(base: Path) -> None:
    cluster = Cluster(base / "interrupted", durable=False)
    conf = cluster.data / "postgresql.conf"
    text = conf.read_text()
    conf.write_text(text + "no_such_setting = 1\n")
    began = time.monotonic()
    with pytest.raises(ClusterError, match="no_such_setting") as caught:
        cluster.start()
    assert caught.value.message_ja == "データベースを始められませんでした。"
    assert str(cluster.folder / "server.log") in caught.value.hint_ja
    assert time.monotonic() - began < 30
    conf.write_text(text)
    assert cluster.start() is True
    cluster.stop()


def test_a_long_folder_has_a_short_socket(base: Path) -> None:
    cluster = Cluster(base / ("d" * 100) / ("e" * 100), durable=False)
    cluster.start()
    try:
        socket_folder = cluster.socket_folder
        assert len(str(socket_folder)) < 60
        assert socket_folder.is_dir()
        assert read_pid_file(cluster.data) is not None
    finally:
        cluster.stop()
    assert not socket_folder.exists()
