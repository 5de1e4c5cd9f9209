"""The generalisations of the base map: which zooms each is for, and what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.model.ground import GroundKind, StreetKind

EARTH_M = 40_075_016.685578488
"""Width of the world in the projection of tiles (EPSG:3857), in its metres."""

NORTHERNMOST = 85.05
"""Degrees beyond which that projection is not used, to the south as well."""

TILE_PX = 256
TILE_UNITS = 4096
"""A tile's width on a screen, and in the grid its coordinates are written in."""

MAX_ZOOM = 15
"""Above it clients enlarge."""


@dataclass(frozen=True, slots=True)
class Band:
    """One generalisation.

    Parameters
    ----------
    number : int
        As stored.
    zooms : (int, int)
        First and last zoom whose tiles are made of it.
    kinds : frozenset of GroundKind
        Shapes it holds, streets among them.
    lowest_street : StreetKind
        The least of the streets it holds.
    tolerance_m, smallest_m : float
        How far a line may move, and how wide a shape must be at least; metres of the projection.
    building_m2 : float
        Smaller buildings are left out; square metres on the ground.
    has_names : bool
        Whether shapes carry names, levels and bridges: what parts one line from the next.
    cell_zoom : int
        Lines are joined within tiles of this zoom, so that no join takes in a whole country.
    """

    number: int
    zooms: tuple[int, int]
    kinds: frozenset[GroundKind]
    lowest_street: StreetKind
    tolerance_m: float
    smallest_m: float
    building_m2: float
    has_names: bool
    cell_zoom: int


def pixel_m(zoom: int) -> float:
    """The width of a pixel, in metres of the projection."""
    return EARTH_M / (1 << zoom) / TILE_PX


def _band(
    number: int,
    zooms: tuple[int, int],
    lowest_street: StreetKind,
    cell_zoom: int,
    *left_out: GroundKind,
    has_names: bool = False,
    building_m2: float = 0.0,
) -> Band:
    """A band that draws half a pixel of its finest zoom; the last one, the grid of its tiles."""
    pixel = pixel_m(zooms[1])
    last = zooms[1] == MAX_ZOOM
    return Band(
        number,
        zooms,
        frozenset(GroundKind) - set(left_out),
        lowest_street,
        pixel * TILE_PX / TILE_UNITS if last else pixel / 2,
        0.0 if has_names else pixel * 2,
        building_m2,
        has_names,
        cell_zoom,
    )


_SMALL = (GroundKind.STREAM, GroundKind.BUILDING, GroundKind.FARMLAND)
_GREEN = (GroundKind.WOOD, GroundKind.PARK)

BANDS: tuple[Band, ...] = (
    _band(0, (0, 9), StreetKind.MAIN, 5, *_SMALL, *_GREEN),
    _band(1, (10, 11), StreetKind.SECONDARY, 8, *_SMALL, *_GREEN),
    _band(2, (12, 13), StreetKind.TERTIARY, 10, *_SMALL),
    _band(
        3,
        (14, 14),
        StreetKind.LOCAL,
        12,
        GroundKind.FARMLAND,
        has_names=True,
        building_m2=200.0,
    ),
    _band(4, (15, 15), StreetKind.CORRIDOR, 13, has_names=True),
)
"""From far to near."""


def band_of(zoom: int, bands: Sequence[Band] = BANDS) -> Band:
    """The band a tile of a zoom is made of.

    Raises
    ------
    ValueError
        Above `MAX_ZOOM`, and below 0.
    """
    for band in bands:
        if band.zooms[0] <= zoom <= band.zooms[1]:
            return band
    raise ValueError(f"no tiles at zoom {zoom}")


TILE_LAYERS: dict[GroundKind, str] = {
    GroundKind.SEA: "water",
    GroundKind.LAKE: "water",
    GroundKind.RIVER: "water",
    GroundKind.STREAM: "water",
    GroundKind.WOOD: "green",
    GroundKind.PARK: "green",
    GroundKind.FARMLAND: "green",
    GroundKind.BUILDING: "building",
    GroundKind.RAIL: "rail",
    GroundKind.STREET: "street",
}
"""In which layer of a tile each kind of shape is drawn."""
