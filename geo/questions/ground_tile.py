"""The base map, tile by tile."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo.errors import NotFoundError
from geo.store.reading.tile_rows import BUFFER_UNITS, read_names, read_tile
from geo.store.reading.town_rows import read_ground
from geo.store.tile_bands import MAX_ZOOM, TILE_UNITS

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from geo.model.ground_answer import Ground

_NORTHERNMOST = 85.05112877980659
"""Where the projection of tiles ends."""


def standing_ground(conn: Connection) -> Ground | None:
    """The base map that stands; None where the town has no streets.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        From ``TownDatabase.connect(audience, medium)``; every audience is answered the same.
    """
    return read_ground(conn)


def ground_tile(conn: Connection, z: int, x: int, y: int, *, ground: Ground | None = None) -> bytes:
    """One tile of the base map.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        From ``TownDatabase.connect(audience, medium)``; every audience is answered the same.
    z, x, y : int
        Zoom, column from the west, row from the north.
    ground : Ground, optional
        From :func:`standing_ground`: what lies outside of its box need not be looked for.

    Returns
    -------
    bytes
        A Mapbox Vector Tile; empty where nothing lies.

    Raises
    ------
    NotFoundError
        For numbers that name no tile.
    """
    require_tile(z, x, y)
    return read_tile(conn, z, x, y) if ground is None or is_near(ground, z, x, y) else b""


def ground_names(conn: Connection, z: int, first: tuple[int, int], last: tuple[int, int]) -> str:
    """Every name written in a box of tiles, one after the other, for the font.

    Parameters
    ----------
    conn : sqlalchemy.Connection
        As for :func:`ground_tile`.
    z : int
        Zoom.
    first, last : (int, int)
        Column and row of the north-western and of the south-eastern tile, both included.
    """
    return read_names(conn, z, first, last)


def require_tile(z: int, x: int, y: int) -> None:
    """Refuse numbers that name no tile.

    Raises
    ------
    NotFoundError
    """
    if not (0 <= z <= MAX_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        raise NotFoundError(
            f"no such tile: {z}/{x}/{y}",
            message_ja="地図に、その場所の絵はありません。",
            hint_ja=f"大きさは 0 から {MAX_ZOOM} までです。",
        )


def is_near(ground: Ground, z: int, x: int, y: int) -> bool:
    """Whether anything of the base map can reach into a tile, over its edge included."""
    west, south, east, north = ground.bounds
    reach = BUFFER_UNITS / TILE_UNITS
    left, top = tile_at(west, north, z)
    right, bottom = tile_at(east, south, z)
    return (
        left - reach <= x + 1
        and x <= right + reach
        and top - reach <= y + 1
        and y <= bottom + reach
    )


def tile_at(lon: float, lat: float, z: int) -> tuple[float, float]:
    """Column and row of the tile that a place lies in, with how far into it (0..1) it lies.

    Parameters
    ----------
    lon, lat : float
        Degrees, EPSG:4326.
    z : int
        Zoom.
    """
    sine = math.sin(math.radians(max(-_NORTHERNMOST, min(_NORTHERNMOST, lat))))
    column = (lon + 180) / 360
    row = 0.5 - math.atanh(sine) / (2 * math.pi)
    return column * 2**z, row * 2**z
