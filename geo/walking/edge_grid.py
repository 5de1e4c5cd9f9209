"""The street nearest to a point, by a grid of square cells over all streets; compiled."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from geo.walking.compiled import compiled
from geo.walking.spots import Spots
from geo.walking.walk_streets import WalkStreets

_CELLS_A_STEP = 1.0
"""Cells to every step from vertex to vertex: of small ones a point asks more, of large ones each
holds more. Between a half and two it makes no difference one could measure."""

_MOST_CELLS_A_SIDE = 16_384

_PAD = 1e-6
"""Of a cell: a step touches a cell where rounding might say that it just does not."""

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


class _Lines(NamedTuple):
    """Edge ``e`` has the vertices ``first[e]`` to ``first[e + 1]``; a step is named by its first."""

    x: Floats
    y: Floats
    first: Numbers


class _Ground(NamedTuple):
    """Square cells, row by row from the south-west corner."""

    west: float
    south: float
    cell: float
    columns: int
    rows: int


class _Cells(NamedTuple):
    """What touches cell ``c``: ``first[c]`` to ``first[c + 1]`` of the steps and of their edges."""

    first: npt.NDArray[np.uint32]
    step: npt.NDArray[np.uint32]
    edge: npt.NDArray[np.uint32]


class EdgeGrid:
    """Some streets sorted into cells, once; then asked for many points.

    Parameters
    ----------
    streets : WalkStreets
    edges : int64[M]
        Which of them: ascending, at least one.
    """

    def __init__(self, streets: WalkStreets, edges: Numbers) -> None:
        self._lines = _Lines(streets.x, streets.y, streets.first)
        begin, end = streets.first[edges], streets.first[edges + 1]
        vertex = np.repeat(end - np.cumsum(end - begin), end - begin) + np.arange(
            (end - begin).sum()
        )
        x, y = streets.x[vertex], streets.y[vertex]
        wide, high = float(np.ptp(x)), float(np.ptp(y))
        steps = len(vertex) - len(edges)
        cell = max(
            (wide * high / (_CELLS_A_STEP * steps)) ** 0.5,
            max(wide, high) / _MOST_CELLS_A_SIDE,
            1.0,
        )
        self._ground = _Ground(
            float(x.min()), float(y.min()), cell, int(wide / cell) + 1, int(high / cell) + 1
        )
        self._cells = _sort_steps(edges, self._lines, self._ground)

    def nearest(self, x: Floats, y: Floats, limit_m: float) -> Spots:
        """For every point the spot on the nearest edge; of edges equally near, on the first."""
        found = Spots.nowhere(len(x))
        _find(
            x, y, self._by_cell(x, y), limit_m, self._lines, self._ground, self._cells,
            found.edge, found.at, found.away_m,
        )  # fmt: skip
        return found

    def _by_cell(self, x: Floats, y: Floats) -> Numbers:
        """The points in an order in which what one of them reads is at hand for the next."""
        west, south, cell, columns, rows = self._ground
        with np.errstate(invalid="ignore"):
            column = np.clip((x - west) / cell, 0, columns - 1)
            row = np.clip((y - south) / cell, 0, rows - 1)
            place = np.nan_to_num(np.floor(row) * columns + column).astype(np.int64)
        return np.argsort(place)


def _sort_steps(edges: Numbers, lines: _Lines, ground: _Ground) -> _Cells:
    """Count what touches each cell, then put it there, from the last one backwards."""
    first = np.zeros(ground.columns * ground.rows + 1, np.uint32)
    none = np.empty(0, np.uint32)
    _touch(edges, lines, ground, first, none, none)
    first = np.cumsum(first, dtype=np.uint32)
    step, edge = np.empty(first[-1], np.uint32), np.empty(first[-1], np.uint32)
    _touch(edges, lines, ground, first, step, edge)
    return _Cells(first, step, edge)


@compiled
def _touch(
    edges: Numbers,
    lines: _Lines,
    ground: _Ground,
    first: npt.NDArray[np.uint32],
    step: npt.NDArray[np.uint32],
    edge: npt.NDArray[np.uint32],
) -> None:
    """Every step and every cell it touches: counted, or put there where there is room."""
    is_filling = len(step) > 0
    for e in edges:
        for v in range(lines.first[e], lines.first[e + 1] - 1):
            low, high = min(lines.y[v], lines.y[v + 1]), max(lines.y[v], lines.y[v + 1])
            bottom = int(max((low - ground.south) / ground.cell - _PAD, 0.0))
            top = int(min((high - ground.south) / ground.cell + _PAD, ground.rows - 1.0))
            for row in range(bottom, top + 1):
                begin, end = _columns_touched(lines, v, row, ground)
                for c in range(row * ground.columns + begin, row * ground.columns + end + 1):
                    if is_filling:
                        first[c] -= np.uint32(1)
                        step[first[c]] = v
                        edge[first[c]] = e
                    else:
                        first[c] += np.uint32(1)


@compiled
def _columns_touched(lines: _Lines, v: int, row: int, ground: _Ground) -> tuple[int, int]:
    """The first and the last column that the step from vertex ``v`` touches in a row of cells."""
    low, high = 0.0, 1.0
    rise = lines.y[v + 1] - lines.y[v]
    if rise != 0:
        one = (ground.south + (row - _PAD) * ground.cell - lines.y[v]) / rise
        other = (ground.south + (row + 1 + _PAD) * ground.cell - lines.y[v]) / rise
        low = min(max(min(one, other), 0.0), 1.0)
        high = max(min(max(one, other), 1.0), 0.0)
    run = lines.x[v + 1] - lines.x[v]
    one = (lines.x[v] + low * run - ground.west) / ground.cell
    other = (lines.x[v] + high * run - ground.west) / ground.cell
    return (
        int(max(min(one, other) - _PAD, 0.0)),
        int(min(max(one, other) + _PAD, ground.columns - 1.0)),
    )


@compiled
def _find(
    x: Floats,
    y: Floats,
    order: Numbers,
    limit_m: float,
    lines: _Lines,
    ground: _Ground,
    cells: _Cells,
    found: npt.NDArray[np.int32],
    at: Floats,
    away: Floats,
) -> None:
    """Ring by ring of cells round each point, until nothing nearer can lie farther out.

    The points are taken in their ``order``.
    """
    west, south, cell, columns, rows = ground
    east, north = west + columns * cell, south + rows * cell
    for p in order:
        outside = max(max(west - x[p], x[p] - east), max(south - y[p], y[p] - north))
        # Asked this way round, what is no number stays out as well.
        if not (np.isfinite(x[p]) and np.isfinite(y[p]) and outside <= limit_m):
            continue
        column, row = int(np.floor((x[p] - west) / cell)), int(np.floor((y[p] - south) / cell))
        # So far round the point all is seen with its own cell; every ring adds a cell.
        seen = min(
            min(x[p] - west - column * cell, west + (column + 1) * cell - x[p]),
            min(y[p] - south - row * cell, south + (row + 1) * cell - y[p]),
        )
        ring = max(max(0, -column, column - columns + 1), max(-row, row - rows + 1))
        last = max(max(column, columns - 1 - column), max(row, rows - 1 - row))
        best, edge, vertex, share = np.inf, np.uint32(0), np.uint32(0), 0.0
        while ring <= last:
            for r in range(max(row - ring, 0), min(row + ring, rows - 1) + 1):
                jump = 1 if r == row - ring or r == row + ring else 2 * ring
                begin = column - ring if column >= ring or jump > 1 else 0
                for c in range(begin, min(column + ring, columns - 1) + 1, jump):
                    if c < 0:
                        continue
                    for i in range(cells.first[r * columns + c], cells.first[r * columns + c + 1]):
                        e, v = cells.edge[i], cells.step[i]
                        t, square = _foot(x[p], y[p], lines, v)
                        is_before = e < edge or (e == edge and v < vertex)
                        if square < best or (square == best and is_before):
                            best, edge, vertex, share = square, e, v, t
            reach = seen + ring * cell
            if reach > limit_m or reach * reach > best:
                break
            ring += 1
        if best**0.5 <= limit_m:
            found[p], away[p] = edge, best**0.5
            at[p] = _along(lines, int(edge), int(vertex), share)


@compiled
def _foot(x: float, y: float, lines: _Lines, v: int) -> tuple[float, float]:
    """How far along a step its nearest spot lies (0..1), and the square of the distance to it."""
    ax, ay, bx, by = lines.x[v], lines.y[v], lines.x[v + 1], lines.y[v + 1]
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    t = ((x - ax) * dx + (y - ay) * dy) / square if square > 0 else 0.0
    if t <= 0:
        return 0.0, (x - ax) ** 2 + (y - ay) ** 2
    if t >= 1:  # the vertex itself: steps that meet there are equally near
        return 1.0, (x - bx) ** 2 + (y - by) ** 2
    # The height of a triangle: exact where the foot's own coordinates would be rounded.
    cross = (x - ax) * dy - (y - ay) * dx
    return t, cross * cross / square


@compiled
def _along(lines: _Lines, edge: int, vertex: int, t: float) -> float:
    """How far along its edge a spot lies: at ``t`` of the step from ``vertex``."""
    before, whole = 0.0, 0.0
    for v in range(lines.first[edge], lines.first[edge + 1] - 1):
        length = ((lines.x[v + 1] - lines.x[v]) ** 2 + (lines.y[v + 1] - lines.y[v]) ** 2) ** 0.5
        if v == vertex:
            before = whole + t * length
        whole += length
    return min(before / whole, 1.0) if whole > 0 else 0.0
