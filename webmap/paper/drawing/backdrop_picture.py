"""What a layer lays quietly under the flags of a printed map: a river, a railway, a school."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.model.answers import BackdropFeature
from webmap.paper.drawing.label_placing import TYPE_MM, Name
from webmap.paper.drawing.line_names import LineName, in_mm
from webmap.paper.drawing.outline_picture import in_metres, lines_path

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from webmap.paper.drawing.ground_picture import GroundColors
    from webmap.paper.drawing.map_window import MapWindow

_GREY = "#6e6e6e"
_LINE_MM = 0.7
_SIGN = "■"


def backdrop_picture(
    features: Sequence[BackdropFeature], window: MapWindow, times: float, *, grey: bool
) -> str:
    """Lines and surfaces; a point is drawn together with its name."""
    drawn = []
    for feature in features:
        geometry = _shown(feature, window)
        path = lines_path(geometry, window) if geometry is not None and geometry.length else ""
        if geometry is None or not path:
            continue
        color = _GREY if grey else feature.color
        fill = f'fill="{color}" fill-opacity="0.12"' if geometry.area else 'fill="none"'
        drawn.append(
            f'<path d="{path}" {fill} fill-rule="evenodd" stroke="{color}"'
            f' stroke-width="{_LINE_MM * times:.2f}" stroke-linejoin="round"/>'
        )
    return "".join(drawn)


def backdrop_names(
    features: Sequence[BackdropFeature], window: MapWindow, colors: GroundColors
) -> list[Name]:
    """The names of points and surfaces: beside a point, in the middle of what is seen of others."""
    found = []
    for feature in features:
        geometry = _shown(feature, window)
        if geometry is None or _is_line(geometry):
            continue
        is_point = not geometry.length
        middle = geometry.representative_point()
        x, y = (float(at) for at in window.metres_to_mm(middle.x, middle.y))
        found.append(Name(feature.name, x, y, TYPE_MM, colors.name, _SIGN if is_point else ""))
    return found


def backdrop_line_names(
    features: Sequence[BackdropFeature], window: MapWindow, colors: GroundColors, times: float
) -> list[LineName]:
    """The names of lines, along the longest part that is seen."""
    import shapely

    found = []
    for feature in features:
        geometry = _shown(feature, window)
        if geometry is None or not feature.name or not _is_line(geometry):
            continue
        merged = shapely.line_merge(geometry) if geometry.geom_type != "LineString" else geometry
        longest = max(shapely.get_parts(merged), key=shapely.length)
        line = in_mm(longest, window)
        found.append(LineName(feature.name, line, line.length / 2, TYPE_MM * times, colors.name))
    return found


def _is_line(geometry: BaseGeometry) -> bool:
    return bool(geometry.length) and not geometry.area


def _shown(feature: BackdropFeature, window: MapWindow) -> BaseGeometry | None:
    """What of it lies in the window."""
    import shapely

    geometry = in_metres(feature.geometry, window)
    if geometry is None:
        return None
    seen = shapely.intersection(geometry, shapely.box(*window.bounds_metres))
    return None if seen.is_empty else seen
