"""Everything the tiles of a town say."""

from __future__ import annotations

from collections.abc import Iterator

import mapbox_vector_tile

from geo.questions import ground_tile, tile_at


def tiles_of(conn, ground, zoom: int) -> Iterator[tuple[tuple[int, int, int], bytes]]:
    """Every tile of a zoom that the town reaches."""
    west, south, east, north = ground.bounds
    (left, top), (right, bottom) = tile_at(west, north, zoom), tile_at(east, south, zoom)
    for column in range(int(left), int(right) + 1):
        for row in range(int(top), int(bottom) + 1):
            yield (zoom, column, row), ground_tile(conn, zoom, column, row)


def decoded(tile: bytes) -> dict:
    return mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})
