"""Heights of nodes, where a table tells them edge by edge and contradicts itself.

A program that samples heights for lines and hands them to rows by name leaves many rows with the
heights of their ends exchanged, or with one height at both. Every node still has but one height,
and every told height is that of one end of its edge: the heights are found like the fields of a
puzzle, the surest node first, each found height explaining what its edges told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from geo.network.same_ways import place_words
from geo.street_intake.edge_rows import UNKNOWN, EdgeRows

_CENTIMETRES = 100.0
_SILENT = np.int64(1) << 40  # no height of the earth in centimetres
_CONTRADICTED_SHARE = 0.02  # a few streets cut at the rim are sampled off their nodes
_MOST_ROUNDS = 500

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Told:
    """What edges told: two nodes and the one or two heights they have between them."""

    low: Numbers
    high: Numbers
    first: Numbers
    second: Numbers


def settled_heights(rows: EdgeRows) -> tuple[EdgeRows, int]:
    """Rows with one height for every node, and of how many nodes the rows told several.

    Rows that hardly contradict each other stay as they are. What nothing tells stays unknown.
    """
    place = place_words(rows.lon, rows.lat)
    ends = np.concatenate(
        [
            np.where(rows.start == UNKNOWN, place[rows.first[:-1]], rows.start),
            np.where(rows.end == UNKNOWN, place[rows.last], rows.end),
        ]
    )
    names, node = np.unique(ends, return_inverse=True)
    told = _words(np.concatenate([rows.height_start, rows.height_end]))
    several = _several(node, told, len(names))
    if several <= _CONTRADICTED_SHARE * len(names):
        return rows, several
    start, end = node[: len(rows)], node[len(rows) :]
    height = _solved(_Told(start, end, told[: len(rows)], told[len(rows) :]), len(names))
    metres = np.where(height == _SILENT, np.nan, height / _CENTIMETRES).astype(np.float32)
    return replace(rows, height_start=metres[start], height_end=metres[end]), several


def _words(height: npt.NDArray[np.float32]) -> Numbers:
    """Whole centimetres, to be compared; one word for all that is unknown."""
    known = np.isfinite(height)
    words = np.rint(np.where(known, height, 0).astype(np.float64) * _CENTIMETRES)
    return np.where(known, words.astype(np.int64), _SILENT)


def _several(node: Numbers, told: Numbers, nodes: int) -> int:
    """How many nodes are told more than one height (a centimetre is none)."""
    known = told != _SILENT
    lowest = np.full(nodes, _SILENT)
    highest = np.full(nodes, -_SILENT)
    np.minimum.at(lowest, node[known], told[known])
    np.maximum.at(highest, node[known], told[known])
    return int(np.count_nonzero(highest - lowest > 1))


def _solved(told: _Told, nodes: int) -> Numbers:
    """A height for every node of which anything tells."""
    height = np.full(nodes, _SILENT)
    for _ in range(_MOST_ROUNDS):
        node, claim, count = _claims(told, height)
        sure, value, support = _undisputed(node, claim, count)
        if not len(sure):
            break
        best = support == support.max()
        height[sure[best]] = value[best]
    # Of what is left nothing tells but edges that are explained: they are as flat as they say.
    whole = (told.first != _SILENT) & (told.second != _SILENT)
    node = np.concatenate([told.low[whole], told.high[whole]] * 2)
    claim = np.repeat([told.first[whole], told.second[whole]], 2, axis=0).ravel()
    claims, count = np.unique(np.column_stack([node, claim]), axis=0, return_counts=True)
    order = np.lexsort((claims[:, 1], -count, claims[:, 0]))
    left, at = np.unique(claims[order, 0], return_index=True)
    usual = np.full(nodes, _SILENT)
    usual[left] = claims[order, 1][at]
    return np.where(height == _SILENT, usual, height)


def _claims(told: _Told, height: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """For every open node the heights its edges may mean it by, and how many edges do."""
    nodes, claims = [], []
    for here, there in ((told.low, told.high), (told.high, told.low)):
        is_open = (height[here] == _SILENT) & (here != there)
        known = height[there]
        explains_first = known == told.first
        explains_second = known == told.second
        one = told.first == told.second
        explained = (known != _SILENT) & (explains_first | explains_second)
        for value, is_other in ((told.first, explains_first), (told.second, explains_second)):
            is_twin = one & (value is told.second)
            stays = is_open & (value != _SILENT) & ~is_twin & ~(explained & (one | is_other))
            nodes.append(here[stays])
            claims.append(value[stays])
    pairs = np.column_stack([np.concatenate(nodes), np.concatenate(claims)])
    found, count = np.unique(pairs, axis=0, return_counts=True)
    return found[:, 0], found[:, 1], count


def _undisputed(node: Numbers, claim: Numbers, count: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """The nodes with one claim more edges make than any other; the claim, and how many."""
    order = np.lexsort((-count, node))
    first = np.flatnonzero(np.diff(node[order], prepend=-1))
    behind = np.minimum(first + 1, len(order) - 1)
    top = order[first]
    rival = order[behind] if len(order) else order
    is_rival = (node[rival] == node[top]) & (rival != top)
    clear = ~(is_rival & (count[rival] == count[top]))
    return node[top][clear], claim[top][clear], count[top][clear]
