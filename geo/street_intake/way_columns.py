"""Ways on their way into a table: columns that grow, eight bytes a number, no object per vertex."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.model.ground import StreetKind, WayMark
from geo.network.way_table import WayTable
from geo.street_intake.shut_gates import cut_at_gates
from geo.street_intake.tagged_things import Run


class WayColumns:
    """Collects ways one by one and hands them over as a `WayTable`."""

    def __init__(self) -> None:
        self._ends = array("q", [0])
        self._node, self._lon, self._lat = array("q"), array("d"), array("d")
        self._kind, self._marks, self._name = array("B"), array("H"), array("i")
        self._names: dict[str, int] = {}

    def __len__(self) -> int:
        """Number of ways."""
        return len(self._kind)

    def add(
        self, run: Run, kind: StreetKind, marks: WayMark = WayMark.NONE, name: str | None = None
    ) -> None:
        """Add one way."""
        self._node.extend(run.nodes)
        self._lon.extend(run.lon)
        self._lat.extend(run.lat)
        self._ends.append(len(self._node))
        self._kind.append(kind)
        self._marks.append(marks)
        number = -1 if name is None else self._names.setdefault(name, len(self._names))
        self._name.append(number)

    def table(self, shut: Iterable[int] = ()) -> WayTable:
        """The ways as a table, cut where a gate shuts walkers out.

        Parameters
        ----------
        shut : iterable of int
            Nodes nobody passes.
        """
        ways = len(self)
        nothing = np.full(ways, np.nan, np.float32)
        table = WayTable(
            first=_taken(self._ends, np.int64),
            lon=_taken(self._lon, np.float64),
            lat=_taken(self._lat, np.float64),
            node=_taken(self._node, np.int64),
            kind=_taken(self._kind, np.uint8),
            marks=_taken(self._marks, np.uint16),
            name=_taken(self._name, np.int32),
            length_m=np.full(ways, np.nan),
            height_first_m=nothing,
            height_last_m=nothing.copy(),
            names=tuple(self._names),
        )
        return cut_at_gates(table, np.fromiter(shut, np.int64))


def _taken(column: array[Any], kind: type[np.generic]) -> npt.NDArray[Any]:
    """The numbers of a column without a copy: the table lives on with the column's memory."""
    return np.frombuffer(column, kind) if len(column) else np.empty(0, kind)
