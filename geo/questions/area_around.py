"""What a page says of the areas around: treasures across the border, areas that are alike.

Everything is read through the audience's views: one row per kind of treasure of the level's areas
(:func:`geo.store.reading.kind_rows.read_kinds`), and, only where there is something to tell, the
few records that are told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from geo.model.answers import Entry, GeoJson
from geo.model.surroundings import AcrossBorder, AlikeArea, Find, NearTreasure
from geo.questions.across_border import walk_limit_m, within_walk
from geo.questions.alike import Profile, most_alike
from geo.questions.entry_list import numbered_records
from geo.questions.flag_sharing import share_flags
from geo.questions.page_parts import area_info
from geo.questions.town_door import find_level
from geo.store.reading.area_rows import AreaKey, AreaRecord
from geo.store.reading.kind_rows import KindRow, Spot
from geo.store.reading.layer_rows import LayerRow
from geo.store.reading.town_rows import TownRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_ACROSS = 12
MOST_FINDS = 3

Kind = tuple[bool, str]
"""(whether it is a function, its word or its layer's id)."""


@dataclass(frozen=True, slots=True)
class AreaAround:
    """What lies around an area, and the layers that must be credited for it."""

    across: AcrossBorder | None = None
    alike: tuple[AlikeArea, ...] = ()
    layers: tuple[LayerRow, ...] = ()


def look_around(
    conn: Connection,
    town: TownRow,
    key: AreaKey,
    areas: Mapping[AreaKey, AreaRecord],
    *,
    outline: GeoJson | None,
    mine: Sequence[Entry],
    kinds: Iterable[KindRow],
    layers: Sequence[LayerRow],
) -> AreaAround:
    """What is told of the areas around one.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        Asked once more, for the records that are told; not at all when there are none.
    town : TownRow
    key : (level, code)
        The area.
    areas : Mapping from (level, code)
        In reading order.
    outline : GeoJson, optional
        The area's own, EPSG:4326; without it nothing is across its border.
    mine : sequence of Entry
        What it holds itself.
    kinds : iterable of KindRow
        What the other areas hold; those of other levels are left aside.
    layers : sequence of LayerRow
        Every layer the audience sees, in legend order.
    """
    of_area: dict[AreaKey, list[KindRow]] = {}
    for row in kinds:
        if row.area[0] == key[0] and row.area != key:
            of_area.setdefault(row.area, []).append(row)
    if not of_area:
        return AreaAround()

    limit_m = walk_limit_m(town.walk_speed_m_per_min)
    area_of = _in_window(of_area, {entry.number for entry in mine})
    near = (
        within_walk(list(area_of), outline, metric_crs=town.metric_crs, limit_m=limit_m)
        if outline is not None
        else []
    )
    told = near[:MOST_ACROSS]
    likes = most_alike(
        Profile(areas[key].area_m2, Counter(entry.layer for entry in mine)),
        {a: Profile(areas[a].area_m2, _counts(of_area[a])) for a in areas if a in of_area},
    )
    known = _known_kinds(mine)
    finds = {area: _finds(of_area[area], known, layers) for area, _ in likes}

    across = {spot[0] for _, spot in told}
    examples = {number for found in finds.values() for _, number in found}
    records = numbered_records(conn, sorted(across | examples), layers)
    flags, flag_of = share_flags(spot for spot in records.spots() if spot.number in across)
    entries = {entry.number: entry for entry in records.entries(flag_of)}

    level = find_level(town.levels, key[0])
    by_id = {layer.id: layer for layer in layers}

    def near_treasure(distance_m: float, spot: Spot) -> NearTreasure:
        entry = entries[spot[0]]
        info = area_info(areas[area_of[spot]], level)
        return NearTreasure(entry, by_id[entry.layer].color, info, distance_m)

    def find(kind: Kind, number: int) -> Find:
        is_function, word = kind
        example = replace(entries[number], flag=None)
        title = word if is_function else by_id[word].title
        return Find(title, is_function, example, by_id[example.layer].color)

    return AreaAround(
        AcrossBorder(
            limit_m,
            tuple(near_treasure(*one) for one in told),
            len(near) - len(told),
            flags,
        )
        if near
        else None,
        tuple(
            AlikeArea(area_info(areas[a], level), close, tuple(find(*one) for one in finds[a]))
            for a, close in likes
        ),
        tuple(records.layers),
    )


def _in_window(of_area: Mapping[AreaKey, Iterable[KindRow]], own: set[int]) -> dict[Spot, AreaKey]:
    """The spots in the window that are not the area's own, with the area they belong to."""
    return {
        spot: area
        for area, rows in of_area.items()
        for row in rows
        for spot in row.near
        if spot[0] not in own
    }


def _counts(rows: Iterable[KindRow]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row.layer] += row.treasures
    return counts


def _known_kinds(mine: Iterable[Entry]) -> set[Kind]:
    """The layers and functions an area has found itself."""
    layers = {(False, entry.layer) for entry in mine}
    return layers | {(True, word) for entry in mine for word in entry.functions}


def _finds(
    rows: Iterable[KindRow], known: set[Kind], layers: Iterable[LayerRow]
) -> list[tuple[Kind, int]]:
    """Up to three kinds not known yet, each with its lowest number.

    Layers in legend order, then functions; a function is not told by an example told already.
    """
    first: dict[Kind, int] = {}
    for row in rows:
        for kind in ((False, row.layer), *((True, word) for word in row.functions)):
            if row.first is not None and kind not in known:
                first[kind] = min(row.first, first.get(kind, row.first))
    found = [(k, first[k]) for layer in layers if (k := (False, layer.id)) in first]
    for kind, number in sorted(first.items(), key=lambda one: (one[1], one[0])):
        if kind[0] and number not in {told for _, told in found}:
            found.append((kind, number))
    return found[:MOST_FINDS]
