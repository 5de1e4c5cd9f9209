"""The tiles a process keeps, and one making of a tile for all who ask for it at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock

from webmap.byte_cache import StoredAnswer
from webmap.edition_shelf import EditionShelf

DEFAULT_LIMIT_BYTES = 32 * 1024 * 1024

TileNumbers = tuple[int, int, int]
"""Zoom, column, row."""


class TileShelf(EditionShelf[str, TileNumbers, StoredAnswer]):
    """Compressed tiles of the standing streets, by what their addresses call them.

    Parameters
    ----------
    limit_bytes : int
        Bytes kept at most.
    """

    def __init__(self, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        super().__init__(limit_bytes, lambda tile: len(tile.compressed))
        self._making: dict[TileNumbers, Future[tuple[str, StoredAnswer]]] = {}
        self._making_lock = Lock()

    def made_once(
        self, numbers: TileNumbers, make: Callable[[], tuple[str, StoredAnswer]]
    ) -> tuple[str, StoredAnswer]:
        """Make a tile, unless somebody is making it just now: then wait for theirs.

        Parameters
        ----------
        numbers : (int, int, int)
        make : callable
            Returns what the streets are called that it was made of, and the tile.

        Raises
        ------
        Exception
            Whatever ``make`` raised, to everybody who waited for it.
        """
        with self._making_lock:
            others = self._making.get(numbers)
            if others is None:
                mine = self._making[numbers] = Future[tuple[str, StoredAnswer]]()
        if others is not None:
            return others.result()
        try:
            version, tile = make()
            if tile.plain_length:  # of the empty ones there is no end
                self.put(version, numbers, tile)
            mine.set_result((version, tile))
        except BaseException as error:
            mine.set_exception(error)
            raise
        finally:
            with self._making_lock:
                del self._making[numbers]
        return version, tile
