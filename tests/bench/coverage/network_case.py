"""One network with its places, packed for us and laid out for the peers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from bench.coverage.peer_graph import PeerGraph
from bench.coverage.questions import Numbers, on_junctions, peer_graph, some_junctions

from geo.walking.spots import Spots
from geo.walking.walk_costs import WalkRules, walk_costs
from geo.walking.walk_graph import WalkGraph, pack_graph
from geo.walking.walk_streets import WalkStreets


@dataclass(frozen=True, slots=True, eq=False)
class NetworkCase:
    name: str
    streets: WalkStreets
    junctions: Numbers
    graph: WalkGraph
    places: Spots
    peer: PeerGraph

    @classmethod
    def of(cls, name: str, streets: WalkStreets, places: int, rules: WalkRules) -> NetworkCase:
        costs = walk_costs(streets, rules)
        junctions = some_junctions(streets, places)
        return cls(
            name,
            streets,
            junctions,
            pack_graph(streets, costs),
            on_junctions(streets, junctions),
            peer_graph(streets, costs, junctions),
        )

    @property
    def title(self) -> str:
        pieces = int(self.streets.component.max()) + 1
        return (
            f"{self.name}: {self.streets.nodes:,} junctions, {self.streets.edges:,} streets, "
            f"{pieces:,} {'piece' if pieces == 1 else 'pieces'}, {len(self.junctions):,} places"
        )

    @property
    def greatest_piece(self) -> WalkStreets:
        """The streets of the greatest connected piece alone; junctions keep their numbers."""
        s = self.streets
        kept = np.flatnonzero(s.component[s.edge_from] == 0)
        count = np.diff(s.first)[kept]
        first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
        vertex = np.repeat(s.first[kept] - first[:-1], count) + np.arange(first[-1])
        return WalkStreets(
            node_x=s.node_x,
            node_y=s.node_y,
            node_height_m=s.node_height_m,
            component=s.component,
            edge_from=s.edge_from[kept],
            edge_to=s.edge_to[kept],
            length_m=s.length_m[kept],
            kind=s.kind[kept],
            marks=s.marks[kept],
            name=s.name[kept],
            names=s.names,
            first=first,
            x=s.x[vertex],
            y=s.y[vertex],
        )
