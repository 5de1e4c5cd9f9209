"""From which zoom a name stands on the base map, and which of two goes first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from geo.folding import fold
from geo.model.ground import LandmarkKind
from geo.store.ground_names import GroundName, PlacedName
from geo.store.tile_bands import EARTH_M, MAX_ZOOM, pixel_m

_ORDER = (
    LandmarkKind.STATION,
    LandmarkKind.HALL,
    LandmarkKind.SCHOOL,
    LandmarkKind.PLACE,
    LandmarkKind.CLINIC,
    LandmarkKind.WATER,
    LandmarkKind.LIBRARY,
    LandmarkKind.PARK,
    LandmarkKind.MOUNTAIN,
    LandmarkKind.SHRINE,
    LandmarkKind.TEMPLE,
    LandmarkKind.POST_OFFICE,
    LandmarkKind.SHOP,
    LandmarkKind.OTHER,
    LandmarkKind.STREET,
)
"""What people steer by, the surest first."""

_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}
_FIRST_ZOOM = {
    LandmarkKind.STATION: 11,
    LandmarkKind.WATER: 14,
    LandmarkKind.HALL: 13,
    LandmarkKind.SCHOOL: 13,
    LandmarkKind.PLACE: 13,
    LandmarkKind.CLINIC: 13,
    LandmarkKind.MOUNTAIN: 13,
    LandmarkKind.LIBRARY: 14,
    LandmarkKind.PARK: 14,
    LandmarkKind.SHRINE: 14,
    LandmarkKind.TEMPLE: 14,
    LandmarkKind.POST_OFFICE: 14,
    LandmarkKind.SHOP: 15,
    LandmarkKind.OTHER: 15,
    LandmarkKind.STREET: 15,
}
_EARLIER = {
    LandmarkKind.WATER: ((2_000.0, 12),),
    LandmarkKind.PLACE: ((50_000.0, 8), (5_000.0, 10), (1_000.0, 12)),
}
"""From which weight a name stands from an earlier zoom: long rivers, places of many people."""

_SAME_WITHIN_M = {
    LandmarkKind.STATION: 600.0,
    LandmarkKind.PLACE: 800.0,
    LandmarkKind.WATER: 1500.0,
    LandmarkKind.PARK: 400.0,
    LandmarkKind.STREET: 400.0,
    LandmarkKind.SHOP: 50.0,
}
"""Two names of one kind so near, in metres of the ground, are one thing mapped twice."""

_SAME_WITHIN_USUALLY_M = 150.0
_ROOM_PX = (128, 48)
"""The room a name takes on a far map: one to a cell; the others wait for a nearer one."""


def place_names(names: Iterable[GroundName]) -> Iterator[PlacedName]:
    """Names in order of rank, each thing once, each from the zoom at which it has room."""
    ordered = sorted(names, key=lambda n: (_RANK[n.kind], -n.weight, n.name, n.x_m, n.y_m))
    taken: dict[int, set[tuple[int, int]]] = {}
    for rank, name in enumerate(_each_once(ordered)):
        yield PlacedName(name, rank, _first_free(name, taken))


def _each_once(names: Iterable[GroundName]) -> Iterator[GroundName]:
    """Of the same name and kind near each other, the first."""
    seen: dict[tuple[LandmarkKind, str], list[GroundName]] = {}
    for name in names:
        alike = seen.setdefault((name.kind, fold(name.name)), [])
        shrunk = math.cosh(2 * math.pi * name.y_m / EARTH_M)
        reach_m = _SAME_WITHIN_M.get(name.kind, _SAME_WITHIN_USUALLY_M) * shrunk
        if all(math.hypot(a.x_m - name.x_m, a.y_m - name.y_m) > reach_m for a in alike):
            alike.append(name)
            yield name


def _first_zoom(name: GroundName) -> int:
    earlier = (zoom for least, zoom in _EARLIER.get(name.kind, ()) if name.weight >= least)
    return next(earlier, _FIRST_ZOOM[name.kind])


def _first_free(name: GroundName, taken: dict[int, set[tuple[int, int]]]) -> int:
    """The first zoom with room for the name; near, every name has."""
    cells = {}
    for zoom in range(_first_zoom(name), MAX_ZOOM):
        width_m, height_m = (side * pixel_m(zoom) for side in _ROOM_PX)
        cells[zoom] = (math.floor(name.x_m / width_m), math.floor(name.y_m / height_m))
    first = next((z for z, cell in cells.items() if cell not in taken.get(z, ())), MAX_ZOOM)
    for zoom in range(first, MAX_ZOOM):
        taken.setdefault(zoom, set()).add(cells[zoom])
    return first
