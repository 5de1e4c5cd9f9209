"""What holds for every file with OpenStreetMap's tags, however it is packed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator

from geo.intake.features import UnreadableFileError
from geo.model.ground import GroundItem
from geo.network.way_table import WayTable
from geo.street_intake.coast import Box, BrokenCoastError
from geo.street_intake.ground_gathering import GroundGathering
from geo.street_intake.ground_kinds import LINE_KEYS, SURFACE_KEYS
from geo.street_intake.landmark_kinds import LANDMARK_KEYS
from geo.street_intake.reading_pace import ReadingPace
from geo.street_intake.reporting_file import ReportingFile
from geo.street_intake.street_kinds import STREET_KEYS, street_kind, street_marks
from geo.street_intake.street_source import Tell
from geo.street_intake.tag_names import name_of
from geo.street_intake.tagged_things import TaggedLine, TaggedPoint, TaggedSurface, TaggedThing
from geo.street_intake.walkable import is_walkable, shuts_out
from geo.street_intake.way_columns import WayColumns

_GROUND_KEYS = tuple({*SURFACE_KEYS, *LANDMARK_KEYS})


class TaggedSource(ReportingFile):
    """One file with OpenStreetMap's tags."""

    def ways(self, tell: Tell) -> WayTable:
        """The ways one may walk; none where the file cannot be read."""
        columns, shut = WayColumns(), set[int]()
        cut = 0
        pace = ReadingPace(tell, "道を読んでいます", "本")
        try:
            for thing in self._things(STREET_KEYS, STREET_KEYS, ("barrier",)):
                if isinstance(thing, TaggedPoint):
                    if shuts_out(thing.tags):
                        shut.add(thing.number)
                    continue
                # A closed way comes as a line, too; a square of several lines does not.
                if isinstance(thing, TaggedSurface) and not thing.is_many_parted:
                    continue
                kind = street_kind(thing.tags)
                if kind is None or not is_walkable(thing.tags):
                    continue
                pace.step()
                cut += isinstance(thing, TaggedLine) and thing.is_cut
                for run in thing.runs if isinstance(thing, TaggedLine) else thing.rims():
                    columns.add(run, kind, street_marks(thing.tags), name_of(thing.tags))
        except UnreadableFileError as error:
            self._say(error.problem)
            return WayColumns().table()
        pace.done()
        self._say_cut(cut)
        if not len(columns):
            self._warn(
                "no-walkable-ways",
                "歩ける道が1本もありません。道（highway）の入ったデータか確かめてください。",
            )
        return columns.table(shut)

    def items(self, tell: Tell) -> Iterator[GroundItem]:
        """The base map: shapes as they come, then the sea, then the names."""
        gathering = GroundGathering()
        pace = ReadingPace(tell, "地図を読んでいます", "件")
        cut = whole = 0
        try:
            many_parted = self._many_parted(_GROUND_KEYS)
            for thing in self._things(LINE_KEYS, _GROUND_KEYS, LANDMARK_KEYS):
                pace.step()
                if isinstance(thing, TaggedPoint):
                    gathering.point(thing)
                elif isinstance(thing, TaggedLine):
                    cut += thing.is_cut
                    yield from gathering.line(thing)
                elif (geometry_wkb := thing.wkb()) is not None:
                    whole += thing.is_many_parted
                    yield from gathering.surface(thing.tags, geometry_wkb)
            box = self._box()
        except UnreadableFileError as error:
            self._say(error.problem)
            return
        try:
            yield from gathering.sea(box)
        except BrokenCoastError:
            self._warn(
                "coast-broken",
                "海岸線が途中で切れているか、向きが正しくないので、海はかきません。"
                "海まで入るように切り出したデータに替えると、かけます。",
            )
        yield from gathering.names()
        pace.done()
        self._say_cut(cut)
        if many_parted > whole:
            self._warn(
                "surface-not-whole",
                f"池・林・公園などの面 {many_parted - whole:,} 件は、データの範囲の外に続いているか、"
                "形がこわれているので、かきません。面を切らずに切り出したデータに替えると、かけます。",
            )

    @abstractmethod
    def _things(
        self, line_keys: tuple[str, ...], surface_keys: tuple[str, ...], node_keys: tuple[str, ...]
    ) -> Iterator[TaggedThing]:
        """Points, lines and surfaces with one of the keys.

        Raises
        ------
        UnreadableFileError
            When the file cannot be read (any further).
        """

    @abstractmethod
    def _many_parted(self, keys: tuple[str, ...]) -> int:
        """How many surfaces are made of several lines, whether they are whole or not."""

    @abstractmethod
    def _box(self) -> Box | None:
        """What the file says it covers."""

    def _say_cut(self, lines: int) -> None:
        if lines:
            self._warn(
                "street-cut-at-edge",
                f"線 {lines:,} 本は、点の一部がデータに入っていないので、ある所だけを読みました。",
            )
