"""The two coordinate systems of a town, and the only module that knows them.

Storage is EPSG:4326 (longitude first). Measuring happens in one metric system per municipality:
a Japanese plane rectangular zone on JGD2011, or what ``metric_crs`` names.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyproj import CRS, Transformer

STORAGE_CRS = "EPSG:4326"
STORAGE_SRID = 4326
_PLANE_ZONE_BASE = 6668


def plane_crs(zone: int) -> str:
    """The EPSG name of a plane rectangular zone 1..19 on JGD2011 (EPSG:6669..6687)."""
    if not 1 <= zone <= 19:
        raise ValueError(f"plane zone must be 1..19, not {zone}")
    return f"EPSG:{_PLANE_ZONE_BASE + zone}"


@lru_cache(maxsize=32)
def transformer(source: str, target: str) -> Transformer:
    """A transformer with x first on both sides, whatever the authority's axis order."""
    from pyproj import Transformer as _Transformer

    return _Transformer.from_crs(source, target, always_xy=True)


def parse_crs(text: str) -> CRS:
    """Read an EPSG name or a ``.prj`` text.

    Raises
    ------
    ValueError
        When PROJ does not know it.
    """
    from pyproj import CRS as _CRS
    from pyproj.exceptions import CRSError

    try:
        return _CRS.from_user_input(text)
    except CRSError as error:
        raise ValueError(f"unknown coordinate system: {text[:80]}") from error


def reproject(geometry: Any, source: str, target: str) -> Any:
    """Reproject a shapely geometry (or array of them); a no-op when both names are equal."""
    if source == target:
        return geometry
    import shapely

    step = transformer(source, target)

    def move(x: Any, y: Any) -> Any:
        return step.transform(x, y, errcheck=True)

    return shapely.transform(geometry, move, interleaved=False)  # type: ignore[arg-type]
