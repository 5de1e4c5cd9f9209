"""Where the parts of a sheet lie, in millimetres from the upper left corner of the paper."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
    type_scale, title_scale, map_scale : float
        How many times the type sizes of the small papers, that of the title, and the pens, flags
        and names of the map.
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
    title_scale: float
    map_scale: float


@dataclass(frozen=True, slots=True)
class PageDesign:
    """How the parts of a page share it, in millimetres.

    Parameters
    ----------
    margin, title, foot, gap, gutter : float
        ``title`` and ``foot`` are heights; ``gutter`` lies between map and list and between
        columns.
    map_part : float
        The width of a map beside the list, the height of one above it.
    columns, more_columns : int
        Of the list, on the first page and on the others.
    stamp : float
        Kept free above the title of every page.
    type_scale, title_scale : float
        How many times the type sizes of the small papers, and that of the title.
    """

    margin: float
    title: float
    foot: float
    gap: float
    map_part: float
    columns: int
    more_columns: int
    stamp: float = 0.0
    gutter: float = 5.0
    type_scale: float = 1.0
    title_scale: float = 1.0


_RUNNING = 9.0
_DESIGNS = {
    (Paper.A3, True): PageDesign(10, 15, 21, 3, 245, 2, 5),
    (Paper.A3, False): PageDesign(10, 15, 22, 3, 215, 3, 3),
    (Paper.A4, True): PageDesign(8, 13, 21, 2.5, 196, 1, 3),
    (Paper.A4, False): PageDesign(8, 13, 26, 2.5, 128, 2, 2),
}
_LARGE_DESIGNS = {
    (Paper.A3, True): PageDesign(10, 15, 21, 3, 215, 2, 4),
    (Paper.A3, False): PageDesign(10, 15, 22, 3, 190, 3, 3),
    (Paper.A4, True): PageDesign(8, 13, 21, 2.5, 180, 1, 3),
    (Paper.A4, False): PageDesign(8, 13, 26, 2.5, 118, 2, 2),
}


def district_frame(choice: PaperChoice, *, stamped: bool = False) -> DistrictFrame:
    """How a district map is laid out on the A4 or A3 of a choice.

    ``stamped`` leaves room for the stamp above the title of every page.
    """
    designs = _LARGE_DESIGNS if choice.large else _DESIGNS
    design = designs[choice.paper, choice.landscape]
    return laid_out(
        choice.page_mm, replace(design, stamp=STAMP_MM * stamped), beside=choice.landscape
    )


def laid_out(page_mm: tuple[int, int], design: PageDesign, *, beside: bool) -> DistrictFrame:
    """The parts of a design on a page, the map ``beside`` the list or above it."""
    width, height = page_mm
    margin, gap = design.margin, design.gap
    inner_width, inner_height = width - 2 * margin, height - 2 * margin
    upper = margin + design.stamp
    title = Box(margin, upper, inner_width, design.title)
    foot = Box(margin, height - margin - design.foot, inner_width, design.foot)
    top, bottom = title.bottom + gap, foot.y - gap
    if beside:
        picture = Box(margin, top, design.map_part, bottom - top)
        left = picture.right + design.gutter
        entries = Box(left, top, margin + inner_width - left, bottom - top)
    else:
        picture = Box(margin, top, inner_width, design.map_part)
        entries = Box(margin, picture.bottom + gap, inner_width, bottom - picture.bottom - gap)
    running = Box(margin, upper, inner_width, _RUNNING * design.type_scale)
    below = running.bottom + gap
    return DistrictFrame(
        page=Box(0, 0, width, height),
        title=title,
        map=picture,
        list=entries,
        foot=foot,
        columns=design.columns,
        running=running,
        more=Box(margin, below, inner_width, margin + inner_height - below),
        more_columns=design.more_columns,
        gutter=design.gutter,
        type_scale=design.type_scale,
        title_scale=design.title_scale,
        map_scale=design.type_scale,
    )
