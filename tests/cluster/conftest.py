"""Clusters of their own for tests that kill, stop and refill them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from own_clusters import folder_of_clusters

from geo.cluster import Cluster


@pytest.fixture(scope="module")
def base() -> Iterator[Path]:
    with folder_of_clusters() as folder:
        yield folder


@pytest.fixture(scope="module")
def own(base: Path) -> Cluster:
    """A started cluster that this module may kill."""
    cluster = Cluster(base / "own", durable=False)
    cluster.start()
    return cluster
