"""A poster on the paper of an office printer: how to put it together, then its parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from webmap.paper.paper_choice import Paper, PaperChoice
from webmap.paper.setting.about_sheet import AboutSheet
from webmap.paper.setting.prepared_sheet import PreparedSheet
from webmap.paper.setting.typesetting import page_images, typeset_around, untagged
from webmap.paper.sheet_frame import LEAST_MARGIN_MM
from webmap.paper.sheets.tiling import MARKS_MM, OVERLAP_MM, Tiling, tiling

TEMPLATE = "tile.typ"


@dataclass(frozen=True, slots=True)
class TileData:
    """What the template reads; sizes of type in points, lengths in millimetres.

    Parameters
    ----------
    title : str
        Of the poster.
    sheets : int
        Pages of the poster; each is cut up.
    poster, paper : str
        「A1」 and 「A4」.
    tiling : Tiling
    overlap, marks, margin : float
    heading, steps, body, note : float
    """

    title: str
    sheets: int
    poster: str
    paper: str
    tiling: Tiling
    overlap: float = OVERLAP_MM
    marks: float = MARKS_MM
    margin: float = LEAST_MARGIN_MM + 2
    heading: float = 24
    steps: float = 16
    body: float = 14
    note: float = 10.5


@dataclass(frozen=True, slots=True)
class TiledSheet:
    """A poster in parts.

    The parts show the poster as a picture with words that say which part it is: whoever listens
    reads the poster whole. It is in the file once, however many parts there are.

    Parameters
    ----------
    poster : PreparedSheet
    data : TileData
    placed : bytes
        The poster as a PDF without tags.
    about : AboutSheet
    """

    poster: PreparedSheet
    data: TileData
    placed: bytes
    about: AboutSheet

    @classmethod
    def of(cls, poster: PreparedSheet, choice: PaperChoice, tile: Paper) -> TiledSheet:
        """Cut a poster of a choice up for a paper."""
        about = poster.about
        data = TileData(
            title=poster.data.title,
            sheets=poster.page_count(),
            poster=choice.paper.value,
            paper=tile.value,
            tiling=tiling(choice, tile, stamped=bool(about.stamp)),
        )
        placed = untagged(poster.template, poster.data, poster.pictures, about)
        said = f"（{choice.paper.value}を{tile.value}に分けたもの）"
        return cls(poster, data, placed, replace(about, title=about.title + said))

    def pdf(self) -> bytes:
        """The PDF."""
        return typeset_around(TEMPLATE, self.data, self.placed, self.about)

    def pages(self, dots_per_inch: float = 60) -> list[bytes]:
        """Its pages as PNG."""
        return page_images(
            TEMPLATE,
            self.data,
            {},
            self.about,
            dots_per_inch=dots_per_inch,
            placed=self.placed,
        )

    def page_count(self) -> int:
        """How many pages it takes: with each sheet of the poster, one that says how."""
        return self.data.sheets * (1 + len(self.data.tiling.tiles))

    def unwritable(self) -> set[str]:
        """Characters that no font has: they are printed as 〓."""
        return self.poster.unwritable()
