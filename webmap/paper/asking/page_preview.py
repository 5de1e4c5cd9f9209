"""The pages of a sheet as pictures: the first one to look at, the others to count."""

# ruff: noqa: RUF009 - described() is dataclasses.field
from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from struct import unpack

from webmap.described import described
from webmap.paper.setting.prepared_sheet import PreparedSheet
from webmap.paper.sheets.tiled_sheet import TiledSheet

FIRST_PIXELS = 1000
OTHER_PIXELS = 560
"""The longer side of the picture of a page."""
MOST_OTHERS = 11
_MM_PER_INCH = 25.4
_PNG_SIZE = slice(16, 24)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a picture."""

    url: str = described("The picture itself, as a data URL: nothing more to be asked for")
    width: int = described("Pixels")
    height: int = described("The same")

    @classmethod
    def of(cls, png: bytes) -> Picture:
        """From its bytes, which tell its size."""
        encoded = b64encode(png).decode("ascii")
        return cls(f"data:image/png;base64,{encoded}", *unpack(">II", png[_PNG_SIZE]))


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be printed."""

    pages: int = described("Pages of the sheet")
    first: Picture = described("The first page")
    others: tuple[Picture, ...] = described("Those after it, small")
    left: int = described("Pages without a picture")
    is_cut: bool = described("Whether the pictures show the poster before it is cut")

    @classmethod
    def of(cls, sheet: PreparedSheet | TiledSheet, longest_mm: int) -> Preview:
        """Pictures of a sheet.

        Parameters
        ----------
        sheet : PreparedSheet or TiledSheet
        longest_mm : int
            The longer side of its paper, of a poster before it is cut: every paper has pictures
            of one size.
        """
        is_cut = isinstance(sheet, TiledSheet)
        shown = sheet.poster if isinstance(sheet, TiledSheet) else sheet
        first, *more = shown.pages(FIRST_PIXELS * _MM_PER_INCH / longest_mm)
        small = shown.pages(OTHER_PIXELS * _MM_PER_INCH / longest_mm)[1:] if more else []
        others = tuple(map(Picture.of, small[:MOST_OTHERS]))
        return cls(
            pages=sheet.page_count() if is_cut else len(more) + 1,
            first=Picture.of(first),
            others=others,
            left=len(more) - len(others),
            is_cut=is_cut,
        )
