"""Whom to ask next about a sticker: the desk, the smallest area, and what is near. いもづる.

Read through the views of 担当者だけ, measured in arrays in the town's metric system.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.belonging.point_areas import areas_of_points
from geo.crs import STORAGE_CRS, reproject
from geo.model.audience import Audience, Medium
from geo.model.sticker import LONGEST_NOTE, Sticker
from geo.model.town import Area
from geo.questions.town_door import open_town
from geo.store.reading.area_rows import AreaKey, AreaRecord, read_areas, read_outlines
from geo.store.reading.layer_rows import read_layers
from geo.store.reading.treasure_rows import read_places, read_treasures

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from geo.store.reading.town_rows import TownRow

NEAR_M = 800.0
"""Farther away, people need not know of it: a quarter of an hour for old legs."""
NEAREST = 3
_COLUMNS = ("number", "layer_id", "name", "organiser", "contact", "found_through")


@dataclass(frozen=True, slots=True)
class AreaDesk:
    """An area that somebody answers for; ``contact`` is a desk, not a person."""

    kind: str
    name: str
    contact: str | None


@dataclass(frozen=True, slots=True)
class NearTreasure:
    """A treasure near a sticker, as 担当者だけ sees it. ``distance_m``: as the crow flies."""

    mark: str
    name: str
    distance_m: int
    organiser: str | None
    contact: str | None
    found_through: str | None


@dataclass(frozen=True, slots=True)
class AskNext:
    """Whom to ask about one sticker.

    Parameters
    ----------
    desk : str or None
        The contact of the coarsest area around it that has one, else the town's.
    areas : tuple of AreaDesk
        The areas of the finest tier that hold it, a 自治会 for instance.
    nearest : tuple of NearTreasure
        Within :data:`NEAR_M` metres, the nearest first; one of each place.
    """

    desk: str | None
    areas: tuple[AreaDesk, ...]
    nearest: tuple[NearTreasure, ...]

    @property
    def text_ja(self) -> str:
        """The suggestion in one line, whole parts only; the coordinator writes over it."""
        parts = [f"{one.name}{f'（{one.contact}）' if one.contact else ''}" for one in self.areas]
        parts += [_near_ja(one) for one in self.nearest]
        if self.desk:
            parts.append(f"地区の窓口：{self.desk}")
        said = ""
        for part in parts:
            longer = f"{said}／{part}" if said else part
            if len(longer) <= LONGEST_NOTE:
                said = longer
        return said


def who_to_ask(conn: Connection, stickers: Sequence[Sticker]) -> dict[str, AskNext]:
    """Whom to ask next, by the id of the sticker.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        Of 担当者だけ: organisers and contacts are read.
    stickers : sequence of Sticker

    Raises
    ------
    AudienceError
        When the connection is of another audience.
    DatabaseError
        When no town has been loaded.
    """
    town = open_town(conn, Audience.COORDINATOR, Medium.WEB)
    if not stickers:
        return {}
    areas = read_areas(conn)
    places = _areas_around(conn, stickers, town, areas)
    near = _nearest(conn, stickers, town)
    return {
        sticker.id: AskNext(
            desk=_desk(place, town, areas),
            areas=_finest(place, town, areas),
            nearest=near.get(sticker.id, ()),
        )
        for sticker, place in zip(stickers, places, strict=True)
    }


def _areas_around(
    conn: Connection,
    stickers: Sequence[Sticker],
    town: TownRow,
    areas: Mapping[AreaKey, AreaRecord],
) -> list[dict[str, AreaKey]]:
    import numpy as np
    import shapely

    shapes = read_outlines(conn)
    keys = [key for key in areas if key in shapes]
    outlines = shapely.to_wkb(
        shapely.from_geojson([json.dumps(shapes[key].outline) for key in keys])
    )
    drawn = [
        Area(level, code, areas[level, code].name, outline_wkb=wkb)
        for (level, code), wkb in zip(keys, outlines, strict=True)
    ]
    lon = np.array([one.lon for one in stickers], dtype=float)
    lat = np.array([one.lat for one in stickers], dtype=float)
    return areas_of_points(lon, lat, drawn, metric_crs=town.metric_crs)


def _nearest(
    conn: Connection, stickers: Sequence[Sticker], town: TownRow
) -> dict[str, tuple[NearTreasure, ...]]:
    import numpy as np
    import shapely

    known = {
        number: place
        for number, place in read_places(conn).items()
        if place.lon is not None and place.lat is not None
    }
    if not known:
        return {}

    def metres(lonlat: Iterable[tuple[float | None, float | None]]) -> np.ndarray:
        points = shapely.points(np.array(list(lonlat), dtype=float))
        return shapely.get_coordinates(reproject(points, STORAGE_CRS, town.metric_crs))

    numbers = list(known)
    there = metres((place.lon, place.lat) for place in known.values())
    here = metres((one.lon, one.lat) for one in stickers)
    found: dict[str, list[tuple[int, float]]] = {}
    for sticker, point in zip(stickers, here, strict=True):
        distances = np.hypot(*(there - point).T)
        reach = np.argsort(distances, kind="stable")[: np.count_nonzero(distances <= NEAR_M)]
        # One group of a hall is enough: the others would be told of by the same people.
        _, first = np.unique(np.round(there[reach]), axis=0, return_index=True)
        found[sticker.id] = [
            (numbers[index], float(distances[index])) for index in reach[np.sort(first)][:NEAREST]
        ]
    wanted = sorted({number for near in found.values() for number, _ in near})
    rows = {row[0]: row for row in read_treasures(conn, wanted, _COLUMNS)}
    symbols = {layer.id: layer.symbol for layer in read_layers(conn)}

    def told(number: int, distance: float) -> NearTreasure:
        _, layer, name, organiser, contact, found_through = rows[number]
        mark = f"{symbols.get(layer, '')}{number}"
        return NearTreasure(mark, name, round(distance), organiser, contact, found_through)

    return {key: tuple(told(*one) for one in near if one[0] in rows) for key, near in found.items()}


def _desk(
    place: Mapping[str, AreaKey], town: TownRow, areas: Mapping[AreaKey, AreaRecord]
) -> str | None:
    for level in town.levels:  # the coarsest tier first
        if level.tier is not None and level.id in place and areas[place[level.id]].contact:
            return areas[place[level.id]].contact
    return town.info.contact


def _finest(
    place: Mapping[str, AreaKey], town: TownRow, areas: Mapping[AreaKey, AreaRecord]
) -> tuple[AreaDesk, ...]:
    tiers = [level.tier for level in town.levels if level.tier is not None and level.id in place]
    return tuple(
        AreaDesk(level.title, areas[place[level.id]].name, areas[place[level.id]].contact)
        for level in town.levels
        if tiers and level.tier == max(tiers) and level.id in place
    )


def _near_ja(one: NearTreasure) -> str:
    said = [f"{one.distance_m}m"]
    said += [text for text in (one.organiser, one.contact) if text]
    if one.found_through:
        said.append(f"いもづる元：{one.found_through}")
    return f"{one.mark} {one.name}（{'、'.join(said)}）"
