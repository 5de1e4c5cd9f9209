"""Who goes on using a cluster, so that nobody stops it under a page that is open."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

FILE = "users.lock"

_held: dict[Path, int] = {}
"""Open files of this process, by cluster folder. The kernel lets go of their locks with it."""


def stay(folder: Path) -> None:
    """Be seen as a user of the cluster in this folder, from now on until this process ends.

    Where the file cannot be opened (another OS user's cluster) nobody is seen.
    """
    if folder not in _held and (fd := _open(folder)) is not None:
        fcntl.flock(fd, fcntl.LOCK_SH)
        _held[folder] = fd


def is_alone(folder: Path) -> bool:
    """Whether no other process has said that it stays."""
    held = _held.get(folder)
    fd = _open(folder) if held is None else held
    if fd is None:
        return True
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        if held is None:
            os.close(fd)
        else:  # a refused change has let go of the shared lock as well
            fcntl.flock(fd, fcntl.LOCK_SH)
    return True


def _open(folder: Path) -> int | None:
    try:
        return os.open(folder / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError:
        return None
