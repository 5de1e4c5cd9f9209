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
    zero, one = np.uint32(0), np.uint32(1)
    for bit in range(_BITS - 1, -1, -1):
        right = (a >> bit) & 1
        upper = (b >> bit) & 1
        place = (place << 2) | ((3 * right) ^ upper)
        # The quarter's curve is the whole one turned: mirrored in the lower right, swapped below.
        low = upper - one  # every bit or none
        mirrored = low & (zero - right)
        a, b = a ^ mirrored, b ^ mirrored
        swapped = (a ^ b) & low
        a, b = a ^ swapped, b ^ swapped
    # Of points in one cell the first comes first.
    order = np.sort((place.astype(np.uint64) << 32) | np.arange(len(x), dtype=np.uint64))
    return (order & 0xFFFFFFFF).astype(np.int64)
