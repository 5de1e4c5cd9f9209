"""Names on a printed map: the weightiest first, none over a flag or another name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from webmap.paper.drawing.flag_room import Kept
from webmap.paper.drawing.type_width import text_width_mm

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    from geo.questions.paper_ground import PaperGround
    from webmap.paper.drawing.ground_picture import GroundColors
    from webmap.paper.drawing.map_window import MapWindow

TYPE_MM = 3.2
"""Names on the map: 9.1 pt; the greater ones more."""
_GREATER_MM = {"station": 3.8, "school": 3.4, "hall": 3.3, "place": 3.6, "water": 3.4}
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
_AROUND = frozenset({"station", "place", "school", "hall", "shrine", "water", "mountain"})
"""What is named around the area as well: one finds the way by it."""
_FIRST = ("station", "school")
_APART_MM = 0.8
_RIM_MM = 0.6
"""White between a name and the edge of the map."""
_LINE = 1.15


@dataclass(frozen=True, slots=True)
class Name:
    """A name to be written.

    Parameters
    ----------
    text : str
    x, y : float
        Its place, millimetres of the map.
    size_mm : float
        Its type's height.
    color : str
    sign : str
        Stands at the place; the name stands beside it.
    is_bold : bool
        For areas.
    elsewhere : tuple of (float, float)
        Other places as right, the best first.
    may_cross : bool
        Whether it is rather written over the area's border than left out.
    is_first : bool
        Flags make room for it where they can.
    """

    text: str
    x: float
    y: float
    size_mm: float
    color: str
    sign: str = ""
    is_bold: bool = False
    elsewhere: tuple[tuple[float, float], ...] = ()
    may_cross: bool = True
    is_first: bool = False


class LabelRoom:
    """What is taken of a map already.

    Parameters
    ----------
    width_mm, height_mm : float
    taken : iterable of Kept
        No name stands there.
    avoided : array of shape (n, 2), optional
        Points of lines that a name should not cross.
    """

    def __init__(
        self,
        width_mm: float,
        height_mm: float,
        taken: Iterable[Kept],
        avoided: npt.NDArray[np.float64] | None = None,
    ) -> None:
        self._width, self._height = width_mm, height_mm
        self._taken = list(taken)
        self._avoided = np.empty((0, 2)) if avoided is None else avoided

    def write(self, name: Name, times: float = 1.0) -> str:
        """A name's SVG at the first free of its places; nothing where none is free."""
        size = name.size_mm * times
        width, height = text_width_mm(name.text, size), size * _LINE
        sign = size * 1.05 if name.sign else 0.0
        crossing: tuple[float, float, float, float] | None = None
        for x, y in ((name.x, name.y), *name.elsewhere):
            mark = Kept(x - sign / 2, y - sign / 2, sign, sign)
            if name.sign and not self.is_free(mark):
                continue
            for left, top in _places(x, y, width, height, sign):
                box = Kept(left, top, width, height)
                if not self.is_free(box):
                    continue
                if not self.is_crossing(box):
                    return self._written(name, x, y, left, top, size)
                crossing = crossing or (x, y, left, top)
        if crossing is None or not name.may_cross:
            return ""
        return self._written(name, *crossing, size)

    def is_free(self, box: Kept) -> bool:
        """Whether a box lies in the map and over nothing that is taken."""
        if box.x < _RIM_MM or box.y < _RIM_MM:
            return False
        if box.x + box.width > self._width - _RIM_MM or box.y + box.height > self._height - _RIM_MM:
            return False
        return not any(
            box.x < other.x + other.width + _APART_MM
            and other.x < box.x + box.width + _APART_MM
            and box.y < other.y + other.height + _APART_MM / 2
            and other.y < box.y + box.height + _APART_MM / 2
            for other in self._taken
        )

    @property
    def taken(self) -> list[Kept]:
        """What names and others stand on."""
        return self._taken

    def take(self, boxes: Iterable[Kept]) -> None:
        """Keep boxes free of all names to come."""
        self._taken += boxes

    def is_crossing(self, box: Kept) -> bool:
        """Whether a box lies over a line that names should not cross."""
        x, y = self._avoided[:, 0], self._avoided[:, 1]
        return bool(
            ((x > box.x) & (x < box.x + box.width) & (y > box.y) & (y < box.y + box.height)).any()
        )

    def _written(self, name: Name, x: float, y: float, left: float, top: float, size: float) -> str:
        self._taken.append(Kept(left, top, text_width_mm(name.text, size), size * _LINE))
        if name.sign:
            half = size * 1.05 / 2
            self._taken.append(Kept(x - half, y - half, 2 * half, 2 * half))
        return _drawn(name, x, y, left, top + size * 0.88, size)


def ground_names(
    ground: PaperGround,
    window: MapWindow,
    colors: GroundColors,
    own: BaseGeometry | None = None,
) -> Sequence[Name]:
    """The names of the base map that lie in the window, those to be written first in front.

    What lies in ``own``, metres of the window's system, comes before what lies around it, which
    is written in a quieter colour. Names of streets bend: `line_names` writes them.
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
        if not window.holds(at_x, at_y) or not (is_inside or label.kind in _AROUND):
            continue
        color = colors.name if is_inside else colors.name_outside
        if label.kind in _IN_WATER:
            color = colors.water_name
        size, sign = _GREATER_MM.get(label.kind, TYPE_MM), _SIGNS.get(label.kind, "")
        name = Name(
            label.name,
            at_x,
            at_y,
            size,
            color,
            sign,
            may_cross=is_inside,
            is_first=label.kind in _FIRST,
        )
        found[not is_inside].append(name)
    return (*found[0], *found[1])


def _places(
    x: float, y: float, width: float, height: float, sign: float
) -> Sequence[tuple[float, float]]:
    """Left and top of where a name may stand, the best first."""
    gap = sign / 2 + 0.5
    if not sign:
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


def _drawn(name: Name, x: float, y: float, left: float, base: float, size: float) -> str:
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
        f'<text x="{x:.2f}" y="{y + size * 0.38:.2f}" text-anchor="middle"'
        f' font-size="{size * 1.05:.2f}" {look}>{name.sign}</text>'
    )
