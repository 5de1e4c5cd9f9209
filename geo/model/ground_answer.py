"""The base map as an answer names it: which edition lies there, how far it reaches, whose it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

TILES_WRITTEN = 1
"""Raise it whenever tiles of the same streets are generalised or written otherwise."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The standing edition of streets and base map.

    ``bounds`` is (west, south, east, north) in EPSG:4326 of everything in it. ``source`` and
    ``licence`` are the manifest's, ``as_of`` the day of the source.
    """

    edition: int
    title: str
    source: str
    licence: str
    as_of: date
    bounds: tuple[float, float, float, float]

    @property
    def credit(self) -> str:
        """出典：source（licence、2026年3月31日現在）."""
        day = f"{self.as_of.year}年{self.as_of.month}月{self.as_of.day}日現在"
        return f"出典：{self.source}（{'、'.join(filter(None, (self.licence, day)))}）"

    @property
    def version(self) -> str:
        """What the addresses of its tiles are kept forever under.

        The edition's number alone would come again in a database made anew.
        """
        said = repr((TILES_WRITTEN, self.title, self.credit, self.bounds))
        return f"{self.edition}-{hashlib.blake2b(said.encode(), digest_size=4).hexdigest()}"
