"""The map of a printed sheet, whole, as one SVG in millimetres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.crs import STORAGE_CRS, reproject
from geo.model.answers import AreaOutline, GeoJson
from geo.model.map_answer import MapAnswer
from webmap.paper.flag_picture import FlagPicture, flag_picture
from webmap.paper.flag_placing import Kept
from webmap.paper.ground_picture import COLORS, GREY, GroundColors, ground_picture
from webmap.paper.label_placing import LabelRoom, Name, ground_names

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geo.questions.paper_ground import PaperGround
    from webmap.paper.map_window import MapWindow

_OUTLINE = "#14264d"
_OUTLINE_MM = 1.1
_NEIGHBOUR_MM = 0.5
_AREA_NAME_MM = 4.2
_MOST_NEIGHBOURS = 40


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
    kept : sequence of Kept
        What flags and names leave free, millimetres of the map.
    """
    colors = GREY if grey else COLORS
    width, height = window.box.width, window.box.height
    flags = flag_picture(answer, window, shapes=shapes, grey=grey, times=times, kept=kept)
    own = _metric(answer.outline, window)
    room = LabelRoom(width, height, [*kept, *flags.boxes])
    names = [room.write(name, times) for name in _neighbour_names(answer, window)]
    names += [room.write(name, times) for name in ground_names(ground, window, colors)]
    body = [
        f'<rect width="{width:.2f}" height="{height:.2f}" fill="{colors.land}"/>',
        ground_picture(ground, window, colors, times),
        _around(own, window, colors),
        *(_neighbour(area, window, times) for area in answer.neighbours[:_MOST_NEIGHBOURS]),
        _outline(own, window, "#000000" if grey else _OUTLINE, times),
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


def _metric(outline: GeoJson | None, window: MapWindow) -> BaseGeometry | None:
    from shapely.geometry import shape

    if outline is None:
        return None
    moved: BaseGeometry = reproject(shape(outline), STORAGE_CRS, window.metric_crs)
    return moved


def _path(geometry: BaseGeometry, window: MapWindow) -> str:
    """The rings of an outline."""
    import shapely

    drawn = []
    for ring in shapely.get_rings(shapely.get_parts(geometry)):
        points = shapely.get_coordinates(ring)
        x, y = window.metres_to_mm(points[:, 0], points[:, 1])
        said = "L".join(f"{a:.2f} {b:.2f}" for a, b in zip(x.tolist(), y.tolist(), strict=True))
        drawn.append(f"M{said}Z")
    return "".join(drawn)


def _around(own: BaseGeometry | None, window: MapWindow, colors: GroundColors) -> str:
    """A veil over what is not the area: the way there stays readable."""
    if own is None:
        return ""
    width, height = window.box.width, window.box.height
    frame = f"M0 0H{width:.2f}V{height:.2f}H0Z"
    return (
        f'<path d="{frame}{_path(own, window)}" fill="{colors.faded}" fill-opacity="0.5"'
        ' fill-rule="evenodd"/>'
    )


def _outline(own: BaseGeometry | None, window: MapWindow, color: str, times: float) -> str:
    if own is None:
        return ""
    path = _path(own, window)
    return "".join(
        f'<path d="{path}" fill="none" stroke="{ink}" stroke-width="{mm * times:.2f}"'
        ' stroke-linejoin="round"/>'
        for ink, mm in (("#ffffff", _OUTLINE_MM + 0.9), (color, _OUTLINE_MM))
    )


def _neighbour(area: AreaOutline, window: MapWindow, times: float) -> str:
    geometry = _metric(area.outline, window)
    if geometry is None:
        return ""
    dashes = f"{1.6 * times:.2f} {1.0 * times:.2f}"
    return (
        f'<path d="{_path(geometry, window)}" fill="none" stroke="#6b7280"'
        f' stroke-width="{_NEIGHBOUR_MM * times:.2f}" stroke-dasharray="{dashes}"/>'
    )


def _neighbour_names(answer: MapAnswer, window: MapWindow) -> list[Name]:
    """The names of the areas around, in the middle of what is seen of them."""
    import shapely

    seen = shapely.box(*window.bounds_metres)
    found = []
    for area in answer.neighbours[:_MOST_NEIGHBOURS]:
        geometry = _metric(area.outline, window)
        if geometry is None:
            continue
        part = geometry.intersection(seen)
        if part.is_empty or part.area < seen.area * 0.004:
            continue
        middle = part.representative_point()
        x, y = (float(at) for at in window.metres_to_mm(middle.x, middle.y))
        found.append(Name(area.area.name, x, y, _AREA_NAME_MM, "#4b5563", is_bold=True))
    return found


def _in_words(answer: MapAnswer, window: MapWindow, flags: FlagPicture) -> str:
    said = f"{answer.area.name}の地図（縮尺1:{window.scale}）。"
    if not flags.numbers:
        return f"{said}旗はありません。"
    word = answer.town.word
    return f"{said}{len(flags.numbers)}件の{word}の旗があります。同じ番号が一覧にあります。"
