"""Where the parts of a sheet lie, in millimetres from the upper left corner of the paper."""

from __future__ import annotations

from dataclasses import dataclass

from webmap.paper.paper_choice import Paper, PaperChoice

LEAST_MARGIN_MM = 8.0
"""No office printer reaches nearer to the edge of the paper with certainty."""


STAMP_MM = 6.0
"""What 「内部用」 takes at the top of a page, as ``sheet.typ`` prints it; more on a poster."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; y runs down."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def inset(self, by: float) -> Box:
        """The same rectangle, smaller by so much on every side."""
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)


@dataclass(frozen=True, slots=True)
class DistrictFrame:
    """The first page of a district map, and the pages after it.

    Parameters
    ----------
    page : Box
        The whole paper.
    title, map, list, foot : Box
        On the first page.
    columns : int
        Of the list.
    running : Box
        The title strip of the following pages.
    more : Box
        The list on the following pages: all of the page below the strip.
    more_columns : int
        Of the list there.
    gutter : float
        Between columns.
    type_scale : float
        How many times the type sizes of the small papers.
    """

    page: Box
    title: Box
    map: Box
    list: Box
    foot: Box
    columns: int
    running: Box
    more: Box
    more_columns: int
    gutter: float
    type_scale: float


@dataclass(frozen=True, slots=True)
class _Measures:
    """One page design. ``map_part`` is the map's width (landscape) or height (portrait)."""

    margin: float
    title: float
    foot: float
    gap: float
    map_part: float
    map_part_large: float
    columns: int
    columns_large: int
    more_columns: int
    more_columns_large: int


_GUTTER = 5.0
_RUNNING = 9.0
_MEASURES = {
    (Paper.A3, True): _Measures(10, 15, 21, 3, 245, 215, 2, 2, 5, 4),
    (Paper.A3, False): _Measures(10, 15, 22, 3, 215, 190, 3, 3, 3, 3),
    (Paper.A4, True): _Measures(8, 13, 21, 2.5, 196, 180, 1, 1, 3, 3),
    (Paper.A4, False): _Measures(8, 13, 26, 2.5, 128, 118, 2, 2, 2, 2),
}
_POSTER_TIMES = {Paper.A1: 841 / 420, Paper.A0: 1189 / 420}


def poster_times(choice: PaperChoice) -> float:
    """How many times an A3 a poster is; 1 for what is none."""
    return _POSTER_TIMES.get(choice.paper, 1.0)


def district_frame(choice: PaperChoice, *, stamped: bool = False) -> DistrictFrame:
    """How a district map is laid out on the paper of a choice; a poster is a larger A3.

    ``stamped`` leaves room for the stamp above the title of every page.
    """
    times = poster_times(choice)
    model = Paper.A3 if choice.paper.is_poster else choice.paper
    given = _MEASURES[model, choice.landscape]
    width, height = choice.page_mm
    margin, gap, gutter = given.margin * times, given.gap * times, _GUTTER * times
    inner_width, inner_height = width - 2 * margin, height - 2 * margin
    upper = margin + STAMP_MM * times * stamped
    title = Box(margin, upper, inner_width, given.title * times)
    foot_height = given.foot * times
    foot = Box(margin, height - margin - foot_height, inner_width, foot_height)
    top, bottom = title.bottom + gap, foot.y - gap
    part = (given.map_part_large if choice.large else given.map_part) * times
    if choice.landscape:
        picture = Box(margin, top, part, bottom - top)
        left = picture.right + gutter
        entries = Box(left, top, margin + inner_width - left, bottom - top)
    else:
        picture = Box(margin, top, inner_width, part)
        entries = Box(margin, picture.bottom + gap, inner_width, bottom - picture.bottom - gap)
    running = Box(margin, upper, inner_width, _RUNNING * times)
    below = running.bottom + gap
    return DistrictFrame(
        page=Box(0, 0, width, height),
        title=title,
        map=picture,
        list=entries,
        foot=foot,
        columns=given.columns_large if choice.large else given.columns,
        running=running,
        more=Box(margin, below, inner_width, margin + inner_height - below),
        more_columns=given.more_columns_large if choice.large else given.more_columns,
        gutter=gutter,
        type_scale=times,
    )
