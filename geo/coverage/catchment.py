"""Seats within a walk, shared with everybody else who could walk to them (E2SFCA).

The enhanced two-step floating catchment area of Luo and Qi (2009), along streets. First the seats
of every place are divided by the people within reach of it, those farther away weighing less; then
everybody has the sum of what the places within reach offer them, weighed alike. Whole seats are
handed out to whole people: weighed people times their seats make the seats of the town's places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.coverage.lying import Lying
from geo.walking.facility_table import FacilityTable
from geo.walking.spots import Spots

ZONE_WEIGHTS = (1.0, 0.68, 0.22)
"""Of the first, second and third zone: the slower decline of Luo and Qi (2009)."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Catchment:
    """Seats by place and by home.

    Parameters
    ----------
    seats_per_person : float64[P]
        Of every place, for one person in its first zone; NaN where nobody says how many seats it
        has, where nobody lives within its reach, or where it was not chosen.
    seats : float64[H]
        That a person of every home may count on; NaN where nobody knows how far they walk.
    """

    seats_per_person: Floats
    seats: Floats


def catchment(
    table: FacilityTable,
    homes: Spots,
    people: Floats,
    capacity: Floats,
    chosen: npt.NDArray[np.bool_],
    zones_dm: Sequence[int],
    weights: Sequence[float] = ZONE_WEIGHTS,
) -> Catchment:
    """Share the seats of places among the people around them.

    Parameters
    ----------
    table : FacilityTable
        Of the places; its limit is the last zone's or more.
    homes : Spots
    people : float64[H]
        Of every home.
    capacity : float64[P]
        Seats; NaN: unknown, and then the place is left out.
    chosen : bool[P]
    zones_dm : sequence of int
        How far each zone reaches, ascending; exactly this far is within.
    weights : sequence of float
        Of each zone.
    """
    if len(zones_dm) != len(weights) or not all(np.diff(zones_dm) > 0):
        raise ValueError("zones must ascend, with a weight for each")
    if zones_dm[-1] > table.limit_dm:
        raise ValueError(f"the table ends at {table.limit_dm} dm, before the last zone")
    home, place, dm = table.pairs(homes, chosen & ~np.isnan(capacity))
    weight = np.append(np.asarray(weights, dtype=np.float64), 0.0)[np.searchsorted(zones_dm, dm)]
    asking = np.bincount(place, weights=weight * people[home], minlength=len(capacity))
    offered = np.full(len(capacity), np.nan)
    np.divide(capacity, asking, out=offered, where=(asking > 0) & ~np.isnan(capacity))
    share = weight * np.nan_to_num(offered[place])
    seats = np.bincount(home, weights=share, minlength=len(homes)).astype(np.float64)
    return Catchment(offered, np.where(homes.known, seats, np.nan))


def seats_of_areas(found: Catchment, people: Floats, lying: Lying) -> Floats:
    """Seats a person of every area may count on, on the average of those of whom it is known.

    Returns
    -------
    float64[A]
        NaN where it is known of nobody.
    """
    known = ~np.isnan(found.seats[lying.item])
    item, area = lying.item[known], lying.area[known]
    whole = np.bincount(area, weights=people[item], minlength=lying.areas)
    seats = np.bincount(area, weights=people[item] * found.seats[item], minlength=lying.areas)
    mean = np.full(lying.areas, np.nan)
    np.divide(seats, whole, out=mean, where=whole > 0)
    return mean
