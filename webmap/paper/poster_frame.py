"""How a poster is laid out: a larger A3, whose type and map make room for the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from webmap.paper.paper_choice import Paper, PaperChoice
from webmap.paper.sheet_frame import STAMP_MM, DistrictFrame, PageDesign, laid_out
from webmap.paper.type_sizes import type_sizes

LEAST_TYPE = 1.5
"""Times the type of an A3: names of 21 points and 18 for the rest, to be read from two metres."""

USUAL_SHARE = 0.5
"""Of the room of map and list together: the type rather gets smaller than the map."""

SMALLEST_SHARE = 0.3
LARGEST_SHARE = 0.68

_TIMES = {Paper.A1: 841 / 420, Paper.A0: 1189 / 420}
_TYPE_STEP = 0.95
_SHARE_STEP = 0.02
_LINE_EM = 16.0
"""A line of the list holds so many characters at least."""
_MM_PER_PT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class PosterStep:
    """One way to share a poster between map and list.

    Parameters
    ----------
    type_scale : float
        How many times the type of an A3.
    share : float
        The map's, of the room of map and list together.
    """

    type_scale: float
    share: float


def steps_down(choice: PaperChoice) -> list[PosterStep]:
    """From the largest type to the most room for the list: first the type, then the map."""
    steps, scale = [], _TIMES[choice.paper]
    while scale > LEAST_TYPE:
        steps.append(PosterStep(scale, USUAL_SHARE))
        scale *= _TYPE_STEP
    return steps + [PosterStep(LEAST_TYPE, share) for share in _shares(USUAL_SHARE, SMALLEST_SHARE)]


def larger_maps(step: PosterStep) -> list[PosterStep]:
    """The same type beside larger maps, the largest first; the step itself comes last."""
    return [replace(step, share=share) for share in _shares(LARGEST_SHARE, step.share)]


def _shares(first: float, last: float) -> Iterator[float]:
    for n in range(round((first - last) / _SHARE_STEP) + 1):
        yield round(first - n * _SHARE_STEP, 3)


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
    if choice.landscape:
        room = width - 2 * design.margin - design.gutter
    else:
        heads = design.stamp + design.title + design.foot + 3 * design.gap
        room = height - 2 * design.margin - heads
    frame = laid_out(choice, replace(design, map_part=room * step.share))
    line = _LINE_EM * type_sizes(choice, scale).body * _MM_PER_PT

    def columns(across: float) -> int:
        return max(1, int((across + design.gutter) / (line + design.gutter)))

    return replace(frame, columns=columns(frame.list.width), more_columns=columns(frame.more.width))
