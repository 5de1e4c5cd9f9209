"""GeoTIFFs of heights, without GDAL: a grid of numbers and where it lies."""

from __future__ import annotations

import io
import logging
from pathlib import Path
from typing import Any

import numpy as np

from geo.crs import parse_crs
from geo.intake.archive import read_bytes
from geo.intake.features import UnreadableFileError, stop
from geo.street_intake.height_grid import HeightGrid

_MOST_POINTS = 64_000_000
_USER_DEFINED = 32767
_POINT = 2  # GTRasterTypeGeoKey: a value stands for a point, not for a cell


def read_geotiff(path: Path, file: str) -> HeightGrid:
    """Read the first image of a GeoTIFF.

    Parameters
    ----------
    path : Path
    file : str
        Its name for messages.

    Raises
    ------
    UnreadableFileError
        When it is no GeoTIFF of one band that says where it lies.
    """
    data = read_bytes(path, file)
    import tifffile

    logging.getLogger("tifffile").setLevel(logging.CRITICAL)  # what is wrong is said below
    try:
        with tifffile.TiffFile(io.BytesIO(data)) as tiff:
            page: Any = tiff.pages[0]
            _refuse_if_unfit(page, file)
            keys = page.geotiff_tags or {}
            void = page.tags.get("GDAL_NODATA")
            grid = _placed(keys, _number(void.value if void is not None else None), file)
            values = np.asarray(page.asarray()).reshape(page.imagelength, page.imagewidth)
    except UnreadableFileError:
        raise
    except MemoryError:
        stop(file, "file-too-large", "大きすぎて読めません。必要な所だけを切り出してください。")
    except Exception as error:  # a broken TIFF breaks its reader in many ways
        stop(
            file,
            "heights-unreadable",
            "GeoTIFF として読めません。壊れているか、読めない方法（LZW など）で縮めてあります。"
            "縮めずに書き出し直してください。",
            value=str(error)[:60],
        )
    west, north, step_x, step_y, rim, crs, void_value = grid
    return HeightGrid(values, void_value, west, north, step_x, step_y, rim, crs)


def _refuse_if_unfit(page: Any, file: str) -> None:
    rows, columns = int(page.imagelength), int(page.imagewidth)
    if rows * columns > _MOST_POINTS:
        stop(
            file,
            "file-too-large",
            f"標高の点が多すぎます（{rows:,}×{columns:,}）。町のまわりだけを切り出してください。",
        )
    if (
        page.samplesperpixel != 1
        or page.dtype is None
        or page.dtype.kind not in "iuf"
        or not rows * columns
    ):
        stop(
            file,
            "heights-not-one-band",
            "標高のファイルではなく、写真か地図の画像のようです。1つの数だけが入った GeoTIFF を"
            "用意してください。",
        )


def _placed(
    keys: dict[str, Any], void: float | None, file: str
) -> tuple[float, float, float, float, float, str, float | None]:
    """Where the first value lies, the steps, the rim, the coordinate system and the void."""
    crs = _crs(keys, file)
    is_point = int(keys.get("GTRasterTypeGeoKey", 1)) == _POINT
    half = 0.0 if is_point else 0.5
    if "ModelPixelScale" in keys and "ModelTiepoint" in keys:
        step_x, step_y = (float(v) for v in keys["ModelPixelScale"][:2])
        column, row, _, x, y = (float(v) for v in keys["ModelTiepoint"][:5])
    elif "ModelTransformation" in keys:
        matrix = np.asarray(keys["ModelTransformation"], dtype=float).reshape(4, 4)
        column = row = 0.0
        step_x, step_y, x, y = matrix[0, 0], -matrix[1, 1], matrix[0, 3], matrix[1, 3]
        if matrix[0, 1] or matrix[1, 0]:
            step_x = 0.0
    else:
        step_x = step_y = column = row = x = y = 0.0
    if not (step_x > 0 and step_y > 0 and np.isfinite([step_x, step_y, column, row, x, y]).all()):
        stop(
            file,
            "heights-place-unknown",
            "この GeoTIFF には、どこの標高かが書かれていないか、北が上ではありません。"
            "北を上にして、位置つきで書き出し直してください。",
        )
    west = x + (half - column) * step_x
    north = y - (half - row) * step_y
    return west, north, step_x, step_y, half, crs, void


def _crs(keys: dict[str, Any], file: str) -> str:
    numbers = [int(keys.get(k, 0)) for k in ("ProjectedCSTypeGeoKey", "GeographicTypeGeoKey")]
    name = f"EPSG:{next((n for n in numbers if n and n != _USER_DEFINED), 0)}"
    try:
        parse_crs(name)
    except ValueError:
        stop(
            file,
            "crs-missing",
            "この GeoTIFF には座標系の番号が書かれていません。"
            "EPSG:4326 か平面直角座標系で書き出し直してください。",
        )
    return name


def _number(text: Any) -> float | None:
    try:
        return float(str(text).strip("\0 "))
    except ValueError:
        return None
