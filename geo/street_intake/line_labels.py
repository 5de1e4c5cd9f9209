"""Where the name of a street or a river stands: in the middle of each long run of one name."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from geo.model.ground import Landmark, LandmarkKind, StreetKind
from geo.street_intake.tagged_things import Run
from geo.street_intake.way_columns import WayColumns

_METRES_PER_DEGREE = 111_195.0
_SHORTEST_SECOND_RUN_M = 100.0


class LineLabels:
    """Collects the named lines of one kind; a street is mapped in dozens of pieces.

    Parameters
    ----------
    kind : LandmarkKind
        ``STREET`` or ``WATER``.
    apart_m : float
        Names of one street stand no closer than this; a run longer than twice this is named
        again.
    """

    def __init__(self, kind: LandmarkKind, apart_m: float) -> None:
        self._kind = kind
        self._apart_m = apart_m
        self._columns = WayColumns()
        self._kana: dict[str, str] = {}

    def add(self, name: str, kana: str | None, run: Run) -> None:
        """Add one piece."""
        self._columns.add(run, StreetKind.LOCAL, name=name)
        if kana is not None:
            self._kana.setdefault(name, kana)

    def landmarks(self) -> Iterator[Landmark]:
        """The labels, weighed by the length of their run in metres."""
        import shapely

        if not len(self._columns):
            return
        ways = self._columns.table()
        shrink = np.cos(np.radians((ways.lat.min() + ways.lat.max()) / 2))
        scale = np.array([shrink * _METRES_PER_DEGREE, _METRES_PER_DEGREE])
        metres = np.column_stack([ways.lon, ways.lat]) * scale
        way_of = np.repeat(np.arange(len(ways)), np.diff(ways.first))
        lines = shapely.linestrings(metres, indices=way_of)
        order = np.argsort(ways.name, kind="stable")
        merged = shapely.line_merge(
            shapely.multilinestrings(lines[order], indices=ways.name[order])
        )
        runs, name_of = shapely.get_parts(merged, return_index=True)
        length_m = shapely.length(runs)
        longest_first = np.lexsort((-length_m, name_of))
        said = -1
        taken: list[tuple[float, float]] = []
        for run in longest_first.tolist():
            is_longest = name_of[run] != said
            if is_longest:
                said, taken = int(name_of[run]), []
            elif length_m[run] < _SHORTEST_SECOND_RUN_M:
                continue
            count = 1 + 2 * int(length_m[run] // (2 * self._apart_m))
            where = (np.arange(count) + 0.5) / count
            points = shapely.line_interpolate_point(runs[run], where, normalized=True)
            name = ways.names[said]
            for x, y in shapely.get_coordinates(points).tolist():
                if all(abs(x - a) + abs(y - b) >= self._apart_m for a, b in taken):
                    taken.append((x, y))
                    yield Landmark(
                        self._kind,
                        lon=x / float(scale[0]),
                        lat=y / float(scale[1]),
                        name=name,
                        kana=self._kana.get(name),
                        weight=float(length_m[run]),
                    )
