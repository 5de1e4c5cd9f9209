"""The places of one audience, and on which days each is held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.walking.spots import Spots

Chosen = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class PlaceBook:
    """One row for every place that counts.

    Parameters
    ----------
    spots : Spots
    layer : int32[P]
    every : bool[P, 7]
        Held on this weekday (0 = 月) in every week.
    some : bool[P, 7]
        Held on it in some weeks at least; true wherever ``every`` is.
    any_day : bool[P]
        Counts where nobody asks for a day.
    members_only : bool[P]
        Counts for the people of its own area alone.
    transport : bool[P]
        Fetches people (送迎).
    capacity : float64[P]
        Seats; NaN where nobody says.
    """

    spots: Spots
    layer: npt.NDArray[np.int32]
    every: Chosen
    some: Chosen
    any_day: Chosen
    members_only: Chosen
    transport: Chosen
    capacity: npt.NDArray[np.float64]

    def __len__(self) -> int:
        """Number of places."""
        return len(self.layer)

    def held_on(self, weekday: int | None, *, some_weeks: bool = False) -> Chosen:
        """Which places count on a weekday; None: on any day."""
        if weekday is None:
            return self.any_day
        return (self.some if some_weeks else self.every)[:, weekday]

    def of_layers(self, layers: Sequence[int]) -> Chosen:
        """Which places belong to one of the layers."""
        return np.isin(self.layer, np.asarray(layers, dtype=np.int32))
