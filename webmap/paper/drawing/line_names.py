"""Names along streets, as Japanese maps write them: every character upright, one after the other.

Along a street that runs rather across the paper the name is read from the left, along one that
runs rather up and down from the top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from geo.model.ground import StreetKind
from webmap.paper.drawing.flag_room import Kept
from webmap.paper.drawing.label_placing import TYPE_MM, LabelRoom, Name

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely import LineString

    from geo.questions.paper_ground import PaperGround
    from webmap.paper.drawing.ground_picture import GroundColors
    from webmap.paper.drawing.map_window import MapWindow

_APART = 1.25
"""From character to character, heights of the type."""
_SHIFTS = (0.0, 0.7, -0.7, 1.4, -1.4, 2.4, -2.4)
"""Tried along the line, lengths of the name."""
_SHARPEST_DEG = 28.0
_LYING = frozenset("ー－〜～（）")
"""Turned with the line where a name runs down."""
_ON_STREET_M = 12.0
_NAMED = tuple(
    str(int(kind))
    for kind in (StreetKind.MAIN, StreetKind.SECONDARY, StreetKind.TERTIARY, StreetKind.LOCAL)
)


@dataclass(frozen=True, slots=True)
class LineName:
    """A name to be written along a line of millimetres of the map, best around ``middle``."""

    text: str
    line: LineString
    middle: float
    size_mm: float
    color: str

    def across(self) -> Name:
        """The same name written straight, where there is no room along the line."""
        at = self.line.interpolate(self.middle)
        return Name(self.text, at.x, at.y, self.size_mm, self.color)


def street_names(
    ground: PaperGround, window: MapWindow, colors: GroundColors, times: float
) -> list[LineName]:
    """The names of the streets of a map with the piece of street each of them stands at."""
    import shapely

    labels = [label for label in ground.labels if label.kind == "street"]
    kind = np.array(ground.kind)
    is_named = (np.array(ground.layer) == "street") & np.isin(kind, _NAMED)
    if not labels or not is_named.any():
        return []
    streets, kinds = ground.geometry[is_named], kind[is_named]
    tree = shapely.STRtree(streets)
    found = []
    for label in labels:
        point = shapely.Point(label.x, label.y)
        nearest = tree.query_nearest(point, max_distance=_ON_STREET_M)
        if not len(nearest):
            continue
        of_kind = min(kinds[nearest])  # the greatest street that passes there
        length_m = len(label.name) * _APART * TYPE_MM * times * window.scale / 1000
        around = tree.query(point.buffer(3 * length_m))
        pieces = streets[around[kinds[around] == of_kind]]
        runs = shapely.get_parts(shapely.line_merge(shapely.union_all(pieces)))
        run = runs[np.argmin(shapely.distance(runs, point))]
        at_x, at_y = window.metres_to_mm(label.x, label.y)
        line = in_mm(run, window)
        middle = float(shapely.line_locate_point(line, shapely.Point(float(at_x), float(at_y))))
        found.append(LineName(label.name, line, middle, TYPE_MM * times, colors.street_name))
    return found


def in_mm(line: LineString, window: MapWindow) -> LineString:
    """A line of metres in millimetres of the map."""
    import shapely

    x, y = window.metres_to_mm(*shapely.get_coordinates(line).T)
    return shapely.LineString(np.column_stack([x, y]))


def write_along(name: LineName, room: LabelRoom) -> str:
    """The SVG of a name at the first free part of its line; nothing where none is free."""
    step = name.size_mm * _APART
    length = step * len(name.text)
    for shift in _SHIFTS:
        start = name.middle + shift * length - length / 2
        if start < 0 or start + length > name.line.length:
            continue
        places = _characters(name.line, start + step * (np.arange(len(name.text)) + 0.5), step)
        if places is None:
            continue
        half = name.size_mm * 0.58
        boxes = [Kept(x - half, y - half, 2 * half, 2 * half) for x, y, *_ in places]
        if all(room.is_free(box) and not room.is_crossing(box) for box in boxes):
            room.take(boxes)
            return _drawn(name, places)
    return ""


def _characters(
    line: LineString, along: npt.NDArray[np.floating], step: float
) -> Sequence[tuple[float, float, float, float]] | None:
    """Middle, turn upright and turn lying of each character; None where the line bends too much."""
    import shapely

    ends = [
        shapely.get_coordinates(shapely.line_interpolate_point(line, along + part))
        for part in (-step / 2, 0.0, step / 2)
    ]
    (across, down) = ends[2][-1] - ends[0][0]
    is_down = abs(down) > abs(across)
    if (down if is_down else across) < 0:
        ends = [end[::-1] for end in reversed(ends)]
    before, middle, after = ends
    turn = np.unwrap(np.arctan2(after[:, 1] - before[:, 1], after[:, 0] - before[:, 0]))
    if len(turn) > 1 and np.abs(np.diff(turn)).max() > np.radians(_SHARPEST_DEG):
        return None
    lying = np.degrees(turn)
    upright = lying - 90 * is_down
    return [
        (float(x), float(y), float(a), float(b))
        for (x, y), a, b in zip(middle, upright, lying, strict=True)
    ]


def _drawn(name: LineName, places: Sequence[tuple[float, float, float, float]]) -> str:
    size = name.size_mm
    drawn = "".join(
        f'<text transform="translate({x:.2f} {y:.2f})'
        f' rotate({lying if char in _LYING else upright:.1f})" y="{size * 0.36:.2f}">'
        f"{escape(char)}</text>"
        for char, (x, y, upright, lying) in zip(name.text, places, strict=True)
    )
    return (
        f'<g text-anchor="middle" font-size="{size:.2f}" fill="{name.color}" stroke="#ffffff"'
        f' stroke-width="{size * 0.28:.2f}" stroke-linejoin="round" paint-order="stroke">'
        f"{drawn}</g>"
    )
