"""The poster: map and list of an area on one sheet for a wall, in the largest type that fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from webmap.paper.poster_frame import (
    PosterStep,
    larger_maps,
    poster_frame,
    smaller_maps,
    smaller_types,
    usual_step,
)
from webmap.paper.type_sizes import type_sizes

if TYPE_CHECKING:
    from webmap.paper.paper_choice import PaperChoice
    from webmap.paper.prepared_sheet import PreparedSheet
    from webmap.paper.sheet_frame import Box, DistrictFrame

_EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="1mm" height="1mm"/>'


def poster_sheet(
    choice: PaperChoice,
    draw: Callable[[DistrictFrame], PreparedSheet],
    scale_in: Callable[[Box], int],
    *,
    stamped: bool = False,
) -> PreparedSheet:
    """Draw a poster.

    The list is tried from the largest type to the smallest, by the template itself but without the
    map, which is the dear part. The type rather gets smaller than the map: beside the smallest type
    only may the map show less. What fits on one sheet is never two; what needs two gets the largest
    type with which it needs no more. Room that is left over is the map's.

    Parameters
    ----------
    choice : PaperChoice
    draw : callable
        Draws the area in a frame.
    scale_in : callable
        The scale of the area's map in a box: 5000 for 1:5000.
    stamped : bool
        Whether there is a stamp above the title.
    """

    def frame(step: PosterStep) -> DistrictFrame:
        return poster_frame(choice, step, stamped=stamped)

    def scale(step: PosterStep) -> int:
        return scale_in(frame(step).map)

    first = min(
        (usual_step(choice, beside=beside) for beside in (choice.landscape, not choice.landscape)),
        key=scale,
    )
    maps = list(smaller_maps(choice, first))
    usual = [step for step in maps if scale(step) <= scale(first)][-1]
    least = list(smaller_types(usual))[-1]
    steps = [
        *smaller_types(usual),
        *(replace(least, share=step.share) for step in maps if step.share < usual.share),
    ]
    tried = draw(frame(first))

    def pages(step: PosterStep) -> int:
        return _in_frame(tried, choice, frame(step)).page_count()

    fewest = pages(steps[-1])
    step = _first(steps, lambda one: pages(one) <= fewest)
    fitting = list(larger_maps(step))
    best = _first(fitting, lambda one: pages(one) <= fewest)
    for step in fitting[fitting.index(best) :]:
        sheet = draw(frame(step))
        if sheet.page_count() <= fewest:  # on another map other flags may find no room
            break
    return sheet


def _first(steps: list[PosterStep], fits: Callable[[PosterStep], bool]) -> PosterStep:
    """The first that fits, where all after it do; the last one surely does."""
    return steps[bisect_left(steps, True, hi=len(steps) - 1, key=fits)]


def _in_frame(sheet: PreparedSheet, choice: PaperChoice, frame: DistrictFrame) -> PreparedSheet:
    """The same sheet in another frame, with nothing on its map."""
    empty = {"map": _EMPTY} if "map" in sheet.pictures else {}
    sizes = type_sizes(choice, frame.type_scale, frame.title_scale)
    return replace(
        sheet,
        data=replace(sheet.data, frame=frame, sizes=sizes),
        pictures={**sheet.pictures, **empty},
    )
