"""A line as WKB, without an object for its vertices."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence

_LITTLE_ENDIAN_LINE = b"\x01\x02\x00\x00\x00"


def wkb_line(lon: Sequence[float], lat: Sequence[float]) -> bytes | None:
    """A LineString, doubled vertices left out; None where less than two are left."""
    flat = array("d")
    last = None
    for point in zip(lon, lat, strict=True):
        if point != last:
            flat.extend(point)
            last = point
    if len(flat) < 4:
        return None
    if sys.byteorder == "big":
        flat.byteswap()
    return _LITTLE_ENDIAN_LINE + struct.pack("<I", len(flat) // 2) + flat.tobytes()
