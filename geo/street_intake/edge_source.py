"""What holds for every file of edges, however it is packed."""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

import numpy as np
import numpy.typing as npt

from geo.intake.features import UnreadableFileError
from geo.model.ground import GroundItem, WayMark
from geo.network.way_table import WayTable, no_ways
from geo.street_intake.both_directions import along_their_lines, once, taken_rows
from geo.street_intake.chosen_ways import is_walkable_edge
from geo.street_intake.edge_nodes import vertex_nodes
from geo.street_intake.edge_rows import EdgeRows
from geo.street_intake.end_heights import settled_heights
from geo.street_intake.ground_gathering import GroundGathering
from geo.street_intake.reading_pace import ReadingPace
from geo.street_intake.reporting_file import ReportingFile
from geo.street_intake.street_kinds import level_of, street_kind, street_marks
from geo.street_intake.street_source import Tell
from geo.street_intake.tagged_things import Run, TaggedLine

_LISTED = 20
_STOREY_MARKS = WayMark.BRIDGE | WayMark.TUNNEL


class EdgeSource(ReportingFile):
    """One file of edges."""

    @abstractmethod
    def _read(self) -> EdgeRows | None:
        """All rows of the file; None where there is nothing to read.

        Raises
        ------
        UnreadableFileError
            When the file cannot be read.
        """

    def _settled(self, rows: EdgeRows) -> EdgeRows:
        """Streets after all rows have been seen: here doubts that only the whole shows are solved."""
        return along_their_lines(rows)

    def ways(self, tell: Tell) -> WayTable:
        """The streets one may walk, each once; none where the file cannot be read."""
        tell("道を読んでいます")
        rows = self._rows
        if rows is None:
            return no_ways()
        rows = taken_rows(rows, np.flatnonzero(_walked(rows)))
        kinds = [street_kind(tags) or 0 for tags in rows.tag_sets]
        marks = [street_marks(tags) for tags in rows.tag_sets]
        storeys: dict[tuple[int, int], int] = {}
        storey = [
            storeys.setdefault((level_of(tags), mark & _STOREY_MARKS), len(storeys))
            for tags, mark in zip(rows.tag_sets, marks, strict=True)
        ]
        tell(f"道を読みました：{len(rows):,}本")
        if not len(rows):
            self._warn(
                "no-walkable-ways",
                "歩ける道が1本もありません。道（highway）の入ったデータか確かめてください。",
            )
        return WayTable(
            first=rows.first,
            lon=rows.lon,
            lat=rows.lat,
            node=vertex_nodes(rows, np.array(storey, dtype=np.int64)[rows.tags]),
            kind=np.array(kinds, dtype=np.uint8)[rows.tags],
            marks=np.array(marks, dtype=np.uint16)[rows.tags],
            name=rows.name,
            length_m=rows.length_m,
            height_first_m=rows.height_start,
            height_last_m=rows.height_end,
            names=rows.names,
        )

    def items(self, tell: Tell) -> Iterator[GroundItem]:
        """Every street of the file, and the names of streets."""
        pace = ReadingPace(tell, "地図を読んでいます", "件")
        rows = self._rows
        if rows is None:
            return
        gathering = GroundGathering()
        nodes = vertex_nodes(rows, np.zeros(len(rows), dtype=np.int64))
        for row in range(len(rows)):
            span = slice(int(rows.first[row]), int(rows.first[row + 1]))
            run = Run(nodes[span].tolist(), rows.lon[span].tolist(), rows.lat[span].tolist())
            tags = rows.tag_sets[rows.tags[row]]
            if rows.name[row] >= 0:
                tags = {**tags, "name": rows.names[rows.name[row]]}
            pace.step()
            yield from gathering.line(TaggedLine(tags, [run]))
        yield from gathering.names()
        pace.done()

    @cached_property
    def _rows(self) -> EdgeRows | None:
        """Every street of the file once, walkable or not; read when first asked for."""
        try:
            rows = self._read()
        except UnreadableFileError as error:
            self._say(error.problem)
            return None
        if rows is None:
            return None
        rows = self._only_streets(rows)
        streets = self._settled(once_each(rows))
        silent, silent_rows = _without_height(streets), _without_height(rows)
        if 0 < silent_rows < len(rows):
            self._warn(
                "street-heights-missing",
                f"端の高さが書かれていない道が {silent:,} 本（{silent_rows:,} 行）あります。"
                "そこでは坂を数えません。",
            )
        settled, several = settled_heights(streets)
        if settled is not streets:
            self._warn(
                "street-heights-contradict",
                f"同じ地点なのに、道によって高さのちがう所が {several:,} か所あります。"
                "どの道の高さともなるべく合うように、地点ごとに1つの高さを選びました。",
            )
        return settled

    def _only_streets(self, rows: EdgeRows) -> EdgeRows:
        """The rows that are streets; of the others it is said what they call themselves."""
        is_street = np.array([street_kind(tags) is not None for tags in rows.tag_sets], dtype=bool)
        counts = np.bincount(rows.tags, minlength=len(is_street))
        others: Counter[str] = Counter()
        for number in np.flatnonzero(~is_street).tolist():
            others[rows.tag_sets[number].get("highway", "")] += int(counts[number])
        for said, count in others.most_common(_LISTED):
            self._warn(
                "street-kind-unknown",
                f"道の種類（highway）「{said[:40]}」の {count:,} 行は、道として読みません。"
                "OpenStreetMap の言葉（residential、footway、steps など）なら読めます。",
                value=said,
            )
        return taken_rows(rows, np.flatnonzero(is_street[rows.tags]))


def once_each(rows: EdgeRows) -> EdgeRows:
    """Every street once; a street that may be walked never hides behind one that may not."""
    return once(rows, _walked(rows))


def _walked(rows: EdgeRows) -> npt.NDArray[np.bool_]:
    """Whether a row may be walked."""
    walked = [is_walkable_edge(tags, tells_foot=rows.tells_foot) for tags in rows.tag_sets]
    return np.array(walked, dtype=bool)[rows.tags]


def _without_height(rows: EdgeRows) -> int:
    return int(np.count_nonzero(np.isnan(rows.height_start) | np.isnan(rows.height_end)))
