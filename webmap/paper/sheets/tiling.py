"""A poster cut up for a small printer: which part of it lies on which sheet of paper."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from webmap.paper.paper_choice import Paper, PaperChoice
from webmap.paper.sheet_frame import LEAST_MARGIN_MM, STAMP_MM, Box

OVERLAP_MM = 10.0
"""What two neighbours both show: there they are glued."""

MARKS_MM = 4.0
"""Between the picture and the margin of the printer: marks for cutting and for laying together."""

CAPTION_MM = 12.0
"""Below the marks: which sheet this is."""

DOT_MM = 25.4 / 150
"""Pictures and their parts begin on dots of printers (150, 300, 600 to the inch): so neighbours
print what they both show alike, dot by dot."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One sheet of paper.

    Parameters
    ----------
    number : int
        From 1, row by row.
    row, column : int
        From 1, from the top and from the left.
    part : Box
        What it shows, millimetres of the poster.
    """

    number: int
    row: int
    column: int
    part: Box


@dataclass(frozen=True, slots=True)
class Tiling:
    """How a poster is cut up; all tiles are of one size.

    Parameters
    ----------
    poster : Box
        The whole poster.
    page : Box
        The paper it is printed on.
    picture : Box
        Where on that paper the part lies.
    caption : Box
        What says which sheet it is.
    rows, columns : int
    tiles : tuple of Tile
    """

    poster: Box
    page: Box
    picture: Box
    caption: Box
    rows: int
    columns: int
    tiles: tuple[Tile, ...]


def tiling(choice: PaperChoice, tile: Paper, *, stamped: bool = False) -> Tiling:
    """Cut the poster of a choice up for a paper, turned so that it takes the fewest sheets.

    ``stamped`` leaves room for the stamp at the top of every sheet.
    """
    ways = [_cut(choice, tile, landscape, stamped) for landscape in (True, False)]
    return min(ways, key=lambda way: (len(way.tiles), way.page.width > way.page.height))


def _cut(choice: PaperChoice, tile: Paper, landscape: bool, stamped: bool) -> Tiling:
    width, height = choice.page_mm
    page = Box(0, 0, *tile.size_mm(landscape=landscape))
    safe = page.inset(LEAST_MARGIN_MM)
    room = Box(
        safe.x + MARKS_MM,
        safe.y + STAMP_MM * stamped + MARKS_MM,
        safe.width - 2 * MARKS_MM,
        safe.height - STAMP_MM * stamped - 2 * MARKS_MM - CAPTION_MM,
    )
    columns, across = _shared(width, room.width)
    rows, down = _shared(height, room.height)
    picture = Box(
        _on_dots(room.x + (room.width - across) / 2),
        _on_dots(room.y + (room.height - down) / 2),
        across,
        down,
    )
    tiles = tuple(
        Tile(
            row * columns + column + 1,
            row + 1,
            column + 1,
            Box(
                _on_dots(column * (across - OVERLAP_MM)),
                _on_dots(row * (down - OVERLAP_MM)),
                across,
                down,
            ),
        )
        for row in range(rows)
        for column in range(columns)
    )
    caption = Box(safe.x, safe.bottom - CAPTION_MM, safe.width, CAPTION_MM)
    return Tiling(Box(0, 0, width, height), page, picture, caption, rows, columns, tiles)


def _shared(length: float, room: float) -> tuple[int, float]:
    """Into how many parts a length goes, and how long each of them is, overlaps and all."""
    count = ceil((length - OVERLAP_MM) / (room - OVERLAP_MM))
    return count, (length + (count - 1) * OVERLAP_MM) / count


def _on_dots(length: float) -> float:
    return round(length / DOT_MM) * DOT_MM
