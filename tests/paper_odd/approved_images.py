"""Pages as somebody has seen and approved them, in few colours.

``OTAKARA_BLESS=1 python -m pytest tests/paper_odd`` writes what comes out into ``tests/approved``;
look at every picture that has changed before committing.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

Palette = Callable[[bytes], Image.Image]

FOLDER = Path(__file__).resolve().parents[1] / "approved"
COLOURS, GREYS = 16, 8
TINT = 12
"""Of 255 between the channels of a dot: less is grey."""
BLOCK = 8
TOLERANCE = 24.0
"""Of 255, over a square of `BLOCK` dots: smoother edges pass, a digit that has changed does not."""


def in_few_colours(png: bytes) -> Image.Image:
    """A page as it is kept: eight greys, and the colours it has, however little there is of them."""
    page = Image.open(io.BytesIO(png)).convert("RGB")
    dots = np.asarray(page)
    tinted = dots[np.ptp(dots, axis=2) > TINT]
    palette = [grey for level in range(GREYS) for grey in [level * 255 // (GREYS - 1)] * 3]
    if len(tinted):
        strip = Image.fromarray(tinted[None])
        found = strip.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE)
        palette += (found.getpalette() or [])[: 3 * COLOURS]
    few = Image.new("P", (1, 1))
    few.putpalette(palette)
    return page.quantize(palette=few, dither=Image.Dither.NONE)


def in_many_colours(png: bytes) -> Image.Image:
    """A page as README shows it: pale surfaces keep their tint."""
    page = Image.open(io.BytesIO(png)).convert("RGB")
    return page.quantize(128, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)


def worst_difference(one: Image.Image, other: Image.Image) -> float:
    """The largest mean difference over a square of dots; 255 for pages of different sizes."""
    if one.size != other.size:
        return 255.0
    a, b = (np.asarray(page.convert("RGB"), float) for page in (one, other))
    apart = np.abs(a - b).max(axis=2)
    high, wide = (side // BLOCK * BLOCK for side in apart.shape)
    squares = apart[:high, :wide].reshape(high // BLOCK, BLOCK, wide // BLOCK, BLOCK)
    return float(squares.mean(axis=(1, 3)).max(initial=0.0))


def require_approved(name: str, png: bytes, seen: Path, kept_in: Palette = in_few_colours) -> None:
    """Compare a page with the approved one; where they differ, the page is left in ``seen``."""
    path = FOLDER / f"paper_{name}.png"
    page = kept_in(png)
    if os.environ.get("OTAKARA_BLESS") == "1":
        page.save(path, optimize=True)
        return
    assert path.is_file(), f"{path.name} is not there yet: OTAKARA_BLESS=1"
    with Image.open(path) as approved:
        apart = worst_difference(page, approved)
    if apart > TOLERANCE:
        kept = seen / path.name
        page.save(kept)
        raise AssertionError(
            f"{path.name} looks different ({apart:.0f} of 255 in one square): see {kept};"
            " OTAKARA_BLESS=1 approves it"
        )
