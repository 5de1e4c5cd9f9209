"""An OpenStreetMap file (``.osm.pbf``, ``.osm.gz``, ``.osm.bz2``, ``.osm``), read by libosmium.

What a town needs is chosen in C++; Python sees only that, one thing at a time, and keeps numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from geo.intake.features import stop
from geo.street_intake.coast import Box
from geo.street_intake.osm_size import check_size
from geo.street_intake.tagged_source import TaggedSource
from geo.street_intake.tagged_things import (
    Run,
    TaggedLine,
    TaggedPoint,
    TaggedSurface,
    TaggedThing,
    runs_of,
)

if TYPE_CHECKING:
    import osmium
    from osmium import BaseFilter
    from osmium.osm.types import Area, NodeRefList

_FORMATS = {".pbf": "pbf", ".gz": "osm.gz", ".bz2": "osm.bz2", ".osm": "osm"}
_UNITS_PER_DEGREE = 10_000_000
_MOST_EAST, _MOST_NORTH = 180 * _UNITS_PER_DEGREE, 90 * _UNITS_PER_DEGREE

_Made = TypeVar("_Made")


class OsmFile(TaggedSource):
    """One file of OpenStreetMap."""

    def _things(
        self, line_keys: tuple[str, ...], surface_keys: tuple[str, ...], node_keys: tuple[str, ...]
    ) -> Iterator[TaggedThing]:
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

        things: Iterator[TaggedThing] = self._guarded(read, _tagged)
        yield from things

    def _many_parted(self, keys: tuple[str, ...]) -> int:
        import osmium
        from osmium.osm import RELATION

        def read(file: osmium.io.File) -> Iterable[Any]:
            processor = osmium.FileProcessor(file, RELATION)
            for chosen in _many_parted_filters(keys):
                processor.with_filter(chosen)
            return processor

        return sum(self._guarded(read, lambda _: 1))

    def _box(self) -> Box | None:
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

    def _guarded(
        self, read: Callable[[osmium.io.File], Iterable[Any]], made: Callable[[Any], _Made | None]
    ) -> Iterator[_Made]:
        """What is made of each thing while it is there; every fault of the file as one error."""
        from osmium import InvalidLocationError

        if self._path.suffix.lower() not in _FORMATS:
            stop(
                self._shown,
                "data-kind",
                "OpenStreetMap のファイル（.osm.pbf など）ではありません。",
            )
        check_size(self._path, self._shown)
        try:
            for thing in read(self._file()):
                ready = made(thing)
                if ready is not None:
                    yield ready
        except (RuntimeError, ValueError, InvalidLocationError) as error:
            stop(
                self._shown,
                "osm-broken",
                "OpenStreetMap のデータとして読めません。途中で切れているか、別の種類のファイルです。"
                "もう一度もらい直してください。",
                value=str(error).strip(),
            )


def _tagged(thing: Any) -> TaggedThing | None:
    tags = dict(thing.tags)
    if thing.is_node():
        where = thing.location
        return TaggedPoint(thing.id, tags, where.lon, where.lat) if where.valid() else None
    if thing.is_way():
        return TaggedLine(tags, *_runs(thing.nodes))
    return _surface(tags, thing)


def _many_parted_filters(keys: tuple[str, ...]) -> list[BaseFilter]:
    from osmium.filter import KeyFilter, TagFilter

    return [TagFilter(("type", "multipolygon")), KeyFilter(*keys)]


def _runs(nodes: NodeRefList) -> tuple[list[Run], bool]:
    # Read once: each access makes an object. Not in the file: beyond every degree, as well.
    read = [(node.ref, node.x, node.y) for node in nodes]
    return runs_of(
        [
            (ref, x / _UNITS_PER_DEGREE, y / _UNITS_PER_DEGREE)
            if -_MOST_EAST <= x <= _MOST_EAST and -_MOST_NORTH <= y <= _MOST_NORTH
            else None
            for ref, x, y in read
        ]
    )


def _surface(tags: dict[str, str], area: Area) -> TaggedSurface:
    from osmium import InvalidLocationError
    from osmium.geom import WKBFactory

    def rims() -> list[Run]:
        rings = [ring for o in area.outer_rings() for ring in (o, *area.inner_rings(o))]
        return [run for ring in rings for run in _runs(ring)[0]]

    def wkb() -> bytes | None:
        try:
            return bytes.fromhex(WKBFactory().create_multipolygon(area))
        except (InvalidLocationError, RuntimeError):
            return None

    return TaggedSurface(tags, not area.from_way(), rims, wkb)
