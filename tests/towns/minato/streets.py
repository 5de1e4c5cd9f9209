"""The streets: roads as drawn, small streets between them, bridges, a tunnel; 7,981 junctions."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from shapely import LineString, STRtree
from shapely.geometry.base import BaseGeometry
from towns.minato.crossroads import crossroads
from towns.minato.lines import ISLAND_BRIDGE, railway, rivers
from towns.minato.outline import height_m
from towns.minato.plane import Metre, dice_for
from towns.minato.road_lines import TUNNEL, TUNNEL_NAME
from towns.minato.roads import RoadPart, riverside, road_parts, sampled
from towns.minato.small_streets import Pair, small_streets

JUNCTIONS = 7981
_BANKS_M = 12.0
"""Nearer than this to the middle of a river a road is on its bridge."""
_STATION_WALK: tuple[Metre, Metre] = ((6995, 6990), (7150, 6960))
"""The footbridge over the rails, from one side of the station to the other."""


@dataclass(frozen=True, slots=True)
class Street:
    """Between two junctions, by their numbers; ``name`` only of roads that have one.

    A street with a ``layer`` is joined to nothing but at its ends: a bridge, a tunnel.
    """

    u: int
    v: int
    kind: str = ""
    name: str = ""
    layer: int = 0

    @property
    def pair(self) -> Pair:
        return (self.u, self.v)


@dataclass(frozen=True, slots=True)
class Net:
    """Junctions in local metres with their heights, and the streets; small ones have no kind."""

    nodes: tuple[Metre, ...]
    heights: tuple[float, ...]
    streets: tuple[Street, ...]

    def line(self, street: Street) -> LineString:
        return LineString([self.nodes[street.u], self.nodes[street.v]])


class _Numbers:
    """A number for every junction, given when it is first asked for."""

    def __init__(self) -> None:
        self.nodes: list[Metre] = []
        self._known: dict[Metre, int] = {}

    def of(self, at: Metre) -> int:
        if at not in self._known:
            self._known[at] = len(self.nodes)
            self.nodes.append(at)
        return self._known[at]

    def nearest(self, at: Metre) -> int:
        return min(range(len(self.nodes)), key=lambda i: (math.dist(self.nodes[i], at), i))


@cache
def net() -> Net:
    """The whole network, in one piece."""
    numbers = _Numbers()
    roads = [*_of_parts(road_parts(), numbers)]
    bank = [*_of_parts((riverside(),), numbers)]
    spanning = _spanning(numbers.nodes, roads, bank)
    roads = [s if s.pair not in spanning else _lifted(s, 1) for s in roads]
    first = len(numbers.nodes)
    for crossroad in crossroads():
        numbers.of(crossroad.at)
    island = _between(numbers, ISLAND_BRIDGE, "secondary", "大島大橋", 1)
    walk = _between(numbers, _STATION_WALK, "footway", "みなと駅自由通路", 1)
    tunnel = _between(numbers, TUNNEL, "secondary", TUNNEL_NAME, -1)
    apart = [island, walk, tunnel]
    small, bridges = small_streets(numbers.nodes, first, [*roads, *bank], apart)
    long = [Street(*pair) for pair in sorted(small - bridges)]
    streets = [*roads, *bank, *apart, *(Street(*pair, layer=1) for pair in sorted(bridges))]
    bent = _bent(numbers, long)
    nodes = tuple(numbers.nodes)
    assert len(nodes) == JUNCTIONS
    everything = sorted([*streets, *bent], key=lambda s: s.pair)
    return Net(nodes, tuple(height_m(at) for at in nodes), tuple(everything))


def _street(a: int, b: int, kind: str = "", name: str = "", layer: int = 0) -> Street:
    return Street(min(a, b), max(a, b), kind, name, layer)


def _lifted(street: Street, layer: int) -> Street:
    return Street(street.u, street.v, street.kind, street.name, layer)


def _of_parts(parts: Iterable[RoadPart], numbers: _Numbers) -> list[Street]:
    found: dict[Pair, Street] = {}
    for part in parts:
        for a, b in itertools.pairwise(numbers.of(at) for at in sampled(part)):
            if a != b:
                street = _street(a, b, part.kind, part.name)
                found.setdefault(street.pair, street)
    return list(found.values())


def _between(
    numbers: _Numbers, ends: tuple[Metre, Metre], kind: str, name: str, layer: int
) -> Street:
    return _street(*(numbers.nearest(at) for at in ends), kind, name, layer)


def _spanning(nodes: list[Metre], roads: list[Street], bank: list[Street]) -> set[Pair]:
    """Roads that cross a river, the path on its bank or the rails: they go over them."""
    under: list[BaseGeometry] = [LineString(line).buffer(_BANKS_M) for line in rivers().values()]
    under += [LineString(railway()), *(LineString([nodes[s.u], nodes[s.v]]) for s in bank)]
    tree = STRtree(under)
    found = set()
    for street in roads:
        line = LineString([nodes[street.u], nodes[street.v]])
        if any(under[i].intersects(line) for i in tree.query(line)):
            found.add(street.pair)
    return found


def _bent(numbers: _Numbers, long: list[Street]) -> list[Street]:
    """The longest small streets get junctions and sway a little, until there are enough."""
    dice = dice_for("bends")
    missing = JUNCTIONS - len(numbers.nodes)
    lengths = {s.pair: math.dist(numbers.nodes[s.u], numbers.nodes[s.v]) for s in long}
    pieces = dict.fromkeys(lengths, 1)
    queue = [(-round(length, 1), pair) for pair, length in lengths.items()]
    heapq.heapify(queue)
    for _ in range(missing):
        _, pair = heapq.heappop(queue)
        pieces[pair] += 1
        heapq.heappush(queue, (-round(lengths[pair] / pieces[pair], 1), pair))
    found = []
    for a, b in sorted(pieces):
        (ax, ay), (bx, by) = numbers.nodes[a], numbers.nodes[b]
        chain = [a]
        for k in range(1, pieces[a, b]):
            share, sway = k / pieces[a, b], 0.1 * lengths[a, b] / pieces[a, b]
            east = ax + share * (bx - ax) + dice.uniform(-sway, sway)
            north = ay + share * (by - ay) + dice.uniform(-sway, sway)
            chain.append(numbers.of((round(east, 1), round(north, 1))))
        found += [_street(*step) for step in itertools.pairwise([*chain, b])]
    return found
