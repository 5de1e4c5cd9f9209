"""How far it is to every place from wherever it is within the limit: searched once, asked often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.walking.edge_parts import away_dm, leaving_dm
from geo.walking.spots import NOWHERE, Spots
from geo.walking.walk_graph import NEVER, WalkGraph

_PAIRS_AT_A_TIME = 1 << 20

Chosen = npt.NDArray[np.bool_]
Costs = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class FacilityTable:
    """Rows (node, place, decimetres) of everything within the limit.

    Parameters
    ----------
    graph : WalkGraph
    places : Spots
    limit_dm : int
        Exactly this far is within.
    first : int64[N + 1]
        The rows of position ``i`` of the graph are ``first[i]`` to ``first[i + 1]``.
    row : uint64[R]
        ``dm << 32 | place``, ascending within a node: the nearest first.
    on_edge_first : int32[E + 1]
        The places on edge ``e`` are ``on_edge_first[e]`` to ``on_edge_first[e + 1]`` of
        ``on_edge``.
    on_edge : int32[P']
    """

    graph: WalkGraph
    places: Spots
    limit_dm: int
    first: npt.NDArray[np.int64]
    row: npt.NDArray[np.uint64]
    on_edge_first: Numbers
    on_edge: Numbers

    @classmethod
    def build(cls, graph: WalkGraph, places: Spots, limit_dm: int) -> FacilityTable:
        """Search from every place, as far as the limit.

        Raises
        ------
        ValueError
            When the limit is negative, or not less than `NEVER`.
        """
        if not 0 <= limit_dm < NEVER:
            raise ValueError(f"limit must be 0 to {NEVER - 1} dm, not {limit_dm}")
        from geo.walking.table_search import table_rows

        first, row = table_rows(graph, places, limit_dm)
        known = np.flatnonzero(places.known)
        on_edge_first = np.zeros(len(graph.start) + 1, dtype=np.int32)
        on_edge_first[1:] = np.cumsum(np.bincount(places.edge[known], minlength=len(graph.start)))
        on_edge = known[np.argsort(places.edge[known], kind="stable")].astype(np.int32)
        return cls(graph, places, limit_dm, first, row, on_edge_first, on_edge)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.row)

    def nearest_nodes(self, chosen: Chosen) -> Costs:
        """From every node of the streets to the nearest chosen place; `NEVER` where none is."""
        return np.asarray(self.nearest_nodes_many(chosen[np.newaxis])[0])

    def nearest_nodes_many(self, chosen: Chosen) -> Costs:
        """For every map (a row of ``chosen``) the nearest of its places from every node."""
        nodes = self.graph.nodes
        zero, never = np.zeros(nodes, dtype=np.uint32), np.full(nodes, NEVER, dtype=np.uint32)
        nowhere = np.full(nodes, NOWHERE, dtype=np.int32)
        position = self.graph.position
        spots = (position, position, zero, never, nowhere, np.zeros(nodes), zero)
        return self._maps(spots, chosen)

    def nearest(self, targets: Spots, chosen: Chosen) -> Costs:
        """From every target to the nearest chosen place; `NEVER` where none is."""
        return np.asarray(self.nearest_many(targets, chosen[np.newaxis])[0])

    def nearest_many(self, targets: Spots, chosen: Chosen) -> Costs:
        """For every map (a row of ``chosen``) the nearest of its places from every target."""
        return self._maps(self._spots(targets), chosen)

    def pairs(self, targets: Spots, chosen: Chosen) -> tuple[Numbers, Numbers, Costs]:
        """Every target with every chosen place within the limit, by target and place.

        Returns
        -------
        target, place : int32
        dm : uint32
        """
        from geo.walking.facility_rows import pairs_of_spots

        spots, on_edge = self._spots(targets), self._on_edge()
        is_chosen = _plain(self._one_each(chosen), np.bool_)
        best = np.full(len(self.places), NEVER, dtype=np.uint32)
        met = np.empty(len(self.places), dtype=np.int32)
        room = max(_PAIRS_AT_A_TIME, len(self.places))
        parts: list[list[Any]] = []
        done = 0
        while done < len(targets) or not parts:
            part = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.uint32)
            done, used = pairs_of_spots(
                self.first, self.row, np.uint64(self.limit_dm), spots, on_edge, is_chosen, done, *part, best, met,
            )  # fmt: skip
            parts.append([column[:used] for column in part])
        target, place, dm = (np.concatenate(column) for column in zip(*parts, strict=True))
        return target, place, dm

    def _maps(self, spots: tuple[Any, ...], chosen: Chosen) -> Costs:
        from geo.walking.facility_rows import MAPS_AT_A_TIME, nearest_of_maps

        chosen = self._one_each(chosen)
        found = np.full((len(chosen), len(spots[0])), NEVER, dtype=np.uint32)
        for low in range(0, len(chosen), MAPS_AT_A_TIME):
            some = found[low : low + MAPS_AT_A_TIME]
            bits = _bits(chosen[low : low + MAPS_AT_A_TIME])
            nearest_of_maps(
                self.first, self.row, np.uint64(self.limit_dm), spots, self._on_edge(), bits, some
            )
        return found

    def _spots(self, targets: Spots) -> tuple[Any, ...]:
        """As the compiled loops read them."""
        graph = self.graph
        edge = np.where(targets.known, targets.edge, 0)
        ends = (graph.start, graph.stop) if len(graph.start) else (np.zeros(1, np.uint32),) * 2
        start_dm, stop_dm = leaving_dm(graph, targets)
        return (
            *(end[edge] for end in ends),
            start_dm,
            stop_dm,
            _plain(targets.edge, np.int32),
            _plain(targets.at, np.float64),
            away_dm(targets),
        )

    def _one_each(self, chosen: Chosen) -> Chosen:
        """Compiled loops read where they are told to: of another length they would read anything."""
        if chosen.shape[-1] != len(self.places):
            raise ValueError(f"{chosen.shape[-1]} choices for {len(self.places)} places")
        return chosen

    def _on_edge(self) -> tuple[Any, ...]:
        return (
            self.on_edge_first,
            self.on_edge,
            _plain(self.places.at, np.float64),
            away_dm(self.places),
            self.graph.there_dm,
            self.graph.back_dm,
        )


def _plain(column: npt.NDArray[Any], kind: Any) -> npt.NDArray[Any]:
    """One behind the other and writable: another layout would be compiled anew."""
    return np.require(column, kind, ["C", "W"])


def _bits(chosen: Chosen) -> npt.NDArray[np.uint64]:
    """Bit ``m`` of a place: whether map ``m`` has it."""
    octets = np.zeros((chosen.shape[1], 8), dtype=np.uint8)
    packed = np.packbits(chosen, axis=0, bitorder="little").T
    octets[:, : packed.shape[1]] = packed
    return octets.view("<u8").ravel().astype(np.uint64)
