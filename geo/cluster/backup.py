"""Every town of a cluster in one file, and back: whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from psycopg import sql

from geo import __version__
from geo.cluster.configuration import ADMIN_ROLE
from geo.cluster.lock import Progress
from geo.cluster.making import run_program
from geo.cluster.programs import ServerPrograms, find_programs
from geo.cluster.server import Cluster
from geo.cluster.small_files import last_line, sync_folder
from geo.cluster.town_accounts import (
    close_database,
    create_database,
    database_exists,
    ensure_roles,
    prepare_inside,
    town_codes,
    town_roles,
)
from geo.errors import ClusterError
from geo.schema.names import database_name, owner_role

if TYPE_CHECKING:
    import psycopg

CONTENTS = "otakara-backup.json"
FORMAT = 1
# PostGIS belongs to the administrator and is made before the rest is restored.
_NOT_OURS = re.compile(
    r"^\d+; \d+ \d+ (EXTENSION|COMMENT - EXTENSION|(ACL|COMMENT) - SCHEMA public\b)"
    r"|^\d+; \d+ \d+ TABLE DATA public spatial_ref_sys\b"
)


@dataclass(frozen=True, slots=True)
class SavedTown:
    """One town in a backup file."""

    code: str
    sha256: str

    @property
    def dump(self) -> str:
        """The name of its dump inside the file."""
        return f"{self.code}.dump"


def backup(cluster: Cluster, file: Path, *, progress: Progress | None = None) -> tuple[str, ...]:
    """Write every town's database into one file.

    Parameters
    ----------
    cluster : Cluster
        A running one.
    file : Path
        Replaced in one step when the backup is complete; readable by its owner only, because it
        holds what only coordinators may see.

    Returns
    -------
    tuple of str
        The municipality codes in the file.

    Raises
    ------
    ClusterError
        When there is nothing to save, or the file cannot be written; the old file stays.
    """
    file = file.absolute()
    programs = find_programs(cluster.status().major)
    with cluster.admin() as admin:
        codes = town_codes(admin)
    if not codes:
        raise ClusterError(
            "no town database in this cluster",
            message_ja="保存するデータがまだありません。",
            hint_ja="先に「otakara load」で町のデータを読み込んでください。",
        )
    fresh = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        with tempfile.TemporaryDirectory(prefix=".otakara-backup-", dir=file.parent) as name:
            towns = []
            for code in codes:
                if progress:
                    progress(f"町 {code} を保存しています…")
                dump = Path(name) / f"{code}.dump"
                url = cluster.url(ADMIN_ROLE, database_name(code))
                arguments = ["--format=custom", f"--file={dump}", f"--dbname={url}"]
                done = run_program(programs, "pg_dump", arguments, None)
                if done.returncode != 0:
                    raise _failed("pg_dump", done.stdout, "保存できませんでした。")
                towns.append(SavedTown(code, _sha256(dump)))
            contents = Path(name) / CONTENTS
            contents.write_text(_contents(towns, programs), encoding="utf-8")
            fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            with os.fdopen(fd, "wb") as out:
                with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                    tar.add(contents, CONTENTS)
                    for town in towns:
                        tar.add(Path(name) / town.dump, town.dump)
                out.flush()
                os.fsync(out.fileno())
        fresh.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        raise ClusterError(
            f"cannot write the backup {file}: {error}",
            message_ja=f"保存先 {file} に書けません（{error.strerror}）。",
            hint_ja="フォルダがあるか、書き込みができるか、空きがあるかを確かめてください。",
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    return codes


def restore(
    cluster: Cluster, file: Path, *, replace: bool = False, progress: Progress | None = None
) -> tuple[str, ...]:
    """Bring the towns of a backup file back, with their roles: all of them, or none.

    Every town is first restored beside the present one, under another name. Only when all are
    complete do they take their names, in one transaction.

    Parameters
    ----------
    cluster : Cluster
        A running one.
    file : Path
        Written by `backup`.
    replace : bool
        Give up the present database of a town that is in the file.

    Returns
    -------
    tuple of str
        The municipality codes restored.

    Raises
    ------
    ClusterError
        When the file is not a whole backup, a town exists already, or a dump does not restore;
        the cluster is then as it was.
    """
    programs = find_programs(cluster.status().major)
    with tempfile.TemporaryDirectory(prefix="otakara-restore-") as name, cluster.locked():
        towns = _unpack(file, Path(name))
        with cluster.admin() as admin:
            _drop_leftovers(admin)
            present = [t.code for t in towns if database_exists(admin, database_name(t.code))]
        if present and not replace:
            raise ClusterError(
                f"towns {present} exist already",
                message_ja=f"町 {'、'.join(present)} のデータベースがすでにあります。上書きしませんでした。",
                hint_ja="今のデータを捨ててよいときだけ、--replace を付けてください。"
                "（先に「otakara db backup」で今のデータを保存できます。）",
            )
        try:
            for town in towns:
                if progress:
                    progress(f"町 {town.code} を戻しています…")
                _restore_beside(cluster, programs, town, Path(name))
            with cluster.admin() as admin:
                _take_names(admin, towns)
        finally:
            with cluster.admin() as admin:
                _drop_leftovers(admin)
    return tuple(town.code for town in towns)


def _beside(code: str) -> str:
    return f"{database_name(code)}__new"


def _aside(code: str) -> str:
    return f"{database_name(code)}__old"


def _restore_beside(
    cluster: Cluster, programs: ServerPrograms, town: SavedTown, base: Path
) -> None:
    """Restore one town under another name, as its own owner: a dump is never run as administrator."""
    name, owner = _beside(town.code), owner_role(town.code)
    with cluster.admin() as admin:
        ensure_roles(admin, town.code)
        create_database(admin, name, owner)
        close_database(admin, name, town.code)
    with cluster.admin(name) as inside:
        prepare_inside(inside)
    cluster.write_ident(town_roles(town.code))
    dump = base / town.dump
    listed = run_program(programs, "pg_restore", ["--list", str(dump)], None)
    if listed.returncode != 0:
        raise _failed("pg_restore --list", listed.stdout, "保存ファイルの中身が壊れています。")
    chosen = base / f"{town.code}.list"
    lines = (line for line in listed.stdout.splitlines() if not _NOT_OURS.match(line))
    chosen.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run_program(
        programs,
        "pg_restore",
        [
            *("--exit-on-error", "--single-transaction", f"--use-list={chosen}"),
            *(f"--dbname={cluster.url(owner, name)}", str(dump)),
        ],
        None,
    )
    if done.returncode != 0:
        raise _failed(
            "pg_restore",
            done.stdout,
            f"町 {town.code} を戻せませんでした。今のデータはそのままです。",
        )


def _take_names(admin: psycopg.Connection, towns: Iterable[SavedTown]) -> None:
    """All new databases take their names in one transaction."""
    towns = tuple(towns)
    for town in towns:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [database_name(town.code)],
        )
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with admin.transaction():
        for town in towns:
            name = database_name(town.code)
            if database_exists(admin, name):
                admin.execute(
                    rename.format(sql.Identifier(name), sql.Identifier(_aside(town.code)))
                )
            admin.execute(rename.format(sql.Identifier(_beside(town.code)), sql.Identifier(name)))


def _drop_leftovers(admin: psycopg.Connection) -> None:
    """Remove what an interrupted restore left beside the towns' databases."""
    rows = admin.execute(
        r"SELECT datname FROM pg_database WHERE datname ~ '^otakara_[0-9a-z]+__(new|old)$'"
    ).fetchall()
    for (name,) in rows:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _contents(towns: list[SavedTown], programs: ServerPrograms) -> str:
    return json.dumps(
        {
            "format": FORMAT,
            "program": __version__,
            "postgresql": programs.major,
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "towns": [
                {"code": t.code, "roles": list(town_roles(t.code)), "sha256": t.sha256}
                for t in towns
            ],
        },
        indent=2,
    )


def _unpack(file: Path, target: Path) -> tuple[SavedTown, ...]:
    """Take out exactly what the contents list names, and check it byte for byte."""
    not_ours = ClusterError(
        f"{file} is not a backup of this program",
        message_ja=f"{file} は、お宝マップの保存ファイルではないか、途中で切れています。",
        hint_ja="「otakara db backup」で作ったファイルを指定してください。",
    )
    try:
        with tarfile.open(file, "r:") as tar:
            member = tar.extractfile(CONTENTS)
            contents = json.loads(member.read(1_000_000)) if member else {}
            if contents.get("format") != FORMAT:
                raise not_ours
            towns = tuple(SavedTown(str(t["code"]), str(t["sha256"])) for t in contents["towns"])
            if not towns or not all(re.fullmatch(r"[0-9a-z]{1,32}", t.code) for t in towns):
                raise not_ours
            for town in towns:
                source = tar.extractfile(town.dump)
                if source is None:
                    raise not_ours
                with (target / town.dump).open("wb") as out:
                    shutil.copyfileobj(source, out, 1 << 20)
                if _sha256(target / town.dump) != town.sha256:
                    raise not_ours
    except FileNotFoundError as error:
        raise ClusterError(
            f"{file} not found",
            message_ja=f"保存ファイル {file} が見つかりません。",
        ) from error
    except (tarfile.TarError, OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise not_ours from error
    return towns


def _failed(program: str, output: str, message_ja: str) -> ClusterError:
    return ClusterError(
        f"{program} failed: {output.strip()[-2000:]}",
        message_ja=message_ja,
        hint_ja=last_line(output),
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
