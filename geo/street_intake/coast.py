"""Coastlines -> the sea. A coast has the land to its left and the sea to its right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

# A file cut without the pieces beyond its box ends its coast a little inside; one that names no
# box at all is cut along some line nobody told. Shares of the longer side.
_NEAR_EDGE = 0.03
_NEAR_UNTOLD_EDGE = 0.1
_MOST_MENDED = 2000


class BrokenCoastError(ValueError):
    """The coast does not part the box into land and sea: it ends, or turns round, within."""


@dataclass(slots=True)
class Coast:
    """Collects the pieces of a coast, in any order."""

    pieces: list[tuple[list[int], list[Point]]] = field(default_factory=list)

    def add(self, nodes: Sequence[int], lon: Sequence[float], lat: Sequence[float]) -> None:
        """Add a piece, in its own direction."""
        self.pieces.append((list(nodes), list(zip(lon, lat, strict=True))))

    def sea(self, box: Box, *, told: bool = True) -> BaseGeometry | None:
        """The sea within the box; None where there is none.

        Parameters
        ----------
        box : Box
        told : bool
            Whether the file names the box, or it is only what its lines cover.

        Raises
        ------
        BrokenCoastError
            When the pieces do not say where the sea is.
        """
        import shapely

        chains = _chains(self.pieces)
        rings = [points for nodes, points in chains if nodes[0] == nodes[-1] and len(points) > 3]
        coasts = [points for nodes, points in chains if nodes[0] != nodes[-1]]
        if not told:
            box = _drawn_in(box, coasts)
        crossings = [part for coast in coasts for part in _within(_drawn_out(coast, box), box)]
        land = [ring for ring in rings if _is_counterclockwise(ring)]
        waters = [ring for ring in rings if not _is_counterclockwise(ring)]
        if not crossings and not rings:
            return None
        if crossings:
            sea = shapely.union_all(_polygons(_closed(crossings, box)))
        elif waters:
            sea = shapely.Polygon()
        else:
            sea = shapely.box(*box)
        sea = shapely.union(sea, shapely.union_all(_polygons(waters)))
        sea = shapely.difference(sea, shapely.union_all(_polygons(land)))
        sea = shapely.intersection(sea, shapely.box(*box))
        return None if sea.is_empty else sea


def _chains(
    pieces: Sequence[tuple[list[int], list[Point]]],
) -> list[tuple[list[int], list[Point]]]:
    """Pieces put together where one begins at the node another ends at."""
    begins = {nodes[0]: i for i, (nodes, _) in enumerate(pieces)}
    follows = {i: begins[nodes[-1]] for i, (nodes, _) in enumerate(pieces) if nodes[-1] in begins}
    has_before = set(follows.values())
    heads = [i for i in range(len(pieces)) if i not in has_before]
    left = set(range(len(pieces)))
    chains = []
    for head in [*heads, *range(len(pieces))]:
        if head not in left:
            continue
        nodes, points = list(pieces[head][0]), list(pieces[head][1])
        left.remove(head)
        at = head
        while (at := follows.get(at, -1)) in left:
            left.remove(at)
            nodes += pieces[at][0][1:]
            points += pieces[at][1][1:]
        chains.append((nodes, points))
    return chains


def _polygons(rings: Sequence[Sequence[Point]]) -> list[BaseGeometry]:
    """Valid shapes of rings.

    Raises
    ------
    BrokenCoastError
        When a long ring crosses itself: mending it might take hours.
    """
    import shapely

    shapes = [shapely.Polygon(ring) for ring in rings if len(set(ring)) >= 3]
    if any(len(s.exterior.coords) > _MOST_MENDED and not s.is_valid for s in shapes):
        raise BrokenCoastError("a coast crosses itself")
    return [shapely.make_valid(shape) for shape in shapes]


def _is_counterclockwise(ring: Sequence[Point]) -> bool:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) > 0


def _nearest_edge(point: Point, box: Box) -> tuple[int, float]:
    """Which edge of the box (as it counts them) a point is next to, and how far it is inside."""
    gaps = (point[0] - box[0], point[1] - box[1], box[2] - point[0], box[3] - point[1])
    gap = min(gaps)
    return gaps.index(gap), gap


def _drawn_in(box: Box, coasts: Sequence[Sequence[Point]]) -> Box:
    """The box, its edges drawn in to the ends of the coasts: nobody knows the sea beyond them."""
    near = _NEAR_UNTOLD_EDGE * max(box[2] - box[0], box[3] - box[1])
    for point in (end for coast in coasts for end in (coast[0], coast[-1])):
        edge, gap = _nearest_edge(point, box)
        if 0 < gap <= near:
            west, south, east, north = (point[i % 2] if i == edge else box[i] for i in range(4))
            box = (west, south, east, north)
    return box


def _drawn_out(coast: Sequence[Point], box: Box) -> list[Point]:
    """The coast, its ends drawn out to the edge of the box where that is near."""
    near = _NEAR_EDGE * max(box[2] - box[0], box[3] - box[1])

    def more(point: Point) -> list[Point]:
        edge, gap = _nearest_edge(point, box)
        if not 0 < gap <= near:
            return []
        return [(point[0], box[edge]) if edge % 2 else (box[edge], point[1])]

    return [*more(coast[0]), *coast, *more(coast[-1])]


def _within(points: Sequence[Point], box: Box) -> list[list[Point]]:
    """The parts of a chain inside the box, each from edge to edge.

    Raises
    ------
    BrokenCoastError
        When a part begins or ends away from the edge.
    """
    parts: list[list[Point]] = []
    for a, b in pairwise(points):
        clipped = _clipped(a, b, box)
        if clipped is None:
            continue
        start, end = clipped
        if parts and parts[-1][-1] == start:
            if end != start:
                parts[-1].append(end)
        elif end != start:
            parts.append([start, end])
    for part in parts:
        if not (_is_on_edge(part[0], box) and _is_on_edge(part[-1], box)):
            raise BrokenCoastError("a coast ends inside the box")
    return parts


def _clipped(a: Point, b: Point, box: Box) -> tuple[Point, Point] | None:
    """The part of a segment inside the box (Liang and Barsky), its new ends exactly on the edge."""
    first, last = 0.0, 1.0
    first_edge = last_edge = -1
    dx, dy = b[0] - a[0], b[1] - a[1]
    edges = ((-dx, a[0] - box[0]), (dx, box[2] - a[0]), (-dy, a[1] - box[1]), (dy, box[3] - a[1]))
    for edge, (step, gap) in enumerate(edges):
        if step == 0:
            if gap < 0:
                return None
        elif step < 0 and gap / step > first:
            first, first_edge = gap / step, edge
        elif step > 0 and gap / step < last:
            last, last_edge = gap / step, edge
    if first > last:
        return None

    def at(share: float, edge: int, plain: Point) -> Point:
        if edge < 0:
            return plain
        x, y = a[0] + share * dx, a[1] + share * dy
        return ((box[0], y), (box[2], y), (x, box[1]), (x, box[3]))[edge]

    return at(first, first_edge, a), at(last, last_edge, b)


def _is_on_edge(point: Point, box: Box) -> bool:
    return point[0] in {box[0], box[2]} or point[1] in {box[1], box[3]}


def _turn(point: Point, box: Box) -> float:
    """How far round the edge a point is, clockwise from the north-west corner, 0 to 4."""
    west, south, east, north = box
    x, y = point
    along, up = (x - west) / (east - west), (y - south) / (north - south)
    if y == north:
        return along
    if x == east:
        return 1 + (1 - up)
    if y == south:
        return 2 + (1 - along)
    return 3 + up


def _closed(crossings: Sequence[Sequence[Point]], box: Box) -> list[list[Point]]:
    """Rings of water: along a coast, then clockwise along the edge to where the next begins.

    Raises
    ------
    BrokenCoastError
        When two coasts end, or begin, next to each other on the edge.
    """
    west, south, east, north = box
    corners = ((west, north), (east, north), (east, south), (west, south))
    marks = sorted(
        [(_turn(part[0], box), 1, i) for i, part in enumerate(crossings)]
        + [(_turn(part[-1], box), 0, i) for i, part in enumerate(crossings)]
    )
    following: dict[int, int] = {}
    for (_, is_begin, part), (_, next_is_begin, next_part) in zip(
        marks, marks[1:] + marks[:1], strict=True
    ):
        if is_begin == next_is_begin:
            raise BrokenCoastError("two coasts run against each other")
        if not is_begin:
            following[part] = next_part
    rings = []
    left = set(following)
    while left:
        at = min(left)
        ring: list[Point] = []
        while at in left:
            left.remove(at)
            ring += crossings[at]
            at, came = following[at], at
            start, stop = _turn(crossings[came][-1], box), _turn(crossings[at][0], box)
            if stop < start:
                stop += 4
            ring += [corners[n % 4] for n in range(1, 8) if start < n < stop]
        rings.append([*ring, ring[0]])
    return rings
