"""Points, lines and surfaces with OpenStreetMap's tags, as a file hands them over one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.street_intake.street_kinds import Tags


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring vertices of a line, two at least: node numbers and degrees."""

    nodes: Sequence[int]
    lon: Sequence[float]
    lat: Sequence[float]


@dataclass(frozen=True, slots=True)
class TaggedPoint:
    """A node."""

    number: int
    tags: Tags
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class TaggedLine:
    """A way. It comes in several runs where nodes of it are not in the file (``is_cut``)."""

    tags: Tags
    runs: Sequence[Run]
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class TaggedSurface:
    """A closed way, or a relation of several lines (``is_many_parted``).

    ``rims`` and ``wkb`` answer until the next thing is read; ``wkb`` is None where the lines
    enclose nothing.
    """

    tags: Tags
    is_many_parted: bool
    rims: Callable[[], Sequence[Run]]
    wkb: Callable[[], bytes | None]


TaggedThing = TaggedPoint | TaggedLine | TaggedSurface


def runs_of(vertices: Sequence[tuple[int, float, float] | None]) -> tuple[list[Run], bool]:
    """The parts of a line whose vertices are known, and whether any is not."""
    runs: list[Run] = []
    start = 0
    for end in range(len(vertices) + 1):
        if end < len(vertices) and vertices[end] is not None:
            continue
        part = [vertex for vertex in vertices[start:end] if vertex is not None]
        if len(part) >= 2:
            nodes, lon, lat = zip(*part, strict=True)
            runs.append(Run(nodes, lon, lat))
        start = end + 1
    return runs, None in vertices
