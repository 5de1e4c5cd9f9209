"""Streets that a file has cut at their junctions already: one row an edge, as columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

UNKNOWN = -1
"""The node of an end of which the file does not say which node it is."""

TAG_KEYS = ("highway", "bridge", "tunnel", "layer", "access", "foot", "surface")
"""What a row may tell about its street, in OpenStreetMap's words."""


@dataclass(frozen=True, slots=True)
class EdgeRows:
    """Rows of edges, often one for each direction.

    Parameters
    ----------
    first : int64[E + 1]
        Row ``e`` has the vertices ``first[e]`` to ``first[e + 1]``, two at least.
    lon, lat : float64[V]
        EPSG:4326.
    start, end : int64[E]
        Nodes at the first and the last vertex, or `UNKNOWN`.
    tags : int32[E]
        Index into ``tag_sets``.
    name : int32[E]
        Index into ``names``; -1 where a row has none.
    length_m : float64[E]
        NaN where the file does not say.
    height_start, height_end : float32[E]
        NaN where the file does not say.
    tells_foot : bool
        Whether the file has a word on walkers (``foot``) for its streets.
    """

    first: npt.NDArray[np.int64]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    start: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    tags: npt.NDArray[np.int32]
    name: npt.NDArray[np.int32]
    length_m: npt.NDArray[np.float64]
    height_start: npt.NDArray[np.float32]
    height_end: npt.NDArray[np.float32]
    tag_sets: tuple[Mapping[str, str], ...] = ()
    names: tuple[str, ...] = ()
    tells_foot: bool = False

    def __len__(self) -> int:
        """Number of rows."""
        return len(self.tags)

    @property
    def last(self) -> npt.NDArray[np.int64]:
        """The last vertex of every row."""
        return self.first[1:] - 1
