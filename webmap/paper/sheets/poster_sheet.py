"""The poster: map and list of an area on one sheet for a wall, in the largest type that fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from webmap.paper.sheets.poster_frame import (
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
    from webmap.paper.setting.prepared_sheet import PreparedSheet
    from webmap.paper.sheet_frame import Box, DistrictFrame

_EMPTY = '<svg xmlns="http://www.w3.org/2000/svg" width="1mm" height="1mm"/>'
_MOST_TRIED = 2
"""What is far too long takes hardly any trials: they would be long as well."""


class Area(Protocol):
    """An area about to be drawn, in one frame or another."""

    def scale(self, box: Box) -> int:
        """5000 where it fits into a box at 1:5000, whatever scale is asked for."""

    def draw(self, frame: DistrictFrame, *, bare: bool = False) -> PreparedSheet:
        """Its map and list; ``bare`` without the base map, which is the dear part."""


def poster_sheet(area: Area, choice: PaperChoice, *, stamped: bool = False) -> PreparedSheet:
    """Draw a poster.

    The list is tried from the largest type to the smallest, by the template itself. The type rather
    gets smaller than what the map shows: only beside the smallest type may the map be smaller. What
    fits on one sheet is never two; what needs two gets the largest type with which it needs no
    more; what needs more gets the smallest. Room that is left over is the map's.

    Parameters
    ----------
    area : Area
    choice : PaperChoice
    stamped : bool
        Whether there is a stamp above the title.
    """

    def frame(step: PosterStep) -> DistrictFrame:
        return poster_frame(choice, step, stamped=stamped)

    def scale(step: PosterStep) -> int:
        return area.scale(frame(step).map)

    ways = (choice.landscape, not choice.landscape)
    first = min((usual_step(choice, beside=beside) for beside in ways), key=scale)
    maps = list(smaller_maps(choice, first))
    usual = [step for step in maps if scale(step) <= scale(first)][-1]
    types = list(smaller_types(usual))
    smaller = [step for step in maps if step.share < usual.share]
    steps = types + [replace(types[-1], share=step.share) for step in smaller]
    tried = area.draw(frame(first), bare=True)

    def pages(step: PosterStep) -> int:
        return _in_frame(tried, choice, frame(step)).page_count()

    fewest = pages(steps[-1])
    if fewest > _MOST_TRIED:
        large = pages(types[-1]) <= fewest
        return area.draw(frame(types[-1] if large else steps[-1]))
    best = _first(steps, lambda one: pages(one) <= fewest)
    wider = list(larger_maps(best))
    widest = _first(wider, lambda one: pages(one) <= fewest)
    for step in wider[wider.index(widest) :]:
        sheet = area.draw(frame(step))
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
