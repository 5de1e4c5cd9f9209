"""A sheet before it is set: once drawn, it is set as a PDF or as pictures of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webmap.paper.setting.about_sheet import AboutSheet
from webmap.paper.setting.typesetting import missing_characters, page_count, page_images, typeset


@dataclass(frozen=True, slots=True)
class PreparedSheet:
    """What a template is given.

    Parameters
    ----------
    template : str
        Name of the ``.typ`` file.
    data : dataclass
        What it reads.
    pictures : Mapping of str to str
        Name to SVG.
    about : AboutSheet
    """

    template: str
    data: Any
    pictures: Mapping[str, str]
    about: AboutSheet

    def pdf(self) -> bytes:
        """The PDF."""
        return typeset(self.template, self.data, self.pictures, self.about)

    def pages(self, dots_per_inch: float = 60) -> list[bytes]:
        """Its pages as PNG."""
        return page_images(
            self.template, self.data, self.pictures, self.about, dots_per_inch=dots_per_inch
        )

    def page_count(self) -> int:
        """How many pages it takes."""
        return page_count(self.template, self.data, self.pictures, self.about)

    def unwritable(self) -> set[str]:
        """Characters that no font has: they are printed as 〓."""
        return missing_characters(self.data, self.pictures)
