"""An OpenStreetMap file (``.osm.pbf``, ``.osm.gz``, ``.osm.bz2``, ``.osm``), read by libosmium.

What a town needs is chosen in C++; Python sees only that, one thing at a time, and keeps numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.intake.features import UnreadableFileError, stop, warning
from geo.model.ground import GroundItem
from geo.model.problem import Problem
from geo.network.way_table import WayTable
from geo.street_intake.coast import Box, BrokenCoastError
from geo.street_intake.ground_gathering import GroundGathering
from geo.street_intake.ground_kinds import LINE_KEYS, SURFACE_KEYS
from geo.street_intake.landmark_kinds import LANDMARK_KEYS
from geo.street_intake.osm_size import check_size
from geo.street_intake.reading_pace import ReadingPace
from geo.street_intake.street_kinds import street_kind, street_marks
from geo.street_intake.street_source import Tell
from geo.street_intake.tag_names import name_of
from geo.street_intake.walkable import is_walkable, shuts_out
from geo.street_intake.way_columns import WayColumns

if TYPE_CHECKING:
    import osmium
    from osmium import BaseFilter
    from osmium.osm.types import Area, NodeRefList

Vertices = tuple[list[int], list[float], list[float]]
"""Numbers, longitudes and latitudes of the nodes of a line."""

_FORMATS = {".pbf": "pbf", ".gz": "osm.gz", ".bz2": "osm.bz2", ".osm": "osm"}
_STREET_KEYS = ("highway", "railway", "public_transport", "man_made")
_NOWHERE = 2**31 - 1  # how libosmium writes the position of a node that is not in the file
_UNITS_PER_DEGREE = 10_000_000


class OsmFile:
    """One file of OpenStreetMap.

    Parameters
    ----------
    path : Path
    shown : str
        Its name as the clerk knows it.
    problems : list of Problem
        What is wrong is added here, each thing once.
    """

    def __init__(self, path: Path, shown: str, problems: list[Problem]) -> None:
        self._path = path
        self._shown = shown
        self._problems = problems

    def ways(self, tell: Tell) -> WayTable:
        """The ways one may walk; none where the file cannot be read."""
        columns, shut = WayColumns(), set[int]()
        broken = 0
        pace = ReadingPace(tell, "道を読んでいます", "本")
        try:
            for thing in self._chosen(_STREET_KEYS, _STREET_KEYS, ("barrier",)):
                if thing.is_node():
                    if shuts_out(dict(thing.tags)):
                        shut.add(thing.id)
                    continue
                if thing.is_area() and thing.from_way():
                    continue
                tags = dict(thing.tags)
                if not is_walkable(tags):
                    continue
                pace.step()
                kind = street_kind(tags)
                assert kind is not None
                for nodes in _lines(thing):
                    runs = _runs(nodes)
                    broken += len(nodes) != sum(len(run[0]) for run in runs)
                    for run in runs:
                        columns.add(*run, kind, street_marks(tags), name_of(tags))
        except UnreadableFileError as error:
            self._say(error.problem)
            return WayColumns().table()
        pace.done()
        self._say_cut(broken)
        if not len(columns):
            self._say(
                warning(
                    self._shown,
                    "no-walkable-ways",
                    "歩ける道が1本もありません。道（highway）の入ったデータか確かめてください。",
                )
            )
        return columns.table(shut)

    def items(self, tell: Tell) -> Iterator[GroundItem]:
        """The base map: shapes as they come, then the sea, then the names."""
        gathering = GroundGathering()
        pace = ReadingPace(tell, "地図を読んでいます", "件")
        broken = whole = 0
        try:
            surfaces = tuple({*SURFACE_KEYS, *LANDMARK_KEYS})
            wanted = self._many_parted(surfaces)
            for thing in self._chosen(LINE_KEYS, surfaces, LANDMARK_KEYS):
                pace.step()
                tags = dict(thing.tags)
                if thing.is_node():
                    gathering.point(tags, thing.lon, thing.lat)
                elif thing.is_area():
                    whole += not thing.from_way()
                    yield from gathering.surface(tags, _surface_wkb(thing))
                else:
                    runs = _runs(thing.nodes)
                    broken += len(thing.nodes) != sum(len(run[0]) for run in runs)
                    for run in runs:
                        yield from gathering.line(tags, *run)
            box = self._box()
        except UnreadableFileError as error:
            self._say(error.problem)
            return
        try:
            yield from gathering.sea(box)
        except BrokenCoastError:
            self._say(
                warning(
                    self._shown,
                    "coast-broken",
                    "海岸線が途中で切れているか、向きが正しくないので、海はかきません。"
                    "海まで入るように切り出したデータに替えると、かけます。",
                )
            )
        yield from gathering.names()
        pace.done()
        self._say_cut(broken)
        if wanted > whole:
            self._say(
                warning(
                    self._shown,
                    "surface-not-whole",
                    f"池・林・公園などの面 {wanted - whole:,} 件は、データの範囲の外に続いているか、"
                    "形がこわれているので、かきません。",
                )
            )

    def _chosen(
        self, line_keys: tuple[str, ...], surface_keys: tuple[str, ...], node_keys: tuple[str, ...]
    ) -> Iterator[Any]:
        """Nodes, ways and areas with one of the keys. Each is gone when the next one comes."""
        import osmium
        from osmium.filter import EntityFilter, KeyFilter
        from osmium.osm import AREA, NODE, WAY

        filters: list[BaseFilter] = [EntityFilter(NODE | WAY | AREA)]
        for keys, entity in ((node_keys, NODE), (line_keys, WAY), (surface_keys, AREA)):
            filters.append(KeyFilter(*keys))
            filters[-1].enable_for(entity)

        def read(file: osmium.io.File) -> Iterable[Any]:
            processor = osmium.FileProcessor(file).with_areas(*_many_parted_filters(surface_keys))
            for chosen in filters:
                processor.with_filter(chosen)
            return processor

        yield from self._guarded(read)

    def _many_parted(self, keys: tuple[str, ...]) -> int:
        """How many surfaces are made of several lines, whether they are whole or not."""
        import osmium
        from osmium.osm import RELATION

        def read(file: osmium.io.File) -> Iterable[Any]:
            processor = osmium.FileProcessor(file, RELATION)
            for chosen in _many_parted_filters(keys):
                processor.with_filter(chosen)
            return processor

        return sum(1 for _ in self._guarded(read))

    def _box(self) -> Box | None:
        """What the file says it covers."""
        import osmium

        with osmium.io.Reader(self._file(), osmium.osm.NOTHING) as reader:
            box = reader.header().box()
        if not box.valid():
            return None
        low, high = box.bottom_left, box.top_right
        return low.lon, low.lat, high.lon, high.lat

    def _file(self) -> osmium.io.File:
        import osmium

        # An absolute path: libosmium would fetch what begins with "http:", and "-" is a pipe.
        return osmium.io.File(str(self._path.absolute()), _FORMATS[self._path.suffix.lower()])

    def _guarded(self, read: Callable[[osmium.io.File], Iterable[Any]]) -> Iterator[Any]:
        """Every fault of the file as the one error that says so."""
        if self._path.suffix.lower() not in _FORMATS:
            stop(
                self._shown,
                "data-kind",
                "OpenStreetMap のファイル（.osm.pbf など）ではありません。",
            )
        check_size(self._path, self._shown)
        try:
            yield from read(self._file())
        except (RuntimeError, ValueError) as error:
            stop(
                self._shown,
                "osm-broken",
                "OpenStreetMap のデータとして読めません。途中で切れているか、別の種類のファイルです。"
                "もう一度もらい直してください。",
                value=str(error).strip(),
            )

    def _say_cut(self, lines: int) -> None:
        if lines:
            self._say(
                warning(
                    self._shown,
                    "street-cut-at-edge",
                    f"線 {lines:,} 本は、点の一部がデータに入っていないので、ある所だけを読みました。",
                )
            )

    def _say(self, problem: Problem) -> None:
        if problem not in self._problems:
            self._problems.append(problem)


def _many_parted_filters(keys: tuple[str, ...]) -> list[BaseFilter]:
    from osmium.filter import KeyFilter, TagFilter

    return [TagFilter(("type", "multipolygon")), KeyFilter(*keys)]


def _lines(thing: Any) -> Iterator[NodeRefList]:
    """The line of a way; the rims of a square."""
    if not thing.is_area():
        yield thing.nodes
        return
    for outer in thing.outer_rings():
        yield outer
        yield from thing.inner_rings(outer)


def _runs(nodes: NodeRefList) -> list[Vertices]:
    """The parts of a line whose nodes are in the file, of two vertices at least."""
    read = [(node.ref, node.x, node.y) for node in nodes]
    runs: list[Vertices] = []
    start = 0
    for end in range(len(read) + 1):
        if end < len(read) and read[end][1] != _NOWHERE:
            continue
        if end - start >= 2:
            part = read[start:end]
            runs.append(
                (
                    [ref for ref, _, _ in part],
                    [x / _UNITS_PER_DEGREE for _, x, _ in part],
                    [y / _UNITS_PER_DEGREE for _, _, y in part],
                )
            )
        start = end + 1
    return runs


def _surface_wkb(area: Area) -> bytes:
    from osmium.geom import WKBFactory

    return bytes.fromhex(WKBFactory().create_multipolygon(area))
