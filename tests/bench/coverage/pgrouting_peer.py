"""pgRouting's ``pgr_drivingDistance`` from all places at once: a peer, never an oracle."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import psycopg
from bench.coverage.peer_graph import NOT_REACHED, Distances, PeerGraph

from geo.cluster import Cluster

_DATABASE = "bench_coverage"
_STREETS = "SELECT id, source, target, cost FROM street"
_NEAREST = f"""
SELECT node, agg_cost::bigint FROM pgr_drivingDistance(
    '{_STREETS}', %s::bigint[], %s::float8, directed => false, equicost => true)"""
_SAID = f"SELECT count(*), sum(agg_cost) FROM ({_NEAREST}) q (node, agg_cost)"


class PgRoutingPeer:
    name = "pgr_drivingDistance(equicost)"

    def __init__(self, conn: psycopg.Connection, graph: PeerGraph) -> None:
        self._conn, self._graph = conn, graph
        conn.execute("CREATE TABLE street (id bigint, source bigint, target bigint, cost float8)")
        rows = np.column_stack(
            [np.arange(len(graph.low)), graph.low, graph.high, graph.there_dm.astype(np.int64)]
        )
        text = io.StringIO()
        np.savetxt(text, rows, fmt="%d", delimiter="\t")
        with conn.cursor().copy("COPY street FROM STDIN") as copy:
            copy.write(text.getvalue())
        conn.execute("ANALYZE street")

    def nearest(self) -> object:
        """The search alone: only its two sums come back."""
        return self._conn.execute(_SAID, self._asked()).fetchone()

    def whole_dm(self) -> Distances:
        found = np.full(self._graph.nodes, NOT_REACHED, dtype=np.int64)
        for node, away in self._conn.execute(_NEAREST, self._asked()):
            found[node] = away
        return found

    def _asked(self) -> tuple[list[int], int]:
        return self._graph.places.tolist(), self._graph.limit_dm


@contextmanager
def pgrouting(cluster: Cluster) -> Iterator[psycopg.Connection | None]:
    """A database with pgRouting for a while; None where the server does not have it."""
    with cluster.admin() as admin:
        asked = "SELECT 1 FROM pg_available_extensions WHERE name = 'pgrouting'"
        if admin.execute(asked).fetchone() is None:
            yield None
            return
        admin.execute(f"CREATE DATABASE {_DATABASE}")
        try:
            with cluster.admin(_DATABASE) as conn:
                conn.execute("CREATE EXTENSION pgrouting CASCADE")
                yield conn
        finally:
            admin.execute(f"DROP DATABASE {_DATABASE} WITH (FORCE)")
