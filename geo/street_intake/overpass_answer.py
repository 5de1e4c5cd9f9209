"""The JSON an Overpass server answers with, checked: elements, their lines, their surfaces."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated, Any

import msgspec

from geo.intake.features import stop
from geo.street_intake.tagged_things import Run, runs_of

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# Every vertex becomes two numbers of Python while the file is read; a town has 2 to 20 MB.
MOST_BYTES = 192 << 20

_NodeNumber = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]


class Position(msgspec.Struct, gc=False):
    """A vertex, in degrees."""

    lat: float
    lon: float

    @property
    def is_on_earth(self) -> bool:
        """Whether the degrees are any."""
        return -90 <= self.lat <= 90 and -180 <= self.lon <= 180


class Member(msgspec.Struct):
    """A part of a relation."""

    type: str
    ref: int
    role: str = ""
    geometry: list[Position | None] | None = None


class Element(msgspec.Struct):
    """A node, a way or a relation."""

    type: str
    id: int
    tags: dict[str, str] = {}
    lat: float | None = None
    lon: float | None = None
    nodes: list[_NodeNumber] | None = None
    geometry: list[Position | None] | None = None
    members: list[Member] | None = None


class _Answer(msgspec.Struct):
    elements: list[Element]
    remark: str | None = None


class OverpassAnswer:
    """An answer, whole. ``remark`` is what the server says about itself."""

    def __init__(self, answer: _Answer) -> None:
        self.remark = answer.remark
        self._elements = {(element.type, element.id): element for element in answer.elements}

    def elements(self) -> Iterator[Element]:
        """Each element once, whatever how often the query asked for it."""
        yield from self._elements.values()

    def runs(self, way: Element) -> tuple[list[Run], bool]:
        """The known parts of a way, and whether any of it is not known.

        Without ``nodes`` nobody could say where ways meet: then nothing is known.
        """
        nodes = way.nodes or []
        positions = way.geometry or [self._position(node) for node in nodes]
        return runs_of(
            [
                (node, p.lon, p.lat)
                if node is not None and p is not None and p.is_on_earth
                else None
                for node, p in zip_longest(nodes, positions)
            ]
        )

    def rims(self, surface: Element) -> list[Run]:
        """The lines round a surface, as far as their nodes are told."""
        members = [self._elements.get(("way", member.ref)) for member in surface.members or []]
        return [run for way in members if way is not None for run in self.runs(way)[0]]

    @staticmethod
    def is_many_parted(element: Element) -> bool:
        """Whether an element is a surface of several lines."""
        return element.type == "relation" and element.tags.get("type") == "multipolygon"

    def surface_wkb(self, element: Element) -> bytes | None:
        """The shape of a closed way or of a relation; None where it is none."""
        import shapely

        if element.type == "way":
            runs, is_cut = self.runs(element)
            if is_cut or len(runs) != 1 or element.tags.get("area") == "no":
                return None
            if len(runs[0].nodes) < 4 or runs[0].nodes[0] != runs[0].nodes[-1]:
                return None
            shape: BaseGeometry = shapely.Polygon(list(zip(runs[0].lon, runs[0].lat, strict=True)))
        else:
            outer, inner = self._rings(element, {"outer", ""}), self._rings(element, {"inner"})
            shape = shapely.difference(shapely.union_all(outer), shapely.union_all(inner))
        # What crosses itself is no surface, as for libosmium; mending it might take hours.
        parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
        if not parts or not all(part.is_valid and part.area > 0 for part in parts):
            return None
        return bytes(shapely.to_wkb(shapely.MultiPolygon(parts)))

    def _rings(self, relation: Element, roles: set[str]) -> list[Any]:
        """What the members of some roles enclose."""
        import shapely

        lines = []
        for member in relation.members or []:
            if member.type != "way" or member.role not in roles:
                continue
            way = self._elements.get(("way", member.ref))
            positions = member.geometry or (way.geometry if way is not None else None) or []
            points = [(p.lon, p.lat) for p in positions if p is not None and p.is_on_earth]
            if len(points) == len(positions) >= 2:
                lines.append(shapely.LineString(points))
        rings = shapely.get_parts(shapely.polygonize(lines))
        return [ring for ring in rings if ring.is_valid]

    def _position(self, node: int) -> Position | None:
        found = self._elements.get(("node", node))
        if found is None or found.lat is None or found.lon is None:
            return None
        return Position(found.lat, found.lon)


def parsed_answer(data: bytes, shown: str) -> OverpassAnswer:
    """The answer in a file.

    Raises
    ------
    UnreadableFileError
        When it is no JSON, or not what Overpass answers.
    """
    try:
        return OverpassAnswer(msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Answer))
    except msgspec.ValidationError as error:
        stop(
            shown,
            "not-overpass",
            "Overpass の答え（elements のある JSON）ではありません。"
            "「[out:json]」と「out geom;」を付けて取り直してください。",
            value=str(error),
        )
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        stop(
            shown,
            "json-broken",
            "JSON として読めません。ファイルが途中で切れていませんか。",
            value=str(error),
        )
