"""Lines that follow the borders of the blocks: a river is where one district ends."""

from __future__ import annotations

import heapq
import itertools
import math
from collections import defaultdict
from functools import cache

from shapely import LineString, Point
from towns.minato.blocks import blocks
from towns.minato.outline import COAST, LAND_BORDER
from towns.minato.plane import Line, Metre

_STRAY_M = 260.0
"""Farther than this from where it is drawn, a metre of river costs double."""


@cache
def _border_steps() -> dict[Metre, list[Metre]]:
    """From every vertex of the block borders to the next ones, without coast and town border."""
    outside = {(round(x, 1), round(y, 1)) for x, y in (*COAST, *LAND_BORDER)}
    steps: dict[Metre, set[Metre]] = defaultdict(set)
    for block in blocks().values():
        ring = [(round(x, 1), round(y, 1)) for x, y in block.shape.exterior.coords]
        for a, b in itertools.pairwise(ring):
            if not (a in outside and b in outside):
                steps[a].add(b)
                steps[b].add(a)
    return {at: sorted(near) for at, near in sorted(steps.items())}


def along_borders(drawn: Line) -> Line:
    """The way along block borders nearest to a drawn line, from its first to its last point."""
    steps = _border_steps()
    ideal = LineString(drawn)
    start = min(steps, key=lambda at: math.dist(at, drawn[0]))
    end = min(steps, key=lambda at: math.dist(at, drawn[-1]))
    came: dict[Metre, Metre] = {start: start}
    cost = {start: 0.0}
    queue = [(0.0, start)]
    while queue:
        so_far, at = heapq.heappop(queue)
        if at == end:
            break
        if so_far > cost[at]:
            continue
        for there in steps[at]:
            stray = ideal.distance(Point(there)) / _STRAY_M
            total = so_far + math.dist(at, there) * (1 + stray * stray)
            if total < cost.get(there, math.inf):
                cost[there] = total
                came[there] = at
                heapq.heappush(queue, (total, there))
    way = [end]
    while came[way[-1]] != way[-1]:
        way.append(came[way[-1]])
    return way[::-1]
