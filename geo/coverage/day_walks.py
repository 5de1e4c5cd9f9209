"""How far it is from every home to the nearest place, on any day asked for and on each weekday."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.coverage.lying import Lying
from geo.coverage.place_book import Chosen, PlaceBook
from geo.walking.facility_table import FacilityTable
from geo.walking.spots import Spots

ASKED = 0
EVERY = slice(1, 8)
SOME = slice(8, 15)
"""Rows of `DayWalks.nearest`: what was asked, then 月 .. 日 held every week, then in some weeks."""

Costs = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True, eq=False)
class DayWalks:
    """Costs in decimetres of level street, `geo.walking.walk_graph.NEVER` beyond the table's limit.

    Parameters
    ----------
    held : bool[15, P]
        Which places count in each row.
    nearest : uint32[15, H]
        To the nearest place that is for everybody.
    home, place : int32[M]
        Homes with the places for members only that they have in reach: whose home it is to decide
        for them depends on the level, see :func:`in_own_area`.
    dm : uint32[M]
    """

    held: Chosen
    nearest: Costs
    home: npt.NDArray[np.int32]
    place: npt.NDArray[np.int32]
    dm: Costs


def walk_days(
    table: FacilityTable, homes: Spots, book: PlaceBook, asked: Chosen, counted: Chosen
) -> DayWalks:
    """Walk from every home, once for all levels, bands and limits.

    Parameters
    ----------
    table : FacilityTable
        Of the places of the book.
    homes : Spots
    book : PlaceBook
    asked : bool[P]
        Which places count for the question as asked.
    counted : bool[P]
        Which count on the weekdays they are held on.
    """
    held = np.concatenate(
        [asked[None, :], (book.every & counted[:, None]).T, (book.some & counted[:, None]).T]
    )
    nearest = table.nearest_many(homes, held & ~book.members_only)
    home, place, dm = table.pairs(homes, held.any(axis=0) & book.members_only)
    return DayWalks(held, nearest, home, place, dm)


def in_own_area(walks: DayWalks, homes: Lying, places: Lying) -> Costs:
    """The costs for every pair of a level (``homes``): a place for members counts in its own area.

    Returns
    -------
    uint32[15, K]
    """
    nearest = walks.nearest[:, homes.item]
    if not len(walks.home):
        return nearest
    size = walks.nearest.shape[1]
    pair = homes.area.astype(np.int64) * size + homes.item
    # Every (home, place) with every area the place lies in, then the home's pair in that area.
    order = np.argsort(places.item, kind="stable")
    low = np.searchsorted(places.item[order], walks.place, side="left")
    count = np.searchsorted(places.item[order], walks.place, side="right") - low
    of = np.repeat(np.arange(len(walks.place)), count)
    nth = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
    own_area = places.area[order][np.repeat(low, count) + nth]
    wanted = own_area.astype(np.int64) * size + walks.home[of]
    at = np.searchsorted(pair, wanted)
    found = np.flatnonzero(at < len(pair))
    found = found[pair[at[found]] == wanted[found]]
    at, of = at[found], of[found]
    for row, held in zip(nearest, walks.held, strict=True):
        kept = held[walks.place[of]]
        np.minimum.at(row, at[kept], walks.dm[of[kept]])
    return nearest
