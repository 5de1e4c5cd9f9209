"""Streets drawn as straight lines between numbered crossings, for tests by hand and at random."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from geo.model.ground import StreetKind, WayMark
from geo.walking.spots import NOWHERE, Spots
from geo.walking.walk_costs import WalkCosts
from geo.walking.walk_streets import WalkStreets


def drawn(
    crossings: Sequence[tuple[float, float]],
    edges: Sequence[tuple[int, int]],
    *,
    lengths: Sequence[float] | None = None,
    heights: Sequence[float] | None = None,
    kinds: Sequence[StreetKind] | None = None,
    marks: Sequence[WayMark] | None = None,
) -> WalkStreets:
    """Crossings in metres; a street without a length of its own is as long as it is drawn."""
    place = np.array(crossings, dtype=float).reshape(-1, 2)
    ends = np.array(edges, dtype=np.int32).reshape(-1, 2)
    count, nodes = len(ends), len(place)
    ties = coo_array((np.ones(count), (ends[:, 0], ends[:, 1])), shape=(nodes, nodes))
    piece = connected_components(ties, directed=False)[1] if nodes else np.zeros(0)
    line = place[ends]
    straight = np.hypot(*(line[:, 1] - line[:, 0]).T) if count else np.zeros(0)
    return WalkStreets(
        node_x=place[:, 0].copy(),
        node_y=place[:, 1].copy(),
        node_height_m=np.array(heights if heights is not None else [np.nan] * nodes, np.float32),
        component=np.asarray(piece, dtype=np.int32),
        edge_from=ends[:, 0].copy(),
        edge_to=ends[:, 1].copy(),
        length_m=np.array(lengths, dtype=float) if lengths is not None else straight,
        kind=np.array(kinds or [StreetKind.LOCAL] * count, dtype=np.uint8),
        marks=np.array(marks or [0] * count, dtype=np.int32),
        name=np.full(count, -1, dtype=np.int32),
        names=(),
        first=np.arange(0, 2 * count + 1, 2, dtype=np.int64),
        x=line[:, :, 0].ravel().copy(),
        y=line[:, :, 1].ravel().copy(),
    )


def spots(*told: tuple[int, float] | tuple[int, float, float] | None) -> Spots:
    """Edge, how far along it, and perhaps how far away; None: on no street."""
    rows = [(NOWHERE, np.nan, np.nan) if one is None else (*one, 0.0)[:3] for one in told]
    edge, at, away = np.array(rows, dtype=float).reshape(-1, 3).T
    return Spots(edge.astype(np.int32), at.copy(), away.copy())


def costs_of(there: Sequence[int], back: Sequence[int] | None = None) -> WalkCosts:
    """Costs written out, in decimetres."""
    there_dm = np.array(there, dtype=np.uint32)
    back_dm = there_dm if back is None else np.array(back, dtype=np.uint32)
    return WalkCosts(there_dm, back_dm, 0, is_directed=bool((there_dm != back_dm).any()))


def all_of(places: Spots) -> np.ndarray:
    return np.ones(len(places), dtype=bool)
