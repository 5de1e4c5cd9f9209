"""The poster: map and list of an area on one sheet for a wall, in the largest type that fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from webmap.paper.poster_frame import PosterStep, larger_maps, poster_frame, steps_down
from webmap.paper.type_sizes import type_sizes

if TYPE_CHECKING:
    from webmap.paper.paper_choice import PaperChoice
    from webmap.paper.prepared_sheet import PreparedSheet
    from webmap.paper.sheet_frame import DistrictFrame

_EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="1mm" height="1mm"/>'


def poster_sheet(
    choice: PaperChoice, draw: Callable[[DistrictFrame], PreparedSheet], *, stamped: bool = False
) -> PreparedSheet:
    """Draw a poster.

    The list is tried in the frames from the largest type to the smallest, by the template itself
    but without the map, which is the dear part. What fits on one sheet with some type is never
    two; what needs two gets the largest type with which it needs no more.

    Parameters
    ----------
    choice : PaperChoice
    draw : callable
        Draws the area in a frame.
    stamped : bool
        Whether there is a stamp above the title.
    """
    steps = steps_down(choice)
    tried = draw(poster_frame(choice, steps[0], stamped=stamped))

    def pages(step: PosterStep) -> int:
        return _in_frame(tried, choice, poster_frame(choice, step, stamped=stamped)).page_count()

    fewest = pages(steps[-1])

    def first_that_fits(among: list[PosterStep]) -> int:
        return bisect_left(among, True, hi=len(among) - 1, key=lambda one: pages(one) <= fewest)

    maps = larger_maps(steps[first_that_fits(steps)])
    for step in maps[first_that_fits(maps) :]:
        sheet = draw(poster_frame(choice, step, stamped=stamped))
        if sheet.page_count() <= fewest:  # on another map other flags may find no room
            break
    return sheet


def _in_frame(sheet: PreparedSheet, choice: PaperChoice, frame: DistrictFrame) -> PreparedSheet:
    """The same sheet in another frame, with nothing on its map."""
    empty = {"map": _EMPTY} if "map" in sheet.pictures else {}
    sizes = type_sizes(choice, frame.type_scale, frame.title_scale)
    return replace(
        sheet,
        data=replace(sheet.data, frame=frame, sizes=sizes),
        pictures={**sheet.pictures, **empty},
    )
