"""Which crossroads are joined by a small street: along the lattice, not across it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import shapely
from shapely import LineString, MultiPoint, STRtree
from shapely.ops import unary_union
from towns.minato.crossroads import Crossroad, crossroads, hilltop
from towns.minato.lines import railway, rivers
from towns.minato.outline import LAND
from towns.minato.plane import Metre, dice_for

if TYPE_CHECKING:
    from towns.minato.streets import Street

Pair = tuple[int, int]
_LONGEST_M = 210.0  # of a street inside a town; longer ones only join towns
_ASKEW_DEG = 24.0
_LEFT_OUT = {"along": 0.07, "across": 0.2, "between": 0.42}
_BANKS_M = 11.0
_CROSSING_EVERY_M = 520.0
_LEVEL_CROSSING_EVERY_M = 330.0


def small_streets(
    nodes: list[Metre], first: int, roads: Sequence[Street], apart: Sequence[Street]
) -> tuple[set[Pair], set[Pair]]:
    """All pairs that are joined beside ``roads``, and those of them that are bridges.

    ``first`` is the number of the first crossroad. ``apart`` cross over or under all others.
    """
    road_pairs = {s.pair for s in roads}
    short, long = _candidates(nodes, roads)
    everything = [*short, *long]
    wet = _crossings(nodes, everything, list(rivers().values()), _BANKS_M)
    rails = _crossings(nodes, everything, [railway()], 0.5)
    dry = [p for p in short if p not in wet and p not in rails]
    far = [p for p in long if p not in wet and p not in rails]
    bridges = _every(nodes, wet - rails, list(rivers().values()), _CROSSING_EVERY_M)
    level = _every(nodes, rails - wet, [railway()], _LEVEL_CROSSING_EVERY_M)
    kept = _chosen(nodes, first, dry) | level
    standing = road_pairs | bridges | {s.pair for s in apart}
    joined = _connected(len(nodes), nodes, kept | standing, [*dry, *far])
    return joined - standing | bridges, bridges


def _candidates(nodes: list[Metre], roads: Sequence[Street]) -> tuple[list[Pair], list[Pair]]:
    """Neighbours that see each other over land and cross no road: short ones, and the rest."""
    numbers = {at: i for i, at in enumerate(nodes)}
    lines = [LineString([nodes[s.u], nodes[s.v]]) for s in roads]
    tree = STRtree(lines)
    on_bridges = _only_on_bridges(roads)
    land = LAND.buffer(-6).difference(hilltop().buffer(-8))
    shapely.prepare(land)
    pairs = {s.pair for s in roads}
    short, long = [], []
    for line in shapely.get_parts(shapely.delaunay_triangles(MultiPoint(nodes), only_edges=True)):
        pair = tuple(sorted(numbers[at] for at in line.coords))
        if pair in pairs or on_bridges & set(pair) or not land.contains(line):
            continue
        if any(line.crosses(lines[i]) for i in tree.query(line)):
            continue
        (short if line.length <= _LONGEST_M else long).append(pair)
    return sorted(short), sorted(long)


def _only_on_bridges(roads: Sequence[Street]) -> set[int]:
    at: dict[int, list[int]] = defaultdict(list)
    for street in roads:
        at[street.u].append(street.layer)
        at[street.v].append(street.layer)
    return {node for node, layers in at.items() if min(layers) > 0}


def _crossings(
    nodes: list[Metre], pairs: list[Pair], lines: list[list[Metre]], banks_m: float
) -> set[Pair]:
    """Pairs on two sides of a river or of the rails, or too near to its middle."""
    barrier = unary_union([LineString(line).buffer(banks_m) for line in lines])
    shapely.prepare(barrier)
    return {p for p in pairs if barrier.intersects(LineString([nodes[p[0]], nodes[p[1]]]))}


def _every(
    nodes: list[Metre], crossings: set[Pair], lines: list[list[Metre]], metres: float
) -> set[Pair]:
    """Of all pairs across a line, the shortest in every stretch of it."""
    found = set()
    for line in (LineString(line) for line in lines):
        best: dict[int, tuple[float, Pair]] = {}
        for pair in sorted(crossings):
            street = LineString([nodes[pair[0]], nodes[pair[1]]])
            if line.intersects(street):
                where = int(line.project(line.intersection(street).centroid) / metres)
                length = (round(street.length, 1), pair)
                best[where] = min(best.get(where, (math.inf, pair)), length)
        found |= {pair for length, pair in best.values() if length < _LONGEST_M}
    return found


def _chosen(nodes: list[Metre], first: int, pairs: list[Pair]) -> set[Pair]:
    """Along a block's own lattice nearly all, across it most, between blocks and roads a half."""
    dice = dice_for("small streets")
    near: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    kept = set()
    for a, b in pairs:
        one, other = _crossroad(a, first), _crossroad(b, first)
        own = one or other
        if own is None:
            continue
        length = math.dist(nodes[a], nodes[b])
        (ax, ay), (bx, by) = nodes[a], nodes[b]
        askew = (math.degrees(math.atan2(by - ay, bx - ax)) - own.turn_deg) % 180
        along, across = min(askew, 180 - askew), abs(askew - 90)
        if one and other and one.block == other.block:
            if min(along, across) > _ASKEW_DEG or length > 1.5 * own.oblong_m:
                continue
            share = _LEFT_OUT["along" if along < across else "across"]
        else:
            middle = ((ax + bx) / 2, (ay + by) / 2)
            third = sorted((near[a] | near[b]) - {a, b})
            if any(math.dist(middle, nodes[c]) <= length / 2 * 0.999 for c in third):
                continue
            share = _LEFT_OUT["between"]
        if dice.random() > share:
            kept.add((a, b))
    return kept


def _crossroad(node: int, first: int) -> Crossroad | None:
    own = node - first
    return crossroads()[own] if 0 <= own < len(crossroads()) else None


def _connected(count: int, nodes: list[Metre], joined: set[Pair], pairs: list[Pair]) -> set[Pair]:
    """With the shortest pairs added that join what was apart."""
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    found = set(joined)
    for a, b in sorted(joined):
        parent[root(a)] = root(b)
    for a, b in sorted(pairs, key=lambda p: (round(math.dist(nodes[p[0]], nodes[p[1]]), 1), p)):
        if root(a) != root(b):
            parent[root(a)] = root(b)
            found.add((a, b))
    return found
