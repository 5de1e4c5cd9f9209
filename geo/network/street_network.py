"""The walking network of a town: junctions, and the streets between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class StreetNetwork:
    """Undirected; several edges may join the same two nodes, and a loop is an edge.

    Parameters
    ----------
    node_lon, node_lat : float64[N]
        EPSG:4326.
    node_height_m : float32[N]
        NaN where unknown.
    component : int32[N]
        Which connected piece a node belongs to; 0 is the one with the most nodes.
    edge_from, edge_to : int32[E]
        Nodes at the first and the last vertex.
    edge_length_m : float64[E]
    edge_kind : uint8[E]
        `geo.model.ground.StreetKind`.
    edge_marks : uint16[E]
        `geo.model.ground.WayMark`.
    edge_name : int32[E]
        Index into ``names``; -1 where an edge has none.
    edge_first : int64[E + 1]
        Edge ``e`` has the vertices ``edge_first[e]`` to ``edge_first[e + 1]``.
    edge_lon, edge_lat : float64[V]
        Vertices from ``edge_from`` to ``edge_to``, both included.
    names : tuple of str
    """

    node_lon: npt.NDArray[np.float64]
    node_lat: npt.NDArray[np.float64]
    node_height_m: npt.NDArray[np.float32]
    component: npt.NDArray[np.int32]
    edge_from: npt.NDArray[np.int32]
    edge_to: npt.NDArray[np.int32]
    edge_length_m: npt.NDArray[np.float64]
    edge_kind: npt.NDArray[np.uint8]
    edge_marks: npt.NDArray[np.uint16]
    edge_name: npt.NDArray[np.int32]
    edge_first: npt.NDArray[np.int64]
    edge_lon: npt.NDArray[np.float64]
    edge_lat: npt.NDArray[np.float64]
    names: tuple[str, ...] = ()

    @property
    def nodes(self) -> int:
        """Number of junctions and ends."""
        return len(self.node_lon)

    @property
    def edges(self) -> int:
        """Number of streets between junctions."""
        return len(self.edge_from)

    @property
    def components(self) -> int:
        """Number of connected pieces."""
        return int(self.component.max()) + 1 if self.nodes else 0
