"""What everybody walks on: the town's streets with their costs, and the homes along them.

The same for all audiences: nothing in it comes from a treasure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import shapely

from geo.coverage.homes import Homes, house_people
from geo.coverage.stretches import Stretches, cut_stretches
from geo.crs import STORAGE_CRS, reproject
from geo.model.people import BANDS, PeopleBand
from geo.store.reading.people_rows import read_people_cells
from geo.store.reading.street_rows import read_walk_streets
from geo.walking.walk_costs import WalkCosts, WalkRules, walk_costs
from geo.walking.walk_graph import WalkGraph, pack_graph
from geo.walking.walk_streets import WalkStreets

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from geo.store.reading.walk_rows import WalkTown

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class StreetGround:
    """The streets that stand, cut into stretches.

    Parameters
    ----------
    streets : WalkStreets
    stretches : Stretches
    costs, graphs : dict
        What the streets cost by each set of rules; filled when first asked for.
    """

    streets: WalkStreets
    stretches: Stretches
    costs: dict[WalkRules, WalkCosts] = field(default_factory=dict)
    graphs: dict[WalkRules, WalkGraph] = field(default_factory=dict)

    def cost(self, rules: WalkRules) -> WalkCosts:
        """What every street costs."""
        if rules not in self.costs:
            self.costs[rules] = walk_costs(self.streets, rules)
        return self.costs[rules]

    def graph(self, rules: WalkRules) -> WalkGraph:
        """The streets ready for searching."""
        if rules not in self.graphs:
            self.graphs[rules] = pack_graph(self.streets, self.cost(rules))
        return self.graphs[rules]

    @property
    def has_heights(self) -> bool:
        """Whether anybody knows how high the streets lie."""
        return not bool(np.isnan(self.streets.node_height_m).all())


@dataclass(frozen=True, slots=True, eq=False)
class PeopleGround:
    """The people that stand, spread along these streets.

    Parameters
    ----------
    homes : Homes
    counts : float64[C, 4]
        By cell and band; NaN: not known.
    names : tuple of str or None
        Of the cells.
    shapes : tuple of shapely geometry
        Of the cells, metres.
    """

    homes: Homes
    counts: Floats
    names: tuple[str | None, ...]
    shapes: npt.NDArray[np.object_]

    @property
    def known(self) -> Sequence[PeopleBand]:
        """Bands of which some cell tells."""
        return [band for n, band in enumerate(BANDS) if not np.isnan(self.counts[:, n]).all()]

    def people(self, band: PeopleBand) -> Floats:
        """People of a band in every home; NaN where nobody knows."""
        return np.asarray(self.homes.share * self.counts[self.homes.cell, BANDS.index(band)])


def read_street_ground(conn: Connection, town: WalkTown) -> StreetGround:
    """The streets of the town, in its metres."""
    streets = read_walk_streets(conn, town.metric_crs)
    return StreetGround(streets, cut_stretches(streets))


def read_people_ground(conn: Connection, town: WalkTown, ground: StreetGround) -> PeopleGround:
    """The people of the town, spread along its streets."""
    cells = read_people_cells(conn)
    stored = shapely.from_wkb(np.array([cell.geometry_wkb for cell in cells], dtype=object))
    shapes = np.asarray(reproject(stored, STORAGE_CRS, town.metric_crs), dtype=object)
    counts = np.array([cell.counts for cell in cells], dtype=float).reshape(-1, len(BANDS))
    homes = house_people(list(shapes), ground.streets, ground.stretches, town.attach_limit_m)
    return PeopleGround(homes, counts, tuple(cell.name for cell in cells), shapes)
