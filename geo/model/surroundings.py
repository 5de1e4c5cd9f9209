"""What lies around an area: treasures across its border, and areas that are like it.

As in :mod:`geo.model.answers`, everything here has passed the audience's view.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from geo.model.answers import AreaInfo, Entry, Flag


@dataclass(frozen=True, slots=True)
class NearTreasure:
    """A treasure of another area within a walk of this one's border.

    ``distance_m`` is measured straight, from the border; 0 for one inside of it (its own area has
    not been drawn). ``color`` is its layer's.
    """

    entry: Entry
    color: str
    area: AreaInfo
    distance_m: float


@dataclass(frozen=True, slots=True)
class AcrossBorder:
    """The nearest treasures across the border, the nearest first.

    ``limit_m`` is how far from the border, straight, they were looked for; ``more`` counts those
    beyond the ones told. ``flags`` are their places (EPSG:4326, degrees).
    """

    limit_m: int
    near: tuple[NearTreasure, ...]
    more: int
    flags: tuple[Flag, ...]


class Likeness(StrEnum):
    """In what two areas are alike."""

    SIZE = "size"
    DENSITY = "density"
    MIX = "mix"


@dataclass(frozen=True, slots=True)
class Find:
    """A kind of treasure found in a like area and not yet in this one, with an example.

    ``kind`` is a layer's title, or where ``is_function`` a word of 支え合いのはたらき.
    """

    kind: str
    is_function: bool
    example: Entry
    color: str


@dataclass(frozen=True, slots=True)
class AlikeArea:
    """An area of the same level that is like this one: in what, and what it has found besides."""

    area: AreaInfo
    alike_in: tuple[Likeness, ...]
    finds: tuple[Find, ...]
