"""The nearest place, however far it is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.walking.facility_table import FacilityTable
from geo.walking.spots import Spots
from geo.walking.walk_graph import NEVER, WalkGraph

Chosen = npt.NDArray[np.bool_]


def nearest_place(
    graph: WalkGraph, places: Spots, chosen: Chosen, targets: Spots
) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int32]]:
    """From every target to the nearest chosen place.

    Returns
    -------
    dm : uint32
        `NEVER` where no walk leads to any.
    place : int32
        Which; -1 where none. Of two equally near the one with the lower number.
    """
    target, place, dm = FacilityTable.build(graph, places, NEVER - 1).pairs(targets, chosen)
    order = np.lexsort((place, dm, target))
    first = order[np.unique(target[order], return_index=True)[1]]
    far = np.full(len(targets), NEVER, dtype=np.uint32)
    which = np.full(len(targets), -1, dtype=np.int32)
    far[target[first]] = dm[first]
    which[target[first]] = place[first]
    return far, which
