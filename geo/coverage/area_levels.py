"""What lies in which area of every level: homes, streets, places; undrawn areas by their members."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely

from geo.coverage.in_areas import areas_of
from geo.coverage.lying import Lying, lying_in
from geo.crs import STORAGE_CRS, reproject
from geo.model.area_ground import AreaGround, AreaKey

Floats = npt.NDArray[np.float64]
Items = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class AreaLevels:
    """The areas of a town, level by level, in the order of its lists.

    Parameters
    ----------
    codes : Mapping of str to tuple of str
        Level to the codes of its areas.
    outlines : Mapping of str to array of shapely geometry or None
        In the same order; metres. None: nobody has drawn it.
    members : Mapping of (level, code) to tuple of (level, code)
        What undrawn areas consist of.
    """

    codes: Mapping[str, tuple[str, ...]]
    outlines: Mapping[str, npt.NDArray[np.object_]]
    members: Mapping[AreaKey, tuple[AreaKey, ...]]

    def points(self, x: Floats, y: Floats) -> PointsInAreas:
        """Points that will be asked where they lie."""
        return PointsInAreas(self, x, y)


@dataclass(frozen=True, slots=True, eq=False)
class PointsInAreas:
    """Points, and what is known so far of where they lie."""

    levels: AreaLevels
    x: Floats
    y: Floats
    area_of: dict[str, npt.NDArray[np.int32]] = field(default_factory=dict)
    found: dict[str, Lying] = field(default_factory=dict)

    def lying(self, level: str) -> Lying:
        """The points of every area of a level."""
        if level not in self.found:
            codes = self.levels.codes[level]
            undrawn = {
                place: self._inside((level, code), frozenset())
                for place, code in enumerate(codes)
                if (level, code) in self.levels.members
            }
            self.found[level] = lying_in(self._drawn(level), len(codes), undrawn)
        return self.found[level]

    def inside(self, key: AreaKey) -> npt.NDArray[np.bool_]:
        """Which points lie in one area."""
        mask = np.zeros(len(self.x), dtype=bool)
        mask[self._inside(key, frozenset())] = True
        return mask

    def _drawn(self, level: str) -> npt.NDArray[np.int32]:
        if level not in self.area_of:
            self.area_of[level] = areas_of(self.x, self.y, list(self.levels.outlines[level]))
        return self.area_of[level]

    def _inside(self, key: AreaKey, above: frozenset[AreaKey]) -> Items:
        level, code = key
        if key in above or code not in self.levels.codes.get(level, ()):
            return np.zeros(0, dtype=np.int64)
        members = self.levels.members.get(key)
        if members is None:
            return np.flatnonzero(self._drawn(level) == self.levels.codes[level].index(code))
        parts = [self._inside(member, above | {key}) for member in members]
        return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *parts]))


def area_levels(
    keys: Mapping[AreaKey, object], grounds: Mapping[AreaKey, AreaGround], metric_crs: str
) -> AreaLevels:
    """Areas in metres.

    Parameters
    ----------
    keys : Mapping
        Every area of every level, in the order of lists.
    grounds : Mapping of (level, code) to AreaGround
    metric_crs : str
    """
    codes: dict[str, list[str]] = {}
    for level, code in keys:
        codes.setdefault(level, []).append(code)
    outlines = {}
    for level, of_level in codes.items():
        stored = [grounds[level, code].outline for code in of_level]
        shapes = shapely.from_wkb(np.array(stored, dtype=object))
        outlines[level] = np.asarray(reproject(shapes, STORAGE_CRS, metric_crs), dtype=object)
    members = {key: ground.members for key, ground in grounds.items() if ground.members}
    return AreaLevels({lv: tuple(c) for lv, c in codes.items()}, outlines, members)
