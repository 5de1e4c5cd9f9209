"""Speeds: Tobler's function at values anybody can look up, and the paces of the bands."""

from __future__ import annotations

import math

import numpy as np
import pytest

from geo.model.people import BANDS
from geo.walking.pace import usual_speed_m_per_min
from geo.walking.slope import STEEPEST, slope_factor, tobler_speed_km_per_h


@pytest.mark.parametrize(
    ("slope", "km_per_h"),
    [
        (-0.05, 6.0),  # the maximum: 6 km/h at 5 % downhill
        (0.0, 5.037),  # 「5 km/h on the level」
        (-0.10, 5.037),  # as fast as on the level
        (math.tan(math.radians(5)), 3.708),
        (math.tan(math.radians(10)), 2.717),
        (math.tan(math.radians(20)), 1.409),
        (math.tan(math.radians(30)), 0.668),
        (-math.tan(math.radians(10)), 3.856),
        (-math.tan(math.radians(30)), 0.947),
        (1.0, 0.152),  # 45 degrees
    ],
)
def test_tobler(slope: float, km_per_h: float) -> None:
    """``6 exp(-3.5 |S + 0.05|)`` worked out on paper: Tobler (1993), NCGIA report 93-1."""
    assert float(tobler_speed_km_per_h(np.array([slope]))[0]) == pytest.approx(km_per_h, abs=5e-4)


def test_published_pace() -> None:
    """The pace that is published beside the speed: 0.6 e^(3.5 |S + 0.05|) hours for 3.6 km."""
    slope = np.linspace(-1, 1, 41)
    minutes_a_km = 60 / tobler_speed_km_per_h(slope)
    assert minutes_a_km == pytest.approx(10 * np.exp(3.5 * np.abs(slope + 0.05)))


def test_a_factor_is_never_below_one_and_never_above_that_of_the_steepest() -> None:
    """Level 1, gentle downhill 1 as well; 10 % up e^0.35 = 1.419; 50 % and more e^1.75 = 5.755.

    Down 30 %: e^(3.5 x (0.25 - 0.05)) = 2.014.
    """
    slope = np.array([0.0, -0.02, -0.05, -0.10, 0.10, 0.50, 0.51, 7.0, -0.30, -9.0])
    expected = [1, 1, 1, 1, 1.41907, 5.75460, 5.75460, 5.75460, 2.01375, math.exp(3.5 * 0.4)]
    assert slope_factor(slope) == pytest.approx(expected, abs=1e-5)
    assert STEEPEST == 0.5


def test_paces() -> None:
    assert [usual_speed_m_per_min(band) for band in BANDS] == [80, 60, 50, 50]
