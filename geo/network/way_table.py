"""The ways of a source, before they are cut at their junctions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NOBODY = -1
"""The node number of a vertex at which no other way can meet. Every other number is a node."""


@dataclass(frozen=True, slots=True)
class WayTable:
    """Ways one may walk, as columns: 100 MB of OpenStreetMap hold a million of them.

    Parameters
    ----------
    first : int64[W + 1]
        Way ``w`` has the vertices ``first[w]`` to ``first[w + 1]`` (at least two).
    lon, lat : float64[V]
        Vertices, EPSG:4326.
    node : int64[V]
        Identity of each vertex: ways meet exactly where they share one. -1 where no other way
        can meet (inside an edge of a source that is cut at its junctions already).
    kind : uint8[W]
        `geo.model.ground.StreetKind`.
    marks : uint16[W]
        `geo.model.ground.WayMark`.
    name : int32[W]
        Index into ``names``; -1 where a way has none.
    length_m : float64[W]
        As the source says; NaN: measure the geometry.
    height_first_m, height_last_m : float32[W]
        At the first and the last vertex; NaN where unknown.
    names : tuple of str
    """

    first: npt.NDArray[np.int64]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    node: npt.NDArray[np.int64]
    kind: npt.NDArray[np.uint8]
    marks: npt.NDArray[np.uint16]
    name: npt.NDArray[np.int32]
    length_m: npt.NDArray[np.float64]
    height_first_m: npt.NDArray[np.float32]
    height_last_m: npt.NDArray[np.float32]
    names: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Number of ways."""
        return len(self.kind)


def no_ways() -> WayTable:
    """A table without a way."""
    none = np.zeros(0)
    return WayTable(
        first=np.zeros(1, dtype=np.int64),
        lon=none,
        lat=none,
        node=none.astype(np.int64),
        kind=none.astype(np.uint8),
        marks=none.astype(np.uint16),
        name=none.astype(np.int32),
        length_m=none,
        height_first_m=none.astype(np.float32),
        height_last_m=none.astype(np.float32),
    )
