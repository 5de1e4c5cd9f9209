"""Which levels are finer and which are coarser than another, by tier, or by the size of areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from geo.model.answers import LevelInfo
from geo.store.reading.area_rows import AreaRecord

_ALIKE = 0.5
"""Levels of one tier whose typical areas differ by more than this factor lie in one another."""


class LevelLadder:
    """The levels of a town, compared.

    Parameters
    ----------
    levels : Sequence[LevelInfo]
    areas : Iterable[AreaRecord]
        Every area; a level's typical size is the median of its drawn areas, in square metres.
    """

    def __init__(self, levels: Sequence[LevelInfo], areas: Iterable[AreaRecord]) -> None:
        sizes: dict[str, list[float]] = {}
        for area in areas:
            if area.area_m2 is not None:
                sizes.setdefault(area.level, []).append(area.area_m2)
        self._typical_m2: Mapping[str, float] = {k: median(v) for k, v in sizes.items()}
        self._levels = tuple(levels)

    def finer(self, level: LevelInfo) -> tuple[str, ...]:
        """The levels one step down: what a page of ``level`` lists as its sub-areas.

        Every level of the next larger tier number. At the last tier, levels of the same tier
        whose areas are typically less than half as large. For a level without a tier, the
        level with the next smaller typical area.
        """
        others = [o for o in self._levels if o.id != level.id]
        if level.tier is not None:
            below = [o for o in others if o.tier is not None and o.tier > level.tier]
            if below:
                step = min(o.tier for o in below if o.tier is not None)
                return tuple(o.id for o in below if o.tier == step)
            return tuple(
                o.id for o in others if o.tier == level.tier and self._much_larger(level, o)
            )
        mine = self._typical_m2.get(level.id)
        smaller = [
            (size, o.id)
            for o in others
            if mine is not None and (size := self._typical_m2.get(o.id)) is not None and size < mine
        ]
        return (max(smaller)[1],) if smaller else ()

    def may_hold(self, level: LevelInfo) -> frozenset[str]:
        """The levels over whose areas an area of ``level`` may straddle.

        Levels of a smaller tier number; levels of the same tier, unless their areas are typically
        less than half as large (those lie inside, they are not straddled); where one of the two
        has no tier, levels with typically larger areas.
        """
        return frozenset(
            o.id for o in self._levels if o.id != level.id and self._may_hold(o, level)
        )

    def _may_hold(self, other: LevelInfo, level: LevelInfo) -> bool:
        if level.tier is not None and other.tier is not None:
            if other.tier == level.tier:
                return not self._much_larger(level, other)
            return other.tier < level.tier
        mine, its = self._typical_m2.get(level.id), self._typical_m2.get(other.id)
        return mine is not None and its is not None and its > mine

    def _much_larger(self, one: LevelInfo, other: LevelInfo) -> bool:
        first, second = self._typical_m2.get(one.id), self._typical_m2.get(other.id)
        return first is not None and second is not None and second < first * _ALIKE
