"""Where the name of a street or a river stands: in the middle of each long run of one name."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from geo.model.ground import Landmark, LandmarkKind, StreetKind
from geo.network.joining import taken_ways
from geo.network.way_table import WayTable
from geo.street_intake.points_nearby import PointsNearby
from geo.street_intake.rough_metres import METRES_PER_DEGREE
from geo.street_intake.tagged_things import Run
from geo.street_intake.way_columns import WayColumns

_SHORTEST_SECOND_RUN_M = 100.0
_WAYS_AT_A_TIME = 20_000
_APART_M = {LandmarkKind.STREET: 1000.0, LandmarkKind.WATER: 2000.0}
"""Names of one street or river stand no closer; a run longer than twice this is named again."""


class LineLabels:
    """Collects the named lines of one kind; a street is mapped in dozens of pieces.

    Parameters
    ----------
    kind : LandmarkKind
        ``STREET`` or ``WATER``.
    """

    def __init__(self, kind: LandmarkKind) -> None:
        self._kind = kind
        self._apart_m = _APART_M[kind]
        self._columns = WayColumns()
        self._kana: dict[str, str] = {}

    def add(self, name: str, kana: str | None, run: Run) -> None:
        """Add one piece."""
        self._columns.add(run, StreetKind.LOCAL, name=name)
        if kana is not None:
            self._kana.setdefault(name, kana)

    def landmarks(self) -> Iterator[Landmark]:
        """The labels, weighed by the length of their run in metres."""
        ways = self._columns.table()
        if not len(ways):
            return
        shrink = float(np.cos(np.radians((ways.lat.min() + ways.lat.max()) / 2)))
        scale = np.array([shrink * METRES_PER_DEGREE, METRES_PER_DEGREE])
        by_name = np.argsort(ways.name, kind="stable")
        ends = np.flatnonzero(np.diff(ways.name[by_name], append=-1)) + 1
        start = 0
        while start < len(ways):  # a share of the names at a time, so that memory stays small
            place = int(np.searchsorted(ends, start + _WAYS_AT_A_TIME))
            end = int(ends[min(place, len(ends) - 1)])
            yield from self._labels(taken_ways(ways, np.sort(by_name[start:end])), scale)
            start = end

    def _labels(self, ways: WayTable, scale: npt.NDArray[np.float64]) -> Iterator[Landmark]:
        import shapely

        metres = np.column_stack([ways.lon, ways.lat]) * scale
        way_of = np.repeat(np.arange(len(ways)), np.diff(ways.first))
        lines = np.asarray(shapely.linestrings(metres, indices=way_of))
        order = np.argsort(ways.name, kind="stable")
        numbers, group = np.unique(ways.name[order], return_inverse=True)
        merged = shapely.line_merge(shapely.multilinestrings(lines[order], indices=group))
        runs, group_of = shapely.get_parts(merged, return_index=True)
        length_m = shapely.length(runs)
        said = -1
        taken = PointsNearby(self._apart_m)
        for run in np.lexsort((-length_m, group_of)).tolist():
            if group_of[run] != said:
                said, taken = int(group_of[run]), PointsNearby(self._apart_m)
            elif length_m[run] < _SHORTEST_SECOND_RUN_M:
                continue
            name = ways.names[numbers[said]]
            count = 1 + 2 * int(length_m[run] // (2 * self._apart_m))
            where = (np.arange(count) + 0.5) / count
            points = shapely.line_interpolate_point(runs[run], where, normalized=True)
            for x, y in shapely.get_coordinates(points).tolist():
                if not any(taken.near(x, y)):
                    taken.add(x, y, run)
                    yield Landmark(
                        self._kind,
                        lon=x / float(scale[0]),
                        lat=y / float(scale[1]),
                        name=name,
                        kana=self._kana.get(name),
                        weight=float(length_m[run]),
                    )
