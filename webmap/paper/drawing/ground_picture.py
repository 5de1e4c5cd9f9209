"""The base map on paper, as SVG in millimetres: one path for everything that looks alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.model.ground import StreetKind

if TYPE_CHECKING:
    import numpy.typing as npt

    from geo.questions.paper_ground import PaperGround
    from webmap.paper.drawing.map_window import MapWindow

_HAIR_MM = 0.12
"""Two points nearer than this are one on paper."""
_SEAM_MM = 0.15


@dataclass(frozen=True, slots=True)
class GroundColors:
    """What is printed in which colour."""

    land: str
    water: str
    wood: str
    park: str
    farmland: str
    building: str
    rail: str
    path: str
    casing: str
    thin: str
    """Streets too narrow on paper to have two edges."""
    street: str
    secondary: str
    main: str
    faded: str
    """Laid over what is outside of the area, mostly transparent."""
    name: str
    name_outside: str
    water_name: str
    street_name: str
    own_border: str
    neighbour_border: str
    neighbour_name: str


COLORS = GroundColors(
    land="#ffffff",
    water="#c4deee",
    wood="#e4eedb",
    park="#d8ebc8",
    farmland="#f6f5e6",
    building="#e2ddd2",
    rail="#5f666d",
    path="#b09a72",
    casing="#8c8679",
    thin="#b4aea2",
    street="#ffffff",
    secondary="#fff3c9",
    main="#ffe1a0",
    faded="#ffffff",
    name="#2b2b2b",
    name_outside="#5c5c5c",
    water_name="#2c5a78",
    street_name="#6b4f12",
    own_border="#14264d",
    neighbour_border="#6b7280",
    neighbour_name="#4b5563",
)

GREY = GroundColors(
    land="#ffffff",
    water="#d8d8d8",
    wood="#f1f1f1",
    park="#ebebeb",
    farmland="#fafafa",
    building="#e4e4e4",
    rail="#5e5e5e",
    path="#a8a8a8",
    casing="#7a7a7a",
    thin="#b0b0b0",
    street="#ffffff",
    secondary="#e4e4e4",
    main="#d0d0d0",
    faded="#ffffff",
    name="#222222",
    name_outside="#585858",
    water_name="#555555",
    street_name="#4a4a4a",
    own_border="#000000",
    neighbour_border="#707070",
    neighbour_name="#505050",
)

# Metres on the ground, and the least and the most millimetres on paper; the greatest street last.
# What is narrower on paper than the least is one thin line: two edges of many small streets beside
# each other are a grey mass, in which nobody finds the one that is looked for.
_STREETS: tuple[tuple[tuple[StreetKind, ...], str, float, float, float], ...] = (
    ((StreetKind.SERVICE,), "street", 3.5, 0.5, 0.9),
    ((StreetKind.PEDESTRIAN,), "street", 5.0, 0.5, 1.4),
    ((StreetKind.LOCAL,), "street", 5.5, 0.5, 1.6),
    ((StreetKind.TERTIARY,), "street", 8.0, 0.8, 2.2),
    ((StreetKind.SECONDARY,), "secondary", 10.0, 1.0, 2.6),
    ((StreetKind.MAIN, StreetKind.MOTORWAY), "main", 13.0, 1.2, 3.2),
)
_THIN_MM = {StreetKind.SERVICE: 0.25, StreetKind.PEDESTRIAN: 0.3, StreetKind.LOCAL: 0.4}
_EDGE_MM = 0.36
_SERVICE_TO = 12_500
_LOCAL_TO = 40_000
_TERTIARY_TO = 80_000
_SECONDARY_TO = 160_000
_FAR_FROM, _FAR_WIDTH = 80_000, 0.6
"""Where a town is as large as a hand, its streets are no longer drawn as broad as they read best."""
_BUILDINGS_TO = 15_000
_LEAST_BUILDING_MM2 = 1.0
"""Smaller ones are dots; a school or a works is something to go by."""


def ground_picture(
    ground: PaperGround, window: MapWindow, colors: GroundColors, times: float = 1.0
) -> str:
    """The base map's SVG, from the water up to the bridges.

    Parameters
    ----------
    ground : PaperGround
    window : MapWindow
    colors : GroundColors
    times : float
        How many times the line widths of an A3.
    """
    sheet = _Sheet(ground, window, times)
    layer, kind = np.array(ground.layer), np.array(ground.kind)
    is_tunnel = ground.tunnel
    parts = [
        sheet.surface((layer == "green") & (kind == "farmland"), colors.farmland),
        sheet.surface((layer == "green") & (kind == "wood"), colors.wood),
        sheet.surface((layer == "green") & (kind == "park"), colors.park),
        sheet.surface(layer == "water", colors.water),
        sheet.line((layer == "water") & (kind == "stream"), colors.water, sheet.wide(2, 0.25, 1)),
        sheet.line((layer == "water") & (kind == "river"), colors.water, sheet.wide(8, 0.5, 3)),
    ]
    if window.scale <= _BUILDINGS_TO:
        parts.append(sheet.surface(sheet.large(layer == "building"), colors.building))
    is_street = layer == "street"
    paths = is_street & np.isin(kind, _numbers((StreetKind.FOOTWAY, StreetKind.TRACK)))
    steps = is_street & np.isin(kind, _numbers((StreetKind.STEPS,)))
    if window.scale <= _SERVICE_TO:
        parts.append(sheet.line(paths & ~is_tunnel, colors.path, 0.3, dash="1.2 0.7"))
        parts.append(sheet.line(steps & ~is_tunnel, colors.path, 0.9, dash="0.35 0.35", cap="butt"))
    for which in (is_street & is_tunnel, is_street & ~is_tunnel & ~ground.bridge):
        parts += _streets(sheet, which, kind, window.scale, colors)
    parts += [
        sheet.line(layer == "rail", colors.rail, 0.9, cap="butt"),
        sheet.line(layer == "rail", colors.land, 0.55, dash="2.4 2.4", cap="butt"),
    ]
    parts += _streets(sheet, is_street & ground.bridge, kind, window.scale, colors, cap="butt")
    return "".join(parts)


def _streets(
    sheet: _Sheet,
    which: npt.NDArray[np.bool_],
    kind: npt.NDArray[Any],
    scale: int,
    colors: GroundColors,
    cap: str = "round",
) -> list[str]:
    """Edges first, then surfaces: where two streets meet, no edge crosses them."""
    edges, surfaces = [], []
    for kinds, color, metres, least, most in _STREETS:
        if scale > _last_scale(kinds[0]):
            continue
        width = sheet.wide(metres, least, most) * (_FAR_WIDTH if scale > _FAR_FROM else 1)
        chosen = which & np.isin(kind, _numbers(kinds))
        if kinds[0] in _THIN_MM and metres * 1000 / scale < least:
            edges.append(sheet.line(chosen, colors.thin, _THIN_MM[kinds[0]], cap=cap))
            continue
        edges.append(sheet.line(chosen, colors.casing, width + _EDGE_MM, cap=cap))
        surfaces.append(sheet.line(chosen, getattr(colors, color), width))
    return [*edges, *surfaces]


def _last_scale(kind: StreetKind) -> float:
    """The smallest scale at which a kind of street is drawn."""
    if kind in {StreetKind.SERVICE, StreetKind.PEDESTRIAN}:
        return _SERVICE_TO
    if kind is StreetKind.LOCAL:
        return _LOCAL_TO
    further = {StreetKind.TERTIARY: _TERTIARY_TO, StreetKind.SECONDARY: _SECONDARY_TO}
    return further.get(kind, float("inf"))


def _numbers(kinds: Iterable[StreetKind]) -> list[str]:
    return [str(int(kind)) for kind in kinds]


class _Sheet:
    """Turns chosen shapes of a ground into paths."""

    def __init__(self, ground: PaperGround, window: MapWindow, times: float) -> None:
        self._ground = ground
        self._window = window
        self._times = times

    def wide(self, metres: float, least: float, most: float) -> float:
        """Millimetres of something so many metres wide, within what reads well."""
        return min(max(metres * 1000 / self._window.scale, least), most)

    def large(self, which: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Those of some surfaces that are no mere dots on paper."""
        import shapely

        least = _LEAST_BUILDING_MM2 * (self._window.scale / 1000) ** 2
        found = which.copy()
        found[which] = shapely.area(self._ground.geometry[which]) >= least
        return found

    def surface(self, which: npt.NDArray[np.bool_], color: str) -> str:
        """Polygons in one colour."""
        import shapely

        found = self._ground.geometry[which]
        is_area = np.isin(shapely.get_type_id(found), (3, 6)) if len(found) else found
        # Pieces of a surface overlap a little: all rings turn the same way, holes the other.
        parts = shapely.orient_polygons(shapely.get_parts(found[is_area])) if len(found) else found
        rings = shapely.get_rings(parts) if len(parts) else parts
        d = self._drawn(rings, closed=True)
        if not d:
            return ""
        # A hair of its own colour closes the seams between pieces that do not.
        return f'<path d="{d}" fill="{color}" stroke="{color}" stroke-width="{_SEAM_MM}"/>'

    def line(
        self,
        which: npt.NDArray[np.bool_],
        color: str,
        width_mm: float,
        *,
        dash: str = "",
        cap: str = "round",
    ) -> str:
        """Lines in one colour and width."""
        import shapely

        found = shapely.get_parts(self._ground.geometry[which])
        d = self._drawn(found[np.isin(shapely.get_type_id(found), (1,))] if len(found) else found)
        if not d:
            return ""
        scaled = " ".join(f"{float(part) * self._times:g}" for part in dash.split())
        dashes = f' stroke-dasharray="{scaled}"' if dash else ""
        return (
            f'<path d="{d}" fill="none" stroke="{color}" stroke-linejoin="round"'
            f' stroke-linecap="{cap}" stroke-width="{width_mm * self._times:.2f}"{dashes}/>'
        )

    def _drawn(self, lines: npt.NDArray[Any], *, closed: bool = False) -> str:
        """The path of lines, with no more points than paper can show."""
        import shapely

        if not len(lines):
            return ""
        lines = shapely.simplify(lines, _HAIR_MM * self._window.scale / 1000)
        points, of = shapely.get_coordinates(lines, return_index=True)
        x, y = self._window.metres_to_mm(points[:, 0], points[:, 1])
        ends = np.append(np.flatnonzero(np.diff(of)) + 1, len(of)).tolist()
        said = [f"{a:.2f} {b:.2f}" for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        end = "Z" if closed else ""
        starts = [0, *ends[:-1]]
        return "".join(f"M{'L'.join(said[a:b])}{end}" for a, b in zip(starts, ends, strict=True))
