"""Saved in one file, brought back into an empty cluster: roles, data, and the closed doors."""

from __future__ import annotations

import stat
import tarfile
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from geo.cluster import Cluster
from geo.cluster.backup import backup, restore
from geo.database import TownDatabase
from geo.errors import ClusterError
from geo.model.audience import Audience, Medium
from geo.settings import Settings

CODES = ("99211", "99212")
NAMES = {"99211": "保存町", "99212": "移転村"}


def _fill(database: TownDatabase, name: str) -> None:
    with database.owner() as conn:
        conn.execute(text("DELETE FROM town.municipality"))
        conn.execute(
            text(
                "INSERT INTO town.municipality (code, name, word, metric_crs)"
                " VALUES (:code, :name, 'お宝', 'EPSG:6676')"
            ),
            {"code": database.municipality_code, "name": name},
        )


def _name(database: TownDatabase) -> str:
    with database.connect(Audience.PUBLIC, Medium.PRINT) as conn:
        return str(conn.execute(text("SELECT name FROM town")).scalar_one())


@pytest.fixture(scope="module")
def source(base: Path) -> Cluster:
    """A cluster that holds two towns."""
    cluster = Cluster(base / "source", durable=False)
    for code in CODES:
        town = TownDatabase(Settings(town=Path(), cluster=cluster.folder), code)
        cluster.start()
        town.prepare()
        _fill(town, NAMES[code])
        town.dispose()
    return cluster


@pytest.fixture(scope="module")
def saved(source: Cluster, base: Path) -> Path:
    """A backup file of two towns."""
    file = base / "towns.backup"
    assert backup(source, file) == CODES
    return file


@pytest.fixture
def emptied(base: Path) -> Cluster:
    """A running cluster without any town and without their roles."""
    cluster = Cluster(base / "empty", durable=False)
    cluster.start()
    assert cluster.status().towns == ()
    with cluster.admin() as admin:
        roles = admin.execute(r"SELECT 1 FROM pg_roles WHERE rolname ~ '^otakara_\d'").fetchall()
    assert roles == []
    return cluster


def test_restore_into_an_empty_cluster(saved: Path, emptied: Cluster) -> None:
    assert restore(emptied, saved) == CODES
    assert emptied.status().towns == CODES
    for code in CODES:
        town = TownDatabase(Settings(town=Path(), cluster=emptied.folder), code)
        try:
            # Before anything is prepared or migrated: the file alone brings it all back.
            assert _name(town) == NAMES[code]
            for table in ("town.municipality", "town.clock"):
                with (
                    pytest.raises(ProgrammingError, match="permission denied"),
                    town.connect(Audience.COORDINATOR) as conn,
                ):
                    conn.execute(text(f"SELECT * FROM {table}"))
            with emptied.admin() as admin:
                attributes = admin.execute(
                    "SELECT rolsuper, rolcreatedb, rolcreaterole, rolinherit, rolcanlogin"
                    " FROM pg_roles WHERE rolname LIKE %s ORDER BY rolname",
                    [f"otakara_{code}_%"],
                ).fetchall()
            assert attributes == [(False, False, False, False, True)] * 5
            town.prepare()
            assert _name(town) == NAMES[code]
        finally:
            town.dispose()

    # Again: what is there is not overwritten, unless told.
    other = TownDatabase(Settings(town=Path(), cluster=emptied.folder), CODES[0])
    _fill(other, "書き直した町")
    with pytest.raises(ClusterError) as caught:
        restore(emptied, saved)
    assert "99211" in caught.value.message_ja
    assert "すでにあります。上書きしませんでした。" in caught.value.message_ja
    assert "--replace" in caught.value.hint_ja
    assert _name(other) == "書き直した町"
    # Although somebody is connected.
    with psycopg.connect(other.url_for(Audience.PUBLIC)):
        restore(emptied, saved, replace=True)
    assert _name(other) == NAMES[CODES[0]]
    other.dispose()


def test_a_bad_dump_changes_nothing(saved: Path, base: Path) -> None:
    """The second town's dump is broken: the first town is not replaced either."""
    cluster = Cluster(base / "empty")
    town = TownDatabase(Settings(town=Path(), cluster=cluster.folder), CODES[0])
    _fill(town, "今の町")
    cut = base / "cut.backup"
    cut.write_bytes(saved.read_bytes()[:-20_000])
    with pytest.raises(ClusterError) as caught:
        restore(cluster, cut, replace=True)
    assert "途中で切れています" in caught.value.message_ja

    broken = base / "broken.backup"
    _rewrite_last_dump(saved, broken, base)
    with pytest.raises(ClusterError) as caught:
        restore(cluster, broken, replace=True)
    assert caught.value.message_ja == "保存ファイルの中身が壊れています。"
    assert _name(town) == "今の町"
    with cluster.admin() as admin:
        leftovers = admin.execute("SELECT datname FROM pg_database WHERE datname LIKE '%\\_\\_%'")
        assert leftovers.fetchall() == []
    town.dispose()


def _rewrite_last_dump(source: Path, target: Path, base: Path) -> None:
    """A backup whose last dump is not a dump, with a right checksum."""
    import hashlib
    import json

    folder = base / "unpacked"
    folder.mkdir()
    with tarfile.open(source) as tar:
        for name in tar.getnames():
            member = tar.extractfile(name)
            assert member is not None
            (folder / name).write_bytes(member.read())
    contents = json.loads((folder / "otakara-backup.json").read_text())
    last = contents["towns"][-1]
    (folder / f"{last['code']}.dump").write_bytes(b"PGDMP but not really")
    last["sha256"] = hashlib.sha256(b"PGDMP but not really").hexdigest()
    (folder / "otakara-backup.json").write_text(json.dumps(contents))
    with tarfile.open(target, "w") as tar:
        for file in sorted(folder.iterdir()):
            tar.add(file, file.name)


def test_backup_is_private_and_atomic(saved: Path, source: Cluster, base: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    before = saved.read_bytes()
    with pytest.raises(ClusterError) as caught:
        backup(source, base / "no such folder" / "x.backup")
    assert "に書けません" in caught.value.message_ja
    assert saved.read_bytes() == before
    assert not [p.name for p in base.iterdir() if p.name.startswith(".")]


def test_not_a_backup_is_said(source: Cluster, base: Path) -> None:
    photo = base / "photo.backup"
    photo.write_bytes(b"\xff\xd8\xff\xe0" * 1000)
    with pytest.raises(ClusterError) as caught:
        restore(source, photo)
    assert "お宝マップの保存ファイルではない" in caught.value.message_ja
    with pytest.raises(ClusterError) as caught:
        restore(source, base / "missing.backup")
    assert "見つかりません" in caught.value.message_ja
