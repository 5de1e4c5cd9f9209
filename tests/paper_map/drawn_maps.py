"""A base map made by hand in metres, and what is drawn of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import shapely
from front import sample
from paper_district.printed_areas import METRIC_CRS, SHAPES

from geo.crs import STORAGE_CRS, transformer
from geo.model.ground import StreetKind
from geo.model.map_answer import MapAnswer
from geo.questions.paper_ground import PaperGround, PaperLabel
from webmap.paper.drawing.flag_room import Kept
from webmap.paper.drawing.map_picture import MapPicture, map_picture
from webmap.paper.drawing.map_window import MapWindow
from webmap.paper.sheet_frame import Box

BOX = Box(10, 28, 245, 235)
MIDDLE = transformer(STORAGE_CRS, METRIC_CRS).transform(*sample.CENTER)
LOCAL, SERVICE, MAIN = (
    str(int(kind)) for kind in (StreetKind.LOCAL, StreetKind.SERVICE, StreetKind.MAIN)
)


def window(scale: int = 10_000) -> MapWindow:
    """Around the middle of the area of the screen's tests."""
    return MapWindow(METRIC_CRS, MIDDLE, scale, BOX)


def ground(*shapes: tuple[str, str, str], labels: Sequence[PaperLabel] = ()) -> PaperGround:
    """Of (layer, kind, WKT in metres from the middle)."""
    geometry = np.empty(len(shapes), dtype=object)
    geometry[:] = [
        shapely.transform(shapely.from_wkt(wkt), lambda points: points + MIDDLE)
        for *_, wkt in shapes
    ]
    plain = np.zeros(len(shapes), bool)
    return PaperGround(
        tuple(layer for layer, *_ in shapes),
        tuple(kind for _, kind, _ in shapes),
        plain,
        plain,
        geometry,
        tuple(labels),
        15,
    )


def label(kind: str, name: str, x: float, y: float, rank: int = 0) -> PaperLabel:
    """A name so many metres east and north of the middle."""
    return PaperLabel(kind, name, rank, MIDDLE[0] + x, MIDDLE[1] + y)


def picture(
    answer: MapAnswer,
    under: PaperGround | None = None,
    *,
    scale: int = 10_000,
    grey: bool = False,
    times: float = 1.0,
) -> MapPicture:
    """The map of an answer."""
    return map_picture(
        answer, under or ground(), window(scale), shapes=SHAPES, grey=grey, times=times
    )


def written(svg: str) -> dict[str, tuple[float, float, float, str]]:
    """By text: its left end, its line, the size of its type, and its colour."""
    found = {}
    for attributes, text in re.findall(r"<text ([^>]*)>([^<]*)</text>", svg):
        told = dict(re.findall(r'([a-z-]+)="([^"]*)"', attributes))
        if "x" not in told:  # a character of a name along a line
            continue
        found[text] = (
            float(told["x"]),
            float(told["y"]),
            float(told["font-size"]),
            told["fill"],
        )
    return found


def overlap(one: Kept, other: Kept) -> bool:
    """Whether two boxes lie over each other."""
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )
