"""Geometry as COPY wants it: EWKB that says its coordinate system, hexadecimal in text."""

from __future__ import annotations

import struct

from geo.crs import STORAGE_SRID

_HAS_SRID = 0x20000000


def point_ewkb(lon: float | None, lat: float | None) -> str | None:
    """A point in EPSG:4326, degrees, longitude first; None where one of them is missing."""
    if lon is None or lat is None:
        return None
    return point_ewkb_bytes(lon, lat).hex()


def ewkb(wkb: bytes) -> str:
    """Plain WKB in EPSG:4326 with its SRID written in."""
    return ewkb_bytes(wkb).hex()


def ewkb_bytes(wkb: bytes) -> bytes:
    """The same for a binary COPY."""
    order = "<" if wkb[0] == 1 else ">"
    (kind,) = struct.unpack_from(order + "I", wkb, 1)
    if kind & _HAS_SRID:
        return wkb
    return struct.pack(order + "BII", wkb[0], kind | _HAS_SRID, STORAGE_SRID) + wkb[5:]


def point_ewkb_bytes(x: float, y: float, srid: int = STORAGE_SRID) -> bytes:
    """A point for a binary COPY; longitude and latitude unless ``srid`` says otherwise."""
    return struct.pack("<BIIdd", 1, 1 | _HAS_SRID, srid, x, y)
