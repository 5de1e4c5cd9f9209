"""What a printer's dots say: the scale bar as long as it is black, and the square a telephone reads."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import zxingcpp

Pixels = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]

FINE = 600
_AROUND_MM = 2.0
_HEAD = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Seen:
    """A part of a page in grey, as poppler draws it."""

    pixels: Pixels
    dots_per_inch: int

    @property
    def mm(self) -> float:
        """Of one dot."""
        return 25.4 / self.dots_per_inch


def seen(pdf: bytes, page: int, box: Box | None = None, dots_per_inch: int = FINE) -> Seen:
    """A page, or (left, top, right, bottom) of it in millimetres and a little around."""
    tool = shutil.which("pdftoppm")
    assert tool, "pdftoppm (poppler-utils) draws what was printed"
    where: list[str] = []
    if box is not None:
        dots = dots_per_inch / 25.4
        left, top = (max(0, int((at - _AROUND_MM) * dots)) for at in box[:2])
        right, bottom = (int((at + _AROUND_MM) * dots) for at in box[2:])
        told = {"-x": left, "-y": top, "-W": right - left, "-H": bottom - top}
        where = [str(word) for pair in told.items() for word in pair]
    words = ["-f", str(page + 1), "-l", str(page + 1), "-r", str(dots_per_inch), "-gray", *where]
    drawn = subprocess.run([tool, *words], input=pdf, check=True, capture_output=True).stdout
    head = _HEAD.match(drawn)
    assert head is not None
    width, height = int(head[1]), int(head[2])
    grey = np.frombuffer(drawn, np.uint8, width * height, head.end())
    return Seen(grey.reshape(height, width), dots_per_inch)


def bar_length_mm(bar: Seen) -> float:
    """The longest black stroke, to parts of a dot: grey dots at its ends count by their grey."""
    longest = 0.0
    for row in bar.pixels:
        ink = 1 - row / 255.0
        edges = np.flatnonzero(np.diff(np.concatenate([[0], ink > 0.02, [0]]).astype(int)))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if ink[start + 1 : end - 1].min(initial=1) > 0.9:
                longest = max(longest, float(ink[start:end].sum()))
    return longest * bar.mm


def read_squares(page: Seen) -> list[str]:
    """What the squares on it say."""
    found = zxingcpp.read_barcodes(np.ascontiguousarray(page.pixels))
    return [code.text for code in found if code.format == zxingcpp.BarcodeFormat.QRCode]
