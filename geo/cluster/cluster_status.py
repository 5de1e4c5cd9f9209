"""What there is to say about a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ClusterStatus:
    """What there is to say about a cluster.

    Parameters
    ----------
    size_bytes : int
        Of the data folder; 0 when there is none.
    towns : tuple of str
        Municipality codes with a database; known only while it runs.
    """

    folder: Path
    initialised: bool
    running: bool
    pid: int | None
    socket_folder: Path
    major: int | None
    size_bytes: int
    towns: tuple[str, ...]
