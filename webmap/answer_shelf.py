"""The last answers, so that a page and its data ask the database once."""

from __future__ import annotations

from geo.model.map_answer import MapAnswer
from webmap.edition_shelf import CacheKey, Edition, EditionShelf

DEFAULT_LIMIT_ENTRIES = 10_000
_OUTLINES_WEIGH = 100  # as many entries as outlines and the area switch are about worth


class AnswerShelf(EditionShelf[Edition, CacheKey, MapAnswer]):
    """Answers of the current edition.

    Parameters
    ----------
    limit_entries : int
        Entries of all answers held at most (about 2 kB each); a longer answer is not held.
    """

    def __init__(self, limit_entries: int = DEFAULT_LIMIT_ENTRIES) -> None:
        super().__init__(limit_entries, lambda answer: len(answer.entries) + _OUTLINES_WEIGH)
