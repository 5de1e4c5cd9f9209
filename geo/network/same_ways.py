"""Which lines are the same line, drawn in whichever direction: a key for each, all at once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

_STEP = np.uint64(0x9E3779B97F4A7C15)  # odd: its powers never vanish modulo 2**64


def line_keys(
    first: npt.NDArray[np.int64], words: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.bool_]]:
    """A key of every line that is equal for a line and its reverse, and else differs.

    Parameters
    ----------
    first : int64[L + 1]
        Line ``l`` has the words ``first[l]`` to ``first[l + 1]``; every line has at least one.
    words : int64[V]
        What a vertex is: its node, or its rounded coordinates as one number.

    Returns
    -------
    keys : uint64[L, 3]
        Number of vertices, and the sums over the mixed words from either end, the smaller first.
        Two different lines have one key with a chance of 2**-64.
    turned : bool[L]
        True for a line and False for its reverse; which is which has no meaning.
    """
    count = np.diff(first)
    lines = len(count)
    if not lines:
        return np.zeros((0, 3), dtype=np.uint64), np.zeros(0, dtype=bool)
    powers = np.empty(int(count.max()), dtype=np.uint64)
    powers[0] = 1
    with np.errstate(over="ignore"):
        np.multiply.accumulate(np.full(len(powers) - 1, _STEP), out=powers[1:])
        mixed = _mixed(words)
        begin = np.repeat(first[:-1], count)
        place = np.arange(len(words)) - begin
        forward = np.add.reduceat(mixed * powers[place], first[:-1])
        place = np.repeat(count, count) - 1 - place
        backward = np.add.reduceat(mixed * powers[place], first[:-1])
    low, high = np.minimum(forward, backward), np.maximum(forward, backward)
    return np.column_stack([count.astype(np.uint64), low, high]), forward > backward


def place_words(
    lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> npt.NDArray[np.int64]:
    """One number for a place, the same within 1e-7 degrees (a centimetre)."""
    east = np.rint(lon * 1e7).astype(np.int64)
    north = np.rint(lat * 1e7).astype(np.int64)
    return (east << np.int64(32)) ^ (north & np.int64(0xFFFFFFFF))


def _mixed(words: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """Words with their bits spread (the finalizer of splitmix64): neighbours become strangers."""
    mixed = words.astype(np.uint64) + _STEP
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed
