"""The private PostgreSQL server: made once, started, joined, stopped by who started it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from geo.cluster.cluster_ground import (
    SOCKET_PORT,
    OsUser,
    default_folder,
    default_socket_folder,
    ensure_socket_folder,
    require_reachable,
    server_user,
)
from geo.cluster.cluster_status import ClusterStatus
from geo.cluster.configuration import (
    ADMIN_ROLE,
    PG_HBA,
    ident_line,
    merged_ident,
    server_conf,
)
from geo.cluster.lock import Progress, file_lock
from geo.cluster.making import LOCK, LOG, claim_folder, initialise, open_log, run_program
from geo.cluster.presence import is_alone, stay
from geo.cluster.processes import cluster_name, processes_in, read_pid_file, works_in
from geo.cluster.programs import ServerPrograms, find_programs
from geo.cluster.small_files import last_line, size_bytes, tail, write_small_file
from geo.errors import ClusterError

if TYPE_CHECKING:
    import psycopg

START_PATIENCE_S = 90.0
ORPHAN_PATIENCE_S = 20.0
STOP_PATIENCE_S = 60.0
HOPELESS_ATTEMPTS = 3

_started: dict[Path, tuple[int, int]] = {}
"""Folder -> (our pid, the postmaster's pid): what this process started and may stop again."""


class Cluster:
    """A private PostGIS cluster in a folder of its own.

    Parameters
    ----------
    folder : Path, optional
        Everything lies in it; by default the place of this checkout. A folder that holds
        something else is refused, never cleaned.
    socket_folder : Path, optional
        Where to put the socket; by default a short run-time folder.
    durable : bool
        False turns ``fsync`` off. Tests only.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        socket_folder: Path | None = None,
        durable: bool = True,
    ) -> None:
        self.folder = (folder or default_folder()).resolve()
        self.data = self.folder / "data"
        self._socket_folder = socket_folder
        self._durable = durable

    # -- questions ---------------------------------------------------------------------------

    @property
    def socket_folder(self) -> Path:
        """Where the running server's socket is, else where it will be."""
        found = read_pid_file(self.data)
        if found and found.socket_folder and works_in(found.pid, self.data):
            return found.socket_folder
        return self._socket_folder or default_socket_folder(self.folder)

    def url(self, role: str, database: str) -> str:
        """A libpq URL through the socket; no password, the kernel says who calls."""
        host = quote(str(self.socket_folder), safe="")
        return f"postgresql://{quote(role)}@/{quote(database)}?host={host}&port={SOCKET_PORT}"

    def is_running(self) -> bool:
        """Whether a server of this folder answers."""
        return self._state() == "ready"

    def status(self) -> ClusterStatus:
        """Look, without starting anything."""
        from geo.cluster.town_accounts import town_codes

        running = self.is_running()
        towns: tuple[str, ...] = ()
        if running:
            with self.admin() as conn:
                towns = town_codes(conn)
        found = read_pid_file(self.data)
        return ClusterStatus(
            folder=self.folder,
            initialised=self.data.exists(),
            running=running,
            pid=found.pid if running and found else None,
            socket_folder=self.socket_folder,
            major=self._major(),
            size_bytes=size_bytes(self.data),
            towns=towns,
        )

    @contextmanager
    def admin(self, database: str = "postgres") -> Iterator[psycopg.Connection]:
        """The administrator's connection, in autocommit mode.

        Raises
        ------
        ClusterError
            When the server does not answer.
        """
        import psycopg

        try:
            conn = psycopg.connect(
                self.url(ADMIN_ROLE, database),
                autocommit=True,
                connect_timeout=10,
                application_name="otakara admin",
            )
        except psycopg.OperationalError as error:
            raise ClusterError(
                f"cannot connect to the cluster in {self.folder}: {error}",
                message_ja="データベースが動いていません。",
                hint_ja="「otakara db start」で始めてください。",
            ) from error
        with conn:
            yield conn

    # -- start and stop ----------------------------------------------------------------------

    def start(self, *, progress: Progress | None = None) -> bool:
        """Make sure a server runs: make the cluster, start it, or join the one that runs.

        Returns
        -------
        bool
            True when this call started the server, False when it joined one.

        Raises
        ------
        ClusterError
            When there are no server programs, the folder is not ours, or the server does not
            come up before the deadline.
        """
        if self.is_running():
            self.allow_roles([ADMIN_ROLE])
            return False
        claim_folder(self.folder)
        with self.locked(progress=progress):
            state = self._state()
            if state == "ready":
                return False
            user = server_user(self.folder)
            require_reachable(self.folder, user)
            programs = find_programs(self._major())
            initialise(self.folder, programs, user, durable=self._durable, progress=progress)
            return self._launch(programs, user, progress)

    def stay(self) -> None:
        """Keep who started the server from stopping it for as long as this process lives."""
        stay(self.folder)

    def stop(self, *, force: bool = False) -> bool:
        """Stop the server, if this process started it and no other has said that it stays.

        Parameters
        ----------
        force : bool
            Also stop a server that somebody else started or uses.

        Returns
        -------
        bool
            Whether a server was stopped.
        """
        found = read_pid_file(self.data)
        if not force and (not found or _started.get(self.folder) != (os.getpid(), found.pid)):
            return False
        if not self.folder.exists():
            return False
        with self.locked():
            if not force and not is_alone(self.folder):
                return False
            _started.pop(self.folder, None)
            alive = processes_in(self.data)
            if not alive:
                return False
            found = read_pid_file(self.data)
            if found and works_in(found.pid, self.data):
                # "Fast" shutdown: transactions roll back, everything is written down.
                os.kill(found.pid, signal.SIGINT)
            else:
                self._signal(alive, signal.SIGTERM)
            began = time.monotonic()
            while alive := processes_in(self.data):
                waited = time.monotonic() - began
                if waited > STOP_PATIENCE_S + 10:
                    raise ClusterError(
                        f"server processes {alive} do not stop",
                        message_ja="データベースが止まりません。",
                        hint_ja="パソコンを再起動してください。データは残ります。",
                    )
                if waited > STOP_PATIENCE_S:
                    self._signal(alive, signal.SIGQUIT)
                time.sleep(0.02)
            with suppress(OSError):  # it is made again at the next start
                (
                    found.socket_folder if found and found.socket_folder else self.socket_folder
                ).rmdir()
            return True

    @contextmanager
    def locked(self, *, progress: Progress | None = None) -> Iterator[None]:
        """Hold the cluster's lock: nobody else starts, stops or restores meanwhile."""
        with file_lock(self.folder / LOCK, patience_s=START_PATIENCE_S * 2, progress=progress):
            yield

    # -- who may log in ----------------------------------------------------------------------

    def allow_roles(self, roles: Iterable[str]) -> None:
        """Let the OS user of this process (and the server's) log in as these database roles.

        PostgreSQL 15 knows no wildcard for roles in ``pg_ident``: the map names each one. Lines
        that stand are kept. Returns when the server has read the map.
        """
        roles = tuple(roles)
        if not set(self._ident_lines(roles)) <= set(
            self._ident_path.read_text("utf-8").splitlines()
        ):
            with self.locked():
                self.write_ident(roles)

    def write_ident(self, roles: Iterable[str]) -> None:
        """`allow_roles` for a caller that holds the lock."""
        wanted, present = self._ident_lines(roles), self._ident_path.read_text("utf-8")
        if set(wanted) <= set(present.splitlines()):
            return
        owner = OsUser.of_uid(self.data.stat().st_uid)
        write_small_file(self._ident_path, merged_ident(present, wanted), owner)
        found = read_pid_file(self.data)
        if not found or not works_in(found.pid, self.data):
            return
        before = self._map_read_at()
        os.kill(found.pid, signal.SIGHUP)
        deadline = time.monotonic() + 10
        while self._map_read_at() == before and time.monotonic() < deadline:
            time.sleep(0.01)

    @property
    def _ident_path(self) -> Path:
        return self.data / "pg_ident.conf"

    def _map_read_at(self) -> str:
        import psycopg

        try:
            with self.admin() as conn:
                row = conn.execute("SELECT pg_conf_load_time()::text").fetchone()
                return str(row[0]) if row else ""
        except (ClusterError, psycopg.Error):
            return ""  # our own line is not read yet

    def _ident_lines(self, roles: Iterable[str]) -> list[str]:
        me, server = OsUser.current(), OsUser.of_uid(self.data.stat().st_uid)
        lines = [ident_line(me.name, ADMIN_ROLE), ident_line(server.name, ADMIN_ROLE)]
        return lines + [ident_line(me.name, role) for role in roles]

    # -- inside ------------------------------------------------------------------------------

    def _state(self) -> str:
        """``ready``, ``busy`` (coming up or going down) or ``down``."""
        found = read_pid_file(self.data)
        if not found or not works_in(found.pid, self.data):
            return "down"
        if not found.socket_folder or found.status not in ("ready", "standby"):
            return "busy"
        import psycopg

        try:
            psycopg.connect(self.url(ADMIN_ROLE, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError as error:
            text = str(error)
            return "ready" if "eer authentication failed" in text else "busy"
        return "ready"

    def _major(self) -> int | None:
        try:
            return int((self.data / "PG_VERSION").read_text("ascii").strip())
        except (OSError, ValueError):
            return None

    def _launch(self, programs: ServerPrograms, user: OsUser, progress: Progress | None) -> bool:
        """Start the server and wait until it answers; outlives a killed predecessor."""
        began = time.monotonic()
        told = False
        attempts = 0
        error = ""
        while (waited := time.monotonic() - began) < START_PATIENCE_S:
            state = self._state()
            if state == "ready":
                return False
            if not told and progress and (waited > 1 or processes_in(self.data)):
                progress("前のデータベースの後始末を待っています…")
                told = True
            if state == "busy":
                time.sleep(0.05)
                continue
            orphans = processes_in(self.data)
            if orphans:
                # The postmaster was killed alone; its backends finish what they do. One that
                # does not come to an end is asked to roll back: nobody else can any more.
                if waited > ORPHAN_PATIENCE_S:
                    self._signal(orphans, signal.SIGTERM)
                time.sleep(0.1)
                continue
            # Nobody lives in this folder, so the pid in the file is a dead process or a stranger.
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            if progress and attempts == 0:
                progress("データベースを始めています…")
            attempts += 1
            error = self._launch_once(programs, user)
            if not error:
                found = read_pid_file(self.data)
                _started[self.folder] = (os.getpid(), found.pid if found else -1)
                return True
            if attempts >= HOPELESS_ATTEMPTS and not _may_pass(error):
                break
            time.sleep(0.5)
        raise ClusterError(
            f"the server in {self.data} did not start after {attempts} attempts: {error}",
            message_ja="データベースを始められませんでした。",
            hint_ja=f"記録：{self.folder / LOG}\n{last_line(error)}".strip(),
        )

    def _launch_once(self, programs: ServerPrograms, user: OsUser) -> str:
        """One attempt; the answer is the error's text, empty when the server is up."""
        socket_folder = self._socket_folder or default_socket_folder(self.folder)
        ensure_socket_folder(socket_folder, user)
        conf = server_conf(socket_folder, cluster_name(self.data), durable=self._durable)
        write_small_file(self.data / "otakara.conf", conf, user)
        write_small_file(self.data / "pg_hba.conf", PG_HBA, user)
        present = self._ident_path.read_text("utf-8") if self._ident_path.exists() else ""
        write_small_file(self._ident_path, merged_ident(present, self._ident_lines([])), user)
        log = open_log(self.folder, user)
        arguments = ["start", "-D", str(self.data), "-w", "-s", "-l", str(log)]
        arguments += ["-t", str(int(START_PATIENCE_S))]
        done = run_program(programs, "pg_ctl", arguments, user)
        if done.returncode == 0:
            return ""
        return f"{done.stdout.strip()}\n{tail(log)}"

    def _signal(self, pids: Iterable[int], number: signal.Signals) -> None:
        for pid in pids:
            if works_in(pid, self.data):
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    continue


def _may_pass(error: str) -> bool:
    """Whether a refusal is only about a predecessor that is still going away."""
    return any(words in error for words in ("shared memory", "lock file", "starting up"))
