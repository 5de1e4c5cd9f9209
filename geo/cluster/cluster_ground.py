"""Where a cluster stands: its folder, its socket, and the OS user its server runs as."""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import geo
from geo.errors import ClusterError

SERVER_USER_UNDER_ROOT = "postgres"
SOCKET_PORT = 5432
SOCKET_PATH_MAX_BYTES = 107
"""``sun_path`` holds 108 bytes, the last one is NUL."""


@dataclass(frozen=True, slots=True)
class OsUser:
    """An account of the operating system."""

    name: str
    uid: int
    gid: int

    @classmethod
    def of_uid(cls, uid: int) -> OsUser:
        """The account of a user id; a container may run without a name for it."""
        try:
            entry = pwd.getpwuid(uid)
        except KeyError:
            raise ClusterError(
                f"uid {uid} has no account name; peer authentication needs one",
                message_ja=f"この利用者（番号 {uid}）には名前がないため、データベースを始められません。",
                hint_ja="/etc/passwd に名前のある利用者で動かしてください。",
            ) from None
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    @classmethod
    def current(cls) -> OsUser:
        """Who runs this process."""
        return cls.of_uid(os.geteuid())


def short_hash(path: Path) -> str:
    """Twelve hexadecimal digits that tell one path from another."""
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def default_folder() -> Path:
    """Where the cluster of this checkout lies.

    Root: ``/var/lib/otakara/<hash of the checkout>``. Root's home is 0700, and the server, which
    is never root, could not enter it. Anybody else: under the XDG data folder.
    """
    name = short_hash(Path(geo.__file__).resolve().parents[1])
    if os.geteuid() == 0:
        return Path("/var/lib/otakara") / name
    data_home = os.environ.get("XDG_DATA_HOME", "")
    base = Path(data_home) if data_home.startswith("/") else Path.home() / ".local" / "share"
    return base / "otakara" / name


def server_user(folder: Path) -> OsUser:
    """Whom the server of this folder runs as; never root.

    Raises
    ------
    ClusterError
        Under root, when the account of the PostgreSQL packages is missing.
    """
    me = OsUser.current()
    if me.uid != 0:
        return me
    # A user's own cluster, started once by root, stays that user's.
    data = folder / "data"
    if data.exists() and data.stat().st_uid != 0:
        return OsUser.of_uid(data.stat().st_uid)
    try:
        entry = pwd.getpwnam(SERVER_USER_UNDER_ROOT)
    except KeyError:
        raise ClusterError(
            f"account {SERVER_USER_UNDER_ROOT} does not exist",
            message_ja="データベースを動かすための利用者 postgres がこのパソコンにありません。",
            hint_ja="「otakara doctor --install」で PostgreSQL を入れると作られます。",
        ) from None
    return OsUser(entry.pw_name, entry.pw_uid, entry.pw_gid)


def socket_file(folder: Path) -> Path:
    """The socket in a socket folder, as libpq looks for it."""
    return folder / f".s.PGSQL.{SOCKET_PORT}"


def fits_socket(folder: Path) -> bool:
    """Whether the kernel accepts a socket in this folder."""
    return len(os.fsencode(socket_file(folder))) <= SOCKET_PATH_MAX_BYTES


def default_socket_folder(cluster_folder: Path) -> Path:
    """A short run-time folder for the socket of a cluster."""
    name = f"otakara-{short_hash(cluster_folder)}"
    uid = os.geteuid()
    if uid == 0 and os.access("/run", os.W_OK):
        return Path("/run") / name
    run_time = os.environ.get("XDG_RUNTIME_DIR", "")
    if run_time.startswith("/"):
        base = Path(run_time)
        mine = base.is_dir() and base.stat().st_uid == uid and os.access(base, os.W_OK)
        if mine and fits_socket(base / name):
            return base / name
    return Path(tempfile.gettempdir()) / f"otakara-{uid}-{short_hash(cluster_folder)}"


def ensure_socket_folder(folder: Path, owner: OsUser) -> None:
    """Make the socket folder, closed to every other OS user.

    Raises
    ------
    ClusterError
        When its path is too long for a socket, or somebody else put something there.
    """
    if not fits_socket(folder):
        raise ClusterError(
            f"socket path longer than {SOCKET_PATH_MAX_BYTES} bytes: {socket_file(folder)}",
            message_ja=f"データベースのソケットの場所が長すぎます（{SOCKET_PATH_MAX_BYTES}バイトまで）：{folder}",
            hint_ja="短い名前のフォルダを使ってください。",
        )
    try:
        folder.mkdir(mode=0o700, parents=True)
        if os.geteuid() == 0:
            os.chown(folder, owner.uid, owner.gid)
    except FileExistsError:
        pass
    except OSError as error:
        raise ClusterError(
            f"cannot make the socket folder {folder}: {error}",
            message_ja=f"データベースのソケットを置くフォルダ {folder} を作れません。",
        ) from error
    found = folder.lstat()
    # In a shared /tmp anybody may have made this name first: a link, or a folder of their own.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner.uid, os.geteuid()):
        raise ClusterError(
            f"socket folder {folder} is not a folder of {owner.name}",
            message_ja=f"ソケットを置くフォルダ {folder} が、ほかの利用者のものになっています。",
            hint_ja="そのフォルダを消すか、パソコンの管理者に相談してください。",
        )
    if found.st_uid != owner.uid:
        os.chown(folder, owner.uid, owner.gid)
    folder.chmod(0o700)


def require_reachable(folder: Path, user: OsUser) -> None:
    """Refuse a folder that the server's OS user cannot enter (for example under a 0700 home).

    Raises
    ------
    ClusterError
    """
    if user.uid == os.geteuid():
        return
    done = subprocess.run(  # noqa: S603
        ["/usr/bin/test", "-x", str(folder)],
        user=user.uid,
        group=user.gid,
        extra_groups=[],
        cwd="/",
        check=False,
    )
    if done.returncode != 0:
        raise ClusterError(
            f"{user.name} cannot enter {folder}",
            message_ja=f"データベースの利用者 {user.name} が、フォルダ {folder} に入れません。",
            hint_ja="OTAKARA_CLUSTER に、ほかの利用者も通れる場所（例：/var/lib/otakara/town）を指定してください。",
        )
