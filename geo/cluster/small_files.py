"""Small text files that are replaced in one step."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.cluster.cluster_ground import OsUser


def write_small_file(path: Path, text: str, owner: OsUser | None) -> None:
    """Replace a file in one step; only its owner may read it.

    Parameters
    ----------
    owner : OsUser or None
        Who shall own it, when we are root.
    """
    fresh = path.with_name(path.name + ".new")
    fd = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(fd, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
        if owner and os.geteuid() == 0:
            os.fchown(file.fileno(), owner.uid, owner.gid)
    fresh.replace(path)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power cut."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def tail(path: Path) -> str:
    """The last lines of a log."""
    try:
        return "\n".join(path.read_text("utf-8", "replace").splitlines()[-8:])
    except OSError:
        return ""


def last_line(text: str) -> str:
    """The last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def size_bytes(folder: Path) -> int:
    """How much a folder holds; files that vanish meanwhile are not counted."""
    total = 0
    for base, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(base) / name).lstat().st_size
            except OSError:
                continue
    return total
