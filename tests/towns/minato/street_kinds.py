"""What a small street is: a lane, a drive, steps where it is steep, a track on the hills, private."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache

from towns.minato.plane import dice_for
from towns.minato.small_streets import Pair
from towns.minato.streets import Net, Street, net

_STEPS_FROM = 0.2
_STEPS_SHARE = 0.45  # the other steep ways are slopes
_STEPS_LONGEST_M = 120.0
_DRIVE_LONGEST_M = 85.0
_DRIVE_SHARE = 0.55
_FOOTWAY_LONGEST_M = 48.0
_FOOTWAY_SHARE = 0.2
_TRACK_FROM_M = 75.0
_TRACK_SHARE = 0.4
_COUNTRY_M = 76.0
_PRIVATE = 16
_UNPAVED = frozenset({"track", "path"})


@dataclass(frozen=True, slots=True)
class KindStreet:
    """A street and its kind, in the words of OpenStreetMap."""

    street: Street
    kind: str
    private: bool = False

    def properties(self, town: Net) -> dict[str, object]:
        """As the file of streets says it."""
        u, v = self.street.pair
        said: dict[str, object] = {"u": u, "v": v, "highway": self.kind}
        said |= {"h_u": town.heights[u], "h_v": town.heights[v]}
        if self.street.name:
            said["name"] = self.street.name
        if self.street.layer:
            said["bridge" if self.street.layer > 0 else "tunnel"] = "yes"
            said["layer"] = self.street.layer
        if self.private:
            said["access"] = "private"
        if self.kind in _UNPAVED:
            said["surface"] = "ground"
        return said


@cache
def kind_streets() -> tuple[KindStreet, ...]:
    """Every street in the order of its junctions."""
    town = net()
    dice = dice_for("kinds")
    ends = Counter(node for s in town.streets for node in s.pair)
    found = []
    for street in town.streets:
        rolled = dice.random()
        found.append(KindStreet(street, street.kind or _kind(town, street, ends, rolled)))
    private = _private(town, found)
    return tuple(
        KindStreet(one.street, "service", True) if one.street.pair in private else one
        for one in found
    )


def _kind(town: Net, street: Street, ends: Counter[int], rolled: float) -> str:
    length = math.dist(town.nodes[street.u], town.nodes[street.v])
    low, high = sorted((town.heights[street.u], town.heights[street.v]))
    if street.layer:
        return "residential"
    if (high - low) / length > _STEPS_FROM and length < _STEPS_LONGEST_M:
        return "steps" if rolled < _STEPS_SHARE else "residential"
    if 1 in (ends[street.u], ends[street.v]):
        if low > _TRACK_FROM_M and rolled < 2 * _TRACK_SHARE:
            return "track"
        if length < _DRIVE_LONGEST_M and rolled < _DRIVE_SHARE:
            return "service"
    if length < _FOOTWAY_LONGEST_M and rolled < _FOOTWAY_SHARE:
        return "footway"
    if length > _COUNTRY_M:
        return "track" if low > _TRACK_FROM_M and rolled < _TRACK_SHARE else "unclassified"
    return "residential"


def _private(town: Net, found: list[KindStreet]) -> set[Pair]:
    """A few streets nobody may walk; everybody's way round them is open."""
    dice = dice_for("private")
    own = [one.street.pair for one in found if one.kind == "residential" and not one.street.layer]
    closed: set[Pair] = set()
    for pair in dice.sample(own, len(own)):
        if len(closed) == _PRIVATE:
            break
        if _in_one_piece(town, closed | {pair}):
            closed.add(pair)
    return closed


def _in_one_piece(town: Net, closed: set[Pair]) -> bool:
    parent = list(range(len(town.nodes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    pieces = len(parent)
    for street in town.streets:
        a, b = root(street.u), root(street.v)
        if street.pair not in closed and a != b:
            parent[a] = b
            pieces -= 1
    return pieces == 1
