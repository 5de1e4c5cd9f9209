"""A town nobody lives in: streets of any number of junctions, connected, the same for one seed.

Junctions lie on a shaken grid. Every eighth line is a through street; between them a tree ties
every junction in, and as many more streets are laid at random as make the network as dense as a
real town (Porto has 1.37 streets a junction). Streets bend, the ground has hills. The order is row
by row, the friendliest there is to whoever reads neighbours of a junction from memory.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree

from geo.model.ground import StreetKind, WayMark
from geo.walking.walk_streets import WalkStreets

SPACING_M, SHAKEN_M, BENT_M = 60.0, 18.0, 4.0
THROUGH = 8
STREETS_A_JUNCTION = 1.37
MOST_BENDS = 3

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]


def synthetic_streets(nodes: int, seed: int) -> WalkStreets:
    """Exactly ``nodes`` junctions in one piece, with heights."""
    dice = np.random.default_rng(seed)
    columns = next(n for n in range(int(nodes**0.5), 0, -1) if nodes % n == 0)
    row, column = np.divmod(np.arange(nodes), columns)
    node_x = column * SPACING_M + dice.uniform(-SHAKEN_M, SHAKEN_M, nodes)
    node_y = row * SPACING_M + dice.uniform(-SHAKEN_M, SHAKEN_M, nodes)
    low, high, is_through = _streets(nodes, row, column, columns, dice)
    first, x, y = _lines(node_x, node_y, low, high, dice)
    steps = np.hypot(np.diff(x), np.diff(y))
    steps[first[1:-1] - 1] = 0.0
    return WalkStreets(
        node_x=node_x,
        node_y=node_y,
        node_height_m=_hills(node_x, node_y),
        component=np.zeros(nodes, dtype=np.int32),
        edge_from=low.astype(np.int32),
        edge_to=high.astype(np.int32),
        length_m=np.add.reduceat(np.append(steps, 0.0), first[:-1]),
        kind=np.where(is_through, StreetKind.MAIN, StreetKind.LOCAL).astype(np.uint8),
        marks=np.full(len(low), WayMark.NONE, dtype=np.int32),
        name=np.full(len(low), -1, dtype=np.int32),
        names=(),
        first=first,
        x=x,
        y=y,
    )


def _streets(
    nodes: int, row: Numbers, column: Numbers, columns: int, dice: np.random.Generator
) -> tuple[Numbers, Numbers, npt.NDArray[np.bool_]]:
    """From, to and whether it is a through street: a tree of all junctions, and some more."""
    east = np.flatnonzero(column < columns - 1)
    north = np.flatnonzero(row < row[-1])
    low, high = np.concatenate([east, north]), np.concatenate([east + 1, north + columns])
    is_through = np.concatenate([row[east] % THROUGH == 0, column[north] % THROUGH == 0])
    weight = dice.random(len(low)) + 0.5 + ~is_through
    number = coo_array((weight, (low, high)), shape=(nodes, nodes)).tocsr()
    tree = minimum_spanning_tree(number).tocoo()
    order = np.lexsort((high, low))
    low, high, is_through = low[order], high[order], is_through[order]
    keys = low * nodes + high
    is_laid = is_through.copy()
    is_laid[np.searchsorted(keys, tree.row.astype(np.int64) * nodes + tree.col)] = True
    rest = np.flatnonzero(~is_laid)
    missing = max(0, round(STREETS_A_JUNCTION * nodes) - int(is_laid.sum()))
    is_laid[dice.choice(rest, missing, replace=False)] = True
    return low[is_laid], high[is_laid], is_through[is_laid]


def _lines(
    node_x: Floats, node_y: Floats, low: Numbers, high: Numbers, dice: np.random.Generator
) -> tuple[Numbers, Floats, Floats]:
    """Vertices of every street: its ends as they are, the bends between them shaken."""
    count = dice.integers(0, MOST_BENDS + 1, len(low)) + 2
    first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    edge = np.repeat(np.arange(len(low)), count)
    share = (np.arange(first[-1]) - first[:-1][edge]) / (count - 1)[edge]
    is_bend = (share > 0) & (share < 1)
    x, y = (
        at[low][edge] * (1 - share)
        + at[high][edge] * share
        + dice.uniform(-BENT_M, BENT_M, len(edge)) * is_bend
        for at in (node_x, node_y)
    )
    return first, x, y


def _hills(x: Floats, y: Floats) -> npt.NDArray[np.float32]:
    """Metres above the sea: hills of 30 m, a kilometre or so apart, slopes up to 8 %."""
    return (30 + 15 * np.sin(x / 430) * np.cos(y / 370) + 15 * np.sin((x + y) / 900)).astype(
        np.float32
    )


def homes_beside(streets: WalkStreets, count: int, seed: int = 1) -> tuple[Floats, Floats]:
    """Points beside streets, up to some forty metres off, street by street as lists come."""
    dice = np.random.default_rng(seed)
    edge = np.sort(dice.choice(streets.edges, count, p=streets.length_m / streets.length_m.sum()))
    vertex = streets.first[edge] + dice.integers(0, np.diff(streets.first)[edge] - 1)
    share = dice.random(count)
    x, y = (
        at[vertex] * (1 - share) + at[vertex + 1] * share + dice.normal(0, 12, count)
        for at in (streets.x, streets.y)
    )
    return x, y
