"""Decimetres of level street: lengths, slopes, steps."""

from __future__ import annotations

import numpy as np
from walking.drawn_streets import drawn

from geo.model.ground import StreetKind, WayMark
from geo.walking.walk_costs import WalkRules, walk_costs

NAN = float("nan")
LOCAL, FOOTWAY, STEPS = StreetKind.LOCAL, StreetKind.FOOTWAY, StreetKind.STEPS
ROW = [(0.0, 0.0), (100.0, 0.0), (200.0, 0.0), (300.0, 0.0), (400.0, 0.0)]
PATH = [(0, 1), (1, 2), (2, 3), (3, 4)]


def test_plain_rules_measure() -> None:
    """100 m are 1,000 dm on steps and up a wall alike; half a decimetre is one, and none is one."""
    streets = drawn(
        ROW,
        PATH,
        lengths=[100.0, 99.95, 99.94, 0.01],
        heights=[0, 50, 100, 0, 0],
        kinds=[STEPS] * 4,
    )
    costs = walk_costs(streets, WalkRules.plain())
    assert costs.there_dm.tolist() == costs.back_dm.tolist() == [1000, 1000, 999, 1]
    assert (costs.unsloped, costs.is_directed) == (0, False)
    assert costs.there_dm.dtype == np.uint32


def test_climbing_costs_and_coming_down_gently_does_not() -> None:
    """10 m up in 100 m: e^(3.5 x 0.10) = 1.41907 there, back level. Level; 30 m down: 2.01375.

    Up again those 30 m: e^(3.5 x 0.30) = 2.85765.
    """
    streets = drawn(ROW[:4], PATH[:3], heights=[0, 10, 10, -20])
    costs = walk_costs(streets, WalkRules())
    assert costs.there_dm.tolist() == [1419, 1000, 2014]
    assert costs.back_dm.tolist() == [1000, 1000, 2858]
    assert costs.is_directed
    assert costs.unsloped == 0


def test_unknown_heights_are_level_and_said() -> None:
    streets = drawn(ROW, PATH, heights=[0, NAN, 10, 20, NAN])
    costs = walk_costs(streets, WalkRules())
    assert costs.there_dm.tolist() == [1000, 1000, 1419, 1000]
    assert costs.unsloped == 3
    assert walk_costs(streets, WalkRules(slope=False)).unsloped == 0


def test_bad_heights_are_capped() -> None:
    """900 m up in 100 m is taken for 50 %: e^1.75 = 5.7546."""
    costs = walk_costs(drawn(ROW[:2], PATH[:1], heights=[0, 900]), WalkRules())
    assert costs.there_dm.tolist() == [5755]
    assert costs.back_dm.tolist() == [4055]  # e^(3.5 x 0.40)


def test_steps_count_once() -> None:
    """Steps by kind or by mark: twice as long; up 30 % the slope's 2.858 is more and holds alone."""
    streets = drawn(
        ROW,
        PATH,
        heights=[0, 0, 0, 30, 30],
        kinds=[STEPS, FOOTWAY, STEPS, FOOTWAY],
        marks=[WayMark.NONE, WayMark.STEPS | WayMark.PAVED, WayMark.NONE, WayMark.PAVED],
    )
    assert walk_costs(streets, WalkRules()).there_dm.tolist() == [2000, 2000, 2858, 1000]
    assert walk_costs(streets, WalkRules()).back_dm.tolist() == [2000, 2000, 2014, 1000]
    flat = walk_costs(streets, WalkRules(slope=False, steps_factor=3.0))
    assert flat.there_dm.tolist() == [3000, 3000, 3000, 1000]
    assert not flat.is_directed


def test_a_loop_is_level() -> None:
    costs = walk_costs(
        drawn(ROW[:2], [(0, 0), (0, 1)], lengths=[50, 100], heights=[7, 7]), WalkRules()
    )
    assert costs.there_dm.tolist() == [500, 1000]
    assert not costs.is_directed


def test_no_streets() -> None:
    costs = walk_costs(drawn([], []), WalkRules())
    assert (len(costs.there_dm), costs.unsloped, costs.is_directed) == (0, 0, False)
