"""Compute again what follows from the standing editions, when it no longer does."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from geo.belonging import belong
from geo.loading.fingerprint import DERIVATION_VERSION
from geo.loading.sharing_venues import share_venues
from geo.model.town import Municipality
from geo.overlap import shares
from geo.store.derived import (
    PlaceRow,
    is_derived,
    note_derivation,
    standing_areas,
    standing_hash,
    standing_levels,
    standing_shares,
    standing_treasures,
    write_overlaps,
    write_places,
)


def derive(conn: Connection, town: Municipality, tell: Callable[[str], None]) -> bool:
    """Bring the derived tables up to date; True when something was computed again."""
    levels_hash = standing_hash(conn, town.metric_crs, layers=False)
    places_hash = standing_hash(conn, town.metric_crs, town.block_level, layers=True)
    overlaps_stand = is_derived(conn, "overlap", DERIVATION_VERSION, levels_hash)
    places_stand = is_derived(conn, "places", DERIVATION_VERSION, places_hash)
    if not overlaps_stand:
        tell("地区どうしの重なりを計算しています")
        write_overlaps(conn, shares(standing_areas(conn), metric_crs=town.metric_crs))
        note_derivation(conn, "overlap", DERIVATION_VERSION, levels_hash)
    if not places_stand:
        tell("お宝がどの地区にあるかを調べています")
        _derive_places(conn, town)
        note_derivation(conn, "places", DERIVATION_VERSION, places_hash)
    return not (overlaps_stand and places_stand)


def _derive_places(conn: Connection, town: Municipality) -> None:
    standing = standing_treasures(conn)
    belonging = belong(
        [s.treasure for s in standing],
        standing_areas(conn),
        standing_levels(conn),
        metric_crs=town.metric_crs,
        block_level=town.block_level,
        shares=standing_shares(conn),
    )
    venues, venue_of = share_venues(standing, town.metric_crs)
    places = []
    areas: set[tuple[bool, str, str, int]] = set()
    for s, place in zip(standing, belonging, strict=True):
        version_id = s.version_id
        places.append(
            PlaceRow(
                version_id,
                s.treasure.layer,
                s.number,
                venue_of.get(version_id),
                place.block_text,
                place.block_lon,
                place.block_lat,
            )
        )
        areas.update((True, level, code, version_id) for level, code in place.exact)
        areas.update((False, level, code, version_id) for level, code in place.coarse)
    write_places(conn, venues, places, sorted(areas))
