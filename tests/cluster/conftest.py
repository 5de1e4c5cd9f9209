"""Clusters of their own for tests that kill, stop and refill them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.cluster import Cluster


@pytest.fixture(scope="module")
def base() -> Iterator[Path]:
    """A folder that the server's OS user may enter; everything in it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="otakara-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)
        for folder in Path(name).iterdir():
            if (folder / "data").exists():
                Cluster(folder).stop(force=True)


@pytest.fixture(scope="module")
def own(base: Path) -> Cluster:
    """A started cluster that this module may kill."""
    cluster = Cluster(base / "own", durable=False)
    cluster.start()
    return cluster
