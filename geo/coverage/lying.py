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
    undrawn : tuple of int
        The areas nobody has drawn.
    """

    areas: int
    item: Items
    area: Areas
    undrawn: tuple[int, ...] = ()

    def part(self, *, undrawn: bool) -> Lying:
        """What lies in the areas that are drawn, or in those that are not."""
        kept = np.isin(self.area, self.undrawn) == undrawn
        return Lying(self.areas, self.item[kept], self.area[kept], self.undrawn)


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
    return Lying(
        areas, item[order].astype(np.int64), area[order].astype(np.int32), tuple(sorted(more))
    )


def nested_in(fine: Lying, coarse: Lying) -> Areas:
    """Of every area of one level, the area of another that it helps to make up exactly.

    Parameters
    ----------
    fine, coarse : Lying
        The same items by two levels.

    Returns
    -------
    int32[fine.areas]
        The area of ``coarse`` in which all of its items lie, where that one has no other items than
        those of such areas; -1 where there is none, or it has no items, or nobody has drawn it:
        what lies in that lies in another area as well, and would be added twice.
    """
    fine = fine.part(undrawn=False)
    size = int(max(fine.item.max(initial=-1), coarse.item.max(initial=-1))) + 1
    coarse_of = np.full(size, NOWHERE, dtype=np.int32)
    coarse_of[coarse.item[::-1]] = coarse.area[::-1]  # of two, the first
    above = coarse_of[fine.item]
    least = np.full(fine.areas, np.iinfo(np.int32).max, dtype=np.int32)
    most = np.full(fine.areas, NOWHERE, dtype=np.int32)
    np.minimum.at(least, fine.area, above)
    np.maximum.at(most, fine.area, above)
    whole = np.where(least == most, most, NOWHERE).astype(np.int32)
    made_up = np.zeros(size, dtype=bool)
    made_up[fine.item[whole[fine.area] == above]] = True
    torn = np.unique(coarse.area[~made_up[coarse.item]])
    return np.where(np.isin(whole, torn), NOWHERE, whole).astype(np.int32)
