"""Sums that are known from elsewhere, and what must not be worked out from them.

Rule 5 of `geo.coverage.small_numbers`, for many kinds of figures at once.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, vstack

from geo.coverage.lying import Areas

LEAST = 10
"""The smallest number of people that is shown."""

Flags = npt.NDArray[np.bool_]
Integers = npt.NDArray[np.int64]


def is_small(figures: Integers) -> Flags:
    """Which figures are 1 to 9."""
    return np.asarray((figures > 0) & (figures < LEAST), dtype=bool)


class SumGuard:
    """The areas of one level, and the sums of theirs that a reader may know.

    Parameters
    ----------
    areas : int
        Their own sum is known always.
    nested : sequence of int32[areas]
        Which sum of another level each is part of; -1: none.
    """

    def __init__(self, areas: int, nested: Sequence[Areas]) -> None:
        whole = np.zeros(areas, dtype=np.int32)
        self._parts = vstack([_parts(within) for within in (whole, *nested)], format="csr")

    def hide_more(self, hidden: Flags, figure: Integers, left: Integers, tells: Flags) -> None:
        """Hide what gives way, until no sum tells what is hidden.

        Parameters
        ----------
        hidden : bool[A, K]
            Grows.
        figure : int64[A, K]
        left : int64[A, K]
            People whom each figure leaves out; 0 where that means nothing.
        tells : bool[A, K]
            Where anything is known; elsewhere nothing is to be worked out.
        """
        kinds = np.flatnonzero((hidden & tells).any(axis=0))
        stuck = np.zeros((self._parts.shape[0], hidden.shape[1]), dtype=bool)
        while len(kinds) and self._parts.shape[0]:
            gone = hidden[:, kinds] & tells[:, kinds]
            few, others = figure[:, kinds] * gone, left[:, kinds] * gone
            by_figure = self._add(few > 0) == 1
            by_figure |= is_small(self._add(few))
            wanting = (by_figure | is_small(self._add(others))) & ~stuck[:, kinds]
            going = np.flatnonzero(wanting.any(axis=0))
            # One sum of each kind at a time: what gives way for one may do for the next.
            for column, sum_ in zip(going, wanting.argmax(axis=0)[going], strict=True):
                kind = kinds[column]
                lacking = (figure if by_figure[sum_, column] else left)[:, kind]
                part = self._parts.indices[slice(*self._parts.indptr[sum_ : sum_ + 2])]
                candidates = part[~hidden[part, kind] & (lacking[part] > 0)]
                if len(candidates):
                    hidden[candidates[np.argmin(lacking[candidates])], kind] = True
                else:
                    stuck[sum_, kind] = True
            kinds = kinds[going]

    def _add(self, figures: npt.NDArray[np.generic]) -> Integers:
        return np.asarray(self._parts @ figures.astype(np.int64))


def _parts(within: Areas) -> csr_array:
    """A row for every sum of two areas or more: of one area alone nothing else can give way."""
    sums, size = np.unique(within[within >= 0], return_counts=True)
    sums = sums[size > 1]
    row = np.searchsorted(sums, within)
    area = np.flatnonzero(np.isin(within, sums))
    ones = np.ones(len(area), dtype=np.int64)
    return csr_array((ones, (row[area], area)), shape=(len(sums), len(within)))
