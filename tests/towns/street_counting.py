"""Junctions, streets and stairs counted from the files themselves, by other means than our readers.

Dictionaries and one loop: slow, short, and nothing in common with the arrays of ``geo.network``.
"""

from __future__ import annotations

import gzip
import itertools
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Tags = dict[str, str]
Spot = tuple[float, float]
WALKED = {
    "trunk", "trunk_link", "primary", "primary_link", "secondary", "secondary_link", "tertiary",
    "tertiary_link", "road", "residential", "unclassified", "living_street", "service",
    "pedestrian", "footway", "path", "cycleway", "bridleway", "track", "steps", "corridor",
    "platform",
}  # fmt: skip
SHUT = {
    "no", "private", "customers", "delivery", "agricultural", "forestry", "military", "permit",
    "use_sidepath", "employees", "staff", "restricted", "emergency", "residents", "members",
}  # fmt: skip
OPEN = {
    "yes", "designated", "permissive", "destination", "official", "public",
}  # fmt: skip
WALLS = {
    "fence", "wall", "hedge", "retaining_wall", "city_wall", "guard_rail",
}  # fmt: skip


@dataclass
class Counted:
    """What is in a file: ``shut`` are ways marked private, by their first two vertices."""

    nodes: int = 0
    edges: int = 0
    stairs: int = 0
    ways: int = 0
    shut: list[tuple[Spot, Spot]] = field(default_factory=list)


def count_osm(path: Path) -> Counted:
    """Count an OpenStreetMap file, or an answer of Overpass with node numbers."""
    ways, gates = _overpass(path) if path.name.endswith(".json.gz") else _osm(path)
    counted = Counted()
    used: Counter[int] = Counter()
    ends: set[int] = set()
    arms: Counter[int] = Counter()
    walked: list[tuple[bool, list[int]]] = []
    for tags, nodes, spots in ways:
        numbers = [n for i, n in enumerate(nodes) if i == 0 or n != nodes[i - 1]]
        if len(numbers) < 2:
            continue
        if tags.get("access") == "private" and "foot" not in tags and tags.get("highway") in WALKED:
            counted.shut.append((spots[0], spots[1]))
        if not _may_walk(tags):
            continue
        counted.ways += 1
        walked.append((tags.get("highway") == "steps", numbers))
        used.update(numbers)
        ends |= {numbers[0], numbers[-1]}
        arms.update([numbers[0], numbers[-1], *(n for n in numbers[1:-1] for _ in "ab")])
    closed = {n for n in gates if 0 < arms[n] <= 2}
    met = (ends | {n for n, times in used.items() if times > 1}) - closed
    counted.nodes = len(met) + sum(arms[n] for n in closed)
    for is_stairs, numbers in walked:
        pieces = sum(n in met or n in closed for n in numbers[1:-1]) + 1
        counted.edges += pieces
        counted.stairs += pieces * is_stairs
    return counted


def _may_walk(tags: Tags) -> bool:
    laid = {tags.get("railway"), tags.get("public_transport"), tags.get("man_made")}
    if not WALKED & set(tags.get("highway", "").split(";")) and not laid & {"platform", "pier"}:
        return False
    if tags.get("foot") in OPEN:
        return True
    trains = {tags.get(key) for key in ("train", "subway", "light_rail", "monorail")}
    of_trains = tags.get("railway") == "platform" or (
        tags.get("public_transport") == "platform" and "yes" in trains
    )
    if of_trains and "highway" not in tags and tags.get("tram") != "yes":
        return False
    if tags.get("foot") in SHUT or tags.get("access") in SHUT or tags.get("motorroad") == "yes":
        return False
    return tags.get("expressway") != "yes" or tags.get("sidewalk") in (
        "both",
        "left",
        "right",
        "yes",
    )


def _is_gate(tags: Tags) -> bool:
    barrier = tags.get("barrier", "no")
    if barrier == "no" or tags.get("foot") in OPEN:
        return False
    if tags.get("foot") in SHUT or tags.get("access") in SHUT:
        return True
    return barrier in WALLS or tags.get("locked") == "yes"


Way = tuple[Tags, list[int], list[Spot]]


def _overpass(path: Path) -> tuple[Iterator[Way], set[int]]:
    with gzip.open(path, "rb") as file:
        elements = json.load(file)["elements"]
    return (
        (e.get("tags", {}), e["nodes"], [(p["lon"], p["lat"]) for p in e["geometry"]])
        for e in elements
        if e["type"] == "way"
    ), set()


def _osm(path: Path) -> tuple[Iterator[Way], set[int]]:
    import osmium

    gates: set[int] = set()
    ways: list[Way] = []
    for thing in osmium.FileProcessor(str(path)).with_locations():
        if thing.is_node() and "barrier" in thing.tags and _is_gate(dict(thing.tags)):
            gates.add(thing.id)
        elif thing.is_way() and any(
            key in thing.tags for key in ("highway", "railway", "public_transport", "man_made")
        ):
            ways += [(dict(thing.tags), *run) for run in _runs(thing.nodes)]
    return iter(ways), gates


def _runs(nodes: Iterable[Any]) -> Iterator[tuple[list[int], list[Spot]]]:
    """Where an extract has left nodes out, a way is several."""
    for is_there, some in itertools.groupby(nodes, key=lambda node: node.location.valid()):
        if is_there:
            run = list(some)
            yield [n.ref for n in run], [(n.location.lon, n.location.lat) for n in run]


def count_graphml(path: Path) -> Counted:
    """Count a graph of OSMnx with another library: a street both ways is written twice."""
    import networkx

    with gzip.open(path, "rb") as file:
        graph = networkx.read_graphml(file)
    one_way = sum(said["oneway"] == "True" for _, _, said in graph.edges(data=True))
    both_ways = graph.number_of_edges() - one_way
    return Counted(graph.number_of_nodes(), one_way + both_ways // 2, ways=graph.number_of_edges())
