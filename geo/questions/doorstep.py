"""What can be walked to from a doorstep, on which day.

Nobody may be able to read the question again: the point is neither stored nor logged, and no error
names it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from geo.crs import STORAGE_CRS, transformer
from geo.errors import WordsError
from geo.model.answers import AreaInfo, Entry, Flag, LevelInfo
from geo.model.audience import Audience, Medium
from geo.model.coverage_question import CoverageQuestion
from geo.model.doorstep_answer import DoorstepAnswer, Measure, NearPlace
from geo.model.map_answer import MapAnswer
from geo.questions.asked_walk import AskedWalk, asking
from geo.questions.coverage_terms import CoverageTerms, coverage_terms
from geo.questions.entry_list import layer_infos
from geo.questions.flag_sharing import Spot, share_flags
from geo.questions.page_parts import credit_lines
from geo.questions.town_door import open_town
from geo.questions.walkable_places import WalkablePlaces, walkable_places
from geo.questions.walking_shelf import WalkingShelf
from geo.store.reading.layer_rows import read_layers
from geo.store.reading.town_rows import TownRow
from geo.store.reading.walk_rows import read_walk_town
from geo.walking.attaching import attach

if TYPE_CHECKING:
    from sqlalchemy import Connection

Distances = npt.NDArray[np.float64]
Chosen = npt.NDArray[np.bool_]

NAME = "この場所"
_STEP_M = 10
_ANY_DAY = CoverageQuestion(monthly_or_more=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Measured:
    """How far it is to every place: decimetres, infinite beyond the limit; which are straight."""

    measure: Measure
    dm: Distances
    is_straight: Chosen


def doorstep(
    conn: Connection,
    lon: float,
    lat: float,
    *,
    audience: Audience,
    today: date,
    shelf: WalkingShelf | None = None,
    medium: Medium = Medium.PRINT,
) -> DoorstepAnswer:
    """What lies within the town's walking times of a point.

    Along the streets, at the town's speed, on any day: also what is held in some weeks only, or on
    days that nobody has written down. What rests or is over is not told. Straight, and said so,
    where the town has no streets, where none is near the point, and to a place beside no street.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        From ``TownDatabase.connect(audience, medium)``.
    lon, lat : float
        Degrees (EPSG:4326).
    audience : Audience
    today : date
    shelf : WalkingShelf, optional
        Of the town; without one everything is read for this question alone.
    medium : Medium
        Of the connection: a doorstep sheet is paper.

    Raises
    ------
    WordsError
        For what is no place on earth.
    AudienceError, DatabaseError
        As every question does.
    """
    town = open_town(conn, audience, medium)
    point = _metric(town.metric_crs, lon, lat)
    settings = read_walk_town(conn)
    if settings.streets_edition is None:
        layers = read_layers(conn)
        places = walkable_places(conn, layers, today)
        terms = coverage_terms(_ANY_DAY, settings, layers, ())
        away = _straight_dm(places, town.metric_crs, point)
        measured = _Measured(Measure.NO_STREETS, away, np.ones(len(away), dtype=bool))
        return _answer(town, places, terms, measured, (lon, lat), audience, medium, today)
    with asking(
        conn,
        _ANY_DAY,
        audience=audience,
        medium=medium,
        today=today,
        shelf=shelf,
        needs_people=False,
    ) as walk:
        measured = _along_streets(walk, point)
        places = walk.walks.places
        return _answer(town, places, walk.terms, measured, (lon, lat), audience, medium, today)


def _metric(metric_crs: str, lon: float, lat: float) -> tuple[float, float]:
    x = y = math.inf
    if math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) < 90:
        x, y = transformer(STORAGE_CRS, metric_crs).transform(lon, lat)
    if not (math.isfinite(x) and math.isfinite(y)):
        raise WordsError(
            "no place on earth",  # never which
            message_ja="その場所は、地図の上にありません。",
            hint_ja="地図の上で、もう一度えらんでください。",
        )
    return float(x), float(y)


def _along_streets(walk: AskedWalk, point: tuple[float, float]) -> _Measured:
    """By the streets; straight to what lies beside none, and from where none is near."""
    places, settings = walk.walks, walk.settings
    x, y = (np.array([at], dtype=float) for at in point)
    door = attach(walk.ground.streets, x, y, settings.attach_limit_m)
    away = np.hypot(places.x - point[0], places.y - point[1]) * 10
    if not door.known[0]:
        return _Measured(Measure.FAR_FROM_STREETS, away, np.ones(len(away), dtype=bool))
    beside = ~places.spots.known
    dm = np.where(beside, away, math.inf)
    table = places.table(walk.rules, walk.terms.limits_dm[-1])
    _, place, cost = table.pairs(door, ~beside)
    dm[place] = cost
    return _Measured(Measure.STREETS, dm, beside)


def _straight_dm(places: WalkablePlaces, metric_crs: str, point: tuple[float, float]) -> Distances:
    lonlat = np.array(places.lonlat, dtype=float).reshape(-1, 2)
    x, y = transformer(STORAGE_CRS, metric_crs).transform(lonlat[:, 0], lonlat[:, 1])
    return np.asarray(np.hypot(np.asarray(x) - point[0], np.asarray(y) - point[1]) * 10)


def _answer(
    town: TownRow,
    places: WalkablePlaces,
    terms: CoverageTerms,
    measured: _Measured,
    lonlat: tuple[float, float],
    audience: Audience,
    medium: Medium,
    today: date,
) -> DoorstepAnswer:
    """What is within the limits, the nearest first."""
    wanted = {layer.id for layer in terms.layers}
    near: list[NearPlace] = []
    found: list[tuple[Entry, Spot]] = []
    numbers = np.array([entry.number for entry in places.entries])
    # Two groups of one hall are equally far, whatever the last bit of their distance says.
    for at in np.lexsort((numbers, np.rint(measured.dm))).tolist():
        entry, dm = places.entries[at], float(measured.dm[at])
        limit = _first_limit(terms, dm)
        if limit is None or entry.layer not in wanted or entry.number in places.over:
            continue
        minutes = max(1, math.ceil(dm / (10 * terms.speed_m_per_min)))
        metres = max(_STEP_M, round(dm / 10 / _STEP_M) * _STEP_M)
        near.append(NearPlace(entry.number, limit, minutes, metres, bool(measured.is_straight[at])))
        found.append((entry, Spot(entry.number, *places.lonlat[at])))
    flags, flag_of = share_flags(spot for _, spot in found)
    entries = tuple(replace(entry, flag=flag_of[entry.number]) for entry, _ in found)
    return DoorstepAnswer(
        shown=_shown(town, places, terms, entries, flags, audience, medium, today),
        lon=lonlat[0],
        lat=lonlat[1],
        measure=measured.measure,
        speed_m_per_min=terms.speed_m_per_min,
        limits_min=terms.limits,
        near=tuple(near),
        unplaced=sum(places.unplaced.get(layer, 0) for layer in wanted),
    )


def _first_limit(terms: CoverageTerms, dm: float) -> int | None:
    limits = zip(terms.limits, terms.limits_dm, strict=True)
    return next((limit for limit, limit_dm in limits if dm <= limit_dm), None)


def _shown(
    town: TownRow,
    places: WalkablePlaces,
    terms: CoverageTerms,
    entries: tuple[Entry, ...],
    flags: tuple[Flag, ...],
    audience: Audience,
    medium: Medium,
    today: date,
) -> MapAnswer:
    """The treasures found, as an answer that can be drawn."""
    counts = {layer.id: sum(e.layer == layer.id for e in entries) for layer in terms.layers}
    layers = [layer for layer in terms.layers if counts[layer.id]]
    return MapAnswer(
        town=town.info,
        level=LevelInfo("", "", None, "", "", today),
        area=AreaInfo("", "", "", NAME, None, None, drawn=False),
        audience=audience,
        medium=medium,
        today=today,
        as_of=max((layer.as_of for layer in layers), default=None),
        outline=None,
        bounds=None,
        neighbours=(),
        sub_areas=(),
        straddles=(),
        layers=layer_infos(layers, counts),
        entries=entries,
        flags=flags,
        backdrops=(),
        functions=(),
        statuses=(),
        credits=credit_lines(layers),
        choices=(),
        days=places.days,
        ground=town.ground,
    )
