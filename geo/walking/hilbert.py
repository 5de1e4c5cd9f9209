"""Neighbours in the plane, neighbours in memory."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_BITS = 16

Floats = npt.NDArray[np.float64]


def hilbert_order(x: Floats, y: Floats) -> npt.NDArray[np.int64]:
    """The points in the order in which a Hilbert curve of 65,536 x 65,536 cells meets them."""
    if not len(x):
        return np.zeros(0, dtype=np.int64)
    side = max(float(np.ptp(x)), float(np.ptp(y)), 1e-9)
    scale = ((1 << _BITS) - 1) / side
    a = ((x - x.min()) * scale).astype(np.uint32)
    b = ((y - y.min()) * scale).astype(np.uint32)
    place = np.zeros(len(x), dtype=np.uint32)
    for bit in range(_BITS - 1, -1, -1):
        right = (a >> bit) & 1
        upper = (b >> bit) & 1
        place = (place << 2) | ((3 * right) ^ upper)
        # The quarter's curve is the whole one turned: mirrored in the lower right, swapped below.
        low = upper == 0
        mirrored = low & (right == 1)
        a, b = np.where(mirrored, ~a, a), np.where(mirrored, ~b, b)
        a, b = np.where(low, b, a), np.where(low, a, b)
    return np.argsort(place, kind="stable")
