"""SRTM tiles (``.hgt``, also in a zip): one degree square, big-endian, named after their corner."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from geo.intake.archive import read_bytes, unpack_one
from geo.intake.features import stop
from geo.street_intake.height_grid import HeightGrid

_SIDES = (1201, 3601)
_LIMIT_BYTES = 2 * 3601 * 3601
_VOID = -32768.0
_CORNER = re.compile(r"([NS])(\d{2})_?([EW])(\d{3})", re.IGNORECASE)


def read_hgt(path: Path, file: str) -> HeightGrid:
    """Read one tile.

    Parameters
    ----------
    path : Path
        ``N43E007.hgt``, or a zip that holds one.
    file : str
        Its name for messages.

    Raises
    ------
    UnreadableFileError
        When its name tells no corner, or its size is not that of a tile.
    """
    name = path.name
    if path.suffix.lower() == ".zip":
        name, data = unpack_one(path, file, ".hgt", limit_bytes=_LIMIT_BYTES)
    else:
        data = read_bytes(path, file, limit_bytes=_LIMIT_BYTES)
    corner = _CORNER.search(name) or _CORNER.search(path.name)
    if corner is None:
        stop(
            file,
            "heights-corner-unknown",
            "標高のファイル（.hgt）は、名前で場所が決まります。N34E138.hgt のような、"
            "もとの名前にもどしてください。",
            value=name,
        )
    side = next((side for side in _SIDES if side * side * 2 == len(data)), None)
    if side is None:
        stop(
            file,
            "heights-size-wrong",
            f"標高のファイル（.hgt）の大きさが {len(data):,} バイトです。1201×1201 点か"
            " 3601×3601 点のはずなので、途中で切れています。もう一度もらい直してください。",
        )
    south_or_north, lat, west_or_east, lon = corner.groups()
    south = int(lat) * (-1 if south_or_north in "Ss" else 1)
    west = int(lon) * (-1 if west_or_east in "Ww" else 1)
    return HeightGrid(
        values=np.frombuffer(data, dtype=">i2").reshape(side, side),
        void=_VOID,
        west=float(west),
        north=float(south + 1),
        step_x=1 / (side - 1),
        step_y=1 / (side - 1),
    )
