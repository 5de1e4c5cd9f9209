"""Metres along streets, measured in the metric system of the town."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.crs import STORAGE_CRS, transformer
from geo.errors import LoadRefusedError

_AT_A_TIME = 1 << 18
_SAMPLE = 10_000
_MOST_OFF = 0.02
_EARTH_M = 6_371_008.8


def steps_m(
    lon: npt.NDArray[np.float64],
    lat: npt.NDArray[np.float64],
    line: npt.NDArray[np.int32],
    metric_crs: str,
) -> npt.NDArray[np.float64]:
    """Metres from every vertex to the next of its ``line``; 0 at the last one of a line.

    Raises
    ------
    LoadRefusedError
        When ``metric_crs`` does not measure at this place: more than 2 % off the sphere (a plane
        zone of the other end of the country, Web Mercator), or not at all.
    """
    step = transformer(STORAGE_CRS, metric_crs)
    metres = np.zeros(len(lon))
    for low in range(0, len(lon) - 1, _AT_A_TIME):
        span = slice(low, min(low + _AT_A_TIME, len(lon) - 1) + 1)
        x, y = step.transform(lon[span], lat[span])
        metres[low : span.stop - 1] = np.hypot(np.diff(x), np.diff(y))
    metres[:-1][line[1:] != line[:-1]] = 0.0
    _refuse_if_unfit(lon, lat, metres, metric_crs)
    return metres


def _refuse_if_unfit(
    lon: npt.NDArray[np.float64],
    lat: npt.NDArray[np.float64],
    metres: npt.NDArray[np.float64],
    metric_crs: str,
) -> None:
    inside = np.flatnonzero(metres != 0)
    some = inside[:: max(1, len(inside) // _SAMPLE)]
    measured = float(metres[some].sum())
    sphere = float(sphere_m(lon[some], lat[some], lon[some + 1], lat[some + 1]).sum())
    if np.isfinite(metres).all() and abs(measured - sphere) <= _MOST_OFF * sphere:
        return
    raise LoadRefusedError(
        f"metric crs {metric_crs} does not fit: {measured:.1f} m measured, {sphere:.1f} m on the sphere",
        message_ja=f"町の座標系（{metric_crs}）では、この道の長さを正しく測れません。",
        hint_ja="municipality.toml の plane_zone（または metric_crs）と、道のデータの場所を確かめてください。",
    )


def sphere_m(
    lon_a: npt.NDArray[np.float64],
    lat_a: npt.NDArray[np.float64],
    lon_b: npt.NDArray[np.float64],
    lat_b: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Great-circle metres (haversine)."""
    south, north = np.radians(lat_a), np.radians(lat_b)
    half = np.sin((north - south) / 2) ** 2
    half += np.cos(south) * np.cos(north) * np.sin(np.radians(lon_b - lon_a) / 2) ** 2
    return np.asarray(2 * _EARTH_M * np.arcsin(np.sqrt(half)))
