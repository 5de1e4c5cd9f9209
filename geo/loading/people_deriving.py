"""Count the people of every area again, when the figures no longer follow from what stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from geo.loading.fingerprint import AREA_PEOPLE_VERSION
from geo.model.audience import Audience, Medium
from geo.model.people import BANDS
from geo.model.town import Municipality
from geo.schema.names import view_schema
from geo.store.derived import is_derived, note_derivation, standing_areas, standing_hash
from geo.store.people_cells import AreaCounts, standing_people, write_area_people
from geo.store.streets import standing_streets

if TYPE_CHECKING:
    from geo.model.town import Area

_DOOR = view_schema(Audience.PUBLIC, Medium.WEB)
"""Streets and people are the same for everybody."""


def derive_area_people(conn: Connection, town: Municipality, tell: Callable[[str], None]) -> bool:
    """Bring the people of areas up to date; True when they were counted again.

    They are counted where coverage counts them: along the streets that stand, so that a page of
    coverage and a list of areas say the same.
    """
    people, streets = standing_people(conn), standing_streets(conn)
    made_from = ""
    if people is not None:
        edition = "" if streets is None else str(streets.edition_id)
        more = (str(people.edition_id), edition, str(town.attach_limit_m), town.metric_crs)
        made_from = standing_hash(conn, *more, layers=False)
    if is_derived(conn, "area_people", AREA_PEOPLE_VERSION, made_from):
        return False
    note_derivation(conn, "area_people", AREA_PEOPLE_VERSION, made_from)
    if people is None:
        write_area_people(conn, ())
        return False
    tell("地区の人口を数えています")
    write_area_people(conn, tuple(_counted(conn, standing_areas(conn), town)))
    return True


def _counted(conn: Connection, areas: tuple[Area, ...], town: Municipality) -> Iterator[AreaCounts]:
    import numpy as np
    import shapely

    from geo.coverage.area_levels import area_levels
    from geo.coverage.area_people import people_of_areas
    from geo.coverage.homes import house_people
    from geo.coverage.small_numbers import publish_people, told
    from geo.coverage.stretches import cut_stretches
    from geo.crs import STORAGE_CRS, reproject
    from geo.model.area_ground import AreaGround
    from geo.store.reading.people_rows import read_people_cells
    from geo.store.reading.street_rows import read_walk_streets

    streets = read_walk_streets(conn, town.metric_crs, door=_DOOR)
    cells = read_people_cells(conn, door=_DOOR)
    stored = shapely.from_wkb(np.array([cell.geometry_wkb for cell in cells], dtype=object))
    shapes = reproject(stored, STORAGE_CRS, town.metric_crs)
    counts = np.array([cell.counts for cell in cells], dtype=float).reshape(-1, len(BANDS))
    homes = house_people(list(shapes), streets, cut_stretches(streets), town.attach_limit_m)
    grounds = {
        (area.level, area.code): AreaGround(
            area.outline_wkb,
            () if area.outline_wkb else tuple((m.level, m.code) for m in area.members),
        )
        for area in areas
    }
    levels = area_levels(grounds, grounds, town.metric_crs)
    points = levels.points(homes.x, homes.y)
    for level, codes in levels.codes.items():
        found = people_of_areas(homes, counts, points.lying(level))
        people = publish_people(np.where(found.cells_unknown > 0, np.nan, found.people))
        for code, row in zip(codes, people.tolist(), strict=True):
            shown = [told(figure) for figure in row]
            yield level, code, shown[0], shown[1], shown[2], shown[3]
