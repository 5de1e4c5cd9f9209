"""How a cluster comes to be: its folder claimed, its files made, its programs run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from geo import __version__
from geo.cluster.cluster_ground import OsUser
from geo.cluster.configuration import ADMIN_ROLE, INCLUDE_LINE, PG_HBA
from geo.cluster.lock import Progress
from geo.cluster.programs import ServerPrograms
from geo.cluster.small_files import last_line, sync_folder, write_small_file
from geo.errors import ClusterError

MARKER = "otakara-cluster.json"
LOCK = "lock"
LOG = "server.log"
LOG_MAX_BYTES = 5_000_000


def claim_folder(folder: Path) -> None:
    """Make a folder, or refuse one that holds something else. Does not need the lock.

    Raises
    ------
    ClusterError
        When the folder holds other things (they are not touched), or cannot be written.
    """
    marker = folder / MARKER
    try:
        folder.mkdir(mode=0o755, parents=True, exist_ok=True)
        strangers = {entry.name for entry in folder.iterdir()} - {LOCK, f"{MARKER}.new"}
        # Asked after looking: another process may mark and fill the folder in this moment.
        if strangers and not marker.exists():
            raise ClusterError(
                f"{folder} holds {sorted(strangers)[:3]} and no {MARKER}",
                message_ja=f"フォルダ {folder} には、お宝マップのデータベースではないものが入っています。",
                hint_ja="空のフォルダを指定してください（中のものには触れていません）。",
            )
        if not os.access(folder, os.W_OK):
            raise PermissionError(13, "書き込みができません")
    except OSError as error:
        raise ClusterError(
            f"cannot use the folder {folder}: {error}",
            message_ja=f"データベースのフォルダ {folder} を使えません（{error.strerror}）。",
            hint_ja="フォルダの持ち主と、書き込みができるかを確かめてください。",
        ) from error


def initialise(
    folder: Path,
    programs: ServerPrograms,
    user: OsUser,
    *,
    durable: bool,
    progress: Progress | None,
) -> None:
    """Make the cluster beside its place, then move it there: it exists whole or not at all.

    The caller holds the lock.

    Raises
    ------
    ClusterError
        When ``initdb`` fails.
    """
    if not (folder / MARKER).exists():
        text = json.dumps({"made_by": f"otakara-map {__version__}"}) + "\n"
        write_small_file(folder / MARKER, text, None)
    for leftover in folder.glob("data.new*"):
        shutil.rmtree(leftover)
    if (folder / "data").exists():
        return
    if progress:
        progress("データベースを作っています（初めての1回だけ）…")
    fresh = folder / "data.new"
    fresh.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(fresh, user.uid, user.gid)
    arguments = [
        *("-D", str(fresh), f"--username={ADMIN_ROLE}", "--encoding=UTF8"),
        *("--locale=C.UTF-8", "--lc-messages=C", "--data-checksums"),
        *("--auth-local=peer", "--auth-host=reject"),
    ]
    if not durable:
        arguments.append("--no-sync")
    done = run_program(programs, "initdb", arguments, user)
    if done.returncode != 0:
        raise ClusterError(
            f"initdb failed: {done.stdout.strip()[-2000:]}",
            message_ja="データベースを作れませんでした。",
            hint_ja=last_line(done.stdout),
        )
    with (fresh / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\n" + INCLUDE_LINE)
    write_small_file(fresh / "pg_hba.conf", PG_HBA, user)
    write_small_file(fresh / "pg_ident.conf", "", user)
    fresh.rename(folder / "data")
    sync_folder(folder)


def open_log(folder: Path, user: OsUser) -> Path:
    """The server's log file, owned by the server's OS user and not endless."""
    log = folder / LOG
    if log.exists() and log.stat().st_size > LOG_MAX_BYTES:
        log.replace(log.with_suffix(".log.1"))
    fd = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
    try:
        if os.geteuid() == 0:
            os.fchown(fd, user.uid, user.gid)
    finally:
        os.close(fd)
    return log


def run_program(
    programs: ServerPrograms, name: str, arguments: list[str], user: OsUser | None
) -> subprocess.CompletedProcess[str]:
    """Run a PostgreSQL program with a clean environment.

    Parameters
    ----------
    user : OsUser or None
        Whom to run as, when we are root. None runs it as ourselves.

    Returns
    -------
    subprocess.CompletedProcess
        ``stdout`` holds both streams.
    """
    environ = {"PATH": f"{programs.folder}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo"}
    command = [str(programs.folder / name), *arguments]
    become: dict[str, Any] = {}
    if user is not None and os.geteuid() == 0:
        become = {"user": user.uid, "group": user.gid, "extra_groups": []}
    # A file, not a pipe: the server that pg_ctl leaves behind would hold a pipe open for ever.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as out:
        done = subprocess.run(  # noqa: S603
            command,
            env=environ,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            umask=0o077,
            check=False,
            **become,
        )
        out.seek(0)
        return subprocess.CompletedProcess(command, done.returncode, out.read(), "")
