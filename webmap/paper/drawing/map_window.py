"""The piece of the earth a printed map shows, true to scale, in millimetres of its box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.crs import STORAGE_CRS, transformer
from webmap.paper.sheet_frame import Box

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from geo.model.answers import GeoJson
    from geo.model.map_answer import MapAnswer

    Floats = npt.NDArray[np.float64]

ROUND_SCALES = (
    *(1000, 1500, 2000, 2500, 3000, 4000, 5000, 6000, 7500, 8000),
    *(10_000, 12_500, 15_000, 20_000, 25_000, 30_000, 40_000, 50_000, 60_000, 75_000, 80_000),
    *(100_000, 125_000, 150_000, 200_000, 250_000, 300_000, 400_000, 500_000, 750_000),
    *(1_000_000, 2_000_000),
)
"""1:1000 and so on, the largest first."""

RIM_MM = 6.0
"""Kept free between what must be seen and the edge of the map."""

ALONE_M = 600.0
"""Shown at least across, where there is no outline: a flag alone says nothing of where it is."""

_FAR = 1.6
"""A scale smaller by this for the sake of a few far flags is too dear for everybody else."""


@dataclass(frozen=True, slots=True)
class MapWindow:
    """A map's place on the earth and on the paper.

    Parameters
    ----------
    metric_crs : str
        The town's own system, in metres; its north is up.
    centre : (float, float)
        Metres east and north; the middle of the box.
    scale : int
        5000 for 1:5000.
    box : Box
        Where the map lies on the sheet, mm. Millimetres of the map count from its upper left
        corner.
    """

    metric_crs: str
    centre: tuple[float, float]
    scale: int
    box: Box

    def to_mm(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Degrees (EPSG:4326) as millimetres of the map, y down."""
        x, y = transformer(STORAGE_CRS, self.metric_crs).transform(
            np.asarray(lon, float), np.asarray(lat, float)
        )
        return self.metres_to_mm(x, y)

    def metres_to_mm(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Metres of ``metric_crs`` as millimetres of the map, y down."""
        per_metre = 1000.0 / self.scale
        return (
            (np.asarray(x, float) - self.centre[0]) * per_metre + self.box.width / 2,
            (self.centre[1] - np.asarray(y, float)) * per_metre + self.box.height / 2,
        )

    def holds(self, x: float, y: float, rim: float = 0.0) -> bool:
        """Whether a point in millimetres of the map lies in it, ``rim`` from its edges."""
        return rim <= x <= self.box.width - rim and rim <= y <= self.box.height - rim

    @property
    def bounds_metres(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the map in ``metric_crs``."""
        half_width = self.box.width * self.scale / 2000
        half_height = self.box.height * self.scale / 2000
        east, north = self.centre
        return east - half_width, north - half_height, east + half_width, north + half_height

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees: a little more than the map shows."""
        west, south, east, north = self.bounds_metres
        more = RIM_MM * self.scale / 1000
        back = transformer(self.metric_crs, STORAGE_CRS)
        found: tuple[float, float, float, float] = back.transform_bounds(
            west - more, south - more, east + more, north + more, densify_pts=21
        )
        return found


def best_window(
    shown: npt.ArrayLike,
    metric_crs: str,
    box: Box,
    scale: int | None = None,
    *,
    least_m: float = 0.0,
) -> MapWindow | None:
    """The largest round scale that shows everything, centred.

    Parameters
    ----------
    shown : array of shape (n, 2)
        Longitudes and latitudes.
    metric_crs : str
        The town's own system.
    box : Box
        Where the map lies on the sheet, mm.
    scale : int, optional
        This one, whether everything fits or not.
    least_m : float
        Shown at least across, metres.

    Returns
    -------
    MapWindow or None
        None where there is nothing to show.
    """
    degrees = np.asarray(shown, float).reshape(-1, 2)
    if not len(degrees):
        return None
    x, y = transformer(STORAGE_CRS, metric_crs).transform(degrees[:, 0], degrees[:, 1])
    width, height = max(np.ptp(x), least_m), max(np.ptp(y), least_m)
    centre = (float(np.min(x) + np.max(x)) / 2, float(np.min(y) + np.max(y)) / 2)
    if scale is None:
        inner = box.inset(RIM_MM)
        needed = max(width / inner.width, height / inner.height) * 1000
        scale = next((s for s in ROUND_SCALES if s >= needed), ROUND_SCALES[-1])
    return MapWindow(metric_crs, centre, scale, box)


def area_window(
    answer: MapAnswer, metric_crs: str, box: Box, scale: int | None = None
) -> MapWindow | None:
    """The window of an area's map: its outline whole, and its flags.

    A few flags far outside of the outline do not make everything small: they are then outside of
    the window (:meth:`MapWindow.holds`), and whoever draws says so.
    """
    outline = outline_points(answer.outline)
    flags = np.array([(flag.lon, flag.lat) for flag in answer.flags], float).reshape(-1, 2)
    least_m = 0.0 if len(outline) else ALONE_M
    whole = best_window(np.vstack([outline, flags]), metric_crs, box, scale, least_m=least_m)
    area = best_window(outline, metric_crs, box, scale)
    if whole is None or area is None:
        return whole
    return area if scale is not None or whole.scale > _FAR * area.scale else whole


def outline_points(outline: GeoJson | None) -> Floats:
    """Every corner of a GeoJSON geometry, as longitudes and latitudes (n, 2)."""
    if outline is None:
        return np.empty((0, 2))
    parts = outline.get("geometries") or [outline]
    return np.array([p for part in parts for p in _positions(part["coordinates"])], float).reshape(
        -1, 2
    )


def _positions(nested: list[object]) -> Iterator[tuple[float, float]]:
    if nested and isinstance(nested[0], int | float):
        yield float(nested[0]), float(nested[1])  # type: ignore[arg-type]
        return
    for part in nested:
        if isinstance(part, list | tuple):
            yield from _positions(list(part))
