"""How large the flags of a map are: large where there is room, small and shared where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np
import numpy.typing as npt

_AROUND_MM = 15.0
_MOST = 9
"""Places of one flag: three lines of three numbers."""


@dataclass(frozen=True, slots=True)
class FlagSize:
    """Sizes of a flag in millimetres of an A3.

    Parameters
    ----------
    type : float
        Height of its type: never under 9 pt (3.175 mm).
    line : float
        From line to line.
    pad : float
        Above the first and below the last line.
    shared_mm : float
        Places of one layer nearer to each other than this share a flag; 0 where none do.
    step : float
        Widths are whole multiples of this: fewer widths are sooner placed.
    """

    type: float
    line: float
    pad: float
    shared_mm: float = 0.0
    step: float = 0.5

    @property
    def area(self) -> float:
        """Of a flag, to be compared with that of another size."""
        return self.type * (self.line + 2 * self.pad)


USUAL = FlagSize(3.4, 3.9, 0.9)
SIZES = ((0.20, FlagSize(4.3, 4.9, 1.1)), (0.45, USUAL), (0.80, FlagSize(3.2, 3.6, 0.6)))
"""The largest first: a size is taken where flags around a flag cover no more than this part."""

SHARED = tuple(FlagSize(3.2, 3.6, 0.6, near, 2.0) for near in (8.0, 12.0, 16.0, 20.0))
"""Where no size is small enough: the first that covers no more than this part, or the last."""
MOST_SHARED = 1.0

Places = tuple[tuple[float, float], ...]


def crowding(middles: npt.NDArray[np.float64], areas: npt.NDArray[np.float64]) -> float:
    """Which part of what lies around a flag all flags would cover, for the mean flag.

    Parameters
    ----------
    middles : array of shape (n, 2)
        Millimetres.
    areas : array of shape (n,)
        Square millimetres.
    """
    if not len(middles):
        return 0.0
    covered = 0.0
    for start in range(0, len(middles), 256):  # a square of all with all would be large
        apart = np.abs(middles[start : start + 256, None] - middles[None])
        covered += float(((apart < _AROUND_MM).all(axis=2) * areas).sum())
    return covered / len(middles) / (2 * _AROUND_MM) ** 2


def together(
    places: Sequence[tuple[float, float]], kinds: Sequence[str], near_mm: float
) -> list[list[int]]:
    """Places of one kind that share a flag, each group in the order of its members.

    A place joins the nearest group that began near to it; the first of a group never changes, so
    that a new place changes only the flags around it.
    """
    if not near_mm:
        return [[n] for n in range(len(places))]
    groups: list[list[int]] = []
    begun: dict[str, list[tuple[int, float, float]]] = {}
    for n, (place, kind) in enumerate(zip(places, kinds, strict=True)):
        x, y = place
        near = [
            (apart, group)
            for group, began_x, began_y in begun.get(kind, ())
            if (apart := hypot(began_x - x, began_y - y)) < near_mm and len(groups[group]) < _MOST
        ]
        if near:
            groups[min(near)[1]].append(n)
            continue
        begun.setdefault(kind, []).append((len(groups), x, y))
        groups.append([n])
    return groups
