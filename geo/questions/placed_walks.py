"""The places of one audience on the streets, and the walks to them that were reckoned so far.

Never shared between audiences: who may not see a place may not feel it either.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.coverage.day_walks import DayWalks, walk_days
from geo.coverage.homes import Homes
from geo.coverage.place_book import PlaceBook
from geo.crs import STORAGE_CRS, transformer
from geo.model.audience import Newcomers
from geo.questions.coverage_terms import CoverageTerms
from geo.questions.open_days import open_days
from geo.questions.walkable_places import WalkablePlaces
from geo.questions.walking_ground import StreetGround
from geo.walking.attaching import attach
from geo.walking.facility_table import FacilityTable
from geo.walking.spots import Spots
from geo.walking.walk_costs import WalkRules

Chosen = npt.NDArray[np.bool_]

_BOOKS_KEPT = 8
_WALKS_KEPT = 24


@dataclass(frozen=True, slots=True, eq=False)
class PlacedWalks:
    """Places, where they step on a street, and what is kept of them.

    Parameters
    ----------
    places : WalkablePlaces
    ground : StreetGround
    x, y : float64[P]
        Metres.
    spots : Spots
    """

    places: WalkablePlaces
    ground: StreetGround
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    spots: Spots
    tables: dict[WalkRules, FacilityTable] = field(default_factory=dict)
    books: OrderedDict[object, PlaceBook] = field(default_factory=OrderedDict)
    walks: OrderedDict[object, DayWalks] = field(default_factory=OrderedDict)

    def table(self, rules: WalkRules, limit_dm: int) -> FacilityTable:
        """The walks to every place, at least as far as the limit."""
        table = self.tables.get(rules)
        if table is None or table.limit_dm < limit_dm:
            table = FacilityTable.build(self.ground.graph(rules), self.spots, limit_dm)
            self.tables[rules] = table
        return table

    def book(self, terms: CoverageTerms) -> PlaceBook:
        """The places with the days on which they count."""
        key = (terms.monthly_or_more, terms.hours)
        if key not in self.books:
            self.books[key] = self._book(terms)
            _keep_latest(self.books, _BOOKS_KEPT)
        self.books.move_to_end(key)
        return self.books[key]

    def counted(self, terms: CoverageTerms) -> Chosen:
        """Which places count at all: of the layers asked for, on a street, open on some day."""
        book, wanted = self.book(terms), {layer.id for layer in terms.layers}
        of_layer = np.array([e.layer in wanted for e in self.places.entries], dtype=bool)
        return of_layer & book.any_day & self.spots.known

    def day_walks(self, rules: WalkRules, terms: CoverageTerms, homes: Homes) -> DayWalks:
        """From every home to the nearest places, as asked and on every weekday."""
        layers = tuple(layer.id for layer in terms.layers)
        table = self.table(rules, terms.limits_dm[-1])
        days = (terms.weekday, terms.some_weeks, terms.monthly_or_more, terms.hours)
        key = (rules, layers, days, table.limit_dm)
        if key not in self.walks:
            book, counted = self.book(terms), self.counted(terms)
            asked = counted & book.held_on(terms.weekday, some_weeks=terms.some_weeks)
            self.walks[key] = walk_days(table, homes.spots, book, asked, counted)
            _keep_latest(self.walks, _WALKS_KEPT)
        self.walks.move_to_end(key)
        return self.walks[key]

    def _book(self, terms: CoverageTerms) -> PlaceBook:
        entries = self.places.entries
        days = open_days(self.places, monthly_or_more=terms.monthly_or_more, hours=terms.hours)
        layers = list(dict.fromkeys(entry.layer for entry in entries))
        capacity = [np.nan if seats is None else seats for seats in self.places.capacity]
        members = [entry.newcomers is Newcomers.MEMBERS_ONLY for entry in entries]
        return PlaceBook(
            spots=self.spots,
            layer=np.array([layers.index(e.layer) for e in entries], dtype=np.int32),
            every=days.every,
            some=days.some,
            any_day=days.any_day,
            members_only=np.array(members, dtype=bool),
            transport=np.array(self.places.fetches, dtype=bool),
            capacity=np.array(capacity, dtype=float),
        )


def placed_walks(
    places: WalkablePlaces, ground: StreetGround, metric_crs: str, attach_limit_m: float
) -> PlacedWalks:
    """Put places on the streets."""
    lonlat = np.array(places.lonlat, dtype=float).reshape(-1, 2)
    x, y = transformer(STORAGE_CRS, metric_crs).transform(lonlat[:, 0], lonlat[:, 1])
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    return PlacedWalks(places, ground, x, y, attach(ground.streets, x, y, attach_limit_m))


def _keep_latest(kept: OrderedDict[object, Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
