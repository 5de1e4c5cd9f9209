"""The index of a Shapefile (``.shx``), made again from the shapes where it was lost."""

from __future__ import annotations

import math
import struct
from typing import NoReturn

from geo.intake.features import stop

_HEAD_BYTES = 100
_MOST_RECORDS = 5_000_000


def rebuilt_index(shp: bytes, file: str) -> bytes:
    """The bytes of the ``.shx`` that belongs to a ``.shp``.

    Raises
    ------
    UnreadableFileError
        When the records do not follow one another to the end of the file.
    """
    entries: list[bytes] = []
    at = _HEAD_BYTES
    while at + 8 <= len(shp):
        number, words = struct.unpack_from(">ii", shp, at)
        end = at + 8 + words * 2
        if number != len(entries) + 1 or words < 2 or end > len(shp):
            _broken(file)
        entries.append(struct.pack(">ii", at // 2, words))
        at = end
        if len(entries) > _MOST_RECORDS:
            _broken(file)
    if at != len(shp):
        _broken(file)
    length = _HEAD_BYTES + 8 * len(entries)
    return shp[:24] + struct.pack(">i", length // 2) + shp[28:_HEAD_BYTES] + b"".join(entries)


def header_bounds(shp: bytes) -> tuple[float, float, float, float] | None:
    """West, south, east, north as the file's head says, in its own system; a hint only."""
    if len(shp) < _HEAD_BYTES:
        return None
    west, south, east, north = struct.unpack_from("<dddd", shp, 36)
    bounds = (west, south, east, north)
    return bounds if all(map(math.isfinite, bounds)) else None


def _broken(file: str) -> NoReturn:
    stop(
        file,
        "shapefile-part-missing",
        ".shx（図形の索引）がなく、.shp も途中で壊れているので、作り直せません。"
        "4つ1組（.shp .shx .dbf .prj）でもらい直してください。",
    )
