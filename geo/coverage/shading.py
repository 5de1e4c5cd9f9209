"""Streets shaded by how far the nearest place is, for any day and for every weekday."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from geo.coverage.street_runs import alike_runs, run_lines
from geo.coverage.stretches import Stretches
from geo.crs import STORAGE_CRS, transformer
from geo.model.coverage_map import ANY_DAY, CoverageMap
from geo.walking.walk_streets import WalkStreets

DAYS = (ANY_DAY, *map(str, range(7)))
"""The maps of a `CoverageMap`, in the order of their rows: any day, then 月 to 日."""

_DIGITS = 6  # of a degree: a tenth of a metre


def shaded_streets(
    streets: WalkStreets,
    stretches: Stretches,
    nearest_dm: npt.NDArray[np.uint32],
    limits_dm: Sequence[int],
    *,
    limits: tuple[int, ...],
    metric_crs: str,
    wanted: npt.NDArray[np.bool_] | None = None,
) -> CoverageMap:
    """Lines as long as their shade is the same in all maps.

    Parameters
    ----------
    stretches : Stretches
        Of S stretches; those of an edge side by side, from its first vertex to its last.
    nearest_dm : uint32[8, S]
        Cost from the middle of every stretch to its nearest place, a row for each of `DAYS`.
    limits_dm : sequence of int
        Ascending, what ``limits`` (minutes or metres) cost; exactly at a limit is within it.
    metric_crs : str
        The system ``streets`` are in.
    wanted : bool[S] or None
        Stretches to draw; None: all.
    """
    shade = np.searchsorted(np.asarray(limits_dm, dtype=np.uint32), nearest_dm).astype(np.uint8)
    if wanted is None:
        wanted = np.ones(len(stretches.edge), dtype=bool)
    runs = alike_runs(stretches, shade.T, wanted)
    lines = run_lines(streets, runs)
    lon, lat = transformer(metric_crs, STORAGE_CRS).transform(lines.x, lines.y)
    places = np.round(np.column_stack([lon, lat]), _DIGITS)
    numbers = places.ravel().tolist()
    first = (2 * lines.first).tolist()
    drawn = tuple(tuple(numbers[begin:end]) for begin, end in pairwise(first))
    digits = (shade[:, runs.stretch] + ord("0")).tobytes().decode("ascii")
    return CoverageMap(
        limits=limits,
        lines=drawn,
        shades={
            day: digits[row * len(runs) : (row + 1) * len(runs)] for row, day in enumerate(DAYS)
        },
        bounds=_bounds(places),
    )


def _bounds(places: npt.NDArray[np.float64]) -> tuple[float, float, float, float] | None:
    if not len(places):
        return None
    (west, south), (east, north) = places.min(axis=0).tolist(), places.max(axis=0).tolist()
    return west, south, east, north
