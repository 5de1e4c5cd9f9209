"""Stretches of long columns, copied one behind the other, some at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

_RUNS_AT_A_TIME = 1 << 14


def taken_runs(
    begin: npt.NDArray[np.int64], count: npt.NDArray[np.int64], *columns: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.int64], list[npt.NDArray[Any]]]:
    """Of every column the stretches of ``count`` values from ``begin``, and where each starts.

    Returns
    -------
    first : int64[N + 1]
    columns : list of arrays
        Stretch ``n`` lies from ``first[n]`` to ``first[n + 1]``.
    """
    first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    taken = [np.empty(int(first[-1]), dtype=column.dtype) for column in columns]
    for low in range(0, len(begin), _RUNS_AT_A_TIME):
        high = min(low + _RUNS_AT_A_TIME, len(begin))
        span = slice(int(first[low]), int(first[high]))
        back = np.repeat(first[low:high] - begin[low:high], count[low:high])
        index = np.arange(span.start, span.stop) - back
        for column, values in zip(columns, taken, strict=True):
            values[span] = column[index]
    return first, taken
