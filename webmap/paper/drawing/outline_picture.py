"""Borders on a printed map: the area's own, those around it, and the veil over what is outside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from geo.crs import STORAGE_CRS, reproject
from geo.model.answers import AreaOutline, GeoJson

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from webmap.paper.drawing.map_window import MapWindow

_OWN_MM = 1.0
_OWN_EDGE = 0.9
"""So much white beside it, parts of the pen."""
_THINNEST_MM = 0.5
_OF_BREADTH = 0.08
_NEIGHBOUR_MM = 0.5
_ONE_MM = 0.05
"""Borders nearer to each other than this are one."""
_BESIDE_MM = 0.8
_VEIL = 0.4
"""So much is taken from what lies outside: faded, and the way there can still be read."""


def in_metres(geometry: GeoJson | None, window: MapWindow) -> BaseGeometry | None:
    """A GeoJSON geometry in the window's own system."""
    from shapely.geometry import shape

    if geometry is None:
        return None
    moved: BaseGeometry = reproject(shape(geometry), STORAGE_CRS, window.metric_crs)
    return moved


def lines_path(geometry: BaseGeometry, window: MapWindow) -> str:
    """The path of lines, or of the rings of surfaces, in millimetres of the map."""
    import shapely

    drawn = []
    for part in shapely.get_parts(geometry):
        is_area = part.geom_type == "Polygon"
        for line in shapely.get_rings(part) if is_area else (part,):
            points = shapely.get_coordinates(line)
            x, y = window.metres_to_mm(points[:, 0], points[:, 1])
            said = "L".join(f"{a:.2f} {b:.2f}" for a, b in zip(x.tolist(), y.tolist(), strict=True))
            drawn.append(f"M{said}{'Z' if is_area else ''}")
    return "".join(drawn)


def veil(own: BaseGeometry | None, window: MapWindow, color: str) -> str:
    """Fades what is not the area."""
    if own is None:
        return ""
    frame = f"M0 0H{window.box.width:.2f}V{window.box.height:.2f}H0Z"
    return (
        f'<path d="{frame}{lines_path(own, window)}" fill="{color}" fill-opacity="{_VEIL}"'
        ' fill-rule="evenodd"/>'
    )


def own_border(own: BaseGeometry | None, window: MapWindow, color: str, times: float) -> str:
    """The area's own border, bold, on white; thinner where the area is a narrow strip."""
    if own is None:
        return ""
    path = lines_path(own, window)
    broad_mm = 2 * own.area / own.length * 1000 / window.scale / times if own.length else 0.0
    pen = min(_OWN_MM, max(_THINNEST_MM, broad_mm * _OF_BREADTH))
    widths = (("#ffffff", pen * (1 + _OWN_EDGE)), (color, pen))
    return "".join(
        f'<path d="{path}" fill="none" stroke="{ink}" stroke-width="{mm * times:.2f}"'
        ' stroke-linejoin="round"/>'
        for ink, mm in widths
    )


def border_points(
    own: BaseGeometry | None, window: MapWindow, every_mm: float = _BESIDE_MM
) -> npt.NDArray[np.float64]:
    """Points along the area's own border, usually so dense that no name lies between two."""
    import shapely

    if own is None:
        return np.empty((0, 2))
    line = shapely.segmentize(
        shapely.simplify(shapely.boundary(own), every_mm / 4 * window.scale / 1000),
        every_mm * window.scale / 1000,
    )
    x, y = window.metres_to_mm(*shapely.get_coordinates(line).T)
    return np.column_stack([x, y])


def neighbour_borders(
    areas: Iterable[AreaOutline],
    own: BaseGeometry | None,
    window: MapWindow,
    color: str,
    times: float,
) -> str:
    """The borders of the areas around, dashed; two areas have one border, none along the own."""
    import shapely

    a_mm = window.scale / 1000
    seen = shapely.box(*window.bounds_metres).buffer(_NEIGHBOUR_MM * a_mm)
    outlines = (in_metres(area.outline, window) for area in areas)
    lines = [
        shapely.intersection(shapely.boundary(outline), seen)
        for outline in outlines
        if outline is not None
    ]
    borders: BaseGeometry = shapely.line_merge(shapely.union_all(lines, grid_size=_ONE_MM * a_mm))
    if own is not None:
        borders = shapely.difference(borders, shapely.boundary(own).buffer(_OWN_MM * a_mm))
    if borders.is_empty:
        return ""
    return (
        f'<path d="{lines_path(borders, window)}" fill="none" stroke="{color}"'
        f' stroke-width="{_NEIGHBOUR_MM * times:.2f}"'
        f' stroke-dasharray="{1.6 * times:.2f} {1.0 * times:.2f}"/>'
    )
