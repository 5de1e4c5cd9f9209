"""A whole town under a code of its own, loaded from its files, and everything its tiles say."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import mapbox_vector_tile

from geo.questions import ground_tile, tile_at

ROOT = Path(__file__).resolve().parents[2]


def copy_of(folder: Path, target: Path, code: str) -> Path:
    """Boundaries and layers of a town folder, the municipality renumbered."""
    for part in ("boundaries", "layers"):
        if (folder / part).is_dir():
            shutil.copytree(folder / part, target / part)
    manifest = target / "boundaries" / "municipality.toml"
    named = re.sub(r"(?m)^code = .*$", f'code = "{code}"', manifest.read_text("utf-8"))
    manifest.write_text(named, "utf-8")
    return target


def tiles_of(conn, ground, zoom: int) -> Iterator[tuple[tuple[int, int, int], bytes]]:
    """Every tile of a zoom that the town reaches."""
    west, south, east, north = ground.bounds
    (left, top), (right, bottom) = tile_at(west, north, zoom), tile_at(east, south, zoom)
    for column in range(int(left), int(right) + 1):
        for row in range(int(top), int(bottom) + 1):
            yield (zoom, column, row), ground_tile(conn, zoom, column, row)


def decoded(tile: bytes) -> dict:
    return mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})
