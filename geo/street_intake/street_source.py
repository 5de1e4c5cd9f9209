"""What every format of street data can tell, whatever it is read from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from geo.model.ground import GroundItem

if TYPE_CHECKING:
    from geo.network.way_table import WayTable

Tell = Callable[[str], None]
"""Told Japanese sentences on the way: long files say how far they are."""


class StreetSource(Protocol):
    """A file of streets, opened by name only: reading begins when it is asked.

    Faults go into the list of problems the source was made with, never out as exceptions. A file
    that cannot be read at all leaves an error there and gives an empty table, and no items.
    """

    def ways(self, tell: Tell) -> WayTable:
        """The ways one may walk, and only those."""
        ...

    def items(self, tell: Tell) -> Iterator[GroundItem]:
        """The base map, one by one.

        Every street (also where nobody walks), water, green, buildings, rail, and the names people
        know.
        """
        ...
