"""What lies in which area of one level: homes, places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.coverage.in_areas import NOWHERE

Items = npt.NDArray[np.int64]
Areas = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Lying:
    """Pairs of an area and what lies in it, by area, then by item.

    What lies in a drawn area lies in one drawn area of its level only, so that nobody is counted
    twice. An area that nobody has drawn but whose members are known has what lies in its members:
    that may lie in a drawn area of its level as well, and is then told of both.

    Parameters
    ----------
    areas : int
        How many areas the level has.
    item : int64[K]
    area : int32[K]
    """

    areas: int
    item: Items
    area: Areas


def lying_in(area_of: Areas, areas: int, undrawn: Mapping[int, Items] | None = None) -> Lying:
    """What lies in every area of a level.

    Parameters
    ----------
    area_of : int32[N]
        The drawn area of every item, by `geo.coverage.in_areas.areas_of`; -1: none.
    areas : int
    undrawn : Mapping of int to int64 array, optional
        Items of the areas nobody has drawn: those that lie in their members.
    """
    drawn = np.flatnonzero(area_of != NOWHERE)
    more = {area: np.unique(items) for area, items in (undrawn or {}).items()}
    item = np.concatenate([drawn, *more.values()])
    area = np.concatenate([area_of[drawn], *(np.full(len(i), a) for a, i in more.items())])
    order = np.lexsort((item, area))
    return Lying(areas, item[order].astype(np.int64), area[order].astype(np.int32))
