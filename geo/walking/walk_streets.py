"""The streets of a town in metres: what is walked on, measured along and drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.crs import STORAGE_CRS, transformer
from geo.network.street_network import StreetNetwork


@dataclass(frozen=True, slots=True, eq=False)
class WalkStreets:
    """Undirected; several edges may join the same two nodes, and a loop is an edge.

    Parameters
    ----------
    node_x, node_y : float64[N]
        East and north, metres of the town's metric system.
    node_height_m : float32[N]
        NaN where unknown.
    component : int32[N]
        Which connected piece a node belongs to.
    edge_from, edge_to : int32[E]
        Nodes at the first and the last vertex.
    length_m : float64[E]
    kind : uint8[E]
        `geo.model.ground.StreetKind`.
    marks : int32[E]
        `geo.model.ground.WayMark`.
    name : int32[E]
        Index into ``names``; -1 where an edge has none.
    names : tuple of str
    first : int64[E + 1]
        Edge ``e`` has the vertices ``first[e]`` to ``first[e + 1]`` (at least two).
    x, y : float64[V]
        Vertices from ``edge_from`` to ``edge_to``, both included; metres.
    """

    node_x: npt.NDArray[np.float64]
    node_y: npt.NDArray[np.float64]
    node_height_m: npt.NDArray[np.float32]
    component: npt.NDArray[np.int32]
    edge_from: npt.NDArray[np.int32]
    edge_to: npt.NDArray[np.int32]
    length_m: npt.NDArray[np.float64]
    kind: npt.NDArray[np.uint8]
    marks: npt.NDArray[np.int32]
    name: npt.NDArray[np.int32]
    names: tuple[str, ...]
    first: npt.NDArray[np.int64]
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]

    @property
    def nodes(self) -> int:
        """Number of junctions and ends."""
        return len(self.node_x)

    @property
    def edges(self) -> int:
        """Number of streets between junctions."""
        return len(self.edge_from)


def walk_streets(network: StreetNetwork, metric_crs: str) -> WalkStreets:
    """A network as it was read, in the metres of ``metric_crs``."""
    step = transformer(STORAGE_CRS, metric_crs)
    node_x, node_y = step.transform(network.node_lon, network.node_lat)
    x, y = step.transform(network.edge_lon, network.edge_lat)
    return WalkStreets(
        node_x=np.asarray(node_x, dtype=np.float64),
        node_y=np.asarray(node_y, dtype=np.float64),
        node_height_m=network.node_height_m,
        component=network.component,
        edge_from=network.edge_from,
        edge_to=network.edge_to,
        length_m=network.edge_length_m,
        kind=network.edge_kind,
        marks=network.edge_marks.astype(np.int32),
        name=network.edge_name,
        names=network.names,
        first=network.edge_first,
        x=np.asarray(x, dtype=np.float64),
        y=np.asarray(y, dtype=np.float64),
    )
