"""A town's files of streets -> its walking network, and the shapes and names of its base map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import LoadRefusedError
from geo.manifest.streets_file import STREETS_FILE
from geo.model.ground import GroundItem, StreetSources
from geo.model.problem import Problem, Severity
from geo.model.reading import TownReading
from geo.street_intake.far_streets import far_from_town
from geo.street_intake.street_source import StreetSource, Tell

if TYPE_CHECKING:
    from geo.network.street_network import StreetNetwork
    from geo.network.way_table import WayTable


@dataclass(frozen=True, slots=True)
class _Format:
    """Who reads a kind of file. ``is_osm``: its nodes carry the numbers of OpenStreetMap."""

    endings: tuple[str, ...]
    home: str
    name: str
    is_osm: bool = False
    is_table: bool = False


_FORMATS = (
    _Format(
        (".pbf", ".osm", ".osm.gz", ".osm.bz2"),
        "geo.street_intake.osm_file",
        "OsmFile",
        is_osm=True,
    ),
    _Format((".json", ".json.gz"), "geo.street_intake.overpass_file", "OverpassFile", is_osm=True),
    _Format((".graphml", ".graphml.gz"), "geo.street_intake.graphml_file", "GraphmlFile"),
    _Format(
        (".geojson", ".geojson.gz", ".gpkg", ".shp", ".zip"),
        "geo.street_intake.edge_table",
        "EdgeTable",
        is_table=True,
    ),
)


class StreetsReader:
    """Reads what ``boundaries/streets.toml`` names, when it is asked.

    Parameters
    ----------
    reading : TownReading
        Of a town with streets; its boundaries say where they should lie.
    tell : callable
        Told Japanese sentences on the way.
    """

    def __init__(self, reading: TownReading, tell: Tell) -> None:
        town = reading.town
        assert town.streets is not None
        self._town = town
        self._levels = reading.levels
        self._sources: StreetSources = town.streets
        self._tell = tell
        self._found: list[Problem] = []
        self._is_empty = True
        self._formats = [_format_of(path) for path in self._sources.data]
        self._files = [
            self._open(path, kind)
            for path, kind in zip(self._sources.data, self._formats, strict=True)
        ]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every fault found until now; a file that is read twice tells it once."""
        return tuple(dict.fromkeys(self._found))

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The faults that stop a load."""
        return tuple(problem for problem in self.problems if problem.is_error)

    def network(self) -> StreetNetwork | None:
        """The streets one may walk; None where something stands in the way."""
        from geo.network.joining import join_ways
        from geo.network.junctions import build_network
        from geo.street_intake.heights import read_heights

        of_osm: list[WayTable] = []
        others: list[WayTable] = []
        for file, kind in zip(self._files, self._formats, strict=True):
            (of_osm if kind.is_osm else others).append(file.ways(self._tell))
        paths = self._sources.heights
        heights = read_heights(paths, [self._shown(path) for path in paths], self._found)
        if self.errors:
            return None
        joined = [join_ways(of_osm, same_nodes=True)] if of_osm else []
        self._tell("道をつないでいます")
        try:
            network = build_network(
                join_ways([*joined, *others], same_nodes=False),
                self._town.municipality.metric_crs,
                heights if heights.grids else None,
            )
        except LoadRefusedError as refused:
            message_ja = f"{refused.message_ja}{refused.hint_ja}"
            self._refuse("streets-not-measured", message_ja)
            return None
        self._is_empty = network.nodes == 0
        far = far_from_town(self._levels, network)
        self._found += [far] if far is not None else []
        return network

    def items(self) -> Iterator[GroundItem]:
        """Shapes and names, one by one: of the streets' files, then of every ``[[ground]]``."""
        for item in self._items():
            self._is_empty = False
            yield item
        if self._is_empty and not self.errors:
            self._refuse(
                "streets-empty", "道も地形も、1つもありません。ファイルを確かめてください。"
            )

    def _items(self) -> Iterator[GroundItem]:
        for file in self._files:
            yield from file.items(self._tell)
        if self._sources.ground:
            from geo.street_intake.ground_files import read_ground_file

            for ground in self._sources.ground:
                for path in ground.data:
                    yield from read_ground_file(ground, path, self._shown(path), self._found)

    def _refuse(self, code: str, message_ja: str) -> None:
        self._found.append(Problem(Severity.ERROR, STREETS_FILE, message_ja, code))

    def _shown(self, path: Path) -> str:
        return self._town.shown_path(path)

    def _open(self, path: Path, kind: _Format) -> StreetSource:
        more: dict[str, Any] = {}
        if kind.is_table:
            sources = self._sources
            more = {
                "columns": sources.columns,
                "encoding": sources.encoding,
                "crs": sources.crs,
            }
        make = getattr(import_module(kind.home), kind.name)
        found: StreetSource = make(path, self._shown(path), self._found, **more)
        return found


def _format_of(path: Path) -> _Format:
    """Who reads a file; the manifest lets no other name pass."""
    name = path.name.lower()
    return next(kind for kind in _FORMATS if name.endswith(kind.endings))
