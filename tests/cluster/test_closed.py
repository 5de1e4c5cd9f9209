"""Nobody but the people of the town's office reaches the server."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from pathlib import Path

import psycopg
import pytest

from geo.cluster import Cluster
from geo.cluster.cluster_ground import socket_file
from geo.cluster.configuration import ADMIN_ROLE, ident_line, merged_ident
from geo.cluster.processes import processes_in


def _show(cluster: Cluster, name: str) -> str:
    with cluster.admin() as admin:
        row = admin.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row is not None
    return str(row[0])


def test_no_server_process_is_root(cluster: Cluster) -> None:
    pids = processes_in(cluster.data)
    assert len(pids) >= 5
    uids = {Path(f"/proc/{pid}").stat().st_uid for pid in pids}
    assert uids == {cluster.data.stat().st_uid}
    assert 0 not in uids


def test_made_with_checksums_utf8_and_japanese_time(cluster: Cluster) -> None:
    shown = {
        name: _show(cluster, name)
        for name in ("data_checksums", "server_encoding", "TimeZone", "listen_addresses", "fsync")
    }
    assert shown == {
        "data_checksums": "on",
        "server_encoding": "UTF8",
        "TimeZone": "Asia/Tokyo",
        "listen_addresses": "",
        "fsync": "off",
    }


def test_fsync_is_on_unless_a_test_says_otherwise(base: Path) -> None:
    durable = Cluster(base / "durable")
    durable.start()
    try:
        assert _show(durable, "fsync") == "on"
        assert _show(durable, "full_page_writes") == "on"
    finally:
        durable.stop()


def test_no_process_of_the_server_has_a_network_socket(cluster: Cluster) -> None:
    bound = set()
    for table in ("tcp", "tcp6"):
        lines = Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        bound |= {f"socket:[{line.split()[9]}]" for line in lines}
    # Asked as the server's own OS user: inside a container root may not look at others' files.
    owner = cluster.data.stat()
    become = {"user": owner.st_uid, "group": owner.st_gid} if os.geteuid() == 0 else {}
    held = set()
    for pid in processes_in(cluster.data):
        command = ["find", f"/proc/{pid}/fd", "-type", "l", "-printf", "%l\\n"]
        listed = subprocess.run(command, cwd="/", capture_output=True, text=True, **become)
        held |= set(listed.stdout.split())
    assert any(name.startswith("socket:") for name in held)
    assert held & bound == set()


def test_socket_folder_is_closed(cluster: Cluster) -> None:
    folder = cluster.socket_folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert folder.stat().st_uid == cluster.data.stat().st_uid
    assert stat.S_IMODE(socket_file(folder).stat().st_mode) == 0o700
    assert stat.S_IMODE(cluster.data.stat().st_mode) == 0o700


def test_peer_refuses_another_os_user(own: Cluster) -> None:
    """Even with the doors of the file system open, the kernel says who calls."""
    stranger = pwd.getpwnam("nobody")
    socket = socket_file(own.socket_folder)
    command = ["psql", "-X", "-w", "-c", "SELECT 1", own.url(ADMIN_ROLE, "postgres")]
    if os.geteuid() != 0:
        # Only root can become nobody; for anybody else the map must not name a stranger.
        lines = (own.data / "pg_ident.conf").read_text().splitlines()
        me = pwd.getpwuid(os.geteuid()).pw_name
        assert {line.split()[1] for line in lines if line} == {f'"{me}"'}
        return
    become = {"user": stranger.pw_uid, "group": stranger.pw_gid, "extra_groups": []}
    closed = subprocess.run(command, cwd="/", capture_output=True, text=True, **become)
    assert "Permission denied" in closed.stderr
    own.socket_folder.chmod(0o711)
    socket.chmod(0o777)
    try:
        opened = subprocess.run(command, cwd="/", capture_output=True, text=True, **become)
    finally:
        own.socket_folder.chmod(0o700)
        socket.chmod(0o700)
    assert opened.returncode != 0
    assert f'Peer authentication failed for user "{ADMIN_ROLE}"' in opened.stderr


def test_a_role_must_be_named_in_the_map(own: Cluster) -> None:
    with own.admin() as admin:
        admin.execute("CREATE ROLE guest LOGIN")
        admin.execute("CREATE ROLE friend LOGIN")
    with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
        psycopg.connect(own.url("guest", "postgres"))
    own.allow_roles(["guest"])
    own.allow_roles(["friend"])
    for role in ("guest", "friend"):
        with psycopg.connect(own.url(role, "postgres")) as conn:
            assert conn.info.user == role


def test_map_keeps_its_lines_and_quotes_names() -> None:
    first = merged_ident("", [ident_line("tanaka", "a")])
    assert first == 'otakara "tanaka" "a"\n'
    second = merged_ident(first, [ident_line("/.*", "b"), ident_line("tanaka", "a")])
    assert second == 'otakara "tanaka" "a"\notakara "/.*" "b"\n'
    with pytest.raises(ValueError, match="spaces or quotes"):
        ident_line('x" "y', "a")


def test_the_log_repeats_no_record_text(own: Cluster) -> None:
    with own.admin() as admin:
        admin.execute("CREATE TABLE secret (name text PRIMARY KEY)")
        admin.execute("INSERT INTO secret VALUES ('hanako-no-ie')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            admin.execute("INSERT INTO secret VALUES ('hanako-no-ie')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            admin.execute("INSERT INTO secret VALUES (%s)", ["hanako-no-ie"])
    log = (own.folder / "server.log").read_text()
    assert "duplicate key" in log
    assert "hanako" not in log
