"""Clusters of their own for tests that kill, stop and refill them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.cluster import Cluster


@contextmanager
def folder_of_clusters() -> Iterator[Path]:
    """A folder that the server's OS user may enter; everything in it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="otakara-test-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        for one in folder.iterdir():
            if (one / "data").exists():
                Cluster(one).stop(force=True)
