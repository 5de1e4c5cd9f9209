"""What can be walked to from a doorstep, on which day."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from geo.model.map_answer import MapAnswer


class Measure(Enum):
    """How far it is was measured along streets, or straight, and then why."""

    STREETS = "streets"
    NO_STREETS = "no_streets"
    """The town has none."""
    FAR_FROM_STREETS = "far_from_streets"
    """The doorstep lies farther from every street than people are attached to one."""


@dataclass(frozen=True, slots=True)
class NearPlace:
    """A treasure within a walk.

    Parameters
    ----------
    number : int
        Of the treasure.
    limit_min : int
        The first of the limits within which it is.
    minutes : int
        Of walking at the speed of the answer, begun minutes counted whole, at least one. Of a
        straight distance at least so many.
    metres : int
        To the nearest 10; of level street that takes as long, or straight.
    is_straight : bool
        Measured straight: it takes longer than that. Also of a place beside no street.
    """

    number: int
    limit_min: int
    minutes: int
    metres: int
    is_straight: bool


@dataclass(frozen=True, slots=True)
class DoorstepAnswer:
    """What lies within a walk of a point.

    Parameters
    ----------
    shown : MapAnswer
        The treasures with their flags and days, as an answer that can be drawn: its area is the
        place itself, without level, code, outline or neighbours.
    lon, lat : float
        The doorstep, degrees (EPSG:4326). In no address and no log.
    measure : Measure
    speed_m_per_min : int
    limits_min : tuple of int
        Ascending.
    near : tuple of NearPlace
        The nearest first.
    unplaced : int
        Treasures of the town that take place, but nobody may know or knows exactly where.
    """

    shown: MapAnswer
    lon: float
    lat: float
    measure: Measure
    speed_m_per_min: int
    limits_min: tuple[int, ...]
    near: tuple[NearPlace, ...]
    unplaced: int

    @property
    def reach_m(self) -> int:
        """How far the longest walk leads on a straight level street."""
        return self.speed_m_per_min * self.limits_min[-1]
