"""How many people live in each area."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.coverage.homes import Homes
from geo.coverage.lying import Lying

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class AreaPeople:
    """People of the areas of one level, by `geo.model.people.BANDS`.

    Parameters
    ----------
    people : float64[A, 4]
        Of the cells that tell; NaN where none does, or nobody's home is known in the area.
    cells_unknown : int64[A, 4]
        Cells that reach into the area and do not tell.
    """

    people: Floats
    cells_unknown: npt.NDArray[np.int64]


def people_of_areas(homes: Homes, counts: Floats, lying: Lying) -> AreaPeople:
    """Add up the people of every area.

    Parameters
    ----------
    homes : Homes
    counts : float64[C, 4]
        People of the cells; NaN: unknown.
    lying : Lying
        What lies in the areas of the level.
    """
    cell = homes.cell[lying.item].astype(np.int64)
    told = ~np.isnan(counts)
    sums = np.zeros((lying.areas, counts.shape[1]))
    tells = np.zeros(sums.shape, dtype=bool)
    silent = np.zeros(sums.shape, dtype=np.int64)
    share = homes.share[lying.item]
    pair = np.unique(lying.area.astype(np.int64) * max(len(counts), 1) + cell)
    pair_area, pair_cell = np.divmod(pair, max(len(counts), 1))
    for band in range(counts.shape[1]):
        people = np.where(told[:, band], counts[:, band], 0.0)
        sums[:, band] = np.bincount(lying.area, share * people[cell], minlength=lying.areas)
        tells[pair_area[told[pair_cell, band]], band] = True
        silent[:, band] = np.bincount(pair_area[~told[pair_cell, band]], minlength=lying.areas)
    return AreaPeople(np.where(tells, sums, np.nan), silent)
