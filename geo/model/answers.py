"""Answers: what a question about the town returns, the same to web, paper, terminal, notebook.

Geometries are GeoJSON geometry objects (dicts) in EPSG:4326, longitude first. Everything here has
already passed the audience's view; nothing in it needs hiding.

What a page holds thousands of (entries, flags) is a ``msgspec.Struct``: as frozen as a dataclass,
and made several times faster.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec

from geo.model.audience import Audience, Medium, Newcomers, Placed, Precision, Status
from geo.model.change import RecordChange
from geo.model.ground_answer import Ground
from geo.model.outside_tiles import OutsideTiles
from geo.model.people import PeopleLoaded
from geo.model.pin import PlacingCounts
from geo.model.problem import Problem
from geo.model.timing import Timing

GeoJson = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TownInfo:
    """What pages say about the town itself."""

    code: str
    name: str
    word: str
    contact: str | None
    public_url: str | None


@dataclass(frozen=True, slots=True)
class LevelInfo:
    """A kind of boundary."""

    id: str
    title: str
    tier: int | None
    source: str
    licence: str
    as_of: date


@dataclass(frozen=True, slots=True)
class AreaInfo:
    """An area as a page names it. ``drawn`` is false where nobody has drawn its boundary."""

    level: str
    level_title: str
    code: str
    name: str
    kana: str | None
    contact: str | None
    drawn: bool


@dataclass(frozen=True, slots=True)
class Straddle:
    """A share (0..1, of this area) that lies in an area of another level."""

    level: str
    level_title: str
    code: str
    name: str
    share: float


@dataclass(frozen=True, slots=True)
class AreaOutline:
    """An area drawn on somebody's map: a neighbour or a sub-area. ``treasures`` counts entries."""

    area: AreaInfo
    outline: GeoJson | None
    treasures: int
    share: float | None = None


@dataclass(frozen=True, slots=True)
class LayerInfo:
    """A layer as legend, filter and credit name it. ``count`` = entries on this page."""

    id: str
    title: str
    symbol: str
    color: str
    order: int
    count: int
    source: str
    licence: str
    as_of: date


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One treasure in the list (and, where it has a place, on a flag).

    ``mark`` is what flag, list and paper share (通23). ``fields`` are the manifest's ``[show]`` as
    label and text, empty values left out. ``search`` is folded text (see ``geo.folding``) over
    exactly what this audience sees of the record. ``flag`` is the index of its flag, or None.
    ``schedule``, ``venue``, ``for_whom`` and ``fee`` are as written where ``[show]`` names them,
    else None: a wall and a paper have a fixed place for them, and say no more than the list.
    ``timing`` is what is known of its days besides the text; None for most.
    """

    mark: str
    number: int
    layer: str
    name: str
    kana: str | None
    status: Status
    newcomers: Newcomers | None
    functions: tuple[str, ...]
    meaning: str | None
    fields: tuple[tuple[str, str], ...]
    precision: Precision
    placed: Placed | None
    search: str
    flag: int | None
    schedule: str | None = None
    venue: str | None = None
    for_whom: str | None = None
    fee: str | None = None
    timing: Timing | None = None


class Flag(msgspec.Struct, frozen=True, gc=False):
    """One flag on the map: a place and the entries that share it (numbers, ascending).

    ``approximate`` marks a place known only to its block: drawn hollow.
    """

    lon: float
    lat: float
    numbers: tuple[int, ...]
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class BackdropFeature:
    """A quiet feature under the flags."""

    layer_title: str
    color: str
    name: str
    geometry: GeoJson


@dataclass(frozen=True, slots=True)
class AreaLink:
    """An entry of the area switch."""

    level: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class AreaMembers:
    """The treasures (numbers, ascending) of a map that lie in one area of the next finer level."""

    area: AreaLink
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """A level with its areas, for the area and level switch."""

    level: LevelInfo
    areas: tuple[AreaLink, ...]


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area in a list: ``otakara areas``, the town overview, the list of a level.

    ``treasures`` (layer to count) holds only layers of which something was found. ``overlaps`` are
    all shares from 1 %, of every other level; ``straddles`` what a page says of the area, as in
    :class:`geo.model.map_answer.MapAnswer`.
    """

    municipality: str
    area: AreaInfo
    treasures: dict[str, int]
    overlaps: tuple[Straddle, ...]
    outline: GeoJson | None = None
    people: int | None = None
    people_65: int | None = None
    straddles: tuple[Straddle, ...] = ()


@dataclass(frozen=True, slots=True)
class TownAnswer:
    """The town overview, or the list of one level when ``level`` is set.

    ``homeless`` are entries that belong to no area of any level (no place, no declared area).
    ``ground`` and ``outside_tiles`` are as in :class:`geo.model.map_answer.MapAnswer`.
    """

    town: TownInfo
    audience: Audience
    medium: Medium
    today: date
    as_of: date | None
    level: LevelInfo | None
    choices: tuple[LevelChoice, ...]
    rows: tuple[AreaRow, ...]
    layers: tuple[LayerInfo, ...]
    homeless: tuple[Entry, ...]
    backdrops: tuple[BackdropFeature, ...]
    credits: tuple[str, ...]
    bounds: tuple[float, float, float, float] | None
    hidden_count: int | None = None
    ground: Ground | None = None
    outside_tiles: OutsideTiles | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """How a load changed one layer or level: new / changed / unchanged / ended."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: int = 0
    ended: tuple[str, ...] = ()

    def as_json(self) -> dict[str, int]:
        """The stable shape of ``load --json``."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "ended": len(self.ended),
        }


@dataclass(frozen=True, slots=True)
class StreetsLoaded:
    """The streets that stand after a load.

    ``largest_share`` (0..1) of the nodes lie in the largest connected piece; None where nothing was
    read, because the files are those that stand.
    """

    title: str
    nodes: int
    edges: int
    length_m: float
    components: int
    largest_share: float | None = None
    is_new: bool = False
    is_backfill: bool = False
    is_ended: bool = False

    def as_json(self) -> dict[str, int]:
        """The stable shape of ``load --json``."""
        return {"nodes": self.nodes, "edges": self.edges}


@dataclass(frozen=True, slots=True)
class LoadAnswer:
    """What a load did. Names in ``Changes`` are record names, for the clerk's terminal only.

    ``changes`` are the records and cells that differ from what stood before, of layers that stood
    before; ``since`` says for each such layer the dates of the two lists. ``is_dry_run``: nothing
    was written, and ``refused_ja`` is what a load would have said instead of loading.
    ``backfilled`` lists layers and levels whose ``as_of`` was older than what stands: kept as
    history, never current. ``notes`` are Japanese sentences to look at: a 番号 that was not free, a
    ledger that could not be written. ``problems`` are the faults that did not stop the load:
    warnings, and the errors of rows that were left out. ``places`` counts how the records whose
    list gives no coordinates were placed. ``streets`` and ``people`` are None where the town has
    none.
    """

    layers: dict[str, Changes]
    levels: dict[str, Changes]
    backfilled: tuple[str, ...]
    skipped_rows: int
    seconds: float
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    places: PlacingCounts = field(default_factory=PlacingCounts)
    changes: tuple[RecordChange, ...] = ()
    since: Mapping[str, tuple[date, date]] = field(default_factory=dict)
    is_dry_run: bool = False
    refused_ja: str | None = None
    streets: StreetsLoaded | None = None
    people: PeopleLoaded | None = None

    def as_json(self) -> dict[str, Any]:
        """The stable shape of ``load --json``."""
        backfilled = [*self.backfilled]
        if self.streets is not None and self.streets.is_backfill:
            backfilled.append("streets")
        if self.people is not None and self.people.is_backfill:
            backfilled.append("people")
        return {
            "layers": {k: c.as_json() for k, c in self.layers.items()},
            "levels": {k: c.as_json() for k, c in self.levels.items()},
            "people": self.people.as_json() if self.people else {"rows": 0, "total": 0},
            "streets": self.streets.as_json() if self.streets else {"nodes": 0, "edges": 0},
            "backfilled": backfilled,
            "skipped_rows": self.skipped_rows,
            "places": {**self.places.as_json(), "unplaced": self.places.unplaced},
            "notes": list(self.notes),
            "changes": [change.as_json() for change in self.changes],
            "changes_for": Audience.COORDINATOR.word,
            "dry_run": self.is_dry_run,
            "refused": self.refused_ja,
            "seconds": round(self.seconds, 3),
        }
