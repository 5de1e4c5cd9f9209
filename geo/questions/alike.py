"""Which areas of a level are like one another, by what a reader can see and understand.

Areas are compared aspect by aspect: how large they are, how closely their treasures lie, and how
these mix. An aspect says how far apart two areas are, in units of "still close"; nothing is
weighed against anything else, and no figure leaves this module. People by age, once they are
loaded, are one more aspect.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log

from geo.model.surroundings import Likeness
from geo.store.reading.area_rows import AreaKey

MOST_ALIKE = 3
STILL_CLOSE_FACTOR = 1.5
"""Two sizes, or two densities, are close when the larger is at most so many times the smaller."""
STILL_CLOSE_SHARE = 0.25
"""Two mixes are close when at most this share of the one would have to be of another kind."""
CLOSE_ASPECTS = 2
"""So many aspects must be close; where fewer are known of an area, all of them."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of an area. ``area_m2`` is None where it is not drawn.

    ``layers`` counts its treasures by layer, as one audience sees them.
    """

    area_m2: float | None
    layers: Mapping[str, int]


def _size(one: Profile, other: Profile) -> float | None:
    if not one.area_m2 or not other.area_m2:
        return None
    return _times(one.area_m2, other.area_m2)


def _density(one: Profile, other: Profile) -> float | None:
    found, others = sum(one.layers.values()), sum(other.layers.values())
    if not (one.area_m2 and other.area_m2 and found and others):
        return None
    return _times(found / one.area_m2, others / other.area_m2)


def _mix(one: Profile, other: Profile) -> float | None:
    found, others = sum(one.layers.values()), sum(other.layers.values())
    if not found or not others:
        return None
    both = sum(min(n / found, other.layers.get(k, 0) / others) for k, n in one.layers.items())
    return (1 - both) / STILL_CLOSE_SHARE


def _times(one: float, other: float) -> float:
    return abs(log(one / other)) / log(STILL_CLOSE_FACTOR)


ASPECTS: Mapping[Likeness, Callable[[Profile, Profile], float | None]] = {
    Likeness.SIZE: _size,
    Likeness.DENSITY: _density,
    Likeness.MIX: _mix,
}
_HAIR = 1 + 1e-9
"""Exactly 1.5 times as large is close, whatever the last bit of a logarithm says."""


def most_alike(
    mine: Profile, others: Mapping[AreaKey, Profile]
) -> list[tuple[AreaKey, tuple[Likeness, ...]]]:
    """Up to three areas most like this one, and in what.

    Those close in more aspects come first, then those less far apart, then those given first.
    An area in which nothing was found has nothing to show, and is like none.

    Parameters
    ----------
    mine : Profile
    others : Mapping from (level, code)
        In reading order.
    """
    enough = min(CLOSE_ASPECTS, sum(one(mine, mine) is not None for one in ASPECTS.values()))
    found = []
    for place, (key, other) in enumerate(others.items()):
        if not other.layers:
            continue
        apart = {
            likeness: distance
            for likeness, aspect in ASPECTS.items()
            if (distance := aspect(mine, other)) is not None
        }
        close = tuple(likeness for likeness, distance in apart.items() if distance <= _HAIR)
        if close and len(close) >= enough:
            mean = round(sum(apart.values()) / len(apart), 9)
            found.append((-len(close), mean, place, key, close))
    found.sort(key=lambda one: one[:3])
    return [(key, close) for *_, key, close in found[:MOST_ALIKE]]
