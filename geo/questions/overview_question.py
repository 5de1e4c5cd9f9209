"""The whole town, or one level of it: its areas with what was found in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from geo.model.answers import AreaRow, LevelInfo, TownAnswer
from geo.model.audience import Audience, Medium
from geo.questions.entry_list import layer_infos, numbered_records
from geo.questions.level_ladder import LevelLadder
from geo.questions.page_parts import (
    area_info,
    around,
    choices,
    credit_lines,
    shares_by_name,
    straddles,
)
from geo.questions.town_door import find_level, open_town
from geo.store.reading.area_rows import (
    AreaKey,
    AreaRecord,
    Shape,
    Share,
    read_areas,
    read_outlines,
    read_shares,
)
from geo.store.reading.layer_rows import read_backdrops, read_layers
from geo.store.reading.people_rows import NOT_TOLD, read_area_people
from geo.store.reading.town_rows import TownRow, hidden_count
from geo.store.reading.treasure_rows import TreasurePlace, read_homes, read_places

if TYPE_CHECKING:
    from sqlalchemy import Connection


def town_overview(
    conn: Connection,
    *,
    audience: Audience,
    medium: Medium,
    today: date,
    level: str | None = None,
) -> TownAnswer:
    """The town with every area of every level, or of one level.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        From ``TownDatabase.connect(audience, medium)``.
    audience, medium
        Must be those of the connection.
    today : date
        The day the page is made for.
    level : str, optional
        Only the areas of this level. Without it ``rows`` holds every level, the coarsest first.

    Returns
    -------
    TownAnswer
        ``layers`` count each treasure once: of the town, or of the areas of the level.

    Raises
    ------
    NotFoundError
        For an unknown level.
    AudienceError
        When the connection belongs to another audience or medium.
    DatabaseError
        When no town has been loaded.
    """
    town = open_town(conn, audience, medium)
    info = None if level is None else find_level(town.levels, level)
    areas = read_areas(conn)
    shapes = read_outlines(conn, level)
    homes, places = read_homes(conn), read_places(conn)
    in_level = {n for key, found in homes.items() if level in (None, key[0]) for n in found}
    homeless_numbers = sorted(places.keys() - {n for found in homes.values() for n in found})
    on_page = {n: p for n, p in places.items() if level is None or n in in_level}
    totals = Counter(place.layer for place in on_page.values())
    every_layer = read_layers(conn)
    homeless = numbered_records(conn, homeless_numbers, every_layer)
    present = {*totals, *(layer.id for layer in homeless.layers)}
    credited = [layer for layer in every_layer if layer.id in present]
    bounds = around(shape.bounds for shape in shapes.values()) or around(
        (p.lon, p.lat, p.lon, p.lat)
        for p in on_page.values()
        if p.lon is not None and p.lat is not None
    )
    backdrops = read_backdrops(conn, bounds) if bounds else []
    shown_levels = [lv for lv in town.levels if level is None or lv.id == level]
    return TownAnswer(
        town=town.info,
        audience=audience,
        medium=medium,
        today=today,
        as_of=max((layer.as_of for layer in credited), default=None),
        level=info,
        choices=choices(town.levels, areas.values()),
        rows=_rows(conn, town, shown_levels, areas, shapes, homes, places),
        layers=layer_infos([lay for lay in every_layer if lay.id in totals], totals),
        homeless=homeless.entries({}),
        backdrops=tuple(row.feature for row in backdrops),
        credits=credit_lines([*shown_levels, *credited, *backdrops]),
        bounds=bounds,
        hidden_count=(
            hidden_count(conn, level, None) if audience is Audience.COORDINATOR else None
        ),
        ground=town.ground,
    )


def area_rows(
    conn: Connection,
    *,
    audience: Audience,
    medium: Medium,
    today: date,  # noqa: ARG001 -- every question takes the day it is asked for
    level: str | None = None,
) -> tuple[AreaRow, ...]:
    """The areas of the town, or of one level, without outlines.

    Parameters
    ----------
    conn, audience, medium, today, level
        As for :func:`town_overview`.

    Returns
    -------
    tuple of AreaRow
        ``treasures`` holds only layers of which something was found: what is not there is not
        known to be zero. ``overlaps`` lists every share from 1 %, of every other level. ``people``
        are None where 1 to 9 are meant, or could be worked out, and where nobody can say.

    Raises
    ------
    NotFoundError, AudienceError, DatabaseError
        As :func:`town_overview` does.
    """
    town = open_town(conn, audience, medium)
    if level is not None:
        find_level(town.levels, level)
    shown_levels = [lv for lv in town.levels if level is None or lv.id == level]
    return _rows(
        conn, town, shown_levels, read_areas(conn), {}, read_homes(conn), read_places(conn)
    )


def _rows(
    conn: Connection,
    town: TownRow,
    shown_levels: Iterable[LevelInfo],
    areas: dict[AreaKey, AreaRecord],
    shapes: dict[AreaKey, Shape],
    homes: dict[AreaKey, list[int]],
    places: dict[int, TreasurePlace],
) -> tuple[AreaRow, ...]:
    titles = {info.id: info for info in town.levels}
    ladder = LevelLadder(town.levels, areas.values())
    shares: dict[AreaKey, list[Share]] = {}
    for share in read_shares(conn):
        shares.setdefault(share.area, []).append(share)
    people = read_area_people(conn)
    by_level: dict[str, list[AreaKey]] = {}
    for key in areas:
        by_level.setdefault(key[0], []).append(key)
    return tuple(
        AreaRow(
            municipality=town.info.code,
            area=area_info(areas[key], info),
            treasures=dict(Counter(places[n].layer for n in homes.get(key, ()) if n in places)),
            overlaps=shares_by_name(shares.get(key, ()), areas, titles),
            straddles=straddles(key, info, shares.get(key, ()), areas, town.levels, ladder),
            outline=shapes[key].outline if key in shapes else None,
            people=people.get(key, NOT_TOLD)[0],
            people_65=people.get(key, NOT_TOLD)[1],
        )
        for info in shown_levels
        for key in by_level.get(info.id, ())
    )
