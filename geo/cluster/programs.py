"""Where the PostgreSQL server programs are, and whether PostGIS lies beside them."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from geo.errors import ClusterError

OLDEST_MAJOR = 14
NEEDED = ("initdb", "pg_ctl", "postgres", "pg_dump", "pg_restore")
_DISTRIBUTION_FOLDERS = ("/usr/lib/postgresql", "/usr/pgsql", "/usr/local/pgsql")


@dataclass(frozen=True, slots=True)
class ServerPrograms:
    """One installed PostgreSQL server.

    Parameters
    ----------
    folder : Path
        Holds ``initdb``, ``pg_ctl``, ``postgres``, ``pg_dump`` and ``pg_restore``.
    major : int
        PostgreSQL's major version.
    has_postgis : bool
        Whether ``CREATE EXTENSION postgis`` will find its files.
    """

    folder: Path
    major: int
    has_postgis: bool


def _answer(command: list[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, timeout=10, check=False
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _has_postgis(folder: Path, major: int) -> bool:
    shares = [Path(f"/usr/share/postgresql/{major}")]
    if (folder / "pg_config").exists():
        answer = _answer([str(folder / "pg_config"), "--sharedir"])
        if answer:
            shares.insert(0, Path(answer))
    shares.append(folder.parent / "share")
    return any((share / "extension" / "postgis.control").exists() for share in shares)


def _candidates() -> list[Path]:
    folders: list[Path] = []
    for base in _DISTRIBUTION_FOLDERS:
        folders += Path(base).parent.glob(f"{Path(base).name}*/bin")
        folders += Path(base).glob("*/bin")
    for found in (_answer(["pg_config", "--bindir"]), shutil.which("postgres") or ""):
        if found:
            path = Path(found).resolve()
            folders.append(path if path.is_dir() else path.parent)
    return folders


def installed_programs() -> tuple[ServerPrograms, ...]:
    """Every complete PostgreSQL server of this machine.

    Returns
    -------
    tuple of ServerPrograms
        Those with PostGIS first, newest first.
    """
    found: dict[Path, ServerPrograms] = {}
    for folder in _candidates():
        if folder in found or not all((folder / name).exists() for name in NEEDED):
            continue
        version = re.search(r"\(PostgreSQL\) (\d+)", _answer([str(folder / "postgres"), "-V"]))
        if version:
            major = int(version[1])
            found[folder] = ServerPrograms(folder, major, _has_postgis(folder, major))
    return tuple(sorted(found.values(), key=lambda p: (p.has_postgis, p.major), reverse=True))


def find_programs(major: int | None = None) -> ServerPrograms:
    """The server programs to use.

    Parameters
    ----------
    major : int, optional
        The version an existing cluster was made with; only that one can open it.

    Raises
    ------
    ClusterError
        When there is none, or none with PostGIS; the hint names the command that installs it.
    """
    installed = installed_programs()
    usable = [
        p
        for p in installed
        if p.has_postgis and p.major >= OLDEST_MAJOR and major in (None, p.major)
    ]
    if usable:
        return usable[0]
    if major is not None:
        raise ClusterError(
            f"no PostgreSQL {major} server with PostGIS installed; the cluster was made with it",
            message_ja=f"このデータベースは PostgreSQL {major} で作られていますが、"
            f"PostgreSQL {major} と PostGIS がこのパソコンに見つかりません。",
            hint_ja=f"postgresql-{major}-postgis-3 を入れてください。"
            "別の版に移すときは、元の版で otakara db backup をしてから、"
            "新しいフォルダに otakara db restore をします。",
        )
    missing = "PostGIS" if installed else "PostgreSQL と PostGIS"
    raise ClusterError(
        "PostgreSQL server programs with PostGIS not found",
        message_ja=f"{missing} がこのパソコンに入っていません。",
        hint_ja="「otakara doctor」で入れ方が分かります（otakara doctor --install で入ります）。",
    )
