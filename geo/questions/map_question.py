"""The treasure map of one area: one answer for screen, file, list and paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from geo.model.answers import AreaOutline, Flag, LevelInfo
from geo.model.audience import Audience, Medium, Status
from geo.model.map_answer import MapAnswer
from geo.questions.across_border import walk_limit_m, walk_window
from geo.questions.area_around import look_around
from geo.questions.entry_list import area_records, layer_infos
from geo.questions.flag_sharing import share_flags
from geo.questions.level_ladder import LevelLadder
from geo.questions.page_days import page_days
from geo.questions.page_parts import area_info, around, choices, credit_lines, straddles
from geo.questions.town_door import find_area, find_level, open_town
from geo.store.reading.area_rows import (
    AreaKey,
    AreaRecord,
    Bounds,
    Shape,
    read_areas,
    read_outlines,
    read_outlines_around,
    read_shares_of,
)
from geo.store.reading.kind_rows import KindRow, read_kinds
from geo.store.reading.layer_rows import read_backdrops, read_layers
from geo.store.reading.town_rows import TownRow, hidden_count

if TYPE_CHECKING:
    from sqlalchemy import Connection

SUB_AREA_SHARE = 0.01
"""From this share on an area counts as lying (partly) in another."""
SIGHT_DEGREES = 0.004
"""About 400 m: how far around the places of an area without outline other areas are shown."""


def treasure_map(
    conn: Connection, *, audience: Audience, medium: Medium, level: str, code: str, today: date
) -> MapAnswer:
    """Everything there is to see of one area.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        From ``TownDatabase.connect(audience, medium)``.
    audience : Audience
        Must be the one of the connection.
    medium : Medium
        Must be the one of the connection.
    level, code : str
        The area.
    today : date
        The day the page is made for; :func:`geo.questions.revision` tells the views' day.

    Returns
    -------
    MapAnswer
        Geometries in EPSG:4326, longitude first, simplified by about a metre.

    Raises
    ------
    NotFoundError
        For an unknown level or area.
    AudienceError
        When the connection belongs to another audience or medium.
    DatabaseError
        When no town has been loaded.
    """
    town = open_town(conn, audience, medium)
    info = find_level(town.levels, level)
    areas = read_areas(conn)
    area = find_area(areas, info, code)
    key = (level, code)
    titles = {other.id: other for other in town.levels}
    ladder = LevelLadder(town.levels, areas.values())

    shares = read_shares_of(conn, level, code)
    finer = ladder.finer(info)
    inside = {
        s.area: s.share
        for s in shares
        if s.other == key and s.area[0] in finer and s.share >= SUB_AREA_SHARE and s.area in areas
    }
    shapes = read_outlines_around(conn, level, code, inside)
    every_layer = read_layers(conn)
    records = area_records(conn, level, code, every_layer)
    layers = records.layers
    flags, flag_of = share_flags(records.spots())
    entries = records.entries(flag_of)

    bounds = _bounds(shapes.get(key), flags)
    if key not in shapes and bounds:  # nobody has drawn it: what lies around its places
        shapes |= _in_sight(read_outlines(conn, level), bounds)
    beside = [k for k in areas if k in shapes and k[0] == level and k != key]
    own = shapes.get(key)
    others = [k for k in areas if k[0] == level and k != key]
    kinds = read_kinds(conn, [*others, *inside], _within_reach(town, own))
    counts = _counts(kinds)
    surroundings = look_around(
        conn,
        town,
        key,
        areas,
        outline=own.outline if own else None,
        mine=entries,
        kinds=kinds,
        layers=every_layer,
    )
    backdrops = read_backdrops(conn, bounds) if bounds else []
    spread = straddles(key, info, shares, areas, town.levels, ladder)
    shown_levels = {level, *(k[0] for k in inside), *(s.level for s in spread)}
    credited = [*layers, *(layer for layer in surroundings.layers if layer not in layers)]
    return MapAnswer(
        town=town.info,
        level=info,
        area=area_info(area, info),
        audience=audience,
        medium=medium,
        today=today,
        as_of=max((layer.as_of for layer in layers), default=None),
        outline=own.outline if own else None,
        bounds=bounds,
        neighbours=_outlines(beside, areas, titles, shapes, counts),
        sub_areas=_outlines(
            (k for k in areas if k in inside), areas, titles, shapes, counts, inside
        ),
        straddles=spread,
        layers=layer_infos(layers, records.counts()),
        entries=entries,
        flags=flags,
        backdrops=tuple(row.feature for row in backdrops),
        functions=tuple(dict.fromkeys(f for entry in entries for f in entry.functions)),
        statuses=tuple(s for s in Status if any(entry.status is s for entry in entries)),
        credits=credit_lines(
            [*(lv for lv in town.levels if lv.id in shown_levels), *credited, *backdrops]
        ),
        choices=choices(town.levels, areas.values()),
        hidden_count=(
            hidden_count(conn, level, code) if audience is Audience.COORDINATOR else None
        ),
        across=surroundings.across,
        alike=surroundings.alike,
        days=page_days(conn, entries, every_layer, today),
        ground=town.ground,
        has_coverage=town.ground is not None and town.has_people,
    )


def _bounds(own: Shape | None, flags: Iterable[Flag]) -> Bounds | None:
    """The box of the outline and the flags; flags of an area may stand outside of its outline."""
    boxes = [(f.lon, f.lat, f.lon, f.lat) for f in flags]
    if own is not None:
        boxes.append(own.bounds)
    return around(boxes)


def _within_reach(town: TownRow, own: Shape | None) -> Bounds | None:
    """The window that holds what lies within a walk of the outline."""
    if own is None:
        return None
    return walk_window(own.bounds, walk_limit_m(town.walk_speed_m_per_min))


def _counts(kinds: Iterable[KindRow]) -> Counter[AreaKey]:
    """Treasures per area."""
    counts: Counter[AreaKey] = Counter()
    for row in kinds:
        counts[row.area] += row.treasures
    return counts


def _in_sight(shapes: Mapping[AreaKey, Shape], bounds: Bounds) -> dict[AreaKey, Shape]:
    """The areas whose box meets the box of the places, or lies within a walk of it."""
    west, south, east, north = bounds
    return {
        key: shape
        for key, shape in shapes.items()
        if shape.bounds[0] <= east + SIGHT_DEGREES
        and shape.bounds[2] >= west - SIGHT_DEGREES
        and shape.bounds[1] <= north + SIGHT_DEGREES
        and shape.bounds[3] >= south - SIGHT_DEGREES
    }


def _outlines(
    keys: Iterable[AreaKey],
    areas: Mapping[AreaKey, AreaRecord],
    levels: Mapping[str, LevelInfo],
    shapes: Mapping[AreaKey, Shape],
    counts: Mapping[AreaKey, int],
    shares: Mapping[AreaKey, float] | None = None,
) -> tuple[AreaOutline, ...]:
    """Areas drawn on this page, in the order of the switch within their level."""
    return tuple(
        AreaOutline(
            area_info(areas[key], levels[key[0]]),
            shapes[key].outline if key in shapes else None,
            counts.get(key, 0),
            None if shares is None else shares[key],
        )
        for key in keys
    )
