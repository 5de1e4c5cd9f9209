"""Which processes of this machine work in a cluster's data folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from geo.cluster.cluster_ground import short_hash


@dataclass(frozen=True, slots=True)
class PidFile:
    """What ``postmaster.pid`` says."""

    pid: int
    socket_folder: Path | None
    status: str


def read_pid_file(data: Path) -> PidFile | None:
    """Read ``postmaster.pid``; None when it is missing or not finished."""
    try:
        lines = (data / "postmaster.pid").read_text("utf-8", "replace").splitlines()
        pid = abs(int(lines[0]))
    except (OSError, ValueError, IndexError):
        return None
    socket_folder = Path(lines[4]) if len(lines) > 4 and lines[4] else None
    return PidFile(pid, socket_folder, lines[7].strip() if len(lines) > 7 else "")


def cluster_name(data: Path) -> str:
    """What the titles of a data folder's server processes begin with."""
    return f"otakara-{short_hash(data)}"


def works_in(pid: int, data: Path) -> bool:
    """Whether a living process is a server process of this data folder.

    PostgreSQL changes into its data folder, so the working directory tells its processes from
    a stranger who was given the same pid later. A zombie has none. Inside a container even root
    may not look at another user's working directory; the process title tells it then.
    """
    try:
        return Path(f"/proc/{pid}/cwd").readlink() == data
    except PermissionError:
        pass
    except OSError:
        return False
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    title = f"postgres: {cluster_name(data)}: ".encode()
    return words[0].startswith(title) or (
        words[0].endswith(b"/postgres") and os.fsencode(data) in words
    )


def processes_in(data: Path) -> tuple[int, ...]:
    """Every living server process of a data folder: postmaster, backends, workers."""
    return tuple(
        int(entry)
        for entry in os.listdir("/proc")  # noqa: PTH208
        if entry.isdigit() and int(entry) != os.getpid() and works_in(int(entry), data)
    )
