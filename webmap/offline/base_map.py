"""The base map inside a file: the tiles around its area as one PMTiles archive."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from geo.questions import ground_names, ground_tile, is_near
from webmap.ground_data import DEEPEST_ZOOM, TileArchive
from webmap.offline.carried_tiles import Bounds, TileWindow, tile_windows

if TYPE_CHECKING:
    from geo.model.ground_answer import Ground
    from geo.model.map_answer import MapAnswer

Numbers = tuple[int, int, int]

MOST_BYTES = 2_600_000
"""Of an archive: inside a page it takes a third more, and a page stays under 5 MB."""

MOST_TILES = 900
_PLANS = tuple((deepest, px) for deepest in (15, 14, 13, 12) for px in (1440, 1080, 768, 0))
"""Deepest zoom and highest screen: what is tried in turn, until it is small enough."""

_UNDRAWN_DEGREES = 0.008
"""How far an area nobody has drawn is shown at least, as the page's script does."""


def base_map(conn: Any, answer: MapAnswer) -> TileArchive | None:
    """The base map that the file of an area carries.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        The one the answer came from.
    answer : MapAnswer

    Returns
    -------
    TileArchive or None
        None where the town has no streets, or the area has no place on a map. The same town gives
        the same bytes.
    """
    ground = answer.ground
    if ground is None or answer.bounds is None:
        return None
    bounds = answer.bounds if answer.outline else _with_surroundings(answer.bounds)
    read: dict[Numbers, bytes] = {}
    for deepest, greatest_px in _PLANS:
        windows = tuple(w for w in tile_windows(bounds, greatest_px) if w.zoom <= deepest)
        wanted = [numbers for window in windows for numbers in window.tiles()]
        wanted = [numbers for numbers in wanted if is_near(ground, *numbers)]
        if len(wanted) > MOST_TILES:
            continue
        for numbers in wanted:
            if numbers not in read:
                tile = ground_tile(conn, *numbers)
                read[numbers] = gzip.compress(tile, 9, mtime=0) if tile else b""
        tiles = {numbers: read[numbers] for numbers in wanted if read[numbers]}
        if sum(map(len, tiles.values())) <= MOST_BYTES:
            return _archive(conn, ground, windows, tiles) if tiles else None
    return None


def _with_surroundings(bounds: Bounds) -> Bounds:
    west, south, east, north = bounds
    reach = max(east - west, north - south, _UNDRAWN_DEGREES) / 2
    return west - reach, south - reach, east + reach, north + reach


def _archive(
    conn: Any, ground: Ground, windows: Iterable[TileWindow], tiles: Mapping[Numbers, bytes]
) -> TileArchive:
    deepest = max(zoom for zoom, _, _ in tiles)
    names = "".join(
        ground_names(conn, w.zoom, (w.west, w.north), (w.east, w.south)) for w in windows
    )
    characters = "".join(sorted(set(names)))
    return TileArchive(_pmtiles(ground, tiles), deepest, characters)


def _pmtiles(ground: Ground, tiles: Mapping[Numbers, bytes]) -> bytes:
    from pmtiles.tile import Compression, TileType, zxy_to_tileid
    from pmtiles.writer import Writer

    out = io.BytesIO()
    writer: Any = Writer(out)  # type: ignore[no-untyped-call]
    by_id = {zxy_to_tileid(*numbers): content for numbers, content in tiles.items()}
    for tile_id in sorted(by_id):
        writer.write_tile(tile_id, by_id[tile_id])
    west, south, east, north = (round(degrees * 10_000_000) for degrees in ground.bounds)
    writer.finalize(
        {
            "tile_type": TileType.MVT,
            "tile_compression": Compression.GZIP,
            "min_lon_e7": west,
            "min_lat_e7": south,
            "max_lon_e7": east,
            "max_lat_e7": north,
            "center_zoom": DEEPEST_ZOOM,
            "center_lon_e7": (west + east) // 2,
            "center_lat_e7": (south + north) // 2,
        },
        {"name": ground.title, "attribution": ground.credit},
    )
    return out.getvalue()
