"""Speeds: Tobler's function at values anybody can look up, and the paces of the bands."""

from __future__ import annotations

import math

import numpy as np
import pytest

from geo.model.people import BANDS
from geo.walking.pace import usual_speed_m_per_min
from geo.walking.slope import STEEPEST, slope_factor, tobler_speed_km_per_h

PUBLISHED = {
    -40.0: 0.38,
    -20.0: 2.00,
    -10.0: 3.86,
    -5.0: 5.26,
    -2.8624: 6.00,
    0.0: 5.04,
    1.0: 4.74,
    5.0: 3.71,
    10.0: 2.72,
    15.0: 1.97,
    20.0: 1.41,
    30.0: 0.67,
    40.0: 0.27,
}
"""Degrees and km/h: the sample values of Wikipedia's article "Tobler's hiking function" (2024)."""


def test_published_speeds() -> None:
    slope = np.tan(np.radians(list(PUBLISHED)))
    assert tobler_speed_km_per_h(slope).round(2).tolist() == list(PUBLISHED.values())


@pytest.mark.parametrize(("slope", "km_per_h"), [(-0.05, 6.0), (0.0, 5.037), (-0.10, 5.037)])
def test_the_best_slope_and_the_level(slope: float, km_per_h: float) -> None:
    """6 km/h at 5 % downhill; 10 % downhill is as fast as the level: 6 e^-0.175 = 5.037."""
    assert float(tobler_speed_km_per_h(np.array([slope]))[0]) == pytest.approx(km_per_h, abs=5e-4)


def test_published_pace() -> None:
    """The pace published beside the speed, 0.6 e^(3.5 |S + 0.05|) seconds a metre, in min/km."""
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
