"""How much slower a slope is than the level."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

STEEPEST = 0.5
"""Steeper than this is no street but a fault of the heights; it is taken for this steep."""

_BEST_KM_PER_H = 6.0
_BEST_SLOPE = -0.05
_STEEPNESS = 3.5

Floats = npt.NDArray[np.float64]


def tobler_speed_km_per_h(slope: Floats) -> Floats:
    """Tobler's hiking function: 6 km/h at 5 % downhill, 5.04 km/h on the level.

    Parameters
    ----------
    slope : float64
        Metres up per metre along; negative downhill.

    References
    ----------
    Tobler, W. (1993): Three presentations on geographical analysis and modeling. NCGIA Technical
    Report 93-1: ``W = 6 exp(-3.5 |S + 0.05|)``, fitted to the table of Imhof (1950).
    """
    return np.asarray(_BEST_KM_PER_H * np.exp(-_STEEPNESS * np.abs(slope - _BEST_SLOPE)))


def slope_factor(slope: Floats) -> Floats:
    """How much longer a metre takes than a level one: 1 or more, for nobody hurries downhill at 80.

    Slopes beyond :data:`STEEPEST` count as that.
    """
    capped = np.clip(slope, -STEEPEST, STEEPEST)
    level = tobler_speed_km_per_h(np.zeros(1))
    return np.asarray(np.maximum(level / tobler_speed_km_per_h(capped), 1.0))
