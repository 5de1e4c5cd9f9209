"""Small OpenStreetMap files written by hand: numbers, degrees and tags, nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import quoteattr

import shapely

from geo.model.ground import GroundItem, GroundKind, GroundShape, Landmark, LandmarkKind
from geo.model.problem import Problem
from geo.network.way_table import WayTable
from geo.street_intake.osm_file import OsmFile

Tags = Mapping[str, str]


@dataclass
class OsmXml:
    """Nodes stand on a grid of a thousandth of a degree east and north of (135, 35)."""

    nodes: dict[int, tuple[float, float]]
    node_tags: dict[int, Tags] = field(default_factory=dict)
    ways: dict[int, tuple[Sequence[int], Tags]] = field(default_factory=dict)
    relations: dict[int, tuple[Sequence[tuple[int, str]], Tags]] = field(default_factory=dict)
    box: tuple[float, float, float, float] | None = None

    def text(self) -> str:
        lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
        if self.box is not None:
            w, s, e, n = self.box
            lines.append(f'<bounds minlon="{w}" minlat="{s}" maxlon="{e}" maxlat="{n}"/>')
        for number, (x, y) in self.nodes.items():
            place = f'<node id="{number}" lon="{135 + x / 1000:.7f}" lat="{35 + y / 1000:.7f}">'
            lines += [place, *_tags(self.node_tags.get(number, {})), "</node>"]
        for number, (nodes, tags) in self.ways.items():
            refs = [f'<nd ref="{node}"/>' for node in nodes]
            lines += [f'<way id="{number}">', *refs, *_tags(tags), "</way>"]
        for number, (members, tags) in self.relations.items():
            refs = [f'<member type="way" ref="{ref}" role="{role}"/>' for ref, role in members]
            lines += [f'<relation id="{number}">', *refs, *_tags(tags), "</relation>"]
        return "\n".join([*lines, "</osm>"])

    def write(self, folder: Path) -> Path:
        path = folder / "town.osm"
        path.write_text(self.text(), "utf-8")
        return path


def _tags(tags: Tags) -> list[str]:
    return [f"<tag k={quoteattr(key)} v={quoteattr(value)}/>" for key, value in tags.items()]


def read_ways(path: Path) -> tuple[WayTable, list[Problem]]:
    problems: list[Problem] = []
    return OsmFile(path, path.name, problems).ways(lambda _: None), problems


def read_items(path: Path) -> tuple[list[GroundItem], list[Problem]]:
    problems: list[Problem] = []
    return list(OsmFile(path, path.name, problems).items(lambda _: None)), problems


def lines_of(table: WayTable) -> list[tuple[int, ...]]:
    """The node numbers of every way."""
    ends = table.first.tolist()
    return [tuple(table.node[a:b].tolist()) for a, b in pairwise(ends)]


def shapes(items: Sequence[GroundItem], kind: GroundKind) -> list[GroundShape]:
    return [item for item in items if isinstance(item, GroundShape) and item.kind is kind]


def names(items: Sequence[GroundItem], kind: LandmarkKind) -> list[str]:
    return [item.name for item in items if isinstance(item, Landmark) and item.kind is kind]


def geometry(shape: GroundShape) -> shapely.Geometry:
    return shapely.from_wkb(shape.geometry_wkb)
