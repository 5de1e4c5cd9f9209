"""Where people and places meet the streets: an edge, how far along it, how far away from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

NOWHERE = -1
"""The edge of who is farther from every street than the limit."""


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """One spot for every person or place that was attached.

    Parameters
    ----------
    edge : int32[K]
        :data:`NOWHERE` where no street is near enough.
    at : float64[K]
        0 (at ``edge_from``) to 1, as a share of the edge's length; NaN where there is no edge.
    away_m : float64[K]
        Metres to the street, as the crow flies; NaN where there is no edge.
    """

    edge: npt.NDArray[np.int32]
    at: npt.NDArray[np.float64]
    away_m: npt.NDArray[np.float64]

    @classmethod
    def nowhere(cls, count: int) -> Spots:
        """So many without a street."""
        return cls(
            np.full(count, NOWHERE, dtype=np.int32), np.full(count, np.nan), np.full(count, np.nan)
        )

    def __len__(self) -> int:
        """Number of spots, those without a street included."""
        return len(self.edge)

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Which of them are on a street."""
        return np.asarray(self.edge != NOWHERE)

    def take(self, which: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> Spots:
        """The spots at these places, or where true."""
        return Spots(self.edge[which], self.at[which], self.away_m[which])


def node_spots(edge: npt.NDArray[np.int32], is_end: npt.NDArray[np.bool_]) -> Spots:
    """Spots at the first node of an edge, or at its last where ``is_end``."""
    return Spots(edge, is_end.astype(np.float64), np.zeros(len(edge)))
