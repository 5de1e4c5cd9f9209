"""Neighbouring stretches of a street that are alike, put together into lines to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.coverage.stretches import Stretches, metres_along, points_along
from geo.walking.walk_streets import WalkStreets

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class StreetRuns:
    """Parts of streets, each a run of neighbouring stretches of one edge.

    Parameters
    ----------
    edge : int32[R]
    start, stop : float64[R]
        Of the edge's length (0..1), from ``edge_from``.
    stretch : int64[R]
        The first stretch of each run: whatever is said of it holds for the whole run.
    """

    edge: npt.NDArray[np.int32]
    start: Floats
    stop: Floats
    stretch: Places

    def __len__(self) -> int:
        return len(self.edge)


@dataclass(frozen=True, slots=True, eq=False)
class StreetLines:
    """Lines in the metric system of the streets.

    Parameters
    ----------
    first : int64[R + 1]
        Line ``r`` has the vertices ``first[r]`` to ``first[r + 1]``.
    x, y : float64[V]
        Metres.
    """

    first: Places
    x: Floats
    y: Floats

    def __len__(self) -> int:
        return len(self.first) - 1


def alike_runs(
    stretches: Stretches, value: npt.NDArray[Any], wanted: npt.NDArray[np.bool_]
) -> StreetRuns:
    """The longest runs of wanted stretches of one edge whose ``value`` is the same.

    Parameters
    ----------
    stretches : Stretches
        Of S stretches; those of an edge stand side by side, from its first vertex to its last.
    value : array[S] or array[S, ...]
        What has to be alike.
    wanted : bool[S]
        Stretches that belong to a run.
    """
    kept = np.flatnonzero(wanted)
    if not len(kept):
        none = np.empty(0)
        return StreetRuns(none.astype(np.int32), none, none, kept)
    before, after = kept[:-1], kept[1:]
    goes_on = (after == before + 1) & (stretches.edge[after] == stretches.edge[before])
    rows = value.reshape(len(value), -1)
    goes_on &= (rows[after] == rows[before]).all(axis=1)
    begins = np.concatenate([[True], ~goes_on])
    ends = np.concatenate([~goes_on, [True]])
    return StreetRuns(
        edge=stretches.edge[kept[begins]],
        start=stretches.start[kept[begins]],
        stop=stretches.stop[kept[ends]],
        stretch=kept[begins],
    )


def run_lines(streets: WalkStreets, runs: StreetRuns) -> StreetLines:
    """The lines of runs, with every vertex of the street in between."""
    along = metres_along(streets)
    first, last = streets.first[:-1][runs.edge], streets.first[1:][runs.edge] - 1
    begin, end = (
        along[first] + part * (along[last] - along[first]) for part in (runs.start, runs.stop)
    )
    # Vertices low..high - 1 lie strictly within the run.
    low = np.clip(np.searchsorted(along, begin, side="right"), first + 1, last)
    high = np.clip(np.searchsorted(along, end, side="left"), low, last)
    size = high - low + 2
    offset = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    vertex = np.arange(int(offset[-1])) - np.repeat(offset[:-1] + 1 - low, size)
    x, y = streets.x[vertex], streets.y[vertex]
    for place, part in ((offset[:-1], runs.start), (offset[1:] - 1, runs.stop)):
        x[place], y[place] = points_along(streets, runs.edge, part)
    return StreetLines(first=offset, x=x, y=y)
