"""Putting tiles together, dot by dot, as scissors and glue would."""

from __future__ import annotations

import subprocess
from math import ceil
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from webmap.paper.sheets.tiling import Tiling

Dots = npt.NDArray[np.uint8]
MM_PER_INCH = 25.4

Image.MAX_IMAGE_PIXELS = 60_000_000  # an A0 at 150 dpi has 35 million dots


def pages_of(pdf: bytes, folder: Path, *, dots_per_inch: int) -> list[Dots]:
    """Every page as grey dots, drawn by poppler."""
    folder.mkdir()
    (folder / "file.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-gray", "-r", str(dots_per_inch), "file.pdf", "page"], cwd=folder, check=True
    )
    return [np.asarray(Image.open(path)) for path in sorted(folder.glob("page*.pgm"))]


def reassembled(pages: list[Dots], cut: Tiling, like: Dots, dots_per_inch: int) -> Dots:
    """The parts side by side, each laid over those before it; what none covers stays black."""
    per_mm = dots_per_inch / MM_PER_INCH
    whole = np.zeros_like(like)
    for page, tile in zip(pages, cut.tiles, strict=True):
        left, top = (round(at * per_mm) for at in (cut.picture.x, cut.picture.y))
        right, bottom = (ceil(at * per_mm) for at in (cut.picture.right, cut.picture.bottom))
        x, y = (round(at * per_mm) for at in (tile.part.x, tile.part.y))
        part = page[top:bottom, left:right][: like.shape[0] - y, : like.shape[1] - x]
        whole[y : y + part.shape[0], x : x + part.shape[1]] = part
    return whole


def further_than_a_dot(one: Dots, other: Dots, *, shades: int) -> int:
    """How many dots of ``one`` are found in none of the nine of ``other`` around the same place.

    Edges may fall between dots: what lies between the lightest and the darkest of the nine, give
    or take so many shades, is found.
    """
    low, high = other, other
    for axis in (0, 1):
        low, high = (
            _over_neighbours(np.minimum, low, axis),
            _over_neighbours(np.maximum, high, axis),
        )
    darkest = np.maximum(low, shades) - shades
    lightest = np.minimum(high, 255 - shades) + shades
    return int(np.count_nonzero(one < darkest) + np.count_nonzero(one > lightest))


def _over_neighbours(best: np.ufunc, dots: Dots, axis: int) -> Dots:
    wide = np.pad(dots, [(1, 1) if n == axis else (0, 0) for n in (0, 1)], mode="edge")
    if axis == 0:
        return best(best(wide[:-2], wide[1:-1]), wide[2:])
    return best(best(wide[:, :-2], wide[:, 1:-1]), wide[:, 2:])
