"""Where every flag of a printed map stands, so that none lies over another.

A flag stands where its place is, or as near to that as is free: rather beside its place than far
above it, rather on empty land than over the places of others, and so that its line crosses none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, inf

from webmap.paper.drawing.flag_costs import THROUGH_PLACE_MM, UNDER_FLAG_MM, FlagCosts
from webmap.paper.drawing.flag_room import FlagRoom, Kept

NEAR_MM = 1.0
"""Shifted by more than this, a flag gets a line to its place."""
_COVERED_PLACE_MM = 7.0
_LESS_IF_CROWDED = 6.0
"""Where flags cover much of the map, near to its own place is worth more than clear of others."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A flag to be placed: its place, the middle it would like to have, its size; millimetres."""

    place_x: float
    place_y: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PlacedFlag:
    """Where a flag stands.

    Parameters
    ----------
    x, y : float
        Its middle, in millimetres from the upper left corner of the map.
    shifted_mm : float
        How far that is from where it would like to stand.
    """

    x: float
    y: float
    shifted_mm: float

    @property
    def has_line(self) -> bool:
        """Whether a line leads to its place."""
        return self.shifted_mm > NEAR_MM


@dataclass(frozen=True, slots=True)
class Avoided:
    """What flags had better not cover: they rather go so many millimetres aside."""

    box: Kept
    cost_mm: float


def place_flags(
    wanted: Sequence[Wanted],
    width_mm: float,
    height_mm: float,
    kept: Sequence[Kept] = (),
    *,
    places: Sequence[Kept] = (),
    avoided: Sequence[Avoided] = (),
    farthest_mm: float = inf,
) -> tuple[PlacedFlag | None, ...]:
    """Place flags in their order: the first ones stand nearest to their places.

    Parameters
    ----------
    wanted : sequence of Wanted
    width_mm, height_mm : float
        Of the map.
    kept : sequence of Kept
        Never covered.
    places : sequence of Kept
        Where the flags belong: covered only where there is no better way, and so are lines.
    avoided : sequence of Avoided
    farthest_mm : float
        From where a flag would like to stand.

    Returns
    -------
    tuple of (PlacedFlag or None)
        None where no room is left. No two overlap, none leaves the map.
    """
    if not wanted:
        return ()
    sizes = sorted({(flag.width, flag.height) for flag in wanted})
    rooms = {size: FlagRoom(*size, width_mm, height_mm) for size in sizes}
    share = sum(flag.width * flag.height for flag in wanted) / (width_mm * height_mm)
    costs = FlagCosts(len(wanted) + len(places) + len(avoided))
    for place in places:
        costs.add(
            place,
            covered=_COVERED_PLACE_MM / (1 + _LESS_IF_CROWDED * share),
            crossed=THROUGH_PLACE_MM,
        )
    for part in avoided:
        costs.add(part.box, covered=part.cost_mm)
    for room in rooms.values():
        for box in kept:
            room.take(box)
    placed: list[PlacedFlag | None] = []
    for flag in wanted:
        at = flag.place_x, flag.place_y
        room = rooms[flag.width, flag.height]
        found = room.best(at, (flag.x, flag.y), farthest_mm, costs)
        if found is None:
            placed.append(None)
            continue
        x, y = found
        stands = PlacedFlag(x, y, hypot(x - flag.x, y - flag.y))
        box = Kept(x - flag.width / 2, y - flag.height / 2, flag.width, flag.height)
        costs.add(box, crossed=UNDER_FLAG_MM)
        if stands.has_line:
            costs.add_line(at, found)
        for other in rooms.values():
            other.take(box)
        placed.append(stands)
    return tuple(placed)
