"""How a poster is laid out: a larger A3, whose type and map make room for the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import sqrt

from webmap.paper.paper_choice import Paper, PaperChoice
from webmap.paper.sheet_frame import STAMP_MM, DistrictFrame, PageDesign, laid_out
from webmap.paper.type_sizes import type_sizes

LEAST_TYPE = 1.5
"""Times the type of an A3: names of 21 points and 18 for the rest, to be read from two metres."""

USUAL_SHARE = 0.5
LARGEST_SHARE = 0.7
"""The map's, of the room of map and list together."""

LEAST_MAP_MM = 100.0
"""No side of the map is shorter, of an A3 that grew to the poster."""

_TIMES = {Paper.A1: 841 / 420, Paper.A0: 1189 / 420}
_TYPE_STEP = 0.94
_SHARE_STEP = 0.05
_LINE_EM = 16.0
"""A line of the list holds so many characters at least."""
_MM_PER_PT = 25.4 / 72
_A3_MAP_MM2 = 245 * 235


@dataclass(frozen=True, slots=True)
class PosterStep:
    """One way to share a poster between map and list.

    Parameters
    ----------
    type_scale : float
        How many times the type of an A3.
    share : float
        The map's.
    beside : bool
        The map beside the list, or above it.
    """

    type_scale: float
    share: float
    beside: bool


def usual_step(choice: PaperChoice, *, beside: bool) -> PosterStep:
    """The largest type, and half the poster for the map."""
    return PosterStep(_TIMES[choice.paper], USUAL_SHARE, beside)


def smaller_types(step: PosterStep) -> Iterator[PosterStep]:
    """The same with smaller and smaller type, the step itself first."""
    scale = step.type_scale
    while scale > LEAST_TYPE:
        yield replace(step, type_scale=scale)
        scale *= _TYPE_STEP
    yield replace(step, type_scale=LEAST_TYPE)


def smaller_maps(choice: PaperChoice, step: PosterStep) -> Iterator[PosterStep]:
    """The same with a smaller and smaller map, the step itself first."""
    least = LEAST_MAP_MM * _TIMES[choice.paper]
    found = step
    while True:
        yield found
        found = replace(found, share=round(found.share - _SHARE_STEP, 2))
        place = poster_frame(choice, found).map
        if (place.width if step.beside else place.height) < least:
            return


def larger_maps(step: PosterStep) -> Iterator[PosterStep]:
    """The same with a larger map, the largest first and the step itself last."""
    for n in range(round((LARGEST_SHARE - step.share) / _SHARE_STEP), -1, -1):
        yield replace(step, share=round(step.share + n * _SHARE_STEP, 2))


def poster_frame(choice: PaperChoice, step: PosterStep, *, stamped: bool = False) -> DistrictFrame:
    """Where the parts of a poster lie.

    ``stamped`` leaves room for the stamp above the title of every page.
    """
    times, scale = _TIMES[choice.paper], step.type_scale
    width, height = choice.page_mm
    design = PageDesign(
        margin=10 * times,
        title=15 * times,
        foot=(21 if choice.landscape else 22) * scale,
        gap=3 * scale,
        map_part=0.0,
        columns=1,
        more_columns=1,
        stamp=STAMP_MM * times * stamped,
        gutter=5 * scale,
        type_scale=scale,
        title_scale=times,
    )
    if step.beside:
        room = width - 2 * design.margin - design.gutter
    else:
        heads = design.stamp + design.title + design.foot + 3 * design.gap
        room = height - 2 * design.margin - heads
    parts = replace(design, map_part=room * step.share)
    frame = laid_out(choice.page_mm, parts, beside=step.beside)
    line = _LINE_EM * type_sizes(choice, scale).body * _MM_PER_PT

    def columns(across: float) -> int:
        return max(1, int((across + design.gutter) / (line + design.gutter)))

    grown = sqrt(frame.map.width * frame.map.height / _A3_MAP_MM2)
    return replace(
        frame,
        columns=columns(frame.list.width),
        more_columns=columns(frame.more.width),
        map_scale=min(times, max(scale, grown)),
    )
