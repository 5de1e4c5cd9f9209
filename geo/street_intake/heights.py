"""The heights of a town, from all the files it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.intake.features import UnreadableFileError, stop
from geo.model.problem import Problem
from geo.street_intake.geotiff import read_geotiff
from geo.street_intake.height_grid import HeightGrid
from geo.street_intake.hgt import read_hgt

_TIFF = (".tif", ".tiff")
_TILE = (".hgt", ".zip")


@dataclass(frozen=True, slots=True)
class Heights:
    """Grids of heights; the first that knows a place answers."""

    grids: tuple[HeightGrid, ...]

    def at(
        self, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
    ) -> npt.NDArray[np.float32]:
        """Metres above the sea at places in EPSG:4326; NaN where no grid knows."""
        height = np.full(len(lon), np.nan, dtype=np.float32)
        for grid in self.grids:
            unknown = np.flatnonzero(np.isnan(height))
            if not len(unknown):
                break
            height[unknown] = grid.at(lon[unknown], lat[unknown])
        return height


def read_heights(paths: Sequence[Path], shown: Sequence[str], problems: list[Problem]) -> Heights:
    """Read SRTM tiles (``.hgt``, ``.hgt.zip``) and GeoTIFFs.

    Parameters
    ----------
    paths, shown : sequences of one length
        The files, and their names as the clerk knows them.
    problems : list of Problem
        Every fault is added here; a file that cannot be read gives no heights.
    """
    grids = []
    for path, file in zip(paths, shown, strict=True):
        try:
            grids.append(_read(path, file))
        except UnreadableFileError as error:
            problems.append(error.problem)
    return Heights(tuple(grids))


def _read(path: Path, file: str) -> HeightGrid:
    kind = path.suffix.lower()
    if kind in _TILE:
        return read_hgt(path, file)
    if kind not in _TIFF:
        stop(
            file,
            "format-unknown",
            f"標高のファイルとして読めない種類（{path.suffix}）です。"
            ".hgt（zip も可）か GeoTIFF（.tif）を用意してください。",
        )
    return read_geotiff(path, file)
