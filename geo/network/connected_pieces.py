"""Which nodes hang together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Places = npt.NDArray[np.int64]


def connected_pieces(nodes: int, low: Places, high: Places) -> Places:
    """A number for every node, the same for those that edges ``low``-``high`` tie together."""
    ties = coo_array((np.ones(len(low), dtype=np.int8), (low, high)), shape=(nodes, nodes))
    _, piece = connected_components(ties, directed=False)
    return np.asarray(piece, dtype=np.int64)
