"""What it costs to walk an edge, in decimetres of level street that take as long."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.model.ground import StreetKind, WayMark
from geo.walking.slope import slope_factor
from geo.walking.walk_streets import WalkStreets

STEPS_FACTOR = 2.0
"""A metre of steps takes as long as two on the level, where the slope does not say more."""


@dataclass(frozen=True, slots=True)
class WalkRules:
    """What makes a metre longer than a metre.

    Parameters
    ----------
    slope : bool
        Whether climbing costs time where heights are known.
    steps_factor : float
        At least this much longer is a metre of steps; 1 or more.
    """

    slope: bool = True
    steps_factor: float = STEPS_FACTOR

    @classmethod
    def plain(cls) -> WalkRules:
        """A metre is a metre: for limits in metres."""
        return cls(slope=False, steps_factor=1.0)


@dataclass(frozen=True, slots=True, eq=False)
class WalkCosts:
    """The costs of every edge, 1 or more.

    Parameters
    ----------
    there_dm, back_dm : uint32[E]
        From ``edge_from`` to ``edge_to``, and the other way.
    unsloped : int
        Edges reckoned level because a height is missing at one of their ends; 0 where the rules
        do not ask for slopes.
    is_directed : bool
        Whether any edge costs more one way than the other.
    """

    there_dm: npt.NDArray[np.uint32]
    back_dm: npt.NDArray[np.uint32]
    unsloped: int
    is_directed: bool


def walk_costs(streets: WalkStreets, rules: WalkRules) -> WalkCosts:
    """The costs of all edges.

    The slope of an edge is that between its ends. Steps are never counted twice: of the slope's
    and the steps' factor the greater one holds.
    """
    is_steps = (streets.kind == StreetKind.STEPS) | ((streets.marks & WayMark.STEPS) != 0)
    least = np.where(is_steps, rules.steps_factor, 1.0)
    if not rules.slope:
        plain = _decimetres(streets.length_m * least)
        return WalkCosts(plain, plain, 0, is_directed=False)
    height = streets.node_height_m.astype(np.float64)
    rise = height[streets.edge_to] - height[streets.edge_from]
    unknown = np.isnan(rise)
    slope = np.divide(
        rise, streets.length_m, out=np.zeros(streets.edges), where=~unknown & (streets.length_m > 0)
    )
    there = _decimetres(streets.length_m * np.maximum(slope_factor(slope), least))
    back = _decimetres(streets.length_m * np.maximum(slope_factor(-slope), least))
    return WalkCosts(
        there, back, int(np.count_nonzero(unknown)), is_directed=bool((there != back).any())
    )


def _decimetres(metres: npt.NDArray[np.float64]) -> npt.NDArray[np.uint32]:
    return np.maximum(np.floor(metres * 10 + 0.5), 1).astype(np.uint32)
