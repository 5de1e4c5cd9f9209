"""Where the stickers of a meeting lie in their area: a sketch that needs no script."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geo.model.answers import GeoJson
from geo.model.sticker import Sticker
from webmap.described import described

WIDTH, HEIGHT = 640.0, 380.0
_ROOM = 30.0  # for a letter at the edge
_AROUND = 0.5  # of the area's size: a sticker farther out is told in words only

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class SketchLetter:
    """A sticker on the sketch."""

    x: float = described("From the left, in the sketch's own units")
    y: float = described("From the top")
    letter: str = described("What people called it")
    is_open: bool = described("Whether something is left to do")


@dataclass(frozen=True, slots=True)
class Sketch:
    """An area and the stickers in it."""

    width: float = described("Of the drawing, in its own units")
    height: float = described("Of the drawing")
    outline: str = described("The area as an SVG path")
    letters: tuple[SketchLetter, ...] = described("The stickers, in their order")


def sketch_of(outline: GeoJson | None, stickers: Iterable[Sticker]) -> Sketch | None:
    """The sketch of a meeting; None where nobody has drawn the area.

    Parameters
    ----------
    outline : GeoJson or None
        Polygon or MultiPolygon in EPSG:4326. North is up; a degree of longitude is as wide as it
        is at the area's latitude.
    stickers : iterable of Sticker
    """
    rings = list(_rings(outline)) if outline else []
    if not rings:
        return None
    west, east, south, north = _box(point for ring in rings for point in ring)
    reach = _AROUND * max(east - west, north - south)
    near = [
        one
        for one in stickers
        if west - reach <= one.lon <= east + reach and south - reach <= one.lat <= north + reach
    ]
    corners = [(west, south), (east, north), *((one.lon, one.lat) for one in near)]
    west, east, south, north = _box(corners)
    shrink = math.cos(math.radians((south + north) / 2))
    across, up = max((east - west) * shrink, 1e-9), max(north - south, 1e-9)
    scale = min((WIDTH - 2 * _ROOM) / across, (HEIGHT - 2 * _ROOM) / up)

    def place(point: Point) -> Point:
        lon, lat = point
        x = _ROOM + (lon - west) * shrink * scale
        return round(x, 1), round(_ROOM + (north - lat) * scale, 1)

    path = "".join(
        "M" + "L".join(f"{x:g} {y:g}" for x, y in map(place, ring)) + "Z" for ring in rings
    )
    letters = (
        SketchLetter(*place((one.lon, one.lat)), one.letter, one.state.is_open) for one in near
    )
    return Sketch(
        round(across * scale + 2 * _ROOM, 1), round(up * scale + 2 * _ROOM, 1), path, tuple(letters)
    )


def _rings(outline: GeoJson) -> Iterator[list[Point]]:
    several = outline["type"] == "MultiPolygon"
    for polygon in outline["coordinates"] if several else [outline["coordinates"]]:
        for ring in polygon:
            yield [(position[0], position[1]) for position in ring]


def _box(points: Iterable[Point]) -> tuple[float, float, float, float]:
    lon, lat = zip(*points, strict=True)
    return min(lon), max(lon), min(lat), max(lat)
