"""The numbers of one level: how many people of each area have what in reach, as they come out.

Nothing here may be shown as it is: `geo.coverage.small_numbers` makes of it what may.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.coverage.area_people import people_of_areas
from geo.coverage.day_walks import ASKED, EVERY, SOME, DayWalks, in_own_area
from geo.coverage.homes import Homes
from geo.coverage.lying import Lying
from geo.coverage.place_book import Chosen

WEEKDAYS = 7

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """People by area and by band (`geo.model.people.BANDS`), as fractions come out.

    Parameters
    ----------
    tells : bool[A, 4]
        Whether anything is known of such people; where not, all of their figures are 0.
    cells_unknown : int64[A, 4]
        Pieces of the census in the area that do not tell.
    people : float64[A, 4]
    unknown : float64[A, 4]
        Of these, those of whom nobody can say how far they walk.
    sets : float64[A, 4, 1 + L + 15]
        People of sets of homes: those of whom it is known; with a place as asked within each
        limit; with one held on 月 .. 日 every week within the sentence's limit; in some weeks;
        with any held every week.
    holds : bool[A, 4, S, S]
        Whether everybody of the first set is in the second.
    open_days : float64[A, 4, 8]
        People by the number of weekdays, 0 .. 7, on which something held every week is in reach.
    by_transport : float64[A, 4]
        People out of the sentence's reach in an area with a place as asked that fetches people.
    seen : bool[A, 4, 7]
        Whether from anywhere in the area something held on the weekday, in some weeks at least, is
        within the sentence's limit.
    sentence : int
        Which of the limits.
    """

    tells: npt.NDArray[np.bool_]
    cells_unknown: Integers
    people: Floats
    unknown: Floats
    sets: Floats
    holds: npt.NDArray[np.bool_]
    open_days: Floats
    by_transport: Floats
    seen: npt.NDArray[np.bool_]
    sentence: int

    @property
    def limits(self) -> int:
        """How many limits were counted."""
        return int(self.sets.shape[2]) - 2 - 2 * WEEKDAYS

    @property
    def covered(self) -> Floats:
        """By limit: with a place as asked."""
        return self.sets[:, :, 1 : 1 + self.limits]

    @property
    def every(self) -> Floats:
        """By weekday: with a place held on it every week."""
        return self.sets[:, :, 1 + self.limits :][:, :, :WEEKDAYS]

    @property
    def some(self) -> Floats:
        """By weekday: with a place held on it in some weeks at least."""
        return self.sets[:, :, 1 + self.limits + WEEKDAYS :][:, :, :WEEKDAYS]


def count_level(
    homes: Homes,
    counts: Floats,
    walks: DayWalks,
    lying: Lying,
    places: Lying,
    transport: Chosen,
    limits_dm: Integers,
    sentence: int,
) -> Counted:
    """Count the people of every area of a level.

    Parameters
    ----------
    homes : Homes
    counts : float64[C, 4]
        People of the cells; NaN: unknown.
    walks : DayWalks
        From these homes.
    lying, places : Lying
        The homes, and the places, of every area.
    transport : bool[P]
        Places that fetch people.
    limits_dm : int64[4, L]
        By band, ascending; exactly this far is within reach.
    sentence : int
        The limit that weekdays, open days and transport speak of.
    """
    areas, limits = lying.areas, limits_dm.shape[1]
    bands, sets = counts.shape[1], 2 + limits + 2 * WEEKDAYS
    nearest = in_own_area(walks, lying, places)
    is_known = homes.spots.known[lying.item]
    cell = homes.cell[lying.item]
    share = homes.share[lying.item]
    told = people_of_areas(homes, counts, lying)
    fetches = np.zeros(areas, dtype=bool)
    fetches[places.area[(transport & walks.held[ASKED])[places.item]]] = True
    counted = Counted(
        tells=~np.isnan(told.people),
        cells_unknown=told.cells_unknown,
        people=np.nan_to_num(told.people, nan=0.0),
        unknown=np.zeros((areas, bands)),
        sets=np.zeros((areas, bands, sets)),
        holds=np.zeros((areas, bands, sets, sets), dtype=bool),
        open_days=np.zeros((areas, bands, WEEKDAYS + 1)),
        by_transport=np.zeros((areas, bands)),
        seen=np.zeros((areas, bands, WEEKDAYS), dtype=bool),
        sentence=sentence,
    )
    rows, row_of = np.unique(limits_dm, axis=0, return_inverse=True)
    for n, row in enumerate(rows):
        mask = _masks(nearest, is_known, row.tolist(), sentence)
        key, home_kind = np.unique(
            (lying.area.astype(np.int64) << sets) | mask, return_inverse=True
        )
        kinds = _Kinds(key >> sets, key & ((1 << sets) - 1), sets)
        for band in np.flatnonzero(row_of.ravel() == n).tolist():
            people = np.nan_to_num(counts[:, band], nan=0.0)[cell] * share
            weight = np.bincount(home_kind, weights=people, minlength=len(key))
            _fill(counted, band, kinds, weight.astype(np.float64), fetches)
    return counted


@dataclass(frozen=True, slots=True, eq=False)
class _Kinds:
    """Homes of one area that are in the same sets, together: there are few such kinds."""

    area: Integers
    mask: Integers
    sets: int

    def within(self, one: int) -> npt.NDArray[np.bool_]:
        return (self.mask >> one & 1).astype(bool)


def _masks(
    nearest: npt.NDArray[np.uint32],
    is_known: npt.NDArray[np.bool_],
    limits_dm: list[int],
    sentence: int,
) -> Integers:
    """For every home the sets it is in, bit by bit as in `Counted.sets`."""
    within = [is_known, *(nearest[ASKED] <= limit for limit in limits_dm)]
    every = nearest[EVERY] <= limits_dm[sentence]
    within += [*every, *(nearest[SOME] <= limits_dm[sentence]), every.any(axis=0)]
    mask = np.zeros(nearest.shape[1], dtype=np.int64)
    for bit, one in enumerate(within):
        mask |= one.astype(np.int64) << bit
    return mask


def _fill(
    counted: Counted, band: int, kinds: _Kinds, weight: Floats, fetches: npt.NDArray[np.bool_]
) -> None:
    areas, limits = len(counted.people), counted.limits
    lived = weight > 0
    for one in range(kinds.sets):
        within = kinds.within(one)
        counted.sets[:, band, one] = np.bincount(
            kinds.area, weights=weight * within, minlength=areas
        )
        lacking = np.zeros(areas, dtype=np.int64)
        which = within & lived
        np.bitwise_or.at(lacking, kinds.area[which], ~kinds.mask[which])
        counted.holds[:, band, one] = (lacking[:, None] >> np.arange(kinds.sets) & 1) == 0
    known = counted.sets[:, band, 0]
    nowhere = ~kinds.within(0)
    counted.unknown[:, band] = np.bincount(kinds.area, weights=weight * nowhere, minlength=areas)
    every = (kinds.mask[:, None] >> np.arange(1 + limits, 1 + limits + WEEKDAYS)) & 1
    days = kinds.area * (WEEKDAYS + 1) + every.sum(axis=1)
    counted.open_days[:, band] = np.bincount(
        days, weights=weight * ~nowhere, minlength=areas * (WEEKDAYS + 1)
    ).reshape(areas, WEEKDAYS + 1)
    out_of_reach = known - counted.covered[:, band, counted.sentence]
    counted.by_transport[:, band] = np.where(fetches, np.maximum(out_of_reach, 0.0), 0.0)
    anywhere = np.zeros(areas, dtype=np.int64)
    np.bitwise_or.at(anywhere, kinds.area, kinds.mask)
    some = np.arange(1 + limits + WEEKDAYS, 1 + limits + 2 * WEEKDAYS)
    counted.seen[:, band] = (anywhere[:, None] >> some & 1).astype(bool)
