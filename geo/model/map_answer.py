"""The answer behind every treasure map."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.model.answers import (
    AreaInfo,
    AreaOutline,
    BackdropFeature,
    Entry,
    Flag,
    GeoJson,
    LayerInfo,
    LevelChoice,
    LevelInfo,
    Straddle,
    TownInfo,
)
from geo.model.audience import Audience, Medium, Status
from geo.model.ground_answer import Ground
from geo.model.held_days import DayBook
from geo.model.outside_tiles import OutsideTiles
from geo.model.surroundings import AcrossBorder, AlikeArea


@dataclass(frozen=True, slots=True)
class MapAnswer:
    """The treasure map of one area: screen, file, list and paper are drawn from this one object.

    ``straddles`` lists (share >= 5 %) the areas of larger levels over which this area spreads, and
    is empty when it lies in one. ``hidden_count`` is a number only for 担当者だけ: records of this
    area that are counted, never shown. ``as_of`` is the newest date among the layers on the page.
    ``bounds`` is (west, south, east, north) of outline or flags; None when nothing has a place.
    ``across`` is what other areas have within a walk of the border (None: nothing found);
    ``alike`` are areas of the same level that are like this one. ``days`` says on which days the
    entries are held (None: not asked). ``ground`` is the base map (None: the town has no streets);
    its credit is not among ``credits``, which are those of what the answer itself holds.
    ``outside_tiles`` are map pictures from outside that take its place; no question fills it in:
    whoever shows the answer where the town has switched them on does. ``has_coverage``: whether
    questions about walking have an answer, because the town has streets and people.
    """

    town: TownInfo
    level: LevelInfo
    area: AreaInfo
    audience: Audience
    medium: Medium
    today: date
    as_of: date | None
    outline: GeoJson | None
    bounds: tuple[float, float, float, float] | None
    neighbours: tuple[AreaOutline, ...]
    sub_areas: tuple[AreaOutline, ...]
    straddles: tuple[Straddle, ...]
    layers: tuple[LayerInfo, ...]
    entries: tuple[Entry, ...]
    flags: tuple[Flag, ...]
    backdrops: tuple[BackdropFeature, ...]
    functions: tuple[str, ...]
    statuses: tuple[Status, ...]
    credits: tuple[str, ...]
    choices: tuple[LevelChoice, ...]
    hidden_count: int | None = None
    across: AcrossBorder | None = None
    alike: tuple[AlikeArea, ...] = ()
    days: DayBook | None = None
    ground: Ground | None = None
    outside_tiles: OutsideTiles | None = None
    has_coverage: bool = False
