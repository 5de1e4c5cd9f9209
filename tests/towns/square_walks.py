"""Walks through the town of squares, from arrays: the same geometry as tests/town."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from towns.square_streets import all_squares, square, squares, town_streets

from geo.coverage.counting import Counted, count_level
from geo.coverage.day_walks import walk_days
from geo.coverage.homes import Homes, house_people
from geo.coverage.in_areas import areas_of
from geo.coverage.lying import Lying, lying_in
from geo.coverage.place_book import PlaceBook
from geo.coverage.stretches import cut_stretches
from geo.walking.attaching import attach
from geo.walking.facility_table import FacilityTable
from geo.walking.walk_costs import WalkRules, walk_costs
from geo.walking.walk_graph import pack_graph

DAILY = tuple(range(7))
LIMITS_DM = np.array(
    [[4000, 8000, 12000], [3000, 6000, 9000], [2500, 5000, 7500], [2500, 5000, 7500]]
)
"""5, 10 and 15 minutes at 80, 60 and 50 m a minute, by band."""

QUARTERS = [
    squares("A1", "B1", "A2", "B2"),
    squares("C1", "D1", "C2", "D2"),
    squares("A3", "B3", "A4", "B4"),
    squares("C3", "D3", "C4", "D4"),
]
STRIPS = [
    squares("B1", "C1"),
    squares("A1", "A2", "B2", "C2"),
    squares("D1", "D2"),
    QUARTERS[2],
    QUARTERS[3],
]


@dataclass(frozen=True)
class Place:
    """A place at a point, held on some weekdays."""

    x: float
    y: float
    every: Sequence[int] = ()
    some: Sequence[int] = ()
    members_only: bool = False
    transport: bool = False
    layer: int = 0
    any_day: bool = True


def book_of(places: Sequence[Place]) -> PlaceBook:
    """The places on the streets of the town, 300 m at most from them."""
    every = np.array([[day in p.every for day in DAILY] for p in places], dtype=bool)
    some = np.array([[day in p.some for day in DAILY] for p in places], dtype=bool)
    x = np.array([p.x for p in places], dtype=float)
    y = np.array([p.y for p in places], dtype=float)
    return PlaceBook(
        spots=attach(town_streets(), x, y, 300.0),
        layer=np.array([p.layer for p in places], dtype=np.int32),
        every=every.reshape(-1, 7),
        some=(every | some).reshape(-1, 7),
        any_day=np.array([p.any_day for p in places], dtype=bool),
        members_only=np.array([p.members_only for p in places], dtype=bool),
        transport=np.array([p.transport for p in places], dtype=bool),
        capacity=np.full(len(places), np.nan),
    )


def town_homes(cells: Sequence[object] | None = None) -> Homes:
    """The people of every square, or of other cells, along its streets."""
    streets = town_streets()
    return house_people(cells or all_squares(), streets, cut_stretches(streets), 300.0)


def town_counts() -> npt.NDArray[np.float64]:
    """Ten of every square are 65 or older, five 75 or older; 85+ is not given."""
    return np.tile([10.0, 10.0, 5.0, np.nan], (16, 1))


def lying_of(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], level: str) -> Lying:
    """Homes or places by the areas of quarter, strip (the sixth consists of D4) or cell."""
    if level == "strip":
        d4 = np.flatnonzero(areas_of(x, y, [square("D4")]) == 0)
        return lying_in(areas_of(x, y, STRIPS), 6, {5: d4})
    outlines = QUARTERS if level == "quarter" else all_squares()
    return lying_in(areas_of(x, y, outlines), len(outlines))


def counted(
    places: Sequence[Place],
    level: str = "quarter",
    *,
    weekday: int | None = None,
    some_weeks: bool = False,
    counts: npt.NDArray[np.float64] | None = None,
    cells: Sequence[object] | None = None,
    limits_dm: npt.NDArray[np.int64] = LIMITS_DM,
    sentence: int = 1,
) -> Counted:
    """Count a level of the town."""
    homes, book = town_homes(cells), book_of(places)
    graph = pack_graph(town_streets(), walk_costs(town_streets(), WalkRules()))
    table = FacilityTable.build(graph, book.spots, int(limits_dm.max()))
    asked = book.held_on(weekday, some_weeks=some_weeks)
    walks = walk_days(table, homes.spots, book, asked, np.ones(len(book), dtype=bool))
    x, y = np.array([p.x for p in places]), np.array([p.y for p in places])
    return count_level(
        homes,
        town_counts() if counts is None else counts,
        walks,
        lying_of(homes.x, homes.y, level),
        lying_of(x, y, level),
        book.transport,
        limits_dm,
        sentence,
    )
