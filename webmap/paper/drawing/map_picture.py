"""The map of a printed sheet, whole, as one SVG in millimetres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from geo.model.answers import AreaOutline
from geo.model.map_answer import MapAnswer
from webmap.paper.drawing.backdrop_picture import (
    backdrop_line_names,
    backdrop_names,
    backdrop_picture,
)
from webmap.paper.drawing.flag_picture import FlagPicture, flag_picture, places_of
from webmap.paper.drawing.flag_placing import Avoided
from webmap.paper.drawing.flag_room import Kept
from webmap.paper.drawing.ground_picture import COLORS, GREY, GroundColors, ground_picture
from webmap.paper.drawing.label_placing import LabelRoom, Name, ground_names
from webmap.paper.drawing.line_names import street_names, write_along
from webmap.paper.drawing.outline_picture import (
    border_points,
    in_metres,
    neighbour_borders,
    own_border,
    veil,
)
from webmap.paper.drawing.type_width import text_width_mm

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.questions.paper_ground import PaperGround
    from webmap.paper.drawing.map_window import MapWindow

LARGE_LETTERS = 1.25
"""Names and flags of a map beside large type, times the usual ones."""
_AREA_NAME_MM = 4.6
_MOST_NEIGHBOURS = 40
_NAMED_NEIGHBOURS = 8
_MIDDLES = 12
_FIRST_NAMES = 8
_ON_NAME_MM = 4.0
_ON_BORDER_MM = 0.5
"""For every point of the border that a flag would hide: there is one every ``_EVERY_MM``."""
_EVERY_MM = 3.0


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A map drawn.

    Parameters
    ----------
    svg : str
        As large as the window's box.
    alt : str
        What it shows, in words, for who cannot see it.
    flags : FlagPicture
    """

    svg: str
    alt: str
    flags: FlagPicture


def map_picture(
    answer: MapAnswer,
    ground: PaperGround,
    window: MapWindow,
    *,
    shapes: Mapping[str, int],
    grey: bool = False,
    times: float = 1.0,
    letters: float = 1.0,
    kept: Sequence[Kept] = (),
) -> MapPicture:
    """Draw an area: base map, outline, what lies around it faded, names and flags.

    Parameters
    ----------
    answer : MapAnswer
    ground : PaperGround
        Of the window's bounds and scale.
    window : MapWindow
    shapes : Mapping of str to int
        By layer: its place in the town's order of layers.
    grey : bool
        Without any colour.
    times : float
        How many times the sizes of an A3.
    letters : float
        How many times larger names and flags are than that.
    kept : sequence of Kept
        What flags and names leave free, millimetres of the map.
    """
    colors = GREY if grey else COLORS
    width, height = window.box.width, window.box.height
    own = in_metres(answer.outline, window)
    type_times = times * letters
    names_below = ground_names(ground, window, colors, own)
    flags = flag_picture(
        answer,
        window,
        shapes=shapes,
        grey=grey,
        times=type_times,
        kept=kept,
        avoided=[
            *_room_for(answer, window, names_below, type_times),
            *(
                Avoided(Kept(x, y, 0.0, 0.0), _ON_BORDER_MM * times)
                for x, y in border_points(own, window, _EVERY_MM).tolist()
            ),
        ],
    )
    neighbours = answer.neighbours[:_MOST_NEIGHBOURS]
    written = [
        *_neighbour_names(neighbours, window, colors),
        *backdrop_names(answer.backdrops, window, colors),
        *names_below,
    ]
    room = LabelRoom(width, height, [*kept, *flags.boxes, *flags.lines], border_points(own, window))
    names = [room.write(name, type_times) for name in written]
    names += [
        write_along(line, room) or room.write(line.across())
        for line in backdrop_line_names(answer.backdrops, window, colors, type_times)
    ]
    names += [write_along(name, room) for name in street_names(ground, window, colors, type_times)]
    body = [
        f'<rect width="{width:.2f}" height="{height:.2f}" fill="{colors.land}"/>',
        ground_picture(ground, window, colors, times),
        backdrop_picture(answer.backdrops, window, times, grey=grey),
        veil(own, window, colors.faded),
        neighbour_borders(neighbours, own, window, colors.neighbour_border, times),
        own_border(own, window, colors.own_border, times),
        f'<g font-family="BIZ UDPGothic, Noto Sans JP, Noto Emoji">{"".join(names)}</g>',
        flags.svg,
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}mm" height="{height:.2f}mm"'
        f' viewBox="0 0 {width:.2f} {height:.2f}">'
        f'<clipPath id="map"><rect width="{width:.2f}" height="{height:.2f}"/></clipPath>'
        f'<g clip-path="url(#map)">{"".join(body)}</g></svg>'
    )
    return MapPicture(svg, _in_words(answer, window, flags), flags)


def _room_for(
    answer: MapAnswer, window: MapWindow, names: Sequence[Name], times: float
) -> list[Avoided]:
    """Where the names one finds the way by would stand, if there were no flags."""
    places = [Kept(x - 1, y - 1, 2, 2) for _, (x, y) in places_of(answer, window)]
    room = LabelRoom(window.box.width, window.box.height, places)
    for name in [name for name in names if name.is_first][:_FIRST_NAMES]:
        room.write(name, times)
    return [Avoided(box, _ON_NAME_MM * times) for box in room.taken[len(places) :]]


def _neighbour_names(
    areas: Sequence[AreaOutline], window: MapWindow, colors: GroundColors
) -> list[Name]:
    """The names of the areas around, in the middle of what is seen of them."""
    import shapely

    seen = shapely.box(*window.bounds_metres)
    found = []
    for area in areas:
        geometry = in_metres(area.outline, window)
        if geometry is None:
            continue
        part = geometry.intersection(seen)
        if part.is_empty or part.area < seen.area * 0.004:
            continue
        half_mm = text_width_mm(area.area.name, _AREA_NAME_MM) / 2, _AREA_NAME_MM / 2
        (x, y), *others = _middles(part, window, half_mm)
        found.append(
            Name(
                *(area.area.name, x, y, _AREA_NAME_MM, colors.neighbour_name),
                is_bold=True,
                elsewhere=tuple(others),
            )
        )
    return found


def _middles(
    part: BaseGeometry, window: MapWindow, half_mm: tuple[float, float]
) -> list[tuple[float, float]]:
    """Places for a name in a surface, millimetres of the map: where it is whole in it first."""
    import shapely

    west, south, east, north = part.bounds
    steps = (np.arange(_MIDDLES) + 0.5) / _MIDDLES
    grid = np.meshgrid(west + steps * (east - west), south + steps * (north - south))
    points = np.asarray(shapely.points(np.column_stack([axis.ravel() for axis in grid])))
    shapely.prepare(part)
    points = points[shapely.contains(part, points)]
    if not len(points):
        points = np.array([part.representative_point()])
    far = np.round(shapely.distance(points, part.boundary))
    aside, above = (half * window.scale / 1000 for half in half_mm)
    at_x, at_y = shapely.get_x(points), shapely.get_y(points)
    boxes = shapely.box(at_x - aside, at_y - above, at_x + aside, at_y + above)
    is_whole = shapely.contains(part, boxes)
    best = points[np.lexsort((-far, ~is_whole))[:_MIDDLES]]
    x, y = window.metres_to_mm(shapely.get_x(best), shapely.get_y(best))
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _in_words(answer: MapAnswer, window: MapWindow, flags: FlagPicture) -> str:
    said = f"{answer.area.name}の地図（縮尺1:{window.scale}）。"
    if not flags.numbers:
        return f"{said}旗はありません。"
    around = "、".join(area.area.name for area in answer.neighbours[:_NAMED_NEIGHBOURS])
    word = answer.town.word
    said += f"{len(flags.numbers)}件の{word}の旗があります。同じ番号が一覧にあります。"
    return said + (f"まわりは、{around}です。" if around else "")
