"""Marching squares: rings around the dots of a raster that are inside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

Places = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_HAIR = 0.02  # of a side
_STRAIGHT = 1e-6  # of a square

# The four dots of a square: 1 south-west, 2 south-east, 4 north-east, 8 north-west. Lines run from
# one side to another, with what is inside on their left.
# Where two opposite dots are inside (5 and 10) they stay apart: inside hangs together along
# sides only, outside over corners too, and no two rings ever touch.
_S, _E, _N, _W = (1, 0), (2, 1), (1, 2), (0, 1)  # the sides, by their middles in half squares
_LINES = {
    1: ((_S, _W),),
    2: ((_E, _S),),
    3: ((_E, _W),),
    4: ((_N, _E),),
    5: ((_S, _W), (_N, _E)),
    6: ((_N, _S),),
    7: ((_N, _W),),
    8: ((_W, _N),),
    9: ((_S, _N),),
    10: ((_E, _S), (_W, _N)),
    11: ((_E, _N),),
    12: ((_W, _E),),
    13: ((_S, _E),),
    14: ((_W, _S),),
}


@dataclass(frozen=True, slots=True, eq=False)
class Rings:
    """Polygons in squares of the raster, as `geo.coverage.reach_raster.ReachOutline` lays them."""

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    ring_first: Places
    polygon_first: Places


def walk_rings(away: Floats, level: float) -> Rings:
    """The outlines of the dots that are inside, counterclockwise, and clockwise around holes.

    Parameters
    ----------
    away : float64[rows, columns]
        Less than ``level`` inside; nothing on the rim is. Dot (row, column) lies at x = column,
        y = row. A ring crosses the line between two dots where this would be ``level``.
    """
    inside = away < level
    width = 2 * inside.shape[1]
    begin, end = _lines(inside, width)
    label = _label_beside(inside, begin, width).tolist()
    next_line = np.searchsorted(begin, end).tolist()
    walked = bytearray(len(begin))
    rings: list[tuple[int, list[int]]] = []
    for start in range(len(begin)):
        if walked[start]:
            continue
        ring, line = [], start
        while not walked[line]:
            walked[line] = 1
            ring.append(line)
            line = next_line[line]
        rings.append((label[start], ring))
    # Lines are sorted from south to north: of the rings around one piece, the outer comes first.
    rings.sort(key=lambda ring: ring[0])
    return _laid_out(rings, *_crossings(away, begin, width, level))


def _lines(inside: npt.NDArray[np.bool_], width: int) -> tuple[Places, Places]:
    """On which side lines begin and end, as places in half squares; sorted by where they begin.

    On every such side one line begins and one ends.
    """
    dots = inside.astype(np.uint8)
    case = dots[:-1, :-1] + 2 * dots[:-1, 1:] + 4 * dots[1:, 1:] + 8 * dots[1:, :-1]
    begins: list[Places] = []
    ends: list[Places] = []
    for number, lines in _LINES.items():
        row, column = np.nonzero(case == number)
        for line in lines:
            for (east, north), places in zip(line, (begins, ends), strict=True):
                places.append((2 * row + north) * width + 2 * column + east)
    begin, end = np.concatenate(begins), np.concatenate(ends)
    order = np.argsort(begin)
    return begin[order], end[order]


def _label_beside(inside: npt.NDArray[np.bool_], place: Places, width: int) -> Places:
    """Which connected piece of the inside lies beside each place."""
    label, _ = ndimage.label(inside)
    y, x = np.divmod(place, width)
    # One of the two dots on both sides is inside; the other has the label 0.
    beside = np.maximum(label[y // 2, x // 2], label[(y + 1) // 2, (x + 1) // 2])
    return np.asarray(beside, dtype=np.int64)


def _crossings(away: Floats, place: Places, width: int, level: float) -> tuple[Floats, Floats]:
    """Where rings cross the sides, x and y."""
    y, x = np.divmod(place, width)
    low, high = (y // 2, x // 2), ((y + 1) // 2, (x + 1) // 2)
    first, second = away[low], away[high]
    # One of the two is less than the level. Never at a dot itself: two rings could meet there.
    part = np.clip((level - first) / (second - first), _HAIR, 1 - _HAIR)
    return low[1] + part * (high[1] - low[1]), low[0] + part * (high[0] - low[0])


def _laid_out(rings: list[tuple[int, list[int]]], x: Floats, y: Floats) -> Rings:
    """Corners only, every ring closed by its first one."""
    corners: list[Places] = [np.empty(0, dtype=np.int64)]
    for _, ring in rings:
        dots = np.array(ring)
        east, north = np.roll(x[dots], -1) - x[dots], np.roll(y[dots], -1) - y[dots]
        turn = np.roll(east, 1) * north - np.roll(north, 1) * east
        kept = dots[np.abs(turn) > _STRAIGHT]
        corners.append(np.append(kept, kept[0]))
    lengths = [len(ring) for ring in corners[1:]]
    label = np.array([number for number, _ in rings], dtype=np.int64)
    corner = np.concatenate(corners)
    return Rings(
        x=x[corner],
        y=y[corner],
        ring_first=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        polygon_first=np.append(np.flatnonzero(np.diff(label, prepend=0)), len(rings)),
    )
