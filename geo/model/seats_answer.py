"""Seats within a walk, shared among all who could walk to them: the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geo.model.coverage_answer import CoverageAnswer


@dataclass(frozen=True, slots=True)
class SeatsAnswer:
    """Beside the coverage of the same question, whose areas and method it has.

    Parameters
    ----------
    coverage : CoverageAnswer
    seats_per_100 : Mapping of (level, code) to (float or None)
        Seats that a hundred people of an area may count on, to one decimal; None where 1 to 9
        people are meant, or of nobody it is known how far they walk.
    weights : tuple of float
        How much a person counts who lives within each of the limits; see
        `geo.coverage.catchment`.
    places : int
        Places whose seats were shared.
    uncounted : int
        Places that count, but nobody says how many seats they have: they are left out.
    """

    coverage: CoverageAnswer
    seats_per_100: Mapping[tuple[str, str], float | None]
    weights: tuple[float, ...]
    places: int
    uncounted: int
