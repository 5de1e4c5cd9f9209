"""What every engine of the benchmark is given, and what it must answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Distances = npt.NDArray[np.int64]
NOT_REACHED = -1


@dataclass(frozen=True, slots=True, eq=False)
class PeerGraph:
    """Streets as whole decimetres, one column each way, and places that stand on junctions."""

    node_x: npt.NDArray[np.float64]
    node_y: npt.NDArray[np.float64]
    low: npt.NDArray[np.int32]
    high: npt.NDArray[np.int32]
    there_dm: npt.NDArray[np.uint32]
    back_dm: npt.NDArray[np.uint32]
    places: npt.NDArray[np.int64]
    limit_dm: int

    @property
    def nodes(self) -> int:
        return len(self.node_x)


def said(found: Distances) -> tuple[int, int]:
    """How many junctions are reached, and the sum of their decimetres: what must be equal."""
    reached = found[found != NOT_REACHED]
    return len(reached), int(reached.sum())
