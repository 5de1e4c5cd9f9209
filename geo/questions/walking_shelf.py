"""What one process keeps between two questions about walking."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from geo.coverage.area_levels import AreaLevels, PointsInAreas, area_levels
from geo.model.audience import Audience, Medium
from geo.questions.placed_walks import PlacedWalks, placed_walks
from geo.questions.walkable_places import walkable_places
from geo.questions.walking_ground import (
    PeopleGround,
    StreetGround,
    read_people_ground,
    read_street_ground,
)
from geo.store.reading.area_rows import AreaKey, AreaRecord, read_areas
from geo.store.reading.layer_rows import LayerRow, read_layers
from geo.store.reading.walk_rows import WalkTown, read_area_grounds

if TYPE_CHECKING:
    from sqlalchemy import Connection

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True, eq=False)
class AreaGroundPlan:
    """The areas of the town, and which homes and streets lie in them."""

    records: dict[AreaKey, AreaRecord]
    levels: AreaLevels
    homes: PointsInAreas | None
    stretches: PointsInAreas


@dataclass(frozen=True, slots=True, eq=False)
class AudiencePlaces:
    """What one audience sees on one day: the layers, and the places on the streets."""

    layers: tuple[LayerRow, ...]
    walks: PlacedWalks
    points: PointsInAreas


class WalkingShelf:
    """Streets, homes and areas of one town for everybody; its places for each audience apart.

    Everything is read anew when what it was made of has changed: an edition of the streets or the
    people, a load, the day. One shelf serves one town. Several threads may ask it, one after the
    other: who asks holds ``lock``.
    """

    def __init__(self) -> None:
        self.lock = RLock()
        self._kept: dict[str, tuple[Hashable, Any]] = {}

    def streets(self, conn: Connection, town: WalkTown) -> StreetGround:
        """The streets that stand; the town must have some."""
        key = (town.streets_edition, town.metric_crs)
        return self._keep("streets", key, lambda: read_street_ground(conn, town))

    def people(self, conn: Connection, town: WalkTown) -> PeopleGround | None:
        """The people that stand along the streets; None where the town has none."""
        if town.people is None:
            return None
        ground = self.streets(conn, town)
        key = (town.people.edition, town.streets_edition, town.metric_crs, town.attach_limit_m)
        return self._keep("people", key, lambda: read_people_ground(conn, town, ground))

    def areas(self, conn: Connection, town: WalkTown) -> AreaGroundPlan:
        """The areas of every level."""
        ground, people = self.streets(conn, town), self.people(conn, town)

        def read() -> AreaGroundPlan:
            records = read_areas(conn)
            levels = area_levels(records, read_area_grounds(conn), town.metric_crs)
            homes = None if people is None else levels.points(people.homes.x, people.homes.y)
            stretches = levels.points(ground.stretches.x, ground.stretches.y)
            return AreaGroundPlan(records, levels, homes, stretches)

        return self._keep("areas", _whole_town(town), read)

    def places(
        self, conn: Connection, town: WalkTown, audience: Audience, medium: Medium, today: date
    ) -> AudiencePlaces:
        """The places that this audience sees on that day, through its own connection."""
        ground, areas = self.streets(conn, town), self.areas(conn, town)

        def read() -> AudiencePlaces:
            layers = tuple(read_layers(conn))
            places = walkable_places(conn, layers, today)
            walks = placed_walks(places, ground, town.metric_crs, town.attach_limit_m)
            return AudiencePlaces(layers, walks, areas.levels.points(walks.x, walks.y))

        # Consents begin and end with the views' own day.
        key = (_whole_town(town), town.today, today)
        return self._keep(f"{audience.word} {medium.value}", key, read)

    def _keep(self, slot: str, key: Hashable, read: Callable[[], Kept]) -> Kept:
        known = self._kept.get(slot)
        if known is None or known[0] != key:
            known = self._kept[slot] = (key, read())
        kept: Kept = known[1]
        return kept


def _whole_town(town: WalkTown) -> Hashable:
    """Changes with everything that was loaded."""
    people = None if town.people is None else town.people.edition
    return town.revision, town.streets_edition, people, town.metric_crs, town.attach_limit_m
