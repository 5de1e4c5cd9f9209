"""Metres of a sphere: enough to put names in order, never to measure a way."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

METRES_PER_DEGREE = 111_195.0


def inside_of(shape: BaseGeometry) -> tuple[float, float, float]:
    """Longitude and latitude of a point in a surface, and the square root of its area in metres."""
    import shapely

    inside = shapely.point_on_surface(shape)
    shrink = math.cos(math.radians(inside.y))
    return inside.x, inside.y, math.sqrt(shape.area * shrink) * METRES_PER_DEGREE
