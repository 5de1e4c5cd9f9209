"""What has not been found yet: streets out of reach, piece by piece, with who lives along them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.coverage.homes import Homes
from geo.coverage.stretches import Stretches
from geo.network.connected_pieces import connected_pieces
from geo.walking.walk_streets import WalkStreets

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

NAMES_SAID = 5
"""How many 町丁 a gap is called by, at most."""


@dataclass(frozen=True, slots=True, eq=False)
class GapPieces:
    """Streets out of reach that hang together; pieces are numbered by their first stretch.

    Parameters
    ----------
    piece : int32[S]
        Of every stretch; -1 where it belongs to none.
    home_piece : int32[H]
        Of every home out of reach; -1 for all others. Each of them lives in exactly one piece.
    people : float64[P]
        Who lives in each piece, out of reach; people whose number is unknown count nothing here.
    streets_m : float64[P]
    middle : int64[P]
        A stretch of the piece: of those where its people live, the nearest to their middle; where
        nobody lives, the nearest to the middle of its streets.
    """

    piece: npt.NDArray[np.int32]
    home_piece: npt.NDArray[np.int32]
    people: Floats
    streets_m: Floats
    middle: Places

    def __len__(self) -> int:
        return len(self.people)


def gap_pieces(
    streets: WalkStreets,
    stretches: Stretches,
    homes: Homes,
    *,
    out_stretch: Flags,
    out_home: Flags,
    people: Floats,
) -> GapPieces:
    """Put together what is out of reach and meets at a junction or along a street.

    Parameters
    ----------
    streets : WalkStreets
    stretches : Stretches
        Those of an edge side by side, from its first vertex to its last.
    homes : Homes
    out_stretch : bool[S]
        Stretches, of the area asked for, from whose middle no place is within the limit.
    out_home : bool[H]
        Homes of that area from which no place is within the limit. Homes that hang on no street
        are unknown and live in no gap. A home some steps from its street may be out of reach where
        the street is just within: its stretch is a part of the gap then.
    people : float64[H]
        Of the band asked; NaN where nobody knows.
    """
    out_home = out_home & homes.spots.known
    home_stretch = stretches_at(stretches, homes.spots.edge, homes.spots.at)
    is_gap = out_stretch.copy()
    is_gap[home_stretch[out_home]] = True
    piece, count = _joined(streets, stretches, is_gap)
    home_piece = np.where(out_home, piece[home_stretch], -1).astype(np.int32)
    known = np.where(out_home, np.nan_to_num(people, nan=0.0), 0.0)
    return GapPieces(
        piece=piece,
        home_piece=home_piece,
        people=_summed(home_piece, known, count),
        streets_m=_summed(piece, stretches.length_m, count),
        middle=_middles(stretches, piece, home_stretch, home_piece, known, count),
    )


def stretches_at(
    stretches: Stretches, edge: npt.NDArray[np.int32], at: Floats
) -> npt.NDArray[np.int64]:
    """The stretch that holds each spot; 0, which means nothing, where ``edge`` is -1."""
    if not len(stretches.edge):
        return np.zeros(len(edge), dtype=np.int64)
    first = np.searchsorted(stretches.edge, edge, side="left")
    pieces = np.searchsorted(stretches.edge, edge, side="right") - first
    # The stretches of an edge are equally long.
    step = np.minimum((np.nan_to_num(at) * pieces).astype(np.int64), pieces - 1)
    return np.where(edge >= 0, first + step, 0)


def piece_names(
    pieces: GapPieces,
    homes: Homes,
    people: Floats,
    cell_names: Sequence[str | None],
) -> list[tuple[str, ...]]:
    """The 町丁 of every piece, those with the most people in it first, at most `NAMES_SAID`.

    Parameters
    ----------
    people : float64[H]
        As given to `gap_pieces`.
    cell_names : sequence of str or None
        Of the cells that ``homes.cell`` means. Several cells of one name are one 町丁.
    """
    numbers: dict[str, int] = {}
    told = [-1 if not name else numbers.setdefault(name, len(numbers)) for name in cell_names]
    names = tuple(numbers)
    number = np.asarray([*told, -1], dtype=np.int64)[homes.cell]
    chosen = np.flatnonzero((pieces.home_piece >= 0) & (number >= 0))
    key = pieces.home_piece[chosen].astype(np.int64) * max(len(names), 1) + number[chosen]
    pairs, back = np.unique(key, return_inverse=True)
    count = np.bincount(back, np.nan_to_num(people[chosen], nan=0.0), len(pairs))
    # Where nobody of this band lives, or nobody knows, by how much of the 町丁 lies here.
    share = np.bincount(back, homes.share[chosen], len(pairs))
    piece, name = np.divmod(pairs, max(len(names), 1))
    said: list[list[str]] = [[] for _ in range(len(pieces))]
    for n in np.lexsort((name, -share, -count, piece)).tolist():
        mine = said[int(piece[n])]
        if len(mine) < NAMES_SAID:
            mine.append(names[int(name[n])])
    return [tuple(mine) for mine in said]


def _joined(
    streets: WalkStreets, stretches: Stretches, is_gap: Flags
) -> tuple[npt.NDArray[np.int32], int]:
    """The piece of every stretch of the gap, -1 for the others; and how many pieces."""
    gap = np.flatnonzero(is_gap)
    piece = np.full(len(is_gap), -1, dtype=np.int32)
    if not len(gap):
        return piece, 0
    edge = stretches.edge[gap]
    is_first = np.concatenate([[True], np.diff(stretches.edge) != 0])
    is_last = np.concatenate([is_first[1:], [True]])
    # Dots are the stretches of the gap, then the junctions. A stretch touches the next one of its
    # edge; the first and the last of an edge touch its ends.
    next_to = np.flatnonzero((np.diff(gap) == 1) & (edge[1:] == edge[:-1]))
    at_from, at_to = np.flatnonzero(is_first[gap]), np.flatnonzero(is_last[gap])
    low = np.concatenate([next_to, at_from, at_to])
    high = np.concatenate(
        [
            next_to + 1,
            len(gap) + streets.edge_from[edge[at_from]],
            len(gap) + streets.edge_to[edge[at_to]],
        ]
    )
    label = connected_pieces(len(gap) + streets.nodes, low, high)
    _, seen, back = np.unique(label[: len(gap)], return_index=True, return_inverse=True)
    rank = np.empty(len(seen), dtype=np.int32)
    rank[np.argsort(seen)] = np.arange(len(seen), dtype=np.int32)
    piece[gap] = rank[back]
    return piece, len(seen)


def _summed(piece: npt.NDArray[np.int32], value: Floats, count: int) -> Floats:
    """The sum of ``value`` in every piece; -1 belongs to none."""
    return np.bincount(piece + 1, value, count + 1)[1:].astype(np.float64)


def _middles(
    stretches: Stretches,
    piece: npt.NDArray[np.int32],
    home_stretch: Places,
    home_piece: npt.NDArray[np.int32],
    known: Floats,
    count: int,
) -> Places:
    """Of every piece the stretch nearest to the middle of its people, or else of its streets."""
    inside = np.flatnonzero(piece >= 0)
    living = np.zeros(len(piece))
    mine = home_piece >= 0
    np.add.at(living, home_stretch[mine], known[mine])
    lived_in = _summed(piece, living, count) > 0
    weight = np.where(lived_in[piece[inside]], living[inside], stretches.length_m[inside])
    whole = np.maximum(np.bincount(piece[inside], weight, count), np.finfo(float).tiny)
    away = np.zeros(len(inside))
    for place in (stretches.x[inside], stretches.y[inside]):
        middle = np.bincount(piece[inside], weight * place, count) / whole
        away += (place - middle[piece[inside]]) ** 2
    # Mirror images are equally far in millimetres, whatever the last digit says.
    away = np.where(weight > 0, np.round(np.sqrt(away), 3), np.inf)
    order = np.lexsort((inside, away, piece[inside]))
    first = np.searchsorted(piece[inside][order], np.arange(count))
    return inside[order][first]
