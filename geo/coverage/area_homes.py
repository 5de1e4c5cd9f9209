"""Whose home lies in which area of one level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.coverage.in_areas import NOWHERE

Places = npt.NDArray[np.int64]
Areas = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class AreaHomes:
    """Homes with the area they lie in, by area.

    A home is in one drawn area of a level at most, so nobody is counted twice. An area that nobody
    has drawn but whose members are known has the homes of its members: these may lie in a drawn
    area as well, and are then told of both.

    Parameters
    ----------
    areas : int
        How many areas the level has.
    home : int64[K]
    area : int32[K]
        Ascending.
    """

    areas: int
    home: Places
    area: Areas


def area_homes(
    area_of_home: Areas, areas: int, undrawn: Mapping[int, Places] | None = None
) -> AreaHomes:
    """The homes of every area of a level.

    Parameters
    ----------
    area_of_home : int32[H]
        By `geo.coverage.in_areas.areas_of`; -1: in none.
    areas : int
    undrawn : Mapping of int to int64 array, optional
        Homes of the areas nobody has drawn: those that lie in their members.
    """
    drawn = np.flatnonzero(area_of_home != NOWHERE)
    more = dict(undrawn or {})
    home = np.concatenate([drawn, *(np.unique(homes) for homes in more.values())])
    area = np.concatenate(
        [area_of_home[drawn], *(np.full(len(np.unique(h)), a) for a, h in more.items())]
    )
    order = np.lexsort((home, area))
    return AreaHomes(areas, home[order].astype(np.int64), area[order].astype(np.int32))
