"""Make the base map's tiles and names again, when they no longer follow from what stands."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from geo.loading.ground_labels import place_names
from geo.model.ground_answer import TILES_WRITTEN
from geo.store.derived import is_derived, note_derivation
from geo.store.ground_names import ground_names, write_labels
from geo.store.ground_tiles import clear_tile_shapes, derive_tile_shapes
from geo.store.statistics import gather_ground_statistics
from geo.store.streets import standing_streets


def derive_ground(conn: Connection, tell: Callable[[str], None]) -> bool:
    """Bring the tiles up to date with the streets that stand; True when they were made again."""
    standing = standing_streets(conn)
    made_from = "" if standing is None else str(standing.edition_id)
    if is_derived(conn, "ground", TILES_WRITTEN, made_from):
        return False
    note_derivation(conn, "ground", TILES_WRITTEN, made_from)
    if standing is None:
        write_labels(conn, ())
        return clear_tile_shapes(conn) > 0
    derive_tile_shapes(conn, standing.edition_id, tell)
    tell("地図の名前を並べています")
    write_labels(conn, place_names(ground_names(conn, standing.edition_id)))
    gather_ground_statistics(conn)
    return True
