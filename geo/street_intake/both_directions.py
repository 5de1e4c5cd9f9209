"""Two rows for one street, there and back -> one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from geo.network.runs import taken_runs
from geo.network.same_ways import line_keys, place_words
from geo.street_intake.edge_rows import UNKNOWN, EdgeRows


def taken_rows(rows: EdgeRows, kept: npt.NDArray[np.int64]) -> EdgeRows:
    """The rows ``kept`` (ascending)."""
    first, (lon, lat) = taken_runs(rows.first[kept], np.diff(rows.first)[kept], rows.lon, rows.lat)
    return replace(
        rows,
        first=first,
        lon=lon,
        lat=lat,
        start=rows.start[kept],
        end=rows.end[kept],
        tags=rows.tags[kept],
        name=rows.name[kept],
        length_m=rows.length_m[kept],
        height_start=rows.height_start[kept],
        height_end=rows.height_end[kept],
    )


def along_their_lines(rows: EdgeRows) -> EdgeRows:
    """Rows whose first vertex lies at their first node.

    Some programs write the line of a row from its end to its start. Which it is shows in the
    other rows of a node: their lines end where the node lies.
    """
    place = place_words(rows.lon, rows.lat)
    at_first, at_last = place[rows.first[:-1]], place[rows.last]
    ends = np.concatenate([rows.start, rows.end, rows.start, rows.end])
    places = np.concatenate([at_first, at_last, at_last, at_first])
    # As the row says, and turned; of two readings with as many witnesses the first is taken.
    weights = np.repeat([1.5, 1.0], 2 * len(rows))
    weights[ends == UNKNOWN] = 0.0
    pairs = np.column_stack([ends, places])
    _, pair = np.unique(pairs, axis=0, return_inverse=True)
    votes = np.bincount(pair.ravel(), weights=weights)[pair.ravel()].reshape(4, -1)
    turned = votes[2] + votes[3] > votes[0] + votes[1]
    turned &= rows.start != rows.end
    return replace(
        rows,
        start=np.where(turned, rows.end, rows.start),
        end=np.where(turned, rows.start, rows.end),
        height_start=np.where(turned, rows.height_end, rows.height_start),
        height_end=np.where(turned, rows.height_start, rows.height_end),
    )


def once(rows: EdgeRows, apart: npt.NDArray[np.bool_]) -> EdgeRows:
    """Every street once: a row and its way back, with the same nodes and line, are one street.

    Two streets drawn on one line (two rows there, two back) stay two. The length is the row's own,
    else the first that a row of the street tells.

    Parameters
    ----------
    apart : bool[E]
        Rows that differ in this are never one (who may be walked, and who may not).
    """
    lines, turned = line_keys(rows.first, place_words(rows.lon, rows.lat))
    back = np.where(rows.start == rows.end, turned, rows.start > rows.end)
    low, high = np.minimum(rows.start, rows.end), np.maximum(rows.start, rows.end)
    keys = np.column_stack([lines, low.astype(np.uint64), high.astype(np.uint64), apart])
    _, first, street = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    street = street.ravel()
    streets = len(first)
    backs = np.bincount(street, weights=back, minlength=streets)
    theres = np.bincount(street, minlength=streets) - backs
    side = np.where(backs == theres, back[first], backs > theres)
    kept = np.flatnonzero(back == side[street])
    told = np.flatnonzero(np.isfinite(rows.length_m))
    length = np.full(streets, np.nan)
    length[street[told][::-1]] = rows.length_m[told][::-1]
    one = taken_rows(rows, kept)
    return replace(
        one, length_m=np.where(np.isfinite(one.length_m), one.length_m, length[street[kept]])
    )
