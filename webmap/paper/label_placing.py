"""Names on a printed map: the weightiest first, none over a flag or another name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from webmap.paper.flag_placing import Kept
from webmap.paper.type_width import text_width_mm

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.questions.paper_ground import PaperGround
    from webmap.paper.ground_picture import GroundColors
    from webmap.paper.map_window import MapWindow

TYPE_MM = 2.9
"""Names on the map: 8.2 pt; the greater ones more."""
_GREATER_MM = {"station": 3.5, "school": 3.2, "hall": 3.1, "place": 3.3}
_SIGNS = {
    "station": "■",
    "school": "文",
    "hall": "◆",
    "shrine": "⛩",
    "temple": "卍",
    "post_office": "〒",
    "clinic": "✚",
    "shop": "●",
    "library": "▲",
    "mountain": "▲",
    "park": "",
    "other": "・",
}
_IN_WATER = ("water",)
_APART_MM = 0.8
_LINE = 1.15


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be written. ``size_mm`` is its type's height; ``is_bold`` for areas."""

    text: str
    x: float
    y: float
    size_mm: float
    color: str
    sign: str = ""
    is_bold: bool = False


class LabelRoom:
    """What is taken of a map already."""

    def __init__(self, width_mm: float, height_mm: float, taken: Iterable[Kept]) -> None:
        self._width, self._height = width_mm, height_mm
        self._taken = list(taken)

    def write(self, name: Name, times: float = 1.0) -> str:
        """A name's SVG at the first free of its places; nothing where none is free."""
        size = name.size_mm * times
        width = text_width_mm(name.text, size)
        height = size * _LINE
        sign = size * 1.05 if name.sign else 0.0
        for left, top in _places(name, width, height, sign):
            box = Kept(left, top, width, height)
            mark = Kept(name.x - sign / 2, name.y - sign / 2, sign, sign)
            if not self._is_free(box) or (name.sign and not self._is_free(mark)):
                continue
            self._taken.append(box)
            if name.sign:
                self._taken.append(mark)
            return _drawn(name, left, top + size * 0.88, size)
        return ""

    def _is_free(self, box: Kept) -> bool:
        if box.x < 0 or box.y < 0:
            return False
        if box.x + box.width > self._width or box.y + box.height > self._height:
            return False
        return not any(
            box.x < other.x + other.width + _APART_MM
            and other.x < box.x + box.width + _APART_MM
            and box.y < other.y + other.height + _APART_MM / 2
            and other.y < box.y + box.height + _APART_MM / 2
            for other in self._taken
        )


def ground_names(
    ground: PaperGround,
    window: MapWindow,
    colors: GroundColors,
    own: BaseGeometry | None = None,
) -> Sequence[Name]:
    """The names of the base map that lie in the window, those to be written first in front.

    What lies in ``own``, metres of the window's system, comes before what lies around it, which
    is written in a quieter colour. Names of streets are left to the screen: on paper they would
    have to bend.
    """
    import shapely

    labels = [label for label in ground.labels if label.kind != "street"]
    if not labels:
        return ()
    east = np.array([label.x for label in labels])
    north = np.array([label.y for label in labels])
    inside = np.ones(len(labels), bool) if own is None else shapely.contains_xy(own, east, north)
    x, y = window.metres_to_mm(east, north)
    found: tuple[list[Name], list[Name]] = ([], [])
    for label, is_inside, at_x, at_y in zip(
        labels, inside.tolist(), x.tolist(), y.tolist(), strict=True
    ):
        if not window.holds(at_x, at_y):
            continue
        color = colors.name if is_inside else colors.name_outside
        if label.kind in _IN_WATER:
            color = colors.water_name
        size, sign = _GREATER_MM.get(label.kind, TYPE_MM), _SIGNS.get(label.kind, "")
        found[not is_inside].append(Name(label.name, at_x, at_y, size, color, sign))
    return (*found[0], *found[1])


def _places(name: Name, width: float, height: float, sign: float) -> Sequence[tuple[float, float]]:
    """Left and top of where a name may stand, the best first."""
    x, y, gap = name.x, name.y, sign / 2 + 0.5
    if not name.sign:
        aside = width / 3
        return [
            (x - width / 2 + dx, y - height / 2 + dy)
            for dx, dy in ((0, 0), (0, -height), (0, height), (-aside, 0), (aside, 0))
        ]
    return [
        (x + gap, y - height / 2),
        (x - gap - width, y - height / 2),
        (x - width / 2, y + gap),
        (x - width / 2, y - gap - height),
    ]


def _drawn(name: Name, left: float, base: float, size: float) -> str:
    weight = ' font-weight="700"' if name.is_bold else ""
    look = (
        f'fill="{name.color}" stroke="#ffffff" stroke-width="{size * 0.28:.2f}"'
        ' stroke-linejoin="round" paint-order="stroke"'
    )
    said = (
        f'<text x="{left:.2f}" y="{base:.2f}" font-size="{size:.2f}"{weight} {look}>'
        f"{escape(name.text)}</text>"
    )
    if not name.sign:
        return said
    return said + (
        f'<text x="{name.x:.2f}" y="{name.y + size * 0.38:.2f}" text-anchor="middle"'
        f' font-size="{size * 1.05:.2f}" {look}>{name.sign}</text>'
    )
