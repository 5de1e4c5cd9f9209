"""Pandana's contraction hierarchies; it knows no one-way walking and stops before the limit."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

import numpy as np
import pandas as pd
from bench.coverage.peer_graph import NOT_REACHED, Distances, PeerGraph

IS_INSTALLED = find_spec("pandana") is not None


class PandanaPeer:
    """Making one is its build, with its preparation for the limit."""

    name = "pandana nearest_pois"

    def __init__(self, graph: PeerGraph) -> None:
        with _silently():
            from pandana import Network

            self._limit = graph.limit_dm
            self._network = Network(
                pd.Series(graph.node_x),
                pd.Series(graph.node_y),
                pd.Series(graph.low.astype(np.int64)),
                pd.Series(graph.high.astype(np.int64)),
                pd.DataFrame({"dm": graph.there_dm.astype(np.float64)}),
                twoway=True,
            )
            self._network.precompute(graph.limit_dm)
            self._network.set_pois(
                "place",
                graph.limit_dm,
                1,
                pd.Series(graph.node_x[graph.places]),
                pd.Series(graph.node_y[graph.places]),
            )

    def nearest(self) -> pd.DataFrame:
        with _silently():
            return self._network.nearest_pois(self._limit, "place", num_pois=1)

    def whole_dm(self, found: pd.DataFrame) -> Distances:
        """It writes the limit where it finds none, and where a place is exactly that far."""
        away = found[1].to_numpy()
        return np.where(away < self._limit, np.rint(away), NOT_REACHED).astype(np.int64)


@contextmanager
def _silently() -> Iterator[None]:
    """Without the warnings of its parts, and without what its C++ writes on the screen."""
    screen = os.dup(1)
    nobody = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nobody, 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        os.dup2(screen, 1)
        os.close(screen)
        os.close(nobody)
