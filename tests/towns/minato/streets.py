"""The streets: who meets whom, how wide, how steep, where a bridge or steps are."""

from __future__ import annotations

import heapq
import itertools
import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

import shapely
from shapely import LineString, MultiPoint, Point
from shapely.ops import unary_union
from towns.minato.junctions import junctions
from towns.minato.lines import ISLAND_BRIDGE, MAIN_ROADS, railway, rivers
from towns.minato.outline import LAND, height_m
from towns.minato.plane import Line, Metre, dice_for

_LONGEST_M = 210.0  # of a street inside a town; longer ones only join towns
_LEFT_OUT = 0.24
_STEPS_FROM = 0.2
_STEPS_SHARE = 0.4  # the other steep ways are slopes
_FOOTWAY_SHARE = 0.06
_CROSSING_EVERY_M = 520.0
_BEND_EVERY_M = 150.0
_RANKS = ("trunk", "secondary", "residential", "footway", "steps")


@dataclass(frozen=True, slots=True)
class Street:
    """Between two junctions, by their numbers; ``name`` only of main roads."""

    u: int
    v: int
    kind: str
    name: str = ""
    bridge: bool = False


@dataclass(frozen=True, slots=True)
class Streets:
    """All of them. Heights in metres, one for each junction."""

    nodes: tuple[Metre, ...]
    heights: tuple[float, ...]
    edges: tuple[Street, ...]


Pair = tuple[int, int]


@cache
def streets() -> Streets:
    """The whole network, in one piece."""
    nodes = list(junctions())
    short, long = _candidates(nodes)
    crossings = _crossings(nodes, [*short, *long])
    dry = [p for p in short if p not in crossings]
    kept = _connected(nodes, _thinned(nodes, dry), [*dry, *(p for p in long if p not in crossings)])
    bridges = _bridges(nodes, crossings)
    kept |= bridges
    island = _island_bridge(nodes)
    kept.add(island)
    bent, pairs, over_water = _bent(nodes, sorted(kept), {*bridges, island})
    heights = [height_m(at) for at in bent]
    named = _main_roads(bent, pairs)
    return Streets(
        tuple(bent), tuple(heights), tuple(_ranked(bent, heights, pairs, named, over_water))
    )


def _candidates(nodes: list[Metre]) -> tuple[list[Pair], list[Pair]]:
    """Neighbours that see each other over land: short enough for a street, and the rest."""
    numbers = {at: i for i, at in enumerate(nodes)}
    short, long = [], []
    land = LAND.buffer(-3)
    shapely.prepare(land)
    lines = shapely.delaunay_triangles(MultiPoint(nodes), only_edges=True)
    for line in shapely.get_parts(lines):
        a, b = line.coords
        pair = tuple(sorted((numbers[a], numbers[b])))
        if land.contains(line):
            (short if line.length <= _LONGEST_M else long).append(pair)
    return sorted(short), sorted(long)


def _crossings(nodes: list[Metre], pairs: list[Pair]) -> set[Pair]:
    """Pairs on two banks of a river."""
    water = unary_union([LineString(line) for line in rivers().values()])
    shapely.prepare(water)
    return {p for p in pairs if water.intersects(LineString([nodes[p[0]], nodes[p[1]]]))}


def _thinned(nodes: list[Metre], pairs: list[Pair]) -> set[Pair]:
    """Without diagonals (Gabriel's rule) and without a share of the rest, as towns are."""
    dice = dice_for("streets")
    near: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    kept = set()
    for a, b in pairs:
        middle = ((nodes[a][0] + nodes[b][0]) / 2, (nodes[a][1] + nodes[b][1]) / 2)
        radius = math.dist(nodes[a], nodes[b]) / 2 * 0.999
        third = sorted((near[a] | near[b]) - {a, b})
        if any(math.dist(middle, nodes[c]) <= radius for c in third):
            continue
        if dice.random() > _LEFT_OUT:
            kept.add((a, b))
    return kept


def _connected(nodes: list[Metre], kept: set[Pair], pairs: list[Pair]) -> set[Pair]:
    """With the shortest pairs added that join what was apart."""
    parent = list(range(len(nodes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    joined = set(kept)
    for a, b in sorted(kept):
        parent[root(a)] = root(b)
    for a, b in sorted(pairs, key=lambda p: (round(math.dist(nodes[p[0]], nodes[p[1]]), 1), p)):
        if root(a) != root(b):
            parent[root(a)] = root(b)
            joined.add((a, b))
    return joined


def _bridges(nodes: list[Metre], crossings: set[Pair]) -> set[Pair]:
    """Of all pairs across a river, one in every half kilometre."""
    found = set()
    for line in (LineString(line) for line in rivers().values()):
        best: dict[int, tuple[float, Pair]] = {}
        for pair in sorted(crossings):
            street = LineString([nodes[pair[0]], nodes[pair[1]]])
            if line.intersects(street):
                where = int(line.project(line.intersection(street).centroid) / _CROSSING_EVERY_M)
                best[where] = min(
                    best.get(where, (math.inf, pair)), (round(street.length, 1), pair)
                )
        found |= {pair for length, pair in best.values() if length < 420}
    return found


def _island_bridge(nodes: list[Metre]) -> Pair:
    a, b = (min(range(len(nodes)), key=lambda i: math.dist(nodes[i], at)) for at in ISLAND_BRIDGE)
    return (min(a, b), max(a, b))


def _bent(
    nodes: list[Metre], pairs: list[Pair], bridges: set[Pair]
) -> tuple[list[Metre], list[Pair], set[Pair]]:
    """Long ways get a junction every 150 m and sway a little; bridges stay straight."""
    dice = dice_for("bends")
    bent, found, over = list(nodes), [], set()
    for a, b in pairs:
        length = math.dist(nodes[a], nodes[b])
        pieces = 1 if (a, b) in bridges else max(1, round(length / _BEND_EVERY_M))
        chain = [a]
        for k in range(1, pieces):
            share, sway = k / pieces, 0.12 * length / pieces
            at = (
                round(
                    nodes[a][0] + share * (nodes[b][0] - nodes[a][0]) + dice.uniform(-sway, sway), 1
                ),
                round(
                    nodes[a][1] + share * (nodes[b][1] - nodes[a][1]) + dice.uniform(-sway, sway), 1
                ),
            )
            chain.append(len(bent))
            bent.append(at)
        chain.append(b)
        found += itertools.pairwise(chain)
        if (a, b) in bridges:
            over.add((a, b))
    return bent, found, over


def _main_roads(nodes: list[Metre], pairs: list[Pair]) -> dict[Pair, tuple[str, str]]:
    """The rank and name of every pair on a main road: the straightest way between its waypoints."""
    steps: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for a, b in pairs:
        far = math.dist(nodes[a], nodes[b])
        steps[a].append((b, far))
        steps[b].append((a, far))
    named: dict[Pair, tuple[str, str]] = {}
    for name, (rank, drawn) in MAIN_ROADS.items():
        ideal = LineString(drawn)
        stops = [min(range(len(nodes)), key=lambda i: math.dist(nodes[i], at)) for at in drawn]
        for start, end in itertools.pairwise(stops):
            way = _way(nodes, steps, start, end, ideal)
            for a, b in itertools.pairwise(way):
                named.setdefault((min(a, b), max(a, b)), (rank, name))
    return named


def _way(
    nodes: list[Metre],
    steps: dict[int, list[tuple[int, float]]],
    start: int,
    end: int,
    ideal: LineString,
) -> list[int]:
    came, cost, queue = {start: start}, {start: 0.0}, [(0.0, start)]
    while queue:
        so_far, at = heapq.heappop(queue)
        if at == end:
            break
        if so_far > cost[at]:
            continue
        for there, far in steps[at]:
            total = so_far + far * (1 + (ideal.distance(Point(nodes[there])) / 160) ** 2)
            if total < cost.get(there, math.inf):
                cost[there], came[there] = total, at
                heapq.heappush(queue, (total, there))
    way = [end]
    while came[way[-1]] != way[-1]:
        way.append(came[way[-1]])
    return way


def _ranked(
    nodes: list[Metre],
    heights: list[float],
    pairs: list[Pair],
    named: dict[Pair, tuple[str, str]],
    bridges: set[Pair],
) -> list[Street]:
    dice = dice_for("ranks")
    rails = LineString(railway())
    shapely.prepare(rails)
    found = []
    for a, b in pairs:
        pair = (min(a, b), max(a, b))
        rank, name = named.get(pair, ("", ""))
        length = math.dist(nodes[a], nodes[b])
        footway = dice.random() < _FOOTWAY_SHARE
        if not rank:
            slope = abs(heights[a] - heights[b]) / length
            over_rails = rails.intersects(LineString([nodes[a], nodes[b]]))
            steep = slope > _STEPS_FROM and length < 120 and pair not in bridges
            if steep and dice.random() < _STEPS_SHARE:
                rank = "steps"
            else:
                rank = "footway" if footway or over_rails else "residential"
        found.append(Street(*pair, rank, name, pair in bridges))
    return sorted(found, key=lambda s: (s.u, s.v))


def main_road_lines() -> list[tuple[str, Line]]:
    """Each main road as lines to draw, by name."""
    net = streets()
    by_road: dict[str, list[LineString]] = defaultdict(list)
    for street in net.edges:
        if street.name:
            by_road[street.name].append(LineString([net.nodes[street.u], net.nodes[street.v]]))
    found = []
    for name in MAIN_ROADS:
        merged = shapely.line_merge(shapely.MultiLineString(by_road[name]))
        found += [(name, list(part.coords)) for part in shapely.get_parts(merged)]
    return found
